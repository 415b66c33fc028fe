using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Storage.Episodes;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;

namespace Cme.Web.Pages.Calendars;

/// <summary>A deadline that moves, as a page tells it.</summary>
/// <param name="Name">The child; empty if the viewer may not read the episode.</param>
public sealed record MovedLine(string Reference, string Name, string Step, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Episodes whose names are looked up; more would be a list that nobody reads.</summary>
    private const int MostNamed = 50;

    public bool Later => To > From;

    /// <summary>The deadlines by child and time.</summary>
    public static async Task<ImmutableArray<MovedLine>> Of(ImmutableArray<MovedDeadline> moved, IEpisodes episodes, Viewer viewer, CancellationToken cancel)
    {
        var names = new Dictionary<string, string>();
        foreach (var reference in moved.Select(one => one.Reference).Distinct().Take(MostNamed))
        {
            if (await episodes.GetAsync(new(viewer.Authority, viewer.School), reference, cancel) is { } row) { names[reference] = $"{row.Forename} {row.Surname}"; }
        }
        return
        [
            .. moved.Select(one => new MovedLine(one.Reference, names.GetValueOrDefault(one.Reference, ""), Labels.Words(one.Step), one.From, one.To))
                .OrderBy(line => line.Name, StringComparer.Ordinal).ThenBy(line => line.Reference, StringComparer.Ordinal).ThenBy(line => line.From),
        ];
    }
}
