using System.Collections.Immutable;
using System.Text.Json;
using Cme.Storage.Boards;
using Cme.Storage.Episodes;

namespace Cme.Simulation.Store;

/// <summary>Boards under the sequencer's numbers.</summary>
internal sealed class MemoryBoards(MemoryDatabase database, IDisk disk) : IBoards
{
    public Task<BoardRead> SnapshotAsync(BoardScope board, CancellationToken cancel = default) => disk.Read(() =>
        database.Numbers.TryGetValue(board.Authority, out var numbering)
            ? new BoardRead(numbering.Epoch, true, 0, numbering.Last, [.. Of(board).Where(place => IsOn(board, place.Value)).Select(Row)], [])
            : new BoardRead("", true, 0, 0, [], []));

    public Task<BoardRead> ChangesAsync(BoardScope board, long after, CancellationToken cancel = default) => disk.Read(() =>
    {
        if (!database.Numbers.TryGetValue(board.Authority, out var numbering))
        {
            return new BoardRead("", false, after, 0, [], []);
        }
        var changed = Of(board).Where(place => NumberOn(board, place.Value) > after).ToList();
        return new BoardRead(
            numbering.Epoch, false, after, numbering.Last,
            [.. changed.Where(place => IsOn(board, place.Value)).Select(Row)],
            [.. changed.Where(place => !IsOn(board, place.Value)).Select(place => place.Key)]);
    });

    public Task<ImmutableArray<SchoolOpenCount>> CountsAsync(string authority, CancellationToken cancel = default) => disk.Read(() =>
        (from place in database.Places.Values
         where place.Authority == authority && place.Open && !place.Desk
         group place by place.Urn into school
         let name = database.Schools.GetValueOrDefault((authority, school.Key))?.Name ?? ""
         orderby name, school.Key
         select new SchoolOpenCount(school.Key, name, school.Count(), school.Count(place => place.Overdue > 0))).ToImmutableArray());

    public static bool IsOnDesk(EpisodeRow row) => row.Status == "open" && (row.Flagged || row.Level >= 3 || row.Owner == row.Authority);

    public static bool IsOnLead(EpisodeRow row) => row.Status == "open" && row.Level >= 4;

    /// <summary>The row with the names of the pupil and the school, and the number under which it was published.</summary>
    public static EpisodeRow Named(MemoryDatabase database, EpisodeRow row)
    {
        var pupil = database.Pupils.Where(one => one.Key.Authority == row.Authority && one.Value.Pupil.ChildId == row.ChildId)
            .OrderByDescending(one => one.Key.Urn == row.Urn).ThenByDescending(one => one.Value.Pupil.OnList)
            .ThenByDescending(one => one.Value.UpdatedAt).Select(one => one.Value.Pupil).FirstOrDefault();
        var held = row.ClaimedBy is null ? null : Newest(database, row.Reference, "Claimed", "Assigned", "GivenTo");
        var seen = row is { Level: >= 4, Status: "open" } ? Newest(database, row.Reference, "Acknowledged", "BecameOverdue", "Escalated") : null;
        return row with
        {
            ClaimedById = Text(held, "holder", "id") ?? Text(held, "officerId"), ClaimedOrg = Text(held, "holder", "org") ?? Text(held, "org"),
            AcknowledgedBy = Text(seen, "officer"), AcknowledgedAt = seen is { Type: "Acknowledged" } ? seen.HappenedAt : null,
            Forename = pupil?.Forename ?? "", Surname = pupil?.Surname ?? "", YearGroup = pupil?.YearGroup ?? "",
            SchoolPupilId = pupil?.SchoolPupilId ?? "", SchoolName = database.Schools.GetValueOrDefault((row.Authority, row.Urn))?.Name ?? "",
            Number = database.Places.GetValueOrDefault(row.Reference)?.Number ?? 0,
        };
    }

    /// <summary>The newest event of these types; of climbing, only to the lead.</summary>
    private static EventRow? Newest(MemoryDatabase database, string episode, params string[] types) => database.HistoryOf(episode)
        .LastOrDefault(happened => types.Contains(happened.Type) && (!happened.Data.TryGetProperty("level", out var level) || level.GetInt32() >= 4));

    private static string? Text(EventRow? happened, params string[] path) => happened is { Data: var at }
        && path.All(name => at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out at)) && at.ValueKind == JsonValueKind.String ? at.GetString() : null;

    /// <summary>No public reports anything here.</summary>
    public Task<ConcernCounts> ConcernsAsync(string authority, CancellationToken cancel = default) => Task.FromResult(new ConcernCounts(0, 0, null));

    private IEnumerable<KeyValuePair<string, BoardPlace>> Of(BoardScope board) => database.Places.Where(place =>
        place.Value.Authority == board.Authority && (board.Kind != BoardKind.School || place.Value.Urn == board.Urn));

    private EpisodeRow Row(KeyValuePair<string, BoardPlace> place) => Named(database, database.Episodes[place.Key]);

    private static bool IsOn(BoardScope board, BoardPlace place) => place.Open && board.Kind switch
    {
        BoardKind.Desk => place.Desk,
        BoardKind.Lead => place.Lead,
        _ => true,
    };

    private static long? NumberOn(BoardScope board, BoardPlace place) => board.Kind switch
    {
        BoardKind.Desk => place.DeskNumber,
        BoardKind.Lead => place.LeadNumber,
        _ => place.Number,
    };
}
