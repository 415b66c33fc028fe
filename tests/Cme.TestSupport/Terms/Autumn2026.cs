using Cme.Domain.Calendars;

namespace Cme.TestSupport.Terms;

/// <summary>A demo school's year 2026-27, of which the tests mostly use the autumn.</summary>
public static class Autumn2026
{
    /// <summary>The year as the school publishes it: half terms of 24 to 30 October and so on, three INSET days.</summary>
    public static SchoolYearDocument Document { get; } = new()
    {
        SchoolYear = "2026-27",
        Terms =
        [
            new(new(2026, 9, 2), new(2026, 10, 23)), new(new(2026, 11, 2), new(2026, 12, 18)),
            new(new(2027, 1, 4), new(2027, 2, 12)), new(new(2027, 2, 22), new(2027, 3, 25)),
            new(new(2027, 4, 12), new(2027, 5, 28)), new(new(2027, 6, 7), new(2027, 7, 21)),
        ],
        Inset = [new(2026, 9, 2), new(2026, 9, 3), new(2027, 1, 4)],
        Am = new(new(8, 50), new(9, 20)),
        Pm = new(new(13, 0), new(13, 15)),
        DayEnds = new(15, 30),
    };

    /// <summary>The calendar made of it, version 1.</summary>
    public static SchoolCalendar Calendar { get; } = CalendarOf(Document);

    /// <summary>The calendar of a changed document, for a test about a closure or a year group.</summary>
    public static SchoolCalendar CalendarOf(SchoolYearDocument document, int version = 1)
    {
        var (calendar, faults) = SchoolCalendar.Parse("Meadow Park School", version, document, BankHolidays.England);
        return calendar ?? throw new ArgumentException(string.Join(" ", faults), nameof(document));
    }
}
