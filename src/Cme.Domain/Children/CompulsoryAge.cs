namespace Cme.Domain.Children;

/// <summary>The days between which a child must be educated, both included. Source: Education Act 1996, section 8 (FACTS B2).</summary>
/// <param name="Begins">The first day: 31 August, 31 December or 31 March, on or next after the fifth birthday.</param>
/// <param name="Ends">The last day: the last Friday in June of the school year in which the child turns 16.</param>
public readonly record struct CompulsoryAge(DateOnly Begins, DateOnly Ends)
{
    /// <summary>Of a child born on that day.</summary>
    public static CompulsoryAge Of(DateOnly born) => new(Begin(born.AddYears(5)), End(born.AddYears(16)));

    /// <summary>By birthdays instead, for a procedure that says so: from the one up to the eve of the birthday after the other.</summary>
    public static CompulsoryAge ByBirthdays(DateOnly born, int first, int last) => new(born.AddYears(first), born.AddYears(last + 1).AddDays(-1));

    public bool Covers(DateOnly day) => day >= Begins && day <= Ends;

    private static DateOnly Begin(DateOnly fifth)
    {
        DateOnly[] prescribed = [new(fifth.Year, 3, 31), new(fifth.Year, 8, 31), new(fifth.Year, 12, 31)];
        return prescribed.First(day => day >= fifth);
    }

    /// <summary>Who turns 16 in July or August has left in the June before: the school year begins in September.</summary>
    private static DateOnly End(DateOnly sixteenth)
    {
        var lastOfJune = new DateOnly(sixteenth.Month >= 9 ? sixteenth.Year + 1 : sixteenth.Year, 6, 30);
        return lastOfJune.AddDays(-(((int)lastOfJune.DayOfWeek - (int)DayOfWeek.Friday + 7) % 7));
    }
}
