using Cme.Domain.Episodes;
using Cme.Web.Api.Concerns;
using Cme.Web.Pages.Records;
using Cme.Web.Records;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Concerns;

/// <summary>Opens a record that the council leads for the child of a concern, also for one whom no school here has.</summary>
[Authorize(Policies.OpenRecords)]
[Audited(ReadKinds.Concern)]
public sealed class OpenRecordModel(ConcernReader reader, ConcernDesk desk, ConcernAcceptance acceptance) : ConcernPage(reader, desk)
{
    public RecordForm Form { get; private set; } = new();

    /// <summary>The child, where nobody here is it.</summary>
    public NewChildForm Child { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(string concern)
    {
        if (!await OfferedAsync(concern)) { return NotFound(); }
        var sought = Concern.Sought;
        (Form, Child) = (RecordForm.New(EpisodeKinds.Cme, Desk.Now), NewChildForm.Of(sought.Forename, sought.Surname, sought.DateOfBirth));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string concern, RecordForm form, NewChildForm child)
    {
        if (!await OfferedAsync(concern)) { return NotFound(); }
        (Form, Child) = (form, child);
        var described = Concern.Concern.Child is null ? child.Read(ModelState, Desk.Now) : null;
        if (form.Read(ModelState, Desk.Now) is not { } asked) { return Page(); }
        var (opened, why) = (await acceptance.AcceptAsync(Viewer, Concern.Record, asked, described, HttpContext.RequestAborted))!.Value;
        TempData["Recorded"] = why is not null ? $"The record is open. The concern has not joined it: {why.Message}"
            : opened.IsNew ? "The record is open, and the concern has joined it." : "A record of this kind was open already, and the concern has joined it.";
        return LocalRedirect($"/episodes/{opened.Reference}");
    }

    private async Task<bool> OfferedAsync(string concern) => await FindAsync(concern) && ConcernAcceptance.IsOffered(Concern.Record);
}
