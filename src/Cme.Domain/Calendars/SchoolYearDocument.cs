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
