using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes;

/// <summary>One of the five counts, as the page tells it.</summary>
/// <param name="Of">The number of days that a rule names, with what it is for; null if none does.</param>
public sealed record CountView(string Name, int Days, string? Of, string Clause)
{
    /// <summary>The five counts in the order in which they are published.</summary>
    public static ImmutableArray<CountView> All(AttendanceCounts counts) =>
    [
        new("Without explanation", counts.WhereaboutsDays, null, "NOR-04"),
        new("Irregular attendance", counts.IrregularDays, "attendance return at 10", "B5"),
        new("Ground i", counts.GroundI, "20 asked for", "B4"),
        new("Ground h, after leave", counts.GroundH, "10 asked for", "B4"),
        new("Sickness this school year", counts.Sickness, "sickness return at 15", "B5"),
    ];
}

/// <summary>One school day of the day strip, in words: colour alone says nothing.</summary>
/// <param name="Did">What the day did to the counts, with the rule; empty if none counts it.</param>
public sealed record DayView(DateOnly Date, string Morning, string Afternoon, ImmutableArray<string> Did)
{
    /// <summary>Days as the page lists them, the newest first.</summary>
    public static ImmutableArray<DayView> Of(ImmutableArray<CountedDay> days) => [.. days.Reverse().Select(Of)];

    private static DayView Of(CountedDay day) => new(
        day.Date, Mark(day, Session.Am), Mark(day, Session.Pm),
        [.. day.Counts.Where(count => count.Effect != CountEffect.Skipped).Select(count => $"{Words(count)} ({Labels.Clause(count.Clause)})")]);

    private static string Mark(CountedDay day, Session session) =>
        day.Marks.Where(mark => mark.Session.Session == session).Select(mark => Labels.Code(mark.Mark.Code.Text)).FirstOrDefault() ?? "not recorded";

    private static string Words(DayCount count) => (count.Effect, Labels.Count(count.Count)) switch
    {
        (CountEffect.Counted, var name) => $"{name}: day {count.Days}",
        (CountEffect.Held, var name) => $"{name}: held until somebody verifies where the child is",
        (_, var name) => $"{name}: ended",
    };
}
