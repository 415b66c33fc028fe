using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cme.Storage.Batching;
using Cme.Storage.Connections;
using Cme.Storage.History;
using NpgsqlTypes;

namespace Cme.Storage.Reads;

/// <summary>The log in PostgreSQL. Those who are shown something at once share a commit.</summary>
public sealed class ReadLog : IReadLog, IAsyncDisposable
{
    private const int SaltLength = 16, MostLater = 10_000;

    private static readonly string Add = Sql.Beside<ReadLog>("Add.sql");
    private static readonly string List = Sql.Beside<ReadLog>("List.sql");
    private static readonly string Proof = Sql.Beside<ReadLog>("Proof.sql");

    private readonly StorageDatabase _database;
    private readonly ReadChainSignal _signal;
    private readonly GroupCommit<Queued, bool> _commits;
    private readonly ConcurrentQueue<ReadEntry> _later = [];
    private long _place;

    public ReadLog(StorageDatabase database, ReadChainSignal signal, GroupCommitOptions options)
    {
        (_database, _signal) = (database, signal);
        // Two entries are never of one row, and lock nothing: they go in the order in which they came.
        _commits = new(CommitAsync, EqualityComparer<Queued>.Default, Comparer<Queued>.Create((one, other) => one.Place.CompareTo(other.Place)), options);
    }

    /// <inheritdoc/>
    public Task AddAsync(ReadEntry entry, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return _commits.AddAsync(Queued.Of(entry, Interlocked.Increment(ref _place)));
    }

    /// <inheritdoc/>
    public void AddLater(ReadEntry entry)
    {
        if (_later.Count < MostLater) { _later.Enqueue(entry); }
    }

    /// <summary>Queues what could not be queued while PostgreSQL was away.</summary>
    internal async Task AddWhatIsLateAsync(CancellationToken cancel)
    {
        while (_later.TryPeek(out var entry))
        {
            await AddAsync(entry, cancel);
            _later.TryDequeue(out _);
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ChainedRead>> ListAsync(string authority, ReadFilter filter, int limit, CancellationToken cancel = default)
    {
        var asked = new Filters(
            ("subject", NpgsqlDbType.Text, filter.Subject), ("reader", NpgsqlDbType.Text, filter.Reader), ("what", NpgsqlDbType.Text, filter.What),
            ("before", NpgsqlDbType.Bigint, filter.Before));
        return _database.ReadAsync(
            asked.In(List),
            parameters => asked.Bind(parameters.AddText("authority", authority).AddNamed("limit", NpgsqlDbType.Integer, limit)),
            row => new ChainedRead(
                row.Long("number"), row.Instant("at"), row.Instant("business_at"), row.Text("reader"), row.Text("name"), row.Text("role"),
                row.Text("organisation"), row.Text("what"), row.TextOrNull("subject"), row.TextOrNull("child_id"), row.Int("shown"), row.Flag("fourth"),
                row.TextOrNull("why"), row.Text("source")),
            cancel);
    }

    /// <inheritdoc/>
    public Task<ChainProof?> ProofAsync(string authority, CancellationToken cancel = default) => _database.ReadOneAsync(
        Proof,
        parameters => parameters.AddText("authority", authority),
        row => new ChainProof(
            row.IsDBNull(0) ? null : row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.InstantOrNull("proved_at"), row.TextOrNull("fault"),
            row.InstantOrNull("fault_at")),
        cancel);

    /// <summary>Writes what is waiting, then stops.</summary>
    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<Queued> batch)
    {
        await _database.WriteAsync(Add, parameters => parameters.AddTyped(NpgsqlDbType.Jsonb, StateJson.Write(batch)), _ => true, CancellationToken.None);
        _signal.Poke();
        return [.. batch.Select(_ => true)];
    }

    /// <summary>An entry as it goes to PostgreSQL, its content turned into a commitment.</summary>
    private sealed record Queued(
        long Place, string Authority, DateTimeOffset At, DateTimeOffset BusinessAt, string Reader, string Name, string Role, string Organisation, string What,
        string? Subject, string? ChildId, int Shown, bool Fourth, string? Why, string Source, byte[] Salt, byte[] Digest)
    {
        public static Queued Of(ReadEntry entry, long place)
        {
            var salt = RandomNumberGenerator.GetBytes(SaltLength);
            return new(
                place, entry.Authority, entry.At, entry.BusinessAt, entry.Reader, entry.Name, entry.Role, entry.Organisation, entry.What, entry.Subject,
                entry.ChildId, entry.Shown, entry.Fourth, entry.Why, entry.Source, salt, SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(entry.Content)]));
        }
    }
}
