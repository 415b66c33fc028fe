using System.Diagnostics.CodeAnalysis;
using Cme.Runtime.Embedded.Activation;
using Cme.Runtime.Embedded.Calls;
using Cme.Runtime.Embedded.Hosting;
using Cme.Runtime.Embedded.Simulation;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Reminders;

/// <summary>Ticks every reminder at its instant on the business clock, many at once but not too many.</summary>
/// <remarks>
/// All reminders are in memory and one timer waits for the earliest. A tick is a nudge: one that fails is logged and not repeated, and of those
/// missed while the process was down, or while the clock was moved, one is made up for.
/// </remarks>
public sealed partial class ReminderService : IReminderRegistry, IDisposable
{
    /// <summary>The longest wait for the clock: a host that slept, or a clock set right, is noticed after this.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly ReminderSchedule _schedule = new();
    private readonly Queue<ScheduledReminder> _ready = new();
    private readonly List<TaskCompletionSource> _waitForQuiet = [];
    private readonly EmbeddedRuntimeOptions _options;
    private readonly IReminderStore _store;
    private readonly TimeProvider _clock;
    private readonly IGrainFactory _grains;
    private readonly ChaosMonkey? _chaos;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private int _underWay;
    private bool _started;

    internal ReminderService(
        EmbeddedRuntimeOptions options, IReminderStore store, TimeProvider businessClock, IGrainFactory grains, ChaosMonkey? chaos,
        ILogger<ReminderService> logger)
    {
        (_options, _store, _clock, _grains, _chaos, _logger) = (options, store, businessClock, grains, chaos, logger);
        _timer = _clock.CreateTimer(_ => Poke(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The next tick of any reminder, on the business clock; null if none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _schedule.NextDue;
            }
        }
    }

    /// <summary>Looks at the clock again, and sends what is due. To be called when the clock was moved by other means than time.</summary>
    public void Poke()
    {
        List<ScheduledReminder> toSend = [];
        List<TaskCompletionSource> toTell = [];
        lock (_gate)
        {
            if (!_started)
            {
                return;
            }

            var now = _clock.GetUtcNow();
            TakeDue(now);
            while (_underWay < _options.ConcurrentTicks && _ready.TryDequeue(out var reminder))
            {
                if (!reminder.Superseded)
                {
                    _underWay++;
                    toSend.Add(reminder);
                }
            }

            WaitFor(_schedule.NextDue - now);
            if (IsQuiet)
            {
                toTell.AddRange(_waitForQuiet);
                _waitForQuiet.Clear();
            }
        }

        toSend.ForEach(reminder => _ = Tick(reminder));
        toTell.ForEach(waiter => waiter.TrySetResult());
    }

    /// <summary>Completes when no tick that is due at the clock's now is waiting or under way.</summary>
    public async Task WhenQuietAsync(CancellationToken cancellationToken = default)
    {
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waitForQuiet.Add(quiet);
        }

        Poke();
        await quiet.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Loads every reminder and begins to tick.</summary>
    internal async Task Start(CancellationToken cancellationToken)
    {
        await foreach (var stored in _store.ReadAllAsync(cancellationToken))
        {
            lock (_gate)
            {
                if (_schedule.Find(stored.Grain, stored.Name) is null)
                {
                    _schedule.Set(stored);
                }
            }
        }

        lock (_gate)
        {
            _started = true;
            LogStarted(_logger, _schedule.Count);
        }

        Poke();
    }

    /// <summary>Sends no more ticks. Those under way go on.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _started = false;
        }

        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal (int Held, int Waiting, int UnderWay) Count()
    {
        lock (_gate)
        {
            return (_schedule.Count, _ready.Count, _underWay);
        }
    }

    async Task<IGrainReminder> IReminderRegistry.RegisterOrUpdate(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        Check(name, dueTime, period);
        var stored = new StoredReminder(grain, name, _clock.GetUtcNow() + dueTime, period);
        await _store.UpsertAsync(stored, CancellationToken.None);
        ScheduledReminder reminder;
        bool isNext;
        lock (_gate)
        {
            reminder = _schedule.Set(stored);
            isNext = _schedule.NextDue == reminder.Due;
        }

        if (isNext)
        {
            Poke();
        }

        return reminder;
    }

    async Task IReminderRegistry.Unregister(GrainId grain, string name)
    {
        await _store.DeleteAsync(grain, name, CancellationToken.None);
        lock (_gate)
        {
            _schedule.Remove(grain, name);
        }
    }

    Task<IGrainReminder?> IReminderRegistry.Get(GrainId grain, string name)
    {
        lock (_gate)
        {
            return Task.FromResult<IGrainReminder?>(_schedule.Find(grain, name));
        }
    }

    Task<List<IGrainReminder>> IReminderRegistry.GetAll(GrainId grain)
    {
        lock (_gate)
        {
            return Task.FromResult<List<IGrainReminder>>([.. _schedule.Of(grain)]);
        }
    }

    // Under the gate.
    private bool IsQuiet => _underWay == 0 && _ready.Count == 0;

    // Under the gate. A reminder taken is armed for its next period at once, whatever becomes of this tick.
    private void TakeDue(DateTimeOffset now)
    {
        while (_schedule.FirstDue(now) is { } reminder)
        {
            var fate = reminder.PutOff || _chaos is null ? ChaosMonkey.TickFate.OnTime : _chaos.FateOfTick(reminder.Stored.Grain);
            reminder.PutOff = fate == ChaosMonkey.TickFate.Late;
            if (reminder.PutOff)
            {
                _schedule.PutOff(reminder, now + _chaos!.Lateness(reminder.Stored.Grain));
                continue;
            }

            _schedule.PutOff(reminder, reminder.NextAfter(now));
            var times = fate switch { ChaosMonkey.TickFate.Lost => 0, ChaosMonkey.TickFate.Doubled => 2, _ => 1 };
            for (var i = 0; i < times; i++)
            {
                _ready.Enqueue(reminder);
            }
        }
    }

    // Under the gate. A wait shorter than a timer can measure would spin.
    private void WaitFor(TimeSpan? span)
    {
        var wait = span is null ? _longestWait : TimeSpan.FromTicks(Math.Clamp(span.Value.Ticks, TimeSpan.TicksPerMillisecond, _longestWait.Ticks));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A grain that fails must not silence the others; the next period and the auditor look again.")]
    private async Task Tick(ScheduledReminder reminder)
    {
        CallFrame.Current = null;
        var stored = reminder.Stored;
        try
        {
            var status = new TickStatus(stored.StartAt.UtcDateTime, stored.Period, _clock.GetUtcNow().UtcDateTime);
            await _grains.GetGrain<IRemindable>(stored.Grain).ReceiveReminder(stored.Name, status);
        }
        catch (Exception failure)
        {
            LogTickFailed(_logger, failure, stored.Grain, stored.Name);
        }

        lock (_gate)
        {
            _underWay--;
        }

        Poke();
    }

    // The errors, and their words, are Orleans' own.
    private void Check(string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < _options.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"Cannot register reminder {name} as requested period ({period}) is less than minimum allowed reminder period ({_options.MinimumReminderPeriod})");
        }
    }

    [LoggerMessage(4010, LogLevel.Information, "{Count} reminders loaded")]
    private static partial void LogStarted(ILogger logger, int count);

    [LoggerMessage(4011, LogLevel.Error, "The tick of {Grain}'s reminder '{Name}' failed; the next period or the auditor looks again")]
    private static partial void LogTickFailed(ILogger logger, Exception failure, GrainId grain, string name);
}
