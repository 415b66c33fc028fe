using System.ComponentModel.DataAnnotations;
using Cme.Domain;
using Cme.Storage.Restricted;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Restricted;

/// <summary>Opens a restricted record for an hour, with a written reason that the CME lead is told (FACTS D3, ADR 0212).</summary>
[Authorize(Policies.RecordAction), FreshSignIn]
[Audited(ReadKinds.BreakGlass)]
public sealed class OpenModel(IRestricted restricted, [FromKeyedServices(Clock.System)] TimeProvider clock) : PageModel
{
    /// <summary>How long a record stays open.</summary>
    public static readonly TimeSpan For = TimeSpan.FromHours(1);

    private const int Shortest = 10, Longest = 1_000;

    [FromRoute] public string Reference { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Write why you need to see this record now")]
    [StringLength(Longest, MinimumLength = Shortest, ErrorMessage = "Write a reason of 10 to 1,000 characters")]
    public string? Reason { get; set; }

    public async Task<IActionResult> OnGetAsync() => await restricted.OpenableAsync(Reference, HttpContext.RequestAborted) switch
    {
        null => NotFound(),
        { IsOpen: true } => Back(),
        _ => Page(),
    };

    public async Task<IActionResult> OnPostAsync()
    {
        if (await restricted.OpenableAsync(Reference, HttpContext.RequestAborted) is not { } record) { return NotFound(); }
        if (record.IsOpen) { return Back(); }
        if (!ModelState.IsValid || Reason!.Trim().Length < Shortest)
        {
            if (ModelState.IsValid) { ModelState.AddModelError(nameof(Reason), "Write a reason of 10 to 1,000 characters"); }
            // Nothing was opened, and that the form was shown is in the log already.
            ReadNote.Of(HttpContext).Counts = false;
            return Page();
        }
        var viewer = Viewer.Of(User);
        var now = clock.GetUtcNow();
        await restricted.OpenAsync(new()
        {
            Authority = viewer.Authority, Person = viewer.Id, Name = viewer.Name, Role = viewer.Role, Organisation = viewer.Organisation, Episode = Reference,
            ChildId = record.ChildId, Reason = Reason.Trim(), OpenedAt = now, ExpiresAt = now + For,
        });
        var note = ReadNote.Of(HttpContext);
        (note.Why, note.ChildId, note.Fourth) = (Reason.Trim(), record.ChildId, true);
        return Back();
    }

    private LocalRedirectResult Back() => LocalRedirect($"/episodes/{Reference}");
}
