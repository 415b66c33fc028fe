using System.Collections.Immutable;
using Cme.Storage.Batching;
using Cme.Storage.Connections;
using Cme.Storage.States;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Reminders;

/// <summary>The reminder rows, many in one commit.</summary>
public sealed class ReminderTable : IReminderTable, IAsyncDisposable
{
    private const string Upsert = "select ordinal, version from cme.upsert_reminders($1, $2, $3, $4, $5, $6)";

    private static readonly string Reminders = Sql.Beside<ReminderTable>("Reminders.sql");
    private static readonly string Delete = Sql.Beside<ReminderTable>("Delete.sql");

    private readonly StorageDatabase _database;
    private readonly GroupCommit<ReminderRow, int> _commits;

    public ReminderTable(StorageDatabase database, GroupCommitOptions options)
    {
        _database = database;
        _commits = new GroupCommit<ReminderRow, int>(CommitAsync, RowOfReminder.Instance, RowOfReminder.Instance, options.OneAtATime);
    }

    /// <inheritdoc/>
    public Task<int> UpsertAsync(ReminderRow reminder, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return _commits.AddAsync(reminder);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ReminderRow>> ReadAllAsync(CancellationToken cancel = default) => ReadAsync(new Filters(), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<ReminderRow>> ReadAsync(string grainId, CancellationToken cancel = default) =>
        ReadAsync(new Filters(("grain", NpgsqlDbType.Text, grainId)), cancel);

    /// <inheritdoc/>
    public async Task<ReminderRow?> ReadAsync(string grainId, string name, CancellationToken cancel = default) =>
        await ReadAsync(new Filters(("grain", NpgsqlDbType.Text, grainId), ("name", NpgsqlDbType.Text, name)), cancel) is [var one] ? one : null;

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string grainId, string name, int? version = null, CancellationToken cancel = default)
    {
        var asked = new Filters(("version", NpgsqlDbType.Integer, version));
        var deleted = await _database.WriteAsync(
            asked.In(Delete),
            parameters => asked.Bind(parameters.AddText("service", StateWriter.ServiceId).AddText("grain", grainId).AddText("name", name)),
            row => row.GetInt32(0),
            cancel);
        return !deleted.IsEmpty;
    }

    /// <summary>Writes what is waiting, then stops.</summary>
    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private async Task<IReadOnlyList<int>> CommitAsync(IReadOnlyList<ReminderRow> batch)
    {
        var versions = new int[batch.Count];
        await _database.WriteAsync(
            Upsert,
            parameters => parameters.AddText(StateWriter.ServiceId)
                .AddTexts(batch.Select(one => one.GrainId)).AddTexts(batch.Select(one => one.Name))
                .AddArray(NpgsqlDbType.TimestampTz, batch.Select(one => one.StartAt.ToUniversalTime()))
                .AddArray(NpgsqlDbType.Bigint, batch.Select(one => (long)one.Period.TotalMilliseconds))
                .AddArray(NpgsqlDbType.Integer, batch.Select(one => one.Hash)),
            row => versions[row.GetInt32(0) - 1] = row.GetInt32(1),
            CancellationToken.None);
        return versions;
    }

    private Task<ImmutableArray<ReminderRow>> ReadAsync(Filters asked, CancellationToken cancel) =>
        _database.ReadAsync(
            asked.In(Reminders),
            parameters => asked.Bind(parameters.AddText("service", StateWriter.ServiceId)),
            row => new ReminderRow(
                row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), TimeSpan.FromMilliseconds(row.GetInt64(3)),
                row.GetInt32(4), row.GetInt32(5)),
            cancel);

    private sealed class RowOfReminder : IEqualityComparer<ReminderRow>, IComparer<ReminderRow>
    {
        public static readonly RowOfReminder Instance = new();

        public bool Equals(ReminderRow? one, ReminderRow? other) => one!.GrainId == other!.GrainId && one.Name == other.Name;

        public int GetHashCode(ReminderRow row) => HashCode.Combine(row.GrainId, row.Name);

        public int Compare(ReminderRow? one, ReminderRow? other) =>
            string.CompareOrdinal(one!.GrainId, other!.GrainId) is not 0 and var byGrain ? byGrain : string.CompareOrdinal(one.Name, other.Name);
    }
}
