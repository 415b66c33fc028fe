using System.Collections.Immutable;
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
public sealed class DetailsModel(ConcernReader reader, ConcernDesk desk, IColleagues people) : PageModel
{
    public ConcernView Concern { get; private set; } = null!;
    public bool MayWork { get; private set; }
    /// <summary>To whom it can be given: whoever works on it is not among them.</summary>
    public ImmutableArray<Colleague> Colleagues { get; private set; } = [];
    /// <summary>The viewer works on it.</summary>
    public bool IsMine { get; private set; }

    /// <summary>What was done a moment ago, or why it was not.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task<IActionResult> OnGetAsync(string concern) => await FindAsync(concern) ? Page() : NotFound();

    /// <summary>Takes it on, gives it up, or gives it to somebody.</summary>
    /// <param name="to">The person it is given to.</param>
    public async Task<IActionResult> OnPostAsync(string concern, string? what, string? to)
    {
        var viewer = Viewer.Of(User);
        if (!await FindAsync(concern)) { return NotFound(); }
        if (viewer.ReadOnly) { return Forbid(); }
        if (what is not (ConcernActs.TakeOn or ConcernActs.Release or ConcernActs.GiveTo)) { return BadRequest(); }
        var colleague = what == ConcernActs.GiveTo ? Colleagues.FirstOrDefault(one => one.Id == to) : null;
        if (what == ConcernActs.GiveTo && colleague is null)
        {
            Recorded = "Choose the colleague to give it to.";
            return LocalRedirect($"/concerns/{concern}");
        }
        var deed = desk.DeedOf(viewer, what) with { Officer = colleague?.Id, OfficerName = colleague?.Name };
        var answer = await desk.ActAsync(viewer, concern, deed, HttpContext.RequestAborted);
        Recorded = answer.Why?.Message ?? what switch
        {
            ConcernActs.TakeOn => "You work on this concern.",
            ConcernActs.GiveTo => $"{colleague!.Name} works on this concern now.",
            _ => "The whole duty desk has this concern again.",
        };
        return LocalRedirect($"/concerns/{concern}");
    }

    private async Task<bool> FindAsync(string concern)
    {
        var viewer = Viewer.Of(User);
        if (await reader.FindAsync(viewer, concern, HttpContext.RequestAborted) is not { } held) { return false; }
        (Concern, MayWork, IsMine) = (held, !viewer.ReadOnly, held.Concern.Holder?.Id == viewer.Id);
        Colleagues = MayWork ? [.. (await people.OfAsync(viewer)).Where(one => one.Id != held.Concern.Holder?.Id)] : [];
        ReadNote.Of(HttpContext).ChildId = held.Concern.Child;
        return true;
    }
}
