using System.Collections.Immutable;

namespace Cme.Domain.Calendars;

/// <summary>
/// A school year as a school publishes it, before anybody has checked it. Dates are days in Europe/London, times are what the
/// clocks of London show.
/// </summary>
public sealed record SchoolYearDocument
{
    /// <summary>Such as <c>2026-27</c>.</summary>
    public string SchoolYear { get; init; } = "";

    public ImmutableArray<Term> Terms { get; init; } = [];

    /// <summary>Days for staff only. Not school days.</summary>
    public ImmutableArray<DateOnly> Inset { get; init; } = [];

    public ImmutableArray<Closure> Closures { get; init; } = [];

    public SessionTimes Am { get; init; }

    public SessionTimes Pm { get; init; }

    /// <summary>When the school day ends: "by school day 3" means by this time of it.</summary>
    public TimeOnly DayEnds { get; init; }

    public ImmutableArray<YearGroupDay> YearGroupExceptions { get; init; } = [];

    /// <summary>A provider's own hours, where they are not the same from Monday to Friday; on a day that is left out it does not meet. None: as above.</summary>
    public ImmutableArray<WeekdayHours> Week { get; init; } = [];

    /// <summary>Part-week timetables: the sessions of a week for which some pupils come. The roll says which pupil has which.</summary>
    public ImmutableArray<Timetable> Timetables { get; init; } = [];

    /// <summary>The lessons of a school day, of which registers are taken too (MID-08).</summary>
    public ImmutableArray<Lesson> Lessons { get; init; } = [];
}

/// <summary>The sessions (<c>AM</c>, <c>PM</c>) held on one day of the week, and their times.</summary>
/// <param name="Day">Such as <c>monday</c>.</param>
/// <param name="Am">Of no account where the morning is not held.</param>
public sealed record WeekdayHours(string Day, ImmutableArray<string> Sessions, SessionTimes Am, SessionTimes Pm, TimeOnly DayEnds);

/// <summary>A part-week timetable: on a day that is left out the pupil does not come.</summary>
/// <param name="Name">As the roll names it.</param>
public sealed record Timetable(string Name, ImmutableArray<TimetableDay> Days);

/// <summary>The sessions (<c>AM</c>, <c>PM</c>) for which a pupil comes on one day of the week.</summary>
/// <param name="Day">Such as <c>monday</c>.</param>
public sealed record TimetableDay(string Day, ImmutableArray<string> Sessions);

/// <summary>A lesson that is held on every school day.</summary>
/// <param name="Name">Such as <c>Period 1</c>.</param>
/// <param name="Groups">The teaching groups whose registers are taken in it.</param>
public sealed record Lesson(string Name, TimeOnly Start, ImmutableArray<string> Groups);

/// <summary>The days of a school week, by the names of the published contract.</summary>
public static class Weekdays
{
    /// <summary>Monday first.</summary>
    public static readonly ImmutableArray<string> Names = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    /// <summary>The name of a day; null for a Saturday and a Sunday.</summary>
    public static string? Of(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? null : Names[(int)date.DayOfWeek - 1];
}

/// <summary>First and last day of a term or half term, both included.</summary>
public readonly record struct Term(DateOnly Start, DateOnly End);

/// <summary>A day on which the school is closed, with its register code: <c>#</c>, <c>X</c> or <c>Y1</c> to <c>Y7</c>.</summary>
public readonly record struct Closure(DateOnly Date, string Code);

/// <summary>When a session starts and when its registration closes.</summary>
/// <remarks>Source: FACTS B3: the register is open for at most 30 minutes.</remarks>
public readonly record struct SessionTimes(TimeOnly Start, TimeOnly RegistrationCloses);

/// <summary>The sessions (<c>AM</c>, <c>PM</c>) that a year group has on one school day. None: it stays at home.</summary>
public sealed record YearGroupDay(string YearGroup, DateOnly Date, ImmutableArray<string> Sessions);

/// <summary>One place in a published school year that is wrong, or (a warning) looks wrong and was taken as it stands.</summary>
/// <param name="Place">A JSON pointer such as <c>/terms/1/end</c>.</param>
/// <param name="Code">A stable code such as <c>terms-overlap</c>.</param>
/// <param name="Detail">What to do.</param>
/// <param name="IsWarning">True if the calendar is valid in spite of it.</param>
public sealed record CalendarFault(string Place, string Code, string Detail, bool IsWarning = false);
