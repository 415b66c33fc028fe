using System.Collections.Immutable;
using System.Globalization;

namespace Cme.Web.Pages.Pictures;

/// <summary>A picture of counts, and the table behind it: what the one shows the other says.</summary>
/// <param name="Id">Part of addresses: <c>time-missing</c>.</param>
/// <param name="Says">What is seen in it, in a sentence.</param>
/// <param name="Columns">Of the table; the first names the row.</param>
public sealed record Chart(
    string Id, string Title, string Says, ImmutableArray<Panel> Panels, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows);

/// <summary>
/// Bars from left to right over one base line, in parts of a hundred of whatever width there is. Panels of one chart share their scale,
/// so that they can be compared; each has one kind of bar, so that no colour has to tell two apart.
/// </summary>
public sealed record Panel
{
    /// <summary>Pixels from the base line to the top of the highest bar.</summary>
    public const int Tall = 80;

    private const double Between = 0.25;
    private const int MostLabels = 8;

    private Panel(string title, ImmutableArray<Bar> bars, int most)
    {
        (Title, Bars, Most) = (title, bars, most);
    }

    public string Title { get; }
    public ImmutableArray<Bar> Bars { get; }
    /// <summary>The count that the highest bar of the chart stands for.</summary>
    public int Most { get; }
    /// <summary>There is room for a number above each bar, and for a word beneath.</summary>
    public bool LabelsEach => Bars.Length <= MostLabels;

    /// <summary>Panels on one scale.</summary>
    public static ImmutableArray<Panel> Of(params IEnumerable<(string Title, IReadOnlyList<(string Label, Count Count)> Bars)> panels)
    {
        var all = panels.ToArray();
        var most = Math.Max(1, all.SelectMany(panel => panel.Bars).Select(bar => bar.Count.Number).DefaultIfEmpty().Max());
        return [.. all.Select(panel => new Panel(panel.Title, [.. panel.Bars.Select((bar, at) => BarOf(bar.Label, bar.Count, at, panel.Bars.Count, most))], most))];
    }

    private static Bar BarOf(string label, Count count, int at, int of, int most)
    {
        var step = 100.0 / of;
        var height = (int)Math.Ceiling((double)Tall * count.Number / most);
        return new Bar(label, count, Percent((at + (Between / 2)) * step), Percent((1 - Between) * step), Percent((at + 0.5) * step), height);
    }

    private static string Percent(double part) => part.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}

/// <summary>One bar.</summary>
/// <param name="Left">In per cent of the width, as are <paramref name="Width"/> and <paramref name="Middle"/>.</param>
/// <param name="Height">Pixels.</param>
public sealed record Bar(string Label, Count Count, string Left, string Width, string Middle, int Height);

/// <summary>A number that is shown, or that is too small to be shown where it could point to a child.</summary>
/// <param name="Number">Of a hidden one: the number at which counts begin to be shown, so that nothing else can be read off its bar.</param>
public readonly record struct Count(int Number, bool Hidden = false)
{
    public string Words => Hidden ? "not shown" : Number.ToString(CultureInfo.InvariantCulture);
    public string Short => Hidden ? "–" : Words;
}
