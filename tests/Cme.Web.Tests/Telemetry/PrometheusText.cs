using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cme.Web.Tests.Telemetry;

/// <summary>One metric as Prometheus reads it.</summary>
/// <param name="Labels">In order, without a histogram's own.</param>
internal sealed record PrometheusMetric(string Name, string Type, ImmutableArray<string> Labels)
{
    /// <summary>What rules can ask for.</summary>
    public ImmutableArray<string> Series => Type == "histogram" ? [$"{Name}_bucket", $"{Name}_sum", $"{Name}_count"] : [Name];
}

/// <summary>Prometheus' text format, as far as these specs need it.</summary>
internal static partial class PrometheusText
{
    public static IEnumerable<PrometheusMetric> Read(string page)
    {
        var lines = page.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var type in lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')))
        {
            var series = lines.Where(line => Series().Match(line).Groups[1].Value is var name
                && (name == type[2] || (type[3] == "histogram" && name == $"{type[2]}_bucket")));
            yield return new(type[2], type[3], [.. series.SelectMany(line => Label().Matches(line)).Select(label => label.Groups[1].Value)
                .Where(label => label != "le").Distinct().Order(StringComparer.Ordinal)]);
        }
    }

    public static double Value(string page, string series) =>
        double.Parse(page.Split('\n').Single(line => line.StartsWith($"{series} ", StringComparison.Ordinal)).Split(' ')[^1], CultureInfo.InvariantCulture);

    [GeneratedRegex("^([a-zA-Z_][a-zA-Z0-9_]*)")]
    private static partial Regex Series();

    [GeneratedRegex("[{,]([a-zA-Z_][a-zA-Z0-9_]*)=\"")]
    private static partial Regex Label();
}
