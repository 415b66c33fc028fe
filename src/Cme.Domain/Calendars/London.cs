namespace Cme.Domain.Calendars;

/// <summary>The only conversion between instants (UTC) and days and wall-clock times (Europe/London).</summary>
public static class London
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The instant, in UTC, at which the clocks of London show this date and time.</summary>
    /// <remarks>
    /// A time that comes twice (01:00 to 01:59 when the clocks go back) is the first of the two, so that a deadline is never
    /// later than someone reads it. A time that never comes (01:00 to 01:59 when the clocks go forward) is as many minutes
    /// after the jump: 01:30 is 02:30 British Summer Time.
    /// </remarks>
    public static DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        var offset = Zone.IsAmbiguousTime(local)
            ? Zone.GetAmbiguousTimeOffsets(local).Max()
            : Zone.IsInvalidTime(local)
                ? Zone.BaseUtcOffset
                : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local - offset, TimeSpan.Zero);
    }

    /// <summary>The day in London at this instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    /// <summary>What the clocks of London show at this instant.</summary>
    public static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(Local(instant));

    private static DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
}
