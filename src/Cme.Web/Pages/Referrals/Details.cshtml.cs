using System.Collections.Immutable;
using Cme.Domain;
using Cme.Storage.Referrals;
using Cme.Web.Api.Referrals;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;

namespace Cme.Web.Pages.Referrals;

/// <summary>One referral: what was said, whom it may be about, and who decided which child it is.</summary>
[Authorize(Policies.Desk)]
[Audited(ReadKinds.Referral)]
public sealed class DetailsModel(
    ReferralReader reader, PossibleMatches matches, IReferrals referrals, IGrainFactory grains,
    [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>The answer that nobody here is the child.</summary>
    public const string Nobody = "nobody";

    public ReferralView Referral { get; private set; } = null!;
    /// <summary>Whom it may be about; empty once somebody has said which child it is.</summary>
    public ImmutableArray<PossibleMatch> Matches { get; private set; } = [];
    public bool MayDecide { get; private set; }
    /// <summary>Whether the viewer may open the record that it asks for: not of one that has joined the record already.</summary>
    public bool MayAccept => !Viewer.Of(User).ReadOnly && Referral.Held.Episode is null;

    /// <summary>The child, or <see cref="Nobody"/>.</summary>
    [BindProperty] public string? Child { get; set; }

    public async Task<IActionResult> OnGetAsync(string referral) => await FindAsync(referral) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string referral)
    {
        var viewer = Viewer.Of(User);
        if (!await FindAsync(referral)) { return NotFound(); }
        if (viewer.ReadOnly) { return Forbid(); }
        if (!Referral.Waits) { return LocalRedirect($"/referrals/{referral}"); }
        if (Child == Nobody)
        {
            await referrals.UnknownAsync(viewer.Authority, referral, viewer.Id, clock.GetUtcNow(), HttpContext.RequestAborted);
            TempData[nameof(IndexModel.Recorded)] = "You found nobody for it. It goes on waiting.";
            return LocalRedirect("/referrals");
        }
        // Only a child whom the page offered: what is sent otherwise was not chosen by anybody who looked.
        if (Matches.FirstOrDefault(match => match.ChildId == Child) is not { } chosen)
        {
            ModelState.AddModelError(nameof(Child), "Select the child, or that it is none of them");
            return Page();
        }
        await MatchAsync(viewer, referral, chosen);
        return LocalRedirect("/referrals");
    }

    private async Task MatchAsync(Viewer viewer, string referral, PossibleMatch chosen)
    {
        ReadNote.Of(HttpContext).ChildId = chosen.ChildId;
        var matched = await referrals.MatchAsync(viewer.Authority, referral, chosen.ChildId, viewer.Id, clock.GetUtcNow(), HttpContext.RequestAborted);
        if (matched is null)
        {
            TempData[nameof(IndexModel.Recorded)] = "Somebody else said a moment before which child it is.";
            return;
        }
        await ReferralEndpoints.Join(matched with { RecordedBy = viewer.Id }, referrals, grains, clock);
        TempData[nameof(IndexModel.Recorded)] = $"The referral is about {chosen.Pupil.Forename} {chosen.Pupil.Surname}. "
            + (matched.Episode is null ? "No episode of this child is open: the referral stands on the child’s record." : "It has joined the child’s open episode.");
    }

    private async Task<bool> FindAsync(string referral)
    {
        var viewer = Viewer.Of(User);
        if (await reader.FindAsync(viewer, referral, HttpContext.RequestAborted) is not { } held) { return false; }
        (Referral, MayDecide) = (held, held.Waits && !viewer.ReadOnly);
        if (held.Waits) { Matches = await matches.FindAsync(viewer, held.Held.Child, HttpContext.RequestAborted); }
        ReadNote.Of(HttpContext).ChildId = held.Record.ChildId;
        return true;
    }
}
