using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cme.Telemetry;

/// <summary>What <c>/health/ready</c> says, as a gauge for each of its checks.</summary>
internal sealed class ReadyGauge : IHealthCheckPublisher, IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cme.Health";

    private readonly Meter _meter = new(MeterName);
    private ImmutableArray<Measurement<int>> _latest = [];

    public ReadyGauge() => _meter.CreateObservableGauge(
        "cme.ready", () => (IEnumerable<Measurement<int>>)_latest, "{check}", "1 where a check of /health/ready is healthy, else 0, for each check");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.InterlockedExchange(ref _latest, [.. report.Entries.Select(entry =>
            new Measurement<int>(entry.Value.Status == HealthStatus.Healthy ? 1 : 0, new KeyValuePair<string, object?>("check", entry.Key)))]);
        return Task.CompletedTask;
    }

    public void Dispose() => _meter.Dispose();
}
