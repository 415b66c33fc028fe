using System.Globalization;
using System.Security.Cryptography;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Stage;
using Cme.Storage.Batching;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Benchmarks.Commands;

/// <summary>What a durable command costs at least: one row of 1 kB, written by itself or with others in one commit.</summary>
internal sealed class UpsertPeers : IAsyncDisposable
{
    private const int Bytes = 1024;
    private const int Payloads = 61;
    private const string One =
        "insert into head as h (key, version, payload) values ($1, 1, $2) on conflict (key) do update set version = h.version + 1, payload = excluded.payload";
    private const string Many =
        "insert into head as h (key, version, payload) select u.key, 1, u.payload from unnest($1, $2) as u (key, payload) on conflict (key) do update set version = h.version + 1, payload = excluded.payload";

    private readonly NpgsqlDataSource _source;
    private readonly int _keys;
    // Different ones: of a row that stays as it was the write-ahead log would hold next to nothing.
    private readonly byte[][] _payloads = [.. Enumerable.Range(0, Payloads).Select(_ => RandomNumberGenerator.GetBytes(Bytes))];
    private int _done;
    private int _paid;

    private UpsertPeers(NpgsqlDataSource source, int keys) => (_source, _keys) = (source, keys);

    /// <summary>Makes the table with a row for each key.</summary>
    public static async Task<UpsertPeers> CreateAsync(string connectionString, int keys)
    {
        var source = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=300;Max Auto Prepare=20;Auto Prepare Min Usages=1;No Reset On Close=true");
        var peers = new UpsertPeers(source, keys);
        await source.ExecuteAsync("create table head (key text collate \"C\" primary key, version integer not null, payload bytea not null) with (fillfactor = 70)");
        foreach (var some in Enumerable.Range(0, keys).Select(Key).Chunk(1000)) { await peers.CommitAsync(some); }
        await source.ExecuteAsync("vacuum analyze head");
        return peers;
    }

    /// <summary>Each command a statement and a commit of its own; each caller has a connection.</summary>
    public Contestant Single(string name, BenchServer server, int callers, int count)
    {
        var lines = new List<(NpgsqlConnection Connection, NpgsqlCommand Upsert)>();
        return new(name, _ => MeasuredAsync(callers, count, (caller, key) =>
        {
            lines[caller].Upsert.Parameters[0].Value = key;
            lines[caller].Upsert.Parameters[1].Value = NextPayload();
            return lines[caller].Upsert.ExecuteNonQueryAsync();
        }))
        {
            PrepareAsync = async _ =>
            {
                while (lines.Count < callers) { lines.Add(await OpenAsync()); }
                await server.CheckpointAsync();
            },
            CheckAsync = async _ =>
            {
                foreach (var (connection, upsert) in lines)
                {
                    await upsert.DisposeAsync();
                    await connection.DisposeAsync();
                }
                lines.Clear();
            },
        };
    }

    /// <summary>Commands that wait share a commit, by the product's own writer.</summary>
    public Contestant Group(string name, BenchServer server, int callers, int count)
    {
        GroupCommit<string, bool>? commits = null;
        return new(name, _ => MeasuredAsync(callers, count, (_, key) => commits!.AddAsync(key)))
        {
            PrepareAsync = async _ =>
            {
                commits = new GroupCommit<string, bool>(CommitAsync, StringComparer.Ordinal, StringComparer.Ordinal, new GroupCommitOptions());
                await server.CheckpointAsync();
            },
            CheckAsync = async _ => await commits!.DisposeAsync(),
        };
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"episode-{number:0000000000}");

    private byte[] NextPayload() => _payloads[(uint)Interlocked.Increment(ref _paid) % Payloads];

    private async Task<Lap> MeasuredAsync(int callers, int count, Func<int, string, Task> write)
    {
        var before = await _source.WalPositionAsync();
        var lap = await Callers.RunAsync(callers, count, (caller, _) => write(caller, Key((int)((uint)Interlocked.Increment(ref _done) % _keys))));
        var written = await _source.WalPositionAsync() - before;
        return lap with { Extras = lap.Extras.Add(CommandsBenchmark.Acts.WalBytes, (double)written / count) };
    }

    private async Task<(NpgsqlConnection, NpgsqlCommand)> OpenAsync()
    {
        var connection = await _source.OpenConnectionAsync();
        var upsert = new NpgsqlCommand(One, connection)
        {
            Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Text, Value = Key(0) }, new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = _payloads[0] } },
        };
        await upsert.PrepareAsync();
        return (connection, upsert);
    }

    private async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<string> keys)
    {
        await using var upsert = _source.CreateCommand(Many);
        upsert.Parameters.Add(new() { Value = keys.ToArray() });
        upsert.Parameters.Add(new() { Value = keys.Select(_ => NextPayload()).ToArray() });
        await upsert.ExecuteNonQueryAsync();
        return [.. keys.Select(_ => true)];
    }
}
