namespace Cme.Storage.Demo;

/// <summary>
/// The business clock of a demo: it goes as fast as the system's, and can be put forward. Timers run at the ordinary pace, so
/// whoever waits for an instant is to look again when the clock was moved.
/// </summary>
/// <param name="system">The machine's own clock.</param>
public sealed class ClockOfDemo(TimeProvider system) : TimeProvider
{
    private long _aheadTicks;

    /// <summary>Where a new demo begins: the first Monday of term, ten minutes before school.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 9, 7, 8, 30, 0, TimeSpan.FromHours(1));

    /// <summary>How far it is ahead of the system clock; negative if it is behind.</summary>
    public TimeSpan Ahead
    {
        get => new(Interlocked.Read(ref _aheadTicks));
        set => Interlocked.Exchange(ref _aheadTicks, value.Ticks);
    }

    /// <summary>Puts it as far ahead as another process has it. It never goes back.</summary>
    public void Follow(TimeSpan ahead)
    {
        for (var held = Interlocked.Read(ref _aheadTicks); ahead.Ticks > held;)
        {
            var before = Interlocked.CompareExchange(ref _aheadTicks, ahead.Ticks, held);
            if (before == held) { return; }
            held = before;
        }
    }

    /// <summary>How far it must be ahead to show an instant now.</summary>
    public TimeSpan AheadFor(DateTimeOffset instant) => instant - system.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => system.GetUtcNow() + Ahead;

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);
}
