using System.Collections.Immutable;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Boards;

/// <summary>Boards read from PostgreSQL.</summary>
public sealed class BoardStore(StorageDatabase database) : IBoards
{
    private static readonly string Snapshot = Sql.Beside<BoardStore>("Snapshot.sql");
    private static readonly string Changes = Sql.Beside<BoardStore>("Changes.sql");
    private static readonly string Counts = Sql.Beside<BoardStore>("Counts.sql");
    private static readonly string Concerns = Sql.Beside<BoardStore>("Concerns.sql");

    /// <inheritdoc/>
    public async Task<BoardRead> SnapshotAsync(BoardScope board, CancellationToken cancel = default)
    {
        var rows = await ReadAsync(Snapshot, board, 0, row => row.IsDBNull(2) ? null : EpisodeRows.Of(row), cancel);
        return rows is [var first, ..]
            ? new BoardRead(first.Epoch, true, 0, first.Last, [.. rows.Select(row => row.Row).OfType<EpisodeRow>()], [])
            : new BoardRead("", true, 0, 0, [], []);
    }

    /// <inheritdoc/>
    public async Task<BoardRead> ChangesAsync(BoardScope board, long after, CancellationToken cancel = default)
    {
        var rows = await ReadAsync(
            Changes, board, after, row => row.IsDBNull(2) ? null : new Change(row.GetBoolean(2), EpisodeRows.Of(row)), cancel);
        if (rows is not [var first, ..])
        {
            return new BoardRead("", false, after, 0, [], []);
        }
        ImmutableArray<Change> changes = [.. rows.Select(row => row.Row).OfType<Change>()];
        return new BoardRead(
            first.Epoch, false, after, first.Last,
            [.. changes.Where(one => one.OnBoard).Select(one => one.Row)],
            [.. changes.Where(one => !one.OnBoard).Select(one => one.Row.Reference)]);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<SchoolOpenCount>> CountsAsync(string authority, CancellationToken cancel = default) =>
        database.ReadAsync(
            Counts,
            parameters => parameters.AddText("authority", authority),
            row => new SchoolOpenCount(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3)),
            cancel);

    /// <inheritdoc/>
    public async Task<ConcernCounts> ConcernsAsync(string authority, CancellationToken cancel = default) => (await database.ReadAsync(
        Concerns,
        parameters => parameters.AddText("authority", authority),
        row => new ConcernCounts(row.Int("open"), row.Int("unscreened"), row.InstantOrNull("changed_at")),
        cancel))[0];

    private Task<ImmutableArray<(string Epoch, long Last, T? Row)>> ReadAsync<T>(
        string sql, BoardScope board, long after, Func<NpgsqlDataReader, T?> map, CancellationToken cancel)
        where T : class
    {
        // The board's kind picks lines of the statement; only a school's has a parameter.
        var kind = board.Kind switch { BoardKind.Desk => "desk", BoardKind.Lead => "lead", _ => "urn" };
        return database.ReadAsync(
            Sql.With(sql, new HashSet<string>(StringComparer.Ordinal) { kind }),
            parameters =>
            {
                parameters.AddText("authority", board.Authority).AddNamed("after", NpgsqlDbType.Bigint, after);
                if (board.Kind == BoardKind.School)
                {
                    parameters.AddText("urn", board.Urn);
                }
            },
            row => (row.GetGuid(0).ToString("n"), row.GetInt64(1), map(row)),
            cancel);
    }

    private sealed record Change(bool OnBoard, EpisodeRow Row);
}
