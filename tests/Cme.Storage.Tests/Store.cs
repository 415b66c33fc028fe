using Cme.Storage.Batching;
using Cme.Storage.Connections;
using Cme.Storage.Registers;
using Cme.Storage.Sequencer;
using Cme.Storage.States;
using Cme.TestSupport.Database;
using Npgsql;

namespace Cme.Storage.Tests;

/// <summary>A database of the test's own with the product's parts over it, as the host puts them together.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly NpgsqlDataSource _source;

    private Store(TestDatabase test)
    {
        _test = test;
        _source = DataSources.Create(test.ConnectionString);
        Database = new StorageDatabase(_source, new StorageHealth(TimeProvider.System), TimeProvider.System);
        States = new StateWriter(Database, Pokes, new GroupCommitOptions());
        Registers = new RegisterStore(Database, new GroupCommitOptions());
    }

    public StorageDatabase Database { get; }

    public CountedPokes Pokes { get; } = new();

    public StateWriter States { get; }

    public RegisterStore Registers { get; }

    public static async Task<Store> CreateAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>Runs SQL that a test needs to plant or to look at something.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _test.DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _test.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await States.DisposeAsync();
        await Registers.DisposeAsync();
        await Database.DisposeAsync();
        await _source.DisposeAsync();
        await _test.DisposeAsync();
    }
}

internal sealed class CountedPokes : ISequencerPoke
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Poke() => Interlocked.Increment(ref _count);
}
