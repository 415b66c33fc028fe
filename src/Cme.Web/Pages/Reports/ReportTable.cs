using System.Collections.Immutable;
using System.Globalization;
using Cme.Web.Pages.Pictures;

namespace Cme.Web.Pages.Reports;

/// <summary>A table of a report, with small numbers hidden already, and what the picture of it needs.</summary>
/// <param name="Id">Part of addresses and of file names.</param>
/// <param name="Says">What is counted: the definition.</param>
/// <param name="Columns">The first names the line.</param>
/// <param name="Lines">None, where there is nothing to count, or where the table would tell a child even with numbers hidden.</param>
public sealed record ReportTable(string Id, string Title, string Says, ImmutableArray<string> Columns, ImmutableArray<ReportLine> Lines)
{
    /// <summary>A picture is drawn of the lines: not where they are numbers of different things.</summary>
    public bool IsDrawn { get; init; }

    /// <summary>The sum of the lines; null where they do not add up to anything.</summary>
    public Count? Total { get; init; }

    /// <summary>The table in words, as the page and the file have it.</summary>
    public IEnumerable<ImmutableArray<string>> Rows =>
        Lines.Select(line => (ImmutableArray<string>)[line.Words, .. line.Counts.Select(count => count.Words)])
            .Concat(Total is { } total ? [["Total", total.Words]] : []);

    /// <summary>
    /// Parts of a whole. The whole is told elsewhere, so whatever of them is small is hidden together with another; where that cannot be done
    /// no part is shown, the empty ones among them.
    /// </summary>
    public static ReportTable OfParts(string id, string title, string says, string of, ImmutableArray<(string Words, int Number)> parts)
    {
        var total = parts.Sum(part => part.Number);
        var counts = SmallNumbers.Hide([.. parts.Select(part => part.Number)]);
        var withheld = SmallNumbers.IsTold(counts, total);
        return new(id, title, says, [of, "Number"], withheld || total == 0 ? [] : [.. parts.Zip(counts, (part, count) => new ReportLine(part.Words, [count]))])
        {
            IsDrawn = total > 0, Total = withheld ? null : SmallNumbers.Alone(total),
        };
    }

    /// <summary>Numbers each of which is of some of the same whole, and which overlap.</summary>
    public static ReportTable OfSome(string id, string title, string says, string of, int whole, ImmutableArray<(string Words, int Number)> some) =>
        new(id, title, says, [of, "Number"], [.. some.Select(one => new ReportLine(one.Words, [SmallNumbers.OfWhole(one.Number, whole)]))]) { IsDrawn = some.Length > 0 };
}

/// <summary>A line of a table: what it is, and its numbers.</summary>
public sealed record ReportLine(string Words, ImmutableArray<Count> Counts)
{
    /// <summary>How long its bar is, in per cent of the width, where the longest stands for <paramref name="most"/>: room is left for the number.</summary>
    public string Width(int most) => Percent(most == 0 ? 0 : 85.0 * Counts[0].Number / most);

    /// <summary>Where its number stands.</summary>
    public string After(int most) => Percent((most == 0 ? 0 : 85.0 * Counts[0].Number / most) + 1);

    private static string Percent(double part) => part.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
