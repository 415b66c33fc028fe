using System.Globalization;

namespace Cme.TestSupport.Clock;

/// <summary>A clock that stands still until a test moves it. Timers fire on the moving thread, in order of their due time, each at its own instant.</summary>
/// <remarks>
/// Safe to read from any thread. <c>Task.Delay(span, clock)</c> and <c>CancellationTokenSource(span, clock)</c> work.
/// What a timer's callback starts on other threads is not waited for: wait for its result, not for the clock.
/// </remarks>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _timers = [];
    private long _now = start.UtcTicks;
    private long _timersCreated;

    /// <summary>A clock that stands at a UTC instant such as "2026-09-08T08:10:00Z".</summary>
    public ManualClock(string start) : this(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture))
    {
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Days of the product are London days, whatever machine the test runs on.</summary>
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The instant of the earliest timer that waits, or null if none does.</summary>
    public DateTimeOffset? NextTimerAt
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min is { } first ? new DateTimeOffset(first.Due, TimeSpan.Zero) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <summary>Moves the clock on, firing what falls due on the way.</summary>
    /// <param name="by">Zero or more. Zero fires what is due already.</param>
    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    /// <summary>Moves the clock to an instant, firing what falls due on the way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is in the past: this clock, like the demo's, only goes forward.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
        while (TakeDue(instant.UtcTicks) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state, Interlocked.Increment(ref _timersCreated));
        timer.Change(dueTime, period);
        return timer;
    }

    // The next timer due by the target, with the clock moved to its instant; null, with the clock at the target, when none is left.
    private ManualTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            var first = _timers.Min;
            if (first is null || first.Due > target)
            {
                Interlocked.Exchange(ref _now, Math.Max(_now, target));
                return null;
            }

            Interlocked.Exchange(ref _now, Math.Max(_now, first.Due));
            _timers.Remove(first);
            if (first.Period > TimeSpan.Zero)
            {
                first.Due += first.Period.Ticks;
                _timers.Add(first);
            }

            return first;
        }
    }

    private bool Change(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (timer.Disposed)
            {
                return false;
            }

            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _now + dueTime.Ticks;
                _timers.Add(timer);
            }

            return true;
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _timers.Remove(timer);
        }
    }

    // The order of the set is due time, then age: a timer is always taken out before its due time changes.
    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state, long age) : ITimer, IComparable<ManualTimer>
    {
        public long Due { get; set; }

        public TimeSpan Period { get; set; } = Timeout.InfiniteTimeSpan;

        public bool Disposed { get; set; }

        private long Age { get; } = age;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Change(this, dueTime, period);

        public int CompareTo(ManualTimer? other) => other is null ? 1 : (Due, Age).CompareTo((other.Due, other.Age));

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
