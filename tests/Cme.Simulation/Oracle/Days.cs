namespace Cme.Simulation.Oracle;

/// <summary>A session of a day: the oracle's own, which shares nothing with the product's calendar.</summary>
internal readonly record struct Slot(DateOnly Day, bool Pm) : IComparable<Slot>
{
    public string Name => Pm ? "PM" : "AM";

    public int CompareTo(Slot other) => Day != other.Day ? Day.CompareTo(other.Day) : Pm.CompareTo(other.Pm);

    public static bool operator <(Slot left, Slot right) => left.CompareTo(right) < 0;

    public static bool operator >(Slot left, Slot right) => left.CompareTo(right) > 0;

    public static bool operator <=(Slot left, Slot right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Slot left, Slot right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Day:ddd d MMM} {Name}";
}

/// <summary>Wall-clock times of London, from the rule itself: summer time from 01:00 UTC on the last Sunday of March to that of October.</summary>
internal static class WallClock
{
    /// <summary>The instant of a wall-clock time by day; not meant for the two nights in which the clocks change.</summary>
    public static DateTimeOffset At(DateOnly day, int hour, int minute)
    {
        var plain = new DateTimeOffset(day.Year, day.Month, day.Day, hour, minute, 0, TimeSpan.Zero);
        return IsSummer(plain.AddHours(-1)) ? plain.AddHours(-1) : plain;
    }

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    public static string Text(DateTimeOffset instant) => Local(instant).ToString("ddd d MMM yyyy HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTime Local(DateTimeOffset instant) => instant.UtcDateTime.AddHours(IsSummer(instant) ? 1 : 0);

    private static bool IsSummer(DateTimeOffset instant) => instant >= LastSunday(instant.Year, 3) && instant < LastSunday(instant.Year, 10);

    private static DateTimeOffset LastSunday(int year, int month)
    {
        var last = new DateTimeOffset(year, month, 31, 1, 0, 0, TimeSpan.Zero);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}

/// <summary>A school year as a school publishes it, and the oracle's arithmetic on it. Immutable.</summary>
internal sealed record TermTimes
{
    // England, as FACTS C5 lists them.
    private static readonly HashSet<DateOnly> BankHolidays =
    [
        new(2026, 8, 31), new(2026, 12, 25), new(2026, 12, 28), new(2027, 1, 1), new(2027, 3, 26), new(2027, 3, 29), new(2027, 5, 3),
        new(2027, 5, 31), new(2027, 8, 30),
    ];

    /// <summary>First and last days, both included.</summary>
    public required (DateOnly From, DateOnly To)[] Terms { get; init; }

    /// <summary>INSET days and closures alike: no school for pupils.</summary>
    public required HashSet<DateOnly> Closed { get; init; }

    public static bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !BankHolidays.Contains(day);

    public bool IsSchoolDay(DateOnly day) =>
        IsWorkingDay(day) && !Closed.Contains(day) && Terms.Any(term => term.From <= day && day <= term.To);

    /// <summary>The n-th school day after a day, which is itself never counted; null beyond the last term.</summary>
    public DateOnly? SchoolDayAfter(DateOnly day, int n)
    {
        var last = Terms.Max(term => term.To);
        while (n > 0)
        {
            day = day.AddDays(1);
            if (day > last)
            {
                return null;
            }
            n -= IsSchoolDay(day) ? 1 : 0;
        }
        return day;
    }

    public DateOnly? SchoolDayBefore(DateOnly day)
    {
        var first = Terms.Min(term => term.From);
        for (day = day.AddDays(-1); day >= first; day = day.AddDays(-1))
        {
            if (IsSchoolDay(day))
            {
                return day;
            }
        }
        return null;
    }

    /// <summary>How many school days there are from one day to another, both included.</summary>
    public int SchoolDays(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            count += IsSchoolDay(day) ? 1 : 0;
        }
        return count;
    }

    public static DateTimeOffset Starts(Slot slot) => slot.Pm ? WallClock.At(slot.Day, 13, 0) : WallClock.At(slot.Day, 8, 50);

    public static DateTimeOffset Closes(Slot slot) => slot.Pm ? WallClock.At(slot.Day, 13, 15) : WallClock.At(slot.Day, 9, 20);

    public static DateTimeOffset DayEnds(DateOnly day) => WallClock.At(day, 15, 30);

    /// <summary>The first 09:00 of a working day of the authority after an instant.</summary>
    public static DateTimeOffset NextWorkingMorning(DateTimeOffset after)
    {
        var day = WallClock.DayOf(after);
        while (!IsWorkingDay(day) || WallClock.At(day, 9, 0) <= after)
        {
            day = day.AddDays(1);
        }
        return WallClock.At(day, 9, 0);
    }
}
