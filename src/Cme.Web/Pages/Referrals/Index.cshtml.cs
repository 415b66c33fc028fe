using System.Collections.Immutable;
using System.Globalization;
using Cme.Storage.Referrals;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Referrals;

/// <summary>Referrals to the authority: those of which nobody knows yet which child they are about, or all.</summary>
[Authorize(Policies.Desk)]
[Audited(ReadKinds.Referral)]
public sealed class IndexModel(ReferralReader reader, IReferrals referrals) : PageModel
{
    private const int PageSize = 50;

    /// <summary>True for all of them, matched ones too.</summary>
    [BindProperty(SupportsGet = true)] public bool All { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)] public string? Before { get; set; }

    public ImmutableArray<ReferralView> Referrals { get; private set; } = [];
    /// <summary>How many wait, on all pages.</summary>
    public int Waiting { get; private set; }
    /// <summary>The address of the next page; null on the last.</summary>
    public string? Next { get; private set; }

    /// <summary>What was done a moment ago.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task OnGetAsync()
    {
        var viewer = Viewer.Of(User);
        (Referrals, var more) = await reader.ListAsync(viewer, !All, Position(Before), PageSize, HttpContext.RequestAborted);
        Waiting = await referrals.WaitingAsync(viewer.Authority, HttpContext.RequestAborted);
        Next = more ? $"/referrals?{(All ? "all=true&" : "")}before={Referrals[^1].Record.ReceivedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}.{Referrals[^1].Record.Reference}" : null;
        ReadNote.Of(HttpContext).Rows(Referrals.Select(one => one.Record.Reference));
    }

    private static (DateTimeOffset, string)? Position(string? before) =>
        before?.Split('.') is [var ticks, var reference] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks ? (new(at, TimeSpan.Zero), reference) : null;
}
