using Cme.Web.Api.Concerns;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Concerns;

/// <summary>Who reported a concern: for whoever works on it and for the CME lead, with a reason, and each time written down (CHE-05).</summary>
[Authorize(Policies.WorkConcerns)]
[Audited(ReadKinds.Reporter)]
public sealed class ReporterModel(ConcernReader reader, ConcernDesk desk, ConcernIntake intake) : ConcernPage(reader, desk)
{
    private const int ShortestReason = 10;

    /// <summary>The viewer may know: works on it, or leads that work. PostgreSQL holds it too.</summary>
    public bool MayKnow => Concern.Concern.Holder?.Id == Viewer.Id || Viewer.Role == Roles.CmeLead;

    /// <summary>Who it was, once a reason was given.</summary>
    public ReporterDocument? Shown { get; private set; }

    [BindProperty] public string? Reason { get; set; }

    public async Task<IActionResult> OnGetAsync(string concern)
    {
        ReadNote.Of(HttpContext).Counts = false;                     // Nothing of anybody is shown yet.
        return await FindAsync(concern) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string concern)
    {
        var note = ReadNote.Of(HttpContext);
        note.Counts = false;
        if (!await FindAsync(concern)) { return NotFound(); }
        if (!MayKnow) { return Forbid(); }
        if ((Reason ?? "").Trim().Length < ShortestReason)
        {
            ModelState.AddModelError(nameof(Reason), "Say in a few words why you need to know");
            return Page();
        }
        Shown = await intake.ReporterAsync(Viewer.Authority, concern, HttpContext.RequestAborted);
        (note.Counts, note.What, note.Why) = (true, ReadKinds.Reporter, Reason!.Trim());
        return Page();
    }
}
