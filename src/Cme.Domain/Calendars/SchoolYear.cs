using System.Collections.Immutable;
using System.Globalization;

namespace Cme.Domain.Calendars;

/// <summary>A checked school year of one school, the piece that a <see cref="SchoolCalendar"/> is made of.</summary>
public sealed class SchoolYear
{
    private SchoolYear(int startYear, SchoolYearDocument document)
    {
        StartYear = startYear;
        Document = document with { Terms = [.. document.Terms.OrderBy(term => term.Start)] };
    }

    /// <summary>The calendar year in which it starts: 2026 for <c>2026-27</c>.</summary>
    public int StartYear { get; }

    /// <summary>Such as <c>2026-27</c>.</summary>
    public string Name => Document.SchoolYear;

    /// <summary>First day of its first term.</summary>
    public DateOnly From => Document.Terms[0].Start;

    /// <summary>Last day of its last term.</summary>
    public DateOnly To => Document.Terms[^1].End;

    internal SchoolYearDocument Document { get; }

    /// <summary>The school year, or null and the faults that prevent it. Warnings come with a year too.</summary>
    public static (SchoolYear? Year, ImmutableArray<CalendarFault> Faults) Parse(SchoolYearDocument document)
    {
        var faults = SchoolYearCheck.Of(document);
        var valid = faults.All(fault => fault.IsWarning) && TryParseName(document.SchoolYear, out _);
        return (valid ? new SchoolYear(NumberOf(document.SchoolYear), document) : null, faults);
    }

    /// <summary>The number (see <see cref="StartYear"/>) of the school year in which a day lies.</summary>
    /// <remarks>A school year begins with the first term after July (Education Act 1996, section 579).</remarks>
    public static int NumberOf(DateOnly date) => date.Month >= 8 ? date.Year : date.Year - 1;

    /// <summary>How a school year is written: 2026 is <c>2026-27</c>.</summary>
    public static string NameOf(int startYear) =>
        string.Create(CultureInfo.InvariantCulture, $"{startYear:D4}-{(startYear + 1) % 100:D2}");

    /// <summary>True for two consecutive years written <c>2026-27</c>.</summary>
    public static bool TryParseName(string? text, out int startYear) =>
        int.TryParse(text?.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out startYear)
        && startYear is > 1900 and < 2200
        && text == NameOf(startYear);

    private static int NumberOf(string name) => TryParseName(name, out var startYear) ? startYear : 0;
}
