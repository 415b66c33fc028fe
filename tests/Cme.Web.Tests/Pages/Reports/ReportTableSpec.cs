using System.Collections.Immutable;
using Cme.Web.Pages.Pictures;
using Cme.Web.Pages.Reports;

namespace Cme.Web.Tests.Pages.Reports;

/// <summary>What a table of a report hides, and which times reports are about.</summary>
public sealed class ReportTableSpec
{
    /// <summary>Every table of up to five parts of nought to seven: a reader who knows the total cannot work a small number out.</summary>
    [Fact]
    public void D4_From_the_total_and_what_is_shown_no_hidden_number_can_be_worked_out()
    {
        foreach (var parts in Tables(5, 7))
        {
            var table = ReportTable.OfParts("t", "T", "T.", "Of", [.. parts.Select((number, at) => ($"{at}", number))]);
            if (table.Lines.IsEmpty || table.Total is { Hidden: true }) { continue; }
            var counts = table.Lines.Select(line => line.Counts[0]).ToList();
            var (hidden, left) = (counts.Count(count => count.Hidden), parts.Sum() - counts.Where(count => !count.Hidden).Sum(count => count.Number));
            // So many positive numbers of that sum: one alone would be the sum, and as many as the sum would all be one.
            (hidden == 0 || (hidden > 1 && left > hidden)).ShouldBeTrue(string.Join(',', parts));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void D4_A_total_below_five_is_hidden_as_well(int number) =>
        ReportTable.OfParts("t", "T", "T.", "Of", [("a", number), ("b", 0)]).Rows.Select(row => row[1]).ShouldBe(["not shown", "0", "not shown"]);

    [Fact]
    public void D4_A_table_of_which_every_number_must_be_one_is_not_shown_at_all()
    {
        var table = ReportTable.OfParts("t", "T", "T.", "Of", [("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1), ("f", 0)]);

        table.Lines.ShouldBeEmpty();
        table.Total.ShouldBeNull();
    }

    [Theory]
    [InlineData(3, 100, true)]
    [InlineData(98, 100, true)]
    [InlineData(95, 100, false)]
    [InlineData(0, 100, false)]
    [InlineData(100, 100, false)]
    public void D4_A_part_is_hidden_where_the_rest_of_the_whole_is_small(int part, int whole, bool hidden) =>
        SmallNumbers.OfWhole(part, whole).Hidden.ShouldBe(hidden);

    [Theory]
    [InlineData("quarterly", "2026-q3", "2026-07-01", "2026-10-01", "2026-q2")]
    [InlineData("quarterly", "2026-q1", "2026-01-01", "2026-04-01", "2025-q4")]
    [InlineData("annual", "2025-26", "2025-09-01", "2026-09-01", "2024-25")]
    public void DOR56_A_quarter_is_of_the_calendar_year_and_an_annual_report_of_a_school_year(string kind, string name, string from, string before, string earlier)
    {
        var period = ReportPeriod.Find(kind, name, new DateOnly(2026, 9, 9)).ShouldNotBeNull();

        (period.From, period.Before, period.Earlier.Name).ShouldBe((DateOnly.ParseExact(from, "O", null), DateOnly.ParseExact(before, "O", null), earlier));
    }

    [Theory]
    [InlineData("quarterly", "2026-q4")]
    [InlineData("quarterly", "2026-q0")]
    [InlineData("quarterly", "26-q1")]
    [InlineData("quarterly", "2025-26")]
    [InlineData("annual", "2026-27x")]
    [InlineData("weekly", "2026-q1")]
    public void There_is_no_report_of_a_time_that_has_not_begun_or_is_none(string kind, string name) =>
        ReportPeriod.Find(kind, name, new DateOnly(2026, 9, 9)).ShouldBeNull();

    private static IEnumerable<ImmutableArray<int>> Tables(int parts, int most)
    {
        var all = (int)Math.Pow(most + 1, parts);
        for (var at = 0; at < all; at++)
        {
            var (left, table) = (at, ImmutableArray.CreateBuilder<int>(parts));
            for (var part = 0; part < parts; part++) { table.Add(left % (most + 1)); left /= most + 1; }
            yield return table.MoveToImmutable();
        }
    }
}
