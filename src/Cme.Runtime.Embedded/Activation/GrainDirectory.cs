using System.Collections.Concurrent;
using Cme.Runtime.Embedded.Calls;
using Cme.Runtime.Embedded.Hosting;
using Cme.Runtime.Embedded.Reminders;
using Cme.Runtime.Embedded.Simulation;
using Cme.Runtime.Embedded.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Activation;

/// <summary>Every activation of the process, one for each grain that is in memory, and the way of a call to it.</summary>
internal sealed partial class GrainDirectory(
    EmbeddedRuntimeOptions options, GrainCatalogue catalogue, GrainStorage storage, TimeProvider clock, ChaosMonkey? chaos,
    IServiceProvider services, ILogger<GrainDirectory> logger)
{
    private readonly ConcurrentDictionary<GrainId, GrainActivation> _activations = new();
    private volatile bool _closed;

    public EmbeddedRuntimeOptions Options => options;

    public GrainCatalogue Catalogue => catalogue;

    public GrainStorage Storage => storage;

    /// <summary>The system clock: idleness, waiting and stopping are not the business of any demo.</summary>
    public TimeProvider Clock => clock;

    public ChaosMonkey? Chaos => chaos;

    public IServiceProvider Services => services;

    public ILogger Logger => logger;

    public CallCopier Copier { get; } = new(options.CallJson, options.Chaos?.CopyEverything ?? false);

    public required IGrainFactory Factory { get; init; }

    public required IReminderRegistry Reminders { get; init; }

    /// <summary>Sends a call to its grain, activating it if need be.</summary>
    /// <exception cref="ReentrantCallException">The chain of calls already holds the grain's turn.</exception>
    /// <exception cref="OrleansException">The process is stopping and takes no new calls from outside.</exception>
    public void Send(Call call)
    {
        if (call.Caller is null && _closed)
        {
            throw new OrleansException($"The runtime is stopping and takes no new calls: {call}.");
        }

        if (!call.Plan.Interleaves && call.Caller?.WaitsFor(call.Target) == true)
        {
            throw new ReentrantCallException(call.Caller.ToString(), call.ToString());
        }

        call.SentAt = clock.GetTimestamp();
        Forward(call);
    }

    /// <summary>Hands a call to the activation of its grain, the present one or a fresh one.</summary>
    public void Forward(Call call)
    {
        while (true)
        {
            if (!_activations.TryGetValue(call.Target, out var activation))
            {
                activation = _activations.GetOrAdd(
                    call.Target, static (id, self) => new GrainActivation(self, self.Catalogue.ClassOf(id.Type), id), this);
            }

            if (activation.TryAccept(call))
            {
                return;
            }

            Remove(activation);
        }
    }

    /// <summary>Forgets an activation that is gone.</summary>
    public void Remove(GrainActivation activation) => _activations.TryRemove(new(activation.GrainId, activation));

    /// <summary>Ends idle activations and fails calls that have waited too long.</summary>
    public void Sweep()
    {
        var now = clock.GetTimestamp();
        foreach (var (_, activation) in _activations)
        {
            activation.Sweep(now - Ticks(options.IdleAfter), now - Ticks(options.CallTimeout));
        }
    }

    /// <summary>How things stand now.</summary>
    public RuntimeFacts.Count Count()
    {
        var facts = new RuntimeFacts.Count { OldestSentAt = long.MaxValue };
        foreach (var (_, activation) in _activations)
        {
            activation.AddTo(ref facts);
        }

        return facts;
    }

    /// <summary>Ends every activation that is in memory now, each once nothing runs in it or waits for it.</summary>
    public async Task DeactivateAll(DeactivationReason reason, CancellationToken cancellationToken)
    {
        var all = _activations.Values.ToArray();
        foreach (var activation in all)
        {
            activation.DeactivateOnceIdle(reason, cancellationToken);
        }

        await Task.WhenAll(all.Select(activation => activation.Ended)).WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more calls from outside, lets those under way finish, and ends every activation; all within the time configured.</summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        _closed = true;
        using var deadline = new CancellationTokenSource(options.StopWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // The last calls of one grain may bring up others.
            while (!_activations.IsEmpty)
            {
                await DeactivateAll(new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The process is stopping."), either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            LogStoppedWhileBusy(logger, _activations.Count);
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * clock.TimestampFrequency);

    [LoggerMessage(4004, LogLevel.Warning, "The time to stop was over with {Activations} grains still busy; what they had acknowledged is stored")]
    private static partial void LogStoppedWhileBusy(ILogger logger, int activations);
}
