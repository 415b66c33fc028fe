using System.Collections.Immutable;
using System.Globalization;
using Cme.Storage.Pictures;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Pictures;

/// <summary>From counts to pictures, each with the sentence that says what is seen in it.</summary>
public static class Charts
{
    /// <summary>What the lengths of <see cref="TimeMissing.Upto"/> are called, in its order.</summary>
    public static ImmutableArray<string> Lengths { get; } =
        ["Same day", "1 day", "2 to 4 days", "5 to 9 days", "10 to 20 days", "3 to 12 weeks", "Over 12 weeks"];

    // Under a bar there is room for little; what the panel is called says that it is days.
    private static readonly ImmutableArray<string> s_short = ["0", "1", "2-4", "5-9", "10-20", "21-84", "85+"];

    /// <summary>How long children were missing.</summary>
    public static Chart OfTimeMissing(ImmutableArray<TimeMissing> counts)
    {
        var (closed, open) = (counts.Sum(one => one.Closed), counts.Sum(one => one.Open));
        var soon = counts.Where(one => one.Bucket <= 1).Sum(one => one.Closed);
        return new Chart(
            "time-missing", "How long children were missing",
            closed == 0 ? $"No episode was closed in the last 12 months. {Are(open)} open."
                : $"Of {Spans.Counted(closed, "episode")} closed in the last 12 months, {soon} ({Percent(soon, closed)}) ended on the first day missing or the day after. {Are(open)} open.",
            Panel.Of(
                ("Closed in the last 12 months, by days missing", [.. counts.Select(one => (s_short[one.Bucket], new Count(one.Closed)))]),
                ("Open now, by days missing so far", [.. counts.Select(one => (s_short[one.Bucket], new Count(one.Open)))])),
            ["Calendar days from the first day missing", "Closed in the last 12 months", "Open now"],
            [.. counts.Select(one => Row(Lengths[one.Bucket], one.Closed, one.Open))]);
    }

    /// <summary>Opened and closed, week by week.</summary>
    public static Chart OfWeeks(ImmutableArray<OpenedAndClosed> weeks) => new(
        "weeks", "Opened and closed, week by week",
        $"In the last {Spans.Counted(weeks.Length, "week")} {Spans.Counted(weeks.Sum(week => week.Opened), "episode")} opened and {weeks.Sum(week => week.Closed)} closed.{Busiest(weeks)}",
        Panel.Of(
            ("Opened", [.. weeks.Select(week => (Times.ShortDay(week.Week), new Count(week.Opened)))]),
            ("Closed", [.. weeks.Select(week => (Times.ShortDay(week.Week), new Count(week.Closed)))])),
        ["Week that began on", "Opened", "Closed"],
        [.. weeks.Select(week => Row(Times.Date(week.Week), week.Opened, week.Closed))]);

    /// <summary>What came of calls home.</summary>
    public static Chart OfCalls(ImmutableArray<CallsOfWeek> weeks)
    {
        var (safe, answered, unanswered) = (weeks.Sum(week => week.Safe), weeks.Sum(week => week.Answered), weeks.Sum(week => week.Unanswered));
        var all = safe + answered + unanswered;
        return new Chart(
            "calls", "What came of calls home, week by week",
            all == 0 ? "No call was recorded in these weeks."
                : $"Of {Spans.Counted(all, "call")}, {safe} ({Percent(safe, all)}) found the child safe with a parent or carer, and {unanswered} ({Percent(unanswered, all)}) reached nobody.",
            Panel.Of(
                ("The child is safe with a parent or carer", [.. weeks.Select(week => (Times.ShortDay(week.Week), new Count(week.Safe)))]),
                ("Answered, and not that", [.. weeks.Select(week => (Times.ShortDay(week.Week), new Count(week.Answered)))]),
                ("Nobody answered", [.. weeks.Select(week => (Times.ShortDay(week.Week), new Count(week.Unanswered)))])),
            ["Week that began on", "Child safe", "Answered, and not that", "Nobody answered"],
            [.. weeks.Select(week => Row(Times.Date(week.Week), week.Safe, week.Answered, week.Unanswered))]);
    }

    /// <summary>Opened, school by school: small pictures on one scale, with small numbers hidden.</summary>
    public static Chart OfSchools(ImmutableArray<OpenedInMonth> counts)
    {
        var months = counts.Select(one => one.Month).Distinct().Order().ToArray();
        var schools = counts.GroupBy(one => (one.Urn, one.School)).ToArray();
        var shown = months.Select(month => SmallNumbers.Hide([.. schools.Select(school => school.First(one => one.Month == month).Opened)])).ToArray();
        return new Chart(
            "schools", "Opened, school by school and month by month",
            $"{Spans.Counted(schools.Length, "school")}, on one scale. Counts of one to four are not shown, and sometimes another that would tell them.",
            Panel.Of(schools.Select((school, at) => (school.Key.School, (IReadOnlyList<(string, Count)>)[.. months.Select((month, of) => (Short(month), shown[of][at]))]))),
            ["School", .. months.Select(month => month.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")))],
            [.. schools.Select((school, at) => (ImmutableArray<string>)[school.Key.School, .. shown.Select(month => month[at].Words)])]);
    }

    private static string Busiest(ImmutableArray<OpenedAndClosed> weeks) =>
        weeks.MaxBy(week => week.Opened) is { Opened: > 0 } most ? $" Most opened in the week of {Times.Date(most.Week)}: {most.Opened}." : "";

    private static string Are(int open) => open == 1 ? "1 is" : $"{open} are";

    private static string Percent(int part, int of) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100.0 * part / of)}%");

    private static string Short(DateOnly month) => month.ToString("MMM", CultureInfo.InvariantCulture);

    private static ImmutableArray<string> Row(string name, params IEnumerable<int> counts) =>
        [name, .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))];
}
