using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Stage;
using Npgsql;

namespace Cme.Benchmarks.Deadlines;

/// <summary>What many would write by hand: a table of due items, and workers who each take one at a time.</summary>
internal sealed class SkipLockedPeer : IAsyncDisposable
{
    private const int Workers = 8;
    private const string Take =
        """
        update item set done_at = now(), level = level + 1
         where id = (select i.id from item i where i.due_at <= now() and i.done_at is null order by i.due_at limit 1 for update skip locked)
        """;

    private readonly NpgsqlDataSource _source;

    private SkipLockedPeer(NpgsqlDataSource source) => _source = source;

    public static async Task<SkipLockedPeer> CreateAsync(string connectionString)
    {
        var source = NpgsqlDataSource.Create(connectionString + ";Max Auto Prepare=20;Auto Prepare Min Usages=1;No Reset On Close=true");
        await source.ExecuteAsync(
            "create table item (id bigint primary key, due_at timestamptz not null, done_at timestamptz, level integer not null default 0, payload text not null)");
        await source.ExecuteAsync("create index item_due on item (due_at) where done_at is null");
        return new SkipLockedPeer(source);
    }

    public Contestant Contestant(string name, BenchServer server, int count) => new(name, _ => LapAsync(count))
    {
        PrepareAsync = async _ =>
        {
            await _source.ExecuteAsync("truncate item");
            await _source.ExecuteAsync($"insert into item (id, due_at, payload) select i, now(), repeat('x', 200) from generate_series(1, {count}) i");
            await _source.ExecuteAsync("vacuum analyze item");
            await server.CheckpointAsync();
        },
        CheckAsync = async _ =>
        {
            if (await _source.ScalarAsync<long>("select count(*) from item where level = 1") != count) { throw new BenchmarkBrokenException("An item was not done, or twice."); }
        },
    };

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<Lap> LapAsync(int count)
    {
        var before = await _source.WalPositionAsync();
        var lap = await Callers.RunAsync(Workers, count, async (_, _) =>
        {
            await using var take = _source.CreateCommand(Take);
            await take.ExecuteNonQueryAsync();
        });
        var written = await _source.WalPositionAsync() - before;
        return lap with { Extras = lap.Extras.Add(DueEpisodes.WalBytes, (double)written / count) };
    }
}
