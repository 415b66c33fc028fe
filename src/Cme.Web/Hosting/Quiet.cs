using Cme.Domain;
using Cme.Storage.Registers;
using Cme.Storage.Sequencer;

namespace Cme.Web.Hosting;

/// <summary>The ticking of reminders, as whoever moves the clock needs it.</summary>
public interface IReminderTurns
{
    /// <summary>Looks at the clock again, since it was moved.</summary>
    void Poke();

    /// <summary>Completes when no tick that is due is waiting or under way.</summary>
    Task WhenQuietAsync(CancellationToken cancel);
}

/// <summary>
/// Knows when everything that follows from what has happened has been handled: reminders have ticked, signals are delivered,
/// events are numbered, boards have been told.
/// </summary>
public sealed class Quiet(
    IReminderTurns reminders, IRegisters registers, SequencerService sequencer, [FromKeyedServices(Clock.System)] TimeProvider clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    /// <summary>Has whoever waits for an instant look at the clock again, and waits until all is quiet.</summary>
    public Task AfterClockMovedAsync(CancellationToken cancel)
    {
        reminders.Poke();
        return WhenQuietAsync(cancel);
    }

    /// <summary>Waits until all is quiet.</summary>
    public async Task WhenQuietAsync(CancellationToken cancel)
    {
        // From left to right, as changes travel: what is still on its way at the first look has arrived by the last.
        await reminders.WhenQuietAsync(cancel);
        while (!(await registers.SchoolsWithUndeliveredAsync(TimeSpan.Zero, cancel)).IsEmpty)
        {
            await Task.Delay(BetweenLooks, clock, cancel);
        }
        // A signal that was delivered may have set a reminder that is due already.
        await reminders.WhenQuietAsync(cancel);
        await sequencer.WhenQuietAsync(cancel);
    }
}
