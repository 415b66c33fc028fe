using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cme.Benchmarks.Harness;

namespace Cme.Benchmarks.Report;

/// <summary>Findings as a section of the report, in Markdown.</summary>
internal static class SectionText
{
#if CME_ORLEANS
    private const string Flavour = "Orleans";
#else
    private const string Flavour = "Embedded";
#endif

    public static string Of(IBenchmark benchmark, Findings findings, BenchOptions options)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {benchmark.Name}\n\n{benchmark.Work}\n\n");
        Circumstances(text, findings, options);
        foreach (var table in findings.Tables) { Write(text, table); }
        if (!findings.Comparisons.IsEmpty) { Write(text, TableOf(findings)); }
        foreach (var note in findings.Notes) { text.Append(CultureInfo.InvariantCulture, $"- {note}\n"); }
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Circumstances(StringBuilder text, Findings findings, BenchOptions options)
    {
        var scores = findings.Scores;
        var others = scores.Rounds.Max(round => round.Others);
        text.Append(CultureInfo.InvariantCulture, $"""
            - {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, flavour {Flavour}{(options.Quick ? ", **a quick run: too little work for its figures to mean anything**" : "")}
            - {scores.Rounds.Length} rounds after {scores.WarmUp} of warm-up; {scores.Repeated} more were run because other work took the machine
            - {Machine.Describe()}
            - Disk: {Machine.DescribeDisk(options.Data)}
            - PostgreSQL {string.Join(", ", findings.Postgres.Select(setting => setting.Name == "server_version" ? setting.Value : $"{setting.Name} {setting.Value}"))}

            """);
        if (others > Contest.Tolerated)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **The machine was not quiet: in one lap other work took {others:P0} of its processors.** Ratios suffer less than figures, but do suffer.\n");
        }
        text.Append('\n');
    }

    private static Table TableOf(Findings findings) => new(
        ["figure", "against", "min", "median", "max", "target", "reached"],
        [
            .. findings.Comparisons.Select(one => (ImmutableArray<string>)
            [
                one.What, one.Against, .. Numbers.Cells(one.Figure), Target(one), one.IsReached switch { true => "yes", false => "no", null => "" },
            ]),
        ]);

    private static string Target(Comparison one) =>
        one.AtLeast is { } least ? $"≥ {Numbers.Write(least)}" : one.AtMost is { } most ? $"≤ {Numbers.Write(most)}" : "";

    private static void Write(StringBuilder text, Table table)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", table.Columns)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---:|", table.Columns.Length - 1))}\n");
        foreach (var row in table.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }
        text.Append('\n');
    }
}
