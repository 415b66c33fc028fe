using Cme.Domain.Concerns;
using Cme.Web.Api.Concerns;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Concerns;

/// <summary>One concern: what was said, what is to be done by when, and what was done. Who reported is not here (CHE-05).</summary>
[Authorize(Policies.Desk)]
[Audited(ReadKinds.Concern)]
public sealed class DetailsModel(ConcernReader reader, ConcernDesk desk) : PageModel
{
    public ConcernView Concern { get; private set; } = null!;
    public bool MayWork { get; private set; }
    /// <summary>The viewer works on it.</summary>
    public bool IsMine { get; private set; }

    /// <summary>What was done a moment ago, or why it was not.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task<IActionResult> OnGetAsync(string concern) => await FindAsync(concern) ? Page() : NotFound();

    /// <summary>Takes it on, or gives it up.</summary>
    public async Task<IActionResult> OnPostAsync(string concern, string? what)
    {
        var viewer = Viewer.Of(User);
        if (!await FindAsync(concern)) { return NotFound(); }
        if (viewer.ReadOnly) { return Forbid(); }
        if (what is not (ConcernActs.TakeOn or ConcernActs.Release)) { return BadRequest(); }
        var answer = await desk.ActAsync(viewer, concern, desk.DeedOf(viewer, what), HttpContext.RequestAborted);
        Recorded = answer.Why?.Message ?? (what == ConcernActs.TakeOn ? "You work on this concern." : "The whole duty desk has this concern again.");
        return LocalRedirect($"/concerns/{concern}");
    }

    private async Task<bool> FindAsync(string concern)
    {
        var viewer = Viewer.Of(User);
        if (await reader.FindAsync(viewer, concern, HttpContext.RequestAborted) is not { } held) { return false; }
        (Concern, MayWork, IsMine) = (held, !viewer.ReadOnly, held.Concern.Holder?.Id == viewer.Id);
        ReadNote.Of(HttpContext).ChildId = held.Concern.Child;
        return true;
    }
}
