using Cme.Domain;
using Cme.Domain.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Pages.Children;
using Cme.Web.Records;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Records;

/// <summary>Opens a record of a child that the authority leads.</summary>
[Authorize(Policies.OpenRecords)]
[Audited(ReadKinds.Child)]
public sealed class OpenModel(
    ChildReader children, ISchools schools, AuthorityRecords records, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    [FromRoute] public string ChildId { get; set; } = "";
    /// <summary>The record of the child from which somebody came here.</summary>
    [FromQuery(Name = "from")] public string? From { get; set; }

    public RecordForm Form { get; private set; } = new();
    public ChildView Child { get; private set; } = null!;
    /// <summary>Whether a school has the child on its list.</summary>
    public bool OnRoll => Child.Places.Any(place => place.Now);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        Form = RecordForm.New(EpisodeKinds.Cme, clock.GetUtcNow());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(RecordForm form)
    {
        if (!await FindAsync()) { return NotFound(); }
        Form = form;
        if (form.Read(ModelState, clock.GetUtcNow()) is not { } asked) { return Page(); }
        var viewer = Viewer.Of(User);
        var from = Child.Episodes.Any(row => row.Reference == From) ? From : null;
        var pupils = await schools.PupilsOfChildAsync(viewer.Authority, ChildId, HttpContext.RequestAborted);
        var opened = await records.OpenAsync(viewer, pupils, asked with { LinkedTo = from });
        TempData["Recorded"] = opened.IsNew ? "The record is open." : "A record of this kind was open already. This is it.";
        return LocalRedirect($"/episodes/{opened.Reference}");
    }

    private async Task<bool> FindAsync()
    {
        if (await children.ReadAsync(Viewer.Of(User), ChildId, HttpContext.RequestAborted) is not { } child) { return false; }
        Child = child;
        ReadNote.Of(HttpContext).Fourth = child.Access.Fourth;
        return true;
    }
}
