using System.Collections.Immutable;
using System.Globalization;
using Cme.Storage.Removals;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Removals;

/// <summary>Names that came off a roll on ground h or i, or while the child was being looked for, and how each removal stood.</summary>
[Authorize(Policies.Person)]
[Audited(ReadKinds.List)]
public sealed class IndexModel(IRemovals removals) : PageModel
{
    private const int PageSize = 50;

    /// <summary>True for lawful ones and those put back, too.</summary>
    [BindProperty(SupportsGet = true)] public bool All { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)] public string? Before { get; set; }

    public Viewer Viewer { get; private set; } = null!;
    public ImmutableArray<RemovalRecord> Removals { get; private set; } = [];
    /// <summary>The address of the next page; null on the last.</summary>
    public string? Next { get; private set; }

    public async Task OnGetAsync()
    {
        Viewer = Viewer.Of(User);
        var page = await removals.ListAsync(Viewer.Authority, Viewer.School, null, allTheSame: !All, Position(Before), PageSize + 1, HttpContext.RequestAborted);
        Removals = [.. page.Take(PageSize)];
        Next = page.Length > PageSize ? $"/removals?{(All ? "all=true&" : "")}before={PositionOf(Removals[^1])}" : null;
        ReadNote.Of(HttpContext).Rows(Removals.Select(one => one.ChildId));
    }

    private static string PositionOf(RemovalRecord one) =>
        Uri.EscapeDataString($"{one.NotedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)} {one.Urn} {one.SchoolPupilId}");

    private static (DateTimeOffset, string, string)? Position(string? before) =>
        before?.Split(' ', 3) is [var ticks, var urn, var pupil] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks ? (new(at, TimeSpan.Zero), urn, pupil) : null;
}
