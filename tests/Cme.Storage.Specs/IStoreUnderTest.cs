using Cme.Storage.Boards;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Reminders;
using Cme.Storage.Schools;
using Cme.Storage.States;

namespace Cme.Storage.Specs;

/// <summary>A store that is empty when a spec begins: PostgreSQL's, or the one in memory that simulations use.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    IStateWriter Writer { get; }

    IStateReader Reader { get; }

    IRegisters Registers { get; }

    IReminderTable Reminders { get; }

    ISchools Schools { get; }

    IEpisodes Episodes { get; }

    IBoards Boards { get; }

    /// <summary>Numbers everything that is committed, as the sequencer does.</summary>
    Task PublishAsync();
}
