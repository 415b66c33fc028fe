using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cme.Telemetry;

/// <summary>Collects while the process runs. What was collected last is sent before it ends.</summary>
internal sealed class Collection(TelemetrySettings settings, Measured measured, IConfiguration configuration) : IHostedService, IDisposable
{
    private OpenTelemetrySdk? _sdk;

    /// <summary>What <c>/metrics</c> shows.</summary>
    public MetricsPage Page { get; } = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sdk = OpenTelemetrySdk.Create(open =>
        {
            open.Services.AddSingleton(configuration);               // OpenTelemetry's own settings: from the environment, or the command line.
            open.ConfigureResource(process => process.AddService(
                measured.Service, serviceVersion: typeof(Collection).Assembly.GetName().Version?.ToString(3),
                serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}"));
            open.WithMetrics(metrics =>
            {
                metrics.AddMeter(measured.Meters).AddAllowed();
                if (settings.MetricsUrl is not null) { metrics.AddReader(new BaseExportingMetricReader(Page)); }
                if (settings.IsSent) { metrics.AddOtlpExporter(); }
            });
            if (settings.IsSent) { open.WithTracing(traces => traces.AddAllowed(settings.TracedShare)); }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what was collected. For a test; a process sends it at its end.</summary>
    internal void Flush()
    {
        _sdk?.TracerProvider.ForceFlush();
        _sdk?.MeterProvider.ForceFlush();
    }

    public void Dispose() => _sdk?.Dispose();
}
