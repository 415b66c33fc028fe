using Cme.Runtime.Embedded.Activation;
using Cme.Runtime.Embedded.Reminders;
using Orleans;

namespace Cme.Runtime.Embedded.Hosting;

/// <summary>The runtime as its host sees it.</summary>
public sealed class EmbeddedRuntime : IAsyncDisposable
{
    private readonly GrainDirectory _directory;
    private readonly TimeProvider _clock;
    private ITimer? _sweeping;

    internal EmbeddedRuntime(GrainDirectory directory, ReminderService reminders, TimeProvider systemClock)
    {
        (_directory, Reminders, _clock) = (directory, reminders, systemClock);
    }

    /// <summary>Reminders: the next one due, a nudge when the clock was moved, and when all is quiet.</summary>
    public ReminderService Reminders { get; }

    /// <summary>How things stand now, for the health endpoint. Looks at every grain in memory, so ask every few seconds, not for each request.</summary>
    public RuntimeFacts Facts()
    {
        var calls = _directory.Count();
        var (held, waiting, underWay) = Reminders.Count();
        return new RuntimeFacts(
            calls.Activations, calls.Running, calls.Waiting,
            calls.OldestSentAt == long.MaxValue ? TimeSpan.Zero : _clock.GetElapsedTime(calls.OldestSentAt),
            held, waiting, underWay);
    }

    /// <summary>Ends every activation once its calls are done, so that the next call of each grain reads what is stored. For specs and demos.</summary>
    public Task DeactivateAllAsync(CancellationToken cancellationToken = default) => _directory.DeactivateAll(
        new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "Every activation was asked to end."), cancellationToken);

    /// <summary>Loads the reminders and begins to tick. Calls may be made before.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _sweeping = _clock.CreateTimer(_ => _directory.Sweep(), null, _directory.Options.SweepEvery, _directory.Options.SweepEvery);
        await Reminders.Start(cancellationToken);
    }

    /// <summary>Ticks no more, takes no more calls from outside, lets those under way finish and ends every activation, within the time configured.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Reminders.Stop();
        await _directory.Stop(cancellationToken);
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sweeping?.DisposeAsync() ?? ValueTask.CompletedTask;
}
