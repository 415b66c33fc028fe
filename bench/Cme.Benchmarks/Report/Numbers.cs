using System.Globalization;
using Cme.Benchmarks.Harness;

namespace Cme.Benchmarks.Report;

/// <summary>How figures are written.</summary>
internal static class Numbers
{
    /// <summary>With three digits or so, which is what such a measurement is worth.</summary>
    public static string Write(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "N0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);

    /// <summary>Minimum, median and maximum, as three cells.</summary>
    public static IEnumerable<string> Cells(Spread spread) => [Write(spread.Min), Write(spread.Median), Write(spread.Max)];
}
