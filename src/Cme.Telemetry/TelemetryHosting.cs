using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cme.Telemetry;

/// <summary>How a process of the product tells how it is: Prometheus asks it, or it tells a collector (ADR 0335).</summary>
public static class TelemetryHosting
{
    /// <summary>
    /// Adds what collects, if the settings ask for it; else nothing, and measuring costs nothing. Before every other hosted service, so that it
    /// begins first and ends last.
    /// </summary>
    /// <param name="service">What the process is called: <c>cme-web</c> or <c>cme-silo</c>.</param>
    /// <param name="meters">The product's own: naming them here also makes every count of theirs begin at 0.</param>
    public static void AddTelemetry(this WebApplicationBuilder builder, string service, params Meter[] meters)
    {
        var settings = TelemetrySettings.Of(builder.Configuration);
        if (!settings.IsOn) { return; }
        // The framework otherwise says nothing of a request in its span.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new Measured(service, [.. meters.Select(meter => meter.Name)]));
        builder.Services.AddSingleton<Collection>();
        builder.Services.AddSingleton<IStartupFilter, RequestNames>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Collection>());
        if (settings.MetricsUrl is not null) { builder.Services.AddHostedService<MetricsListener>(); }
        builder.Services.AddSingleton<IHealthCheckPublisher, ReadyGauge>();
        builder.Services.Configure<HealthCheckPublisherOptions>(options => (options.Delay, options.Period) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
    }
}

/// <summary>Of what process measurements are, and by what meters of the product's own.</summary>
internal sealed record Measured(string Service, string[] Meters);
