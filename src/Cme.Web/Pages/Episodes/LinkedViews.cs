using System.Collections.Immutable;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;

namespace Cme.Web.Pages.Episodes;

/// <summary>Another episode of the same child.</summary>
/// <param name="IsCause">True if this episode was opened because the child went missing again after that one was closed.</param>
public sealed record OtherEpisode(string Reference, string Words, bool IsCause)
{
    /// <summary>The child's other episodes within the viewer's scope, the newest first.</summary>
    public static ImmutableArray<OtherEpisode> Of(ImmutableArray<EpisodeRow> rows, EpisodeRow own, string? linkedTo) =>
        [.. rows.Where(row => row.Reference != own.Reference).Select(row => new OtherEpisode(row.Reference, Told(row), row.Reference == linkedTo))];

    private static string What(EpisodeRow row) =>
        row.Kind == EpisodeKinds.Whereabouts ? $"{Labels.Kind(row.Kind)}, {row.SchoolName}" : Labels.Kind(row.Kind);

    private static string Told(EpisodeRow row) => row.Status == "open"
        ? $"{What(row)}. Open since {Times.Day(row.FirstDayMissing)}"
        : $"{What(row)}. {Times.Day(row.FirstDayMissing)}. Closed: {(row.Closure is { } reason ? ClosureReasons.Text(reason) : "no reason given")}";
}

/// <summary>A child who may be of the same family, and where that child stands.</summary>
public sealed record FamilyChild(string ChildId, string Urn, string Name, string Words, string? Reference)
{
    private const int Most = 20;

    /// <summary>A number that more children have than this is an office's or a driver's, and says nothing of a family.</summary>
    private const int MostOfOneNumber = 8;

    /// <summary>
    /// Children at the same address or with a number in common, whom the viewer may see. Nobody is shown beside a child who is hidden
    /// from the viewer in any way, nor such a child beside anybody: a link would tell where they live.
    /// </summary>
    public static async Task<ImmutableArray<FamilyChild>> FindAsync(
        IFamilies families, Viewer viewer, Access access, string childId, ImmutableArray<string> flags, CancellationToken cancel)
    {
        if (access.EvidenceOf is not null || access.Hides(flags)) { return []; }
        var ofOthers = Access.OfList(viewer);
        var found = await families.FamilyAsync(new CallerScope(viewer.Authority, viewer.School), childId, Most + MostOfOneNumber, cancel);
        var byNumber = found.Count(child => !child.LivesThere);
        return
        [
            .. found.Where(child => (child.LivesThere || byNumber <= MostOfOneNumber) && !ofOthers.Hides(child.Flags)).Take(Most).Select(child => new FamilyChild(
                child.ChildId, child.Urn, $"{child.Forename} {child.Surname}",
                $"{Labels.YearGroup(child.YearGroup)}, {child.SchoolName}. {(child.LivesThere ? "Same address" : "Same telephone number")}{Standing(child)}",
                child.Reference)),
        ];
    }

    private static string Standing(FamilyMember child) => child.Status switch { "open" => ". Missing too", "closed" => ". Was missing before", _ => "" };
}
