using System.Collections.Immutable;
using Cme.Storage.Connections;
using Npgsql;

namespace Cme.Storage.Tests.Connections;

/// <summary>What many writes at once leave behind for everybody else.</summary>
public sealed class BurstTests
{
    private const int MoreThanThePool = 40;

    private readonly CancellationToken _patience = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    [Fact]
    public async Task A_burst_of_writes_waits_its_turn_and_leaves_connections_to_read_with()
    {
        await using var store = await Store.CreateAsync();
        await using var other = new NpgsqlConnection(store.ConnectionString);
        await other.OpenAsync(_patience);
        await ExecuteAsync(other, "select pg_advisory_lock(1)");
        var burst = Enumerable.Range(0, MoreThanThePool).Select(_ => WriteAsync(store.Database)).ToList();
        const string waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
        while (await ScalarAsync(other, waiting) == 0)
        {
            _patience.ThrowIfCancellationRequested();
        }

        var reads = await Task.WhenAll(Enumerable.Range(0, MoreThanThePool)
            .Select(number => store.Database.ReadAsync($"select {number}", _ => { }, row => row.GetInt32(0), _patience)));

        reads.Select(read => read[0]).ShouldBe(Enumerable.Range(0, MoreThanThePool));
        burst.ShouldNotContain(write => write.IsFaulted);
        store.Database.Health.Away.ShouldBeFalse();
        await ExecuteAsync(other, "select pg_advisory_unlock(1)");
        await Task.WhenAll(burst);
    }

    // Waits for the other session's lock, and so holds its connection.
    private Task<ImmutableArray<int>> WriteAsync(StorageDatabase database) =>
        database.WriteAsync("select 1 from (select pg_advisory_xact_lock_shared(1)) waited", _ => { }, row => row.GetInt32(0), _patience);

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(_patience);
    }

    private async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(_patience))!;
    }
}
