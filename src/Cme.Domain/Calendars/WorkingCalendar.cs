using System.Collections.Frozen;

namespace Cme.Domain.Calendars;

/// <summary>
/// An authority's calendar: Monday to Friday less bank holidays and its own closures, with office hours. It runs on in the
/// school holidays.
/// </summary>
/// <param name="name">As messages call it, such as the authority's name.</param>
/// <param name="bankHolidays">The bank holidays of England and Wales.</param>
/// <param name="closures">Further days on which the authority's offices are closed.</param>
/// <param name="opens">Start of office hours, Europe/London.</param>
/// <param name="closes">End of office hours, Europe/London.</param>
public sealed class WorkingCalendar(
    string name, BankHolidays bankHolidays, IEnumerable<DateOnly> closures, TimeOnly opens, TimeOnly closes)
{
    private readonly FrozenSet<DateOnly> _closures = closures.ToFrozenSet();

    /// <summary>Start of office hours, Europe/London.</summary>
    public TimeOnly Opens => opens;

    /// <summary>End of office hours, Europe/London.</summary>
    public TimeOnly Closes => closes;

    /// <summary>The last day of which the bank holidays are known.</summary>
    public DateOnly PublishedTo => bankHolidays.PublishedTo;

    /// <summary>The calendar of an authority that has published none: bank holidays only, 08:30 to 17:00.</summary>
    public static WorkingCalendar Usual { get; } = UsualOn(BankHolidays.England);

    /// <summary>The same hours with another list of bank holidays.</summary>
    public static WorkingCalendar UsualOn(BankHolidays bankHolidays) => new("office hours", bankHolidays, [], new(8, 30), new(17, 0));

    /// <summary>Beyond the list of bank holidays every weekday is taken for a working day.</summary>
    public bool IsWorkingDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !bankHolidays.Contains(date) && !_closures.Contains(date);

    /// <summary>Whether the offices are open at this instant (the closing time itself is shut).</summary>
    public bool IsOpen(DateTimeOffset instant) =>
        IsWorkingDay(London.DateOf(instant)) && London.TimeOf(instant) is var time && time >= opens && time < closes;

    /// <summary>The working day that is <paramref name="days"/> working days after <paramref name="from"/>.</summary>
    /// <param name="from">Any date. It is day zero, so it is never counted.</param>
    /// <param name="days">1 or more.</param>
    /// <exception cref="CalendarTooShortException">The list of bank holidays ends before the answer.</exception>
    /// <remarks>Source: FACTS A8, "count WD on the LA calendar".</remarks>
    public DateOnly After(DateOnly from, WorkingDays days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days.Count, 1);
        var date = from;
        for (var left = days.Count; left > 0; left -= IsWorkingDay(date) ? 1 : 0)
        {
            date = date.AddDays(1);
        }

        return date <= bankHolidays.PublishedTo
            ? date
            : throw new CalendarTooShortException(name,
                $"Calendar '{name}' knows bank holidays only to {bankHolidays.PublishedTo:O}. Install GOV.UK's present list.");
    }

    /// <summary>The instant at which the offices have been open for <paramref name="hours"/> hours since <paramref name="from"/>.</summary>
    /// <param name="from">Any instant; outside office hours nothing is counted until they open.</param>
    /// <param name="hours">1 or more.</param>
    /// <remarks>Source: FACTS A7.6: "72 working hours" is nine days of eight office hours. Never fails, as what climbs never does.</remarks>
    public DateTimeOffset AfterHours(DateTimeOffset from, int hours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, 1);
        var left = TimeSpan.FromHours(hours);
        for (var date = London.DateOf(from); ; date = date.AddDays(1))
        {
            var (starts, ends) = (London.At(date, opens), London.At(date, closes));
            var counted = starts > from ? starts : from;
            if (!IsWorkingDay(date) || counted >= ends)
            {
                continue;
            }
            if (counted + left <= ends)
            {
                return counted + left;
            }
            left -= ends - counted;
        }
    }

    /// <summary>The working day itself, or else the last one before it.</summary>
    public DateOnly LastWorkingDay(DateOnly date)
    {
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    /// <summary>The first working day after the date. Never fails, like <see cref="NextWorkingMorning"/>.</summary>
    public DateOnly NextWorkingDay(DateOnly date)
    {
        do
        {
            date = date.AddDays(1);
        }
        while (!IsWorkingDay(date));

        return date;
    }

    /// <summary>The first instant after <paramref name="after"/> at which a working day reaches <paramref name="time"/>.</summary>
    /// <remarks>Never fails: what climbs must go on climbing, even beyond the list of bank holidays.</remarks>
    public DateTimeOffset NextWorkingMorning(DateTimeOffset after, TimeOnly time)
    {
        var date = London.DateOf(after);
        while (!IsWorkingDay(date) || London.At(date, time) <= after)
        {
            date = date.AddDays(1);
        }

        return London.At(date, time);
    }
}
