namespace Cme.Domain.Calendars;

/// <summary>Why a school meets on a day, or why it does not.</summary>
public abstract record DayKind
{
    public sealed record SchoolDay : DayKind;

    public sealed record Weekend : DayKind;

    public sealed record BankHoliday(string Title) : DayKind;

    public sealed record Inset : DayKind;

    /// <summary>Closed, planned or not, with its register code.</summary>
    public sealed record Closed(string Code) : DayKind;

    public sealed record BetweenTerms : DayKind;

    /// <summary>The school meets, but not for this year group.</summary>
    public sealed record YearGroupAtHome : DayKind;

    /// <summary>By its own hours the school, or by the timetable this pupil, does not meet on that day of the week.</summary>
    public sealed record NotThatWeekday : DayKind;

    /// <summary>Nobody has published term dates for this day.</summary>
    public sealed record NotPublished : DayKind;

    private DayKind()
    {
    }
}
