using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Schools;

/// <summary>A school's calendar as people read it: month by month, days of one kind together, each in words.</summary>
public static class YearInWords
{
    /// <summary>The months that a calendar covers, of one school year.</summary>
    /// <param name="year">Its first calendar year: 2026 for <c>2026-27</c>.</param>
    public static ImmutableArray<MonthInWords> Of(SchoolCalendar calendar, int year) =>
    [
        .. from at in Enumerable.Range(0, 12)
           let first = new DateOnly(year, 8, 1).AddMonths(at)
           let days = Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).Select(first.AddDays).Where(calendar.Covers).ToArray()
           where days.Length > 0
           select new MonthInWords(first.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")), days.Count(calendar.IsSchoolDay), Spans(calendar, days)),
    ];

    /// <summary>What a kind of day is called; null for a day that does not come round every week as a school day, which belongs to whatever surrounds it.</summary>
    public static string? Name(DayKind kind) => kind switch
    {
        DayKind.SchoolDay => "School",
        DayKind.Inset => "INSET day, staff only",
        DayKind.BankHoliday holiday => $"Bank holiday: {holiday.Title}",
        DayKind.Closed { Code: "#" } => "Closed as planned (#)",
        DayKind.Closed closed => $"Closed: {(AttendanceCode.TryParse(closed.Code, out var code) ? code.Meaning.ToLowerInvariant() : closed.Code)} ({closed.Code})",
        DayKind.BetweenTerms => "Holiday",
        DayKind.Weekend or DayKind.NotThatWeekday => null,
        _ => "Not published",
    };

    private static ImmutableArray<SpanInWords> Spans(SchoolCalendar calendar, DateOnly[] days)
    {
        var spans = new List<(string Name, DateOnly From, DateOnly To, bool Open)>();
        foreach (var day in days)
        {
            var kind = calendar.KindOf(day);
            if (Name(kind) is not { } name) { continue; }
            if (spans is [.., var last] && last.Name == name) { spans[^1] = last with { To = day }; }
            else { spans.Add((name, day, day, kind is DayKind.SchoolDay)); }
        }
        return [.. spans.Select(span => new SpanInWords(Days(span.From, span.To), span.Name, span.Open))];
    }

    private static string Days(DateOnly from, DateOnly to) => from == to ? Day(from) : $"{Day(from)} to {Day(to)}";

    private static string Day(DateOnly day) => day.ToString("ddd d", CultureInfo.InvariantCulture);
}

/// <summary>A month of a calendar.</summary>
/// <param name="SchoolDays">On how many of its days the school meets.</param>
public sealed record MonthInWords(string Name, int SchoolDays, ImmutableArray<SpanInWords> Spans);

/// <summary>Days of one kind, such as "Mon 26 to Fri 30: Holiday"; weekends within them are not told.</summary>
/// <param name="Open">The school meets.</param>
public sealed record SpanInWords(string Days, string What, bool Open);
