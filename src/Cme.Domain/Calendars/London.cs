namespace Cme.Domain.Calendars;

/// <summary>The only conversion between instants (UTC) and days and wall-clock times (Europe/London).</summary>
public static class London
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The days from here on (as day numbers) whose offset is remembered: the conversions are what deadlines mostly consist of.</summary>
    private static readonly int FirstRemembered = new DateOnly(2000, 1, 1).DayNumber;

    private static readonly byte[] Remembered = new byte[200 * 366];

    // What is remembered of a day. Unknown is 0; others are the whole day's offset in quarters of an hour, and 2.
    private const byte Unknown = 0;
    private const byte Changes = 1;
    private const byte NoOffset = 2;
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>The instant, in UTC, at which the clocks of London show this date and time.</summary>
    /// <remarks>
    /// A time that comes twice (01:00 to 01:59 when the clocks go back) is the first of the two, so that a deadline is never
    /// later than someone reads it. A time that never comes (01:00 to 01:59 when the clocks go forward) is as many minutes
    /// after the jump: 01:30 is 02:30 British Summer Time.
    /// </remarks>
    public static DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        if (OffsetAllDay(date) is { } allDay)
        {
            return new DateTimeOffset(local - allDay, TimeSpan.Zero);
        }
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

    private static DateTime Local(DateTimeOffset instant) => OffsetAllDay(DateOnly.FromDateTime(instant.UtcDateTime)) is { } allDay
        ? DateTime.SpecifyKind(instant.UtcDateTime + allDay, DateTimeKind.Unspecified)
        : TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    /// <summary>
    /// By how much the clocks of London are ahead of UTC all through the day, by their own date and by UTC's; null on a day on which
    /// they change, and on days too far away to be remembered.
    /// </summary>
    private static TimeSpan? OffsetAllDay(DateOnly date)
    {
        var place = date.DayNumber - FirstRemembered;
        if ((uint)place >= (uint)Remembered.Length)
        {
            return null;
        }
        var known = Remembered[place];
        if (known == Unknown)
        {
            Remembered[place] = known = OfDay(date);                // Whoever else works it out comes to the same.
        }
        return known == Changes ? null : (known - NoOffset) * Quarter;
    }

    private static byte OfDay(DateOnly date)
    {
        // The day and an hour on either side: by UTC and by London's clocks it begins and ends within them.
        var from = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddHours(-1);
        var offset = Zone.GetUtcOffset(from);
        for (var hour = 0; hour <= 25; hour++)
        {
            if (Zone.GetUtcOffset(from.AddHours(hour)) != offset)
            {
                return Changes;
            }
        }
        return (byte)(NoOffset + (offset / Quarter));
    }
}
