using System.Collections.Immutable;
using System.Globalization;
using Cme.Storage.Episodes;

namespace Cme.Simulation.Store;

/// <summary>Episodes, their history and the feed.</summary>
internal sealed class MemoryEpisodes(MemoryDatabase database, IDisk disk) : IEpisodes
{
    public Task<EpisodePage> ListAsync(EpisodeFilter filter, int limit, string? cursor, CancellationToken cancel = default) => disk.Read(() =>
    {
        var rows = Matching(filter).OrderByDescending(row => row.OpenedAt).ThenBy(row => row.Reference, StringComparer.Ordinal).ToList();
        var start = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var page = rows.Skip(start).Take(limit).ToImmutableArray();
        return new EpisodePage(page, start + limit < rows.Count ? (start + limit).ToString(CultureInfo.InvariantCulture) : null);
    });

    public Task<EpisodeRow?> GetAsync(CallerScope scope, string reference, CancellationToken cancel = default) =>
        disk.Read(() => Visible(scope, reference) is { } row ? MemoryBoards.Named(database, row) : null);

    public Task<ImmutableArray<EventRow>> EventsAsync(CallerScope scope, string reference, CancellationToken cancel = default) =>
        disk.Read(() => Visible(scope, reference) is null ? [] : database.HistoryOf(reference));

    public Task<ImmutableArray<EventRow>> EventsAsync(CallerScope scope, IReadOnlyCollection<string> references, CancellationToken cancel = default) =>
        disk.Read(() => references.Where(reference => Visible(scope, reference) is not null).Order(StringComparer.Ordinal)
            .SelectMany(reference => database.HistoryOf(reference)).ToImmutableArray());

    public Task<ImmutableArray<EventRow>> HistoryAsync(string reference, CancellationToken cancel = default) =>
        disk.Read(() => database.HistoryOf(reference));

    public Task<ImmutableArray<StoredObligation>> ObligationsAsync(CallerScope scope, string reference, CancellationToken cancel = default) =>
        disk.Read(() => Visible(scope, reference) is null ? [] : database.ObligationsOf(reference)
            .Select(owed => new StoredObligation(reference, owed))
            .OrderBy(owed => owed.Obligation.ActBy).ThenBy(owed => owed.Obligation.Id, StringComparer.Ordinal).ToImmutableArray());

    public Task<ImmutableArray<OpenEpisode>> OpenOfSchoolAsync(string authority, string urn, CancellationToken cancel = default) =>
        disk.Read(() => database.Episodes.Values.Where(row => row.Authority == authority && row.Urn == urn && row.Status == "open")
            .OrderByDescending(row => row.OpenedAt).ThenBy(row => row.Reference, StringComparer.Ordinal)
            .Select(row => new OpenEpisode(row.Reference, row.ChildId, row.Kind)).ToImmutableArray());

    public Task<ImmutableArray<string>> MissingElsewhereAsync(
        string authority, string urn, IReadOnlyCollection<string> children, CancellationToken cancel = default) =>
        disk.Read(() => database.Episodes.Values
            .Where(row => row.Authority == authority && row.Urn != urn && row.Status == "open" && row.Kind == "whereabouts" && children.Contains(row.ChildId))
            .Select(row => row.ChildId).Distinct().Order(StringComparer.Ordinal).ToImmutableArray());

    public Task<FeedPage> FeedAsync(CallerScope scope, long after, int limit, CancellationToken cancel = default) => disk.Read(() =>
    {
        if (!database.Numbers.TryGetValue(scope.Authority, out var numbering))
        {
            return new FeedPage("", [], 0);
        }
        var entries = database.Feed.Where(fed => fed.Authority == scope.Authority && (scope.Urn is null || fed.Urn == scope.Urn) && fed.Entry.Number > after)
            .Select(fed => fed.Entry).OrderBy(entry => entry.Number).Take(limit).ToImmutableArray();
        return new FeedPage(numbering.Epoch, entries, entries.Length == limit ? entries[^1].Number : numbering.Last);
    });

    private EpisodeRow? Visible(CallerScope scope, string reference) =>
        database.Episodes.TryGetValue(reference, out var row) && row.Authority == scope.Authority && (scope.Urn is null || row.Urn == scope.Urn) ? row : null;

    private IEnumerable<EpisodeRow> Matching(EpisodeFilter asked) =>
        from row in database.Episodes.Values
        where row.Authority == asked.Scope.Authority
            && Is(asked.Scope.Urn, row.Urn) && Is(asked.School, row.Urn) && Is(asked.ChildId, row.ChildId) && Is(asked.Kind, row.Kind)
            && Is(asked.Stage, row.Stage) && Is(asked.Owner, row.Owner) && Is(asked.ClaimedBy, row.ClaimedBy) && (asked.Status == "all" || asked.Status == row.Status)
            && (asked.Flag is null || row.Flags.Contains(asked.Flag))
            && (asked.Overdue is null || asked.Overdue == row.OverdueCount > 0)
            && (asked.UpdatedAfter is null || row.UpdatedAt > asked.UpdatedAfter)
            && (asked.ActBefore is null || database.ObligationsOf(row.Reference).Any(owed =>
                owed.State == "open" && owed.ActBy < asked.ActBefore))
            && (asked.Board != "desk" || MemoryBoards.IsOnDesk(row)) && (asked.Board != "lead" || MemoryBoards.IsOnLead(row))
        select MemoryBoards.Named(database, row);

    private static bool Is(string? asked, string? actual) => asked is null || asked == actual;
}
