using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Cme.Telemetry;

/// <summary>Writes what was collected as Prometheus reads it (its text format, version 0.0.4), whenever it is asked for (ADR 0335).</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class MetricsPage : BaseExporter<Metric>, IPullMetricExporter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private string? _written;

    /// <summary>Set by the reader: collects, and hands what it has to <see cref="Export"/>.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The page as of now; null if it could not be collected.</summary>
    public string? Read()
    {
        lock (_gate)
        {
            _written = null;
            return Collect?.Invoke((int)Patience.TotalMilliseconds) == true ? _written : null;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var page = new StringBuilder();
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            // Two of one name would spoil the whole page.
            if (PrometheusNames.Of(metric) is var name && written.Add(name)) { Write(page, name, metric); }
        }
        _written = page.ToString();
        return ExportResult.Success;
    }

    private static void Write(StringBuilder page, string name, Metric metric)
    {
        page.Append("# HELP ").Append(name).Append(' ').Append(Escaped(metric.Description ?? "", quoted: false)).Append('\n');
        page.Append("# TYPE ").Append(name).Append(' ').Append(PrometheusNames.TypeOf(metric.MetricType)).Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(point);
            switch (metric.MetricType)
            {
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    Line(page, name, labels, point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    Line(page, name, labels, point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    Line(page, name, labels, point.GetGaugeLastValueLong());
                    break;
                case MetricType.DoubleGauge:
                    Line(page, name, labels, point.GetGaugeLastValueDouble());
                    break;
                case MetricType.Histogram:
                    Histogram(page, name, labels, point);
                    break;
            }
        }
    }

    private static void Histogram(StringBuilder page, string name, string labels, in MetricPoint point)
    {
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            Line(page, $"{name}_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{Number(bucket.ExplicitBound)}\"", below);
        }
        Line(page, $"{name}_sum", labels, point.GetHistogramSum());
        Line(page, $"{name}_count", labels, point.GetHistogramCount());
    }

    private static void Line(StringBuilder page, string name, string labels, double value)
    {
        page.Append(name);
        if (labels.Length > 0) { page.Append('{').Append(labels).Append('}'); }
        page.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string LabelsOf(in MetricPoint point)
    {
        var labels = new StringBuilder();
        foreach (var (label, value) in point.Tags)
        {
            if (labels.Length > 0) { labels.Append(','); }
            labels.Append(PrometheusNames.Allowed(label)).Append("=\"")
                .Append(Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quoted: true)).Append('"');
        }
        return labels.ToString();
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string text, bool quoted)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quoted ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
