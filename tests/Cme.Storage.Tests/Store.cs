using System.Collections.Concurrent;
using Cme.Storage.Batching;
using Cme.Storage.Boards;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Reminders;
using Cme.Storage.Schools;
using Cme.Storage.Sequencer;
using Cme.Storage.States;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;
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
        _source = DataSources.CreateForProduct(test.RunningConnectionString);
        Database = new StorageDatabase(_source, new StorageHealth(TimeProvider.System), TimeProvider.System);
        States = new StateWriter(Database, Pokes, new GroupCommitOptions());
        Registers = new RegisterStore(Database, new GroupCommitOptions());
        Reminders = new ReminderTable(Database, new GroupCommitOptions());
        Schools = new SchoolStore(Database);
        Feeds = new FeedStore(Database, Schools, Cme.Domain.Calendars.BankHolidays.England);
        Episodes = new EpisodeStore(Database);
        Boards = new BoardStore(Database);
    }

    public string ConnectionString => _test.ConnectionString;

    public StorageDatabase Database { get; }

    public CountedPokes Pokes { get; } = new();

    public StateWriter States { get; }

    public RegisterStore Registers { get; }

    public ReminderTable Reminders { get; }

    public SchoolStore Schools { get; }

    public FeedStore Feeds { get; }

    public EpisodeStore Episodes { get; }

    public BoardStore Boards { get; }

    public static async Task<Store> CreateAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>Makes the authority and one of its schools.</summary>
    public async Task PutSchoolAsync(string urn = "900001", string name = "Nene Primary")
    {
        await Schools.PutAuthorityAsync(new AuthorityRecord(EpisodeWrites.Authority, "Nene Valley Council"));
        await Schools.PutAsync(new SchoolRecord { Authority = EpisodeWrites.Authority, Urn = urn, Name = name });
    }

    /// <summary>Numbers everything that is committed, as the sequencer does.</summary>
    public async Task PublishAsync() => await ScalarAsync<long>(
        "select count(*) from cme.waiting_authorities() a, lateral cme.publish(a, 100000)");

    /// <summary>A sequencer over the same database. The caller starts and stops it.</summary>
    public SequencerService Sequencer(SequencerSignal signal, IPublishedListener listener, SequencerOptions? options = null) =>
        new(Database, signal, listener, options ?? new SequencerOptions(), TimeProvider.System, NullLogger<SequencerService>.Instance);

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
        await Reminders.DisposeAsync();
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

internal sealed class Announcements : IPublishedListener
{
    private readonly ConcurrentQueue<Published> _told = [];

    public IReadOnlyCollection<Published> Told => _told;

    public Func<Published, Task> Then { get; set; } = _ => Task.CompletedTask;

    public Task PublishedAsync(Published published, CancellationToken cancel)
    {
        _told.Enqueue(published);
        return Then(published);
    }
}
