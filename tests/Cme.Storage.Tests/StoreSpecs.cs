using Cme.Storage.Boards;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Reminders;
using Cme.Storage.Schools;
using Cme.Storage.Specs;
using Cme.Storage.States;

namespace Cme.Storage.Tests;

/// <summary>PostgreSQL keeps what every store promises.</summary>
internal sealed class PostgresUnderTest(Store store) : IStoreUnderTest
{
    public IStateWriter Writer => store.States;

    public IStateReader Reader => store.States;

    public IRegisters Registers => store.Registers;

    public IReminderTable Reminders => store.Reminders;

    public ISchools Schools => store.Schools;

    public IEpisodes Episodes => store.Episodes;

    public IBoards Boards => store.Boards;

    public static async Task<IStoreUnderTest> CreateAsync() => new PostgresUnderTest(await Store.CreateAsync());

    public Task PublishAsync() => store.PublishAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();
}

public sealed class StatesInPostgres : StateSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => PostgresUnderTest.CreateAsync();
}

public sealed class RegistersInPostgres : RegisterStoreSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => PostgresUnderTest.CreateAsync();
}

public sealed class RemindersInPostgres : ReminderSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => PostgresUnderTest.CreateAsync();
}

public sealed class SchoolsInPostgres : SchoolStoreSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => PostgresUnderTest.CreateAsync();
}

public sealed class BoardsInPostgres : BoardSpec
{
    protected override Task<IStoreUnderTest> CreateAsync() => PostgresUnderTest.CreateAsync();
}
