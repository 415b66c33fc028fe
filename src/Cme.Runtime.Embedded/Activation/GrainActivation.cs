using System.Globalization;
using Cme.Runtime.Embedded.Calls;
using Cme.Runtime.Embedded.Reminders;
using Cme.Runtime.Embedded.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Activation;

/// <summary>One grain in memory: its instance, its turn, and the calls that wait for it.</summary>
/// <remarks>
/// A call that holds the turn runs alone among its kind; calls marked AlwaysInterleave run beside it, between awaits. Calls that arrive
/// while the activation starts or ends wait; after the end they go to a fresh one, so two instances of a grain never run together.
/// </remarks>
internal sealed partial class GrainActivation(GrainDirectory directory, GrainClass grainClass, GrainId id) : IActivationContext
{
    private enum Phase { New, Starting, Active, Ending, Gone }

    private readonly Lock _gate = new();
    private readonly TurnScheduler _scheduler = new(directory.Options.Turns);
    private readonly Queue<Call> _waiting = new();
    private readonly List<Call> _waitingToInterleave = [];
    private readonly List<PersistentState> _states = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AsyncServiceScope _scope;
    private Grain? _grain;
    private Phase _phase;
    private Call? _holdsTheTurn;
    private int _running;
    private long _lastUsed;
    private DeactivationReason? _ending;
    private DeactivationReason? _endingOnceIdle;
    private CancellationToken _deadline;

    public GrainId GrainId => id;

    public IServiceProvider Services => _scope.ServiceProvider;

    public IGrainFactory GrainFactory => directory.Factory;

    public IReminderRegistry Reminders => directory.Reminders;

    /// <summary>Completes when this activation is gone.</summary>
    public Task Ended => _ended.Task;

    private ILogger Logger => directory.Logger;

    /// <summary>Takes a call, to run now or in its turn. False if this activation is gone: ask the directory for a fresh one.</summary>
    public bool TryAccept(Call call)
    {
        lock (_gate)
        {
            switch (_phase)
            {
                case Phase.Gone:
                    return false;
                case Phase.Active when _ending is null && (call.Plan.Interleaves || _holdsTheTurn is null):
                    Begin(call);
                    return true;
            }

            if (call.Plan.Interleaves)
            {
                _waitingToInterleave.Add(call);
            }
            else
            {
                _waiting.Enqueue(call);
            }

            if (_phase == Phase.New)
            {
                _phase = Phase.Starting;
                RunTurn(() => Start(call.Caller));
            }

            return true;
        }
    }

    /// <inheritdoc/>
    public void Deactivate(DeactivationReason reason)
    {
        lock (_gate)
        {
            _ending ??= reason;
            EndIfIdle();
        }
    }

    /// <summary>Ends the activation once nothing runs and nothing waits, so that no caller notices.</summary>
    /// <param name="reason">Told to the grain.</param>
    /// <param name="deadline">Cancelled when the time for it is over.</param>
    public void DeactivateOnceIdle(DeactivationReason reason, CancellationToken deadline)
    {
        lock (_gate)
        {
            (_endingOnceIdle, _deadline) = (reason, deadline);
            if (_phase == Phase.Active)
            {
                GiveOnTheTurn();
            }
        }
    }

    /// <summary>Carries out one call: the turn that the scheduler gives it.</summary>
    public async Task Carry(Call call)
    {
        CallFrame.Current = call.Frame;
        using var span = call.BeginSpan();
        Exception? failure = null;
        try
        {
            await call.Run(_grain!);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        // The turn is given on before the caller hears: what it does next must find this call over.
        Finish(call);
        if (failure is null)
        {
            call.Succeed();
        }
        else
        {
            call.Fail(failure);
        }
    }

    /// <summary>Ends the activation if nobody called it since <paramref name="unusedSince"/>; fails calls sent before <paramref name="sentBefore"/> that still wait.</summary>
    public void Sweep(long unusedSince, long sentBefore)
    {
        List<Call> overdue;
        lock (_gate)
        {
            if (_phase == Phase.Active && _running == 0 && _waiting.Count == 0 && _lastUsed < unusedSince)
            {
                Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Nobody called it for a while."));
            }

            overdue = TakeWaitingSince(sentBefore);
        }

        foreach (var call in overdue)
        {
            LogTimedOut(Logger, call.Target, call.Plan.Name);
            call.Fail(new TimeoutException(string.Create(
                CultureInfo.InvariantCulture,
                $"{call} waited longer than {directory.Options.CallTimeout} for its turn. The turn is held by {_holdsTheTurn?.Frame.ToString() ?? "nobody"}.")));
        }
    }

    /// <summary>Adds what this activation has to the facts.</summary>
    public void AddTo(ref RuntimeFacts.Count facts)
    {
        lock (_gate)
        {
            facts.Activations++;
            facts.Running += _running;
            facts.Waiting += _waiting.Count + _waitingToInterleave.Count;
            facts.OldestSentAt = _waiting.TryPeek(out var first) ? Math.Min(facts.OldestSentAt, first.SentAt) : facts.OldestSentAt;
        }
    }

    private async Task Start(CallFrame? caller)
    {
        var frame = new CallFrame(id, nameof(Grain.OnActivateAsync), caller, holdsTheTurn: true);
        CallFrame.Current = frame;
        try
        {
            _scope = directory.Services.CreateAsyncScope();
            _grain = grainClass.Create(this, directory.Storage, _states);
            foreach (var state in _states)
            {
                await state.ReadStateAsync(CancellationToken.None);
            }

            await _grain.OnActivateAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            frame.Finish();
            LogActivationFailed(Logger, failure, id);
            await Disappear(call => call.Fail(failure));
            return;
        }

        frame.Finish();
        lock (_gate)
        {
            _phase = Phase.Active;
            _lastUsed = directory.Clock.GetTimestamp();
            GiveOnTheTurn();
        }
    }

    // Under the gate.
    private void Begin(Call call)
    {
        _running++;
        _holdsTheTurn = call.Plan.Interleaves ? _holdsTheTurn : call;
        call.Activation = this;
        _scheduler.Begin(call);
    }

    private void Finish(Call call)
    {
        call.Frame.Finish();
        lock (_gate)
        {
            _running--;
            _lastUsed = directory.Clock.GetTimestamp();
            _holdsTheTurn = ReferenceEquals(_holdsTheTurn, call) ? null : _holdsTheTurn;
            if (directory.Chaos?.DeactivatesAfterCall(id) == true)
            {
                _ending ??= new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "Chaos.");
            }

            GiveOnTheTurn();
        }
    }

    // Under the gate.
    private void GiveOnTheTurn()
    {
        if (_ending is not null)
        {
            EndIfIdle();
            return;
        }

        _waitingToInterleave.ForEach(Begin);
        _waitingToInterleave.Clear();
        if (_holdsTheTurn is null && _waiting.TryDequeue(out var next))
        {
            Begin(next);
        }

        if (_running == 0 && _endingOnceIdle is { } reason)
        {
            Deactivate(reason);
        }
    }

    // Under the gate.
    private void EndIfIdle()
    {
        if (_phase == Phase.Active && _running == 0)
        {
            _phase = Phase.Ending;
            RunTurn(() => End(_ending!.Value));
        }
    }

    private async Task End(DeactivationReason reason)
    {
        var frame = new CallFrame(id, nameof(Grain.OnDeactivateAsync), caller: null, holdsTheTurn: true);
        CallFrame.Current = frame;
        try
        {
            await _grain!.OnDeactivateAsync(reason, _deadline);
        }
        catch (Exception failure)
        {
            LogDeactivationFailed(Logger, failure, id);
        }

        frame.Finish();
        await Disappear(directory.Forward);
    }

    // Whoever still waits is either told of the failure or goes on to a fresh activation.
    private async Task Disappear(Action<Call> forEachWaiting)
    {
        await DisposeGrain();
        List<Call> left;
        lock (_gate)
        {
            _phase = Phase.Gone;
            left = TakeWaitingSince(long.MaxValue);
        }

        directory.Remove(this);
        left.ForEach(forEachWaiting);
        _ended.SetResult();
    }

    private async Task DisposeGrain()
    {
        try
        {
            switch (_grain)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            await _scope.DisposeAsync();
        }
        catch (Exception failure)
        {
            LogDeactivationFailed(Logger, failure, id);
        }
    }

    // Under the gate. Calls wait in the order they were sent, all but those that were forwarded from an earlier activation.
    private List<Call> TakeWaitingSince(long sentBefore)
    {
        if (_waiting.Count + _waitingToInterleave.Count == 0)
        {
            return [];
        }

        List<Call> taken = [.. _waitingToInterleave.Where(call => call.SentAt < sentBefore)];
        _waitingToInterleave.RemoveAll(call => call.SentAt < sentBefore);
        for (var left = _waiting.Count; left > 0; left--)
        {
            var call = _waiting.Dequeue();
            if (call.SentAt < sentBefore)
            {
                taken.Add(call);
            }
            else
            {
                _waiting.Enqueue(call);
            }
        }

        return taken;
    }

    // Lifecycle turns begin with nothing ambient: they belong to nobody's call.
    private void RunTurn(Func<Task> turn)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
        }
    }
}
