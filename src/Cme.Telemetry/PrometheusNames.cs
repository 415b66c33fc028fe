using OpenTelemetry.Metrics;

namespace Cme.Telemetry;

/// <summary>How OpenTelemetry says that its names are written for Prometheus: <c>cme.sequencer.lag</c> in seconds is <c>cme_sequencer_lag_seconds</c>.</summary>
internal static class PrometheusNames
{
    public static string Of(Metric metric)
    {
        var (name, isCount) = (Allowed(metric.Name), TypeOf(metric.MetricType) == "counter");
        if (Written(metric.Unit) is { } unit && !name.EndsWith($"_{unit}", StringComparison.Ordinal)) { name = $"{name}_{unit}"; }
        return isCount && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    public static string TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    /// <summary>Letters, digits and underscores.</summary>
    public static string Allowed(string name) => string.Create(name.Length, name, (written, from) =>
    {
        for (var place = 0; place < from.Length; place++)
        {
            written[place] = char.IsAsciiLetter(from[place]) || (place > 0 && char.IsAsciiDigit(from[place])) ? from[place] : '_';
        }
    });

    /// <summary>What is counted ({register}) is no unit.</summary>
    private static string? Written(string? unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" or "bytes" => "bytes",
        _ => null,
    };
}
