using Cme.Simulation.Store;
using Cme.Storage.Boards;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Reminders;
using Cme.Storage.Schools;
using Cme.Storage.Specs;
using Cme.Storage.States;
using Cme.TestSupport.Clock;

namespace Cme.Simulation.Specs;

/// <summary>The store in memory keeps what every store promises, so that what is found on it is true of PostgreSQL, too.</summary>
internal sealed class MemoryUnderTest : IStoreUnderTest
{
    private readonly MemoryDatabase _database;

    public MemoryUnderTest()
    {
        var children = 0;
        _database = new MemoryDatabase(new ManualClock("2026-09-08T07:00:00Z"), () => $"child{++children}");
        var (disk, database) = (new DiskAtOnce(), _database);
        var states = new MemoryStates(database, disk);
        (Writer, Reader) = (states, states);
        (Registers, Reminders, Schools) = (new MemoryRegisters(database, disk), new MemoryReminders(database, disk), new MemorySchools(database, disk));
        (Episodes, Boards) = (new MemoryEpisodes(database, disk), new MemoryBoards(database, disk));
    }

    public IStateWriter Writer { get; }

    public IStateReader Reader { get; }

    public IRegisters Registers { get; }

    public IReminderTable Reminders { get; }

    public ISchools Schools { get; }

    public IEpisodes Episodes { get; }

    public IBoards Boards { get; }

    public static Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new MemoryUnderTest());

    public Task PublishAsync()
    {
        foreach (var authority in _database.Authorities.Keys)
        {
            _database.Publish(authority);
        }
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class StatesInMemory : StateSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => MemoryUnderTest.CreateAsync();
}

public sealed class RegistersInMemory : RegisterStoreSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => MemoryUnderTest.CreateAsync();
}

public sealed class RemindersInMemory : ReminderSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => MemoryUnderTest.CreateAsync();
}

public sealed class SchoolsInMemory : SchoolStoreSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => MemoryUnderTest.CreateAsync();
}

public sealed class BoardsInMemory : BoardSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => MemoryUnderTest.CreateAsync();
}
