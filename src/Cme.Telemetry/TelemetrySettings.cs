using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Cme.Telemetry;

/// <summary>Where measurements go: nowhere unless somebody says so.</summary>
public sealed record TelemetrySettings
{
    /// <summary>The standard name of OpenTelemetry's setting. The others of its kind (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, headers …) hold too.</summary>
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The address at which <c>/metrics</c> answers Prometheus, such as <c>http://127.0.0.1:9464</c>: of the operator's own network and never the public one.</summary>
    public string? MetricsUrl { get; init; }

    /// <summary>Whether metrics and traces are sent to a collector.</summary>
    public bool IsSent { get; init; }

    /// <summary>The share of requests that are traced: <c>OTEL_TRACES_SAMPLER_ARG</c>, from 0 to 1.</summary>
    /// <value>Null for all of them.</value>
    public string? Traced { get; init; }

    public bool IsOn => IsSent || MetricsUrl is not null;

    public static TelemetrySettings Of(IConfiguration configuration) => new()
    {
        MetricsUrl = configuration["Metrics:Url"] is { Length: > 0 } url ? url : null,
        IsSent = configuration[Otlp] is { Length: > 0 },
        Traced = configuration["OTEL_TRACES_SAMPLER_ARG"] is { Length: > 0 } share ? share : null,
    };

    /// <exception cref="TelemetryException">It is no such address.</exception>
    public string Address =>
        Uri.TryCreate(MetricsUrl, UriKind.Absolute, out var url) && url is { Scheme: "http", AbsolutePath: "/" }
            ? MetricsUrl
            : throw new TelemetryException("Metrics:Url must be an address without a path, such as http://127.0.0.1:9464.");

    /// <exception cref="TelemetryException">It is no such number.</exception>
    public double TracedShare =>
        Traced is null ? 1
            : double.TryParse(Traced, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share
            : throw new TelemetryException("OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.");
}

/// <summary>The measurements cannot be set up as configured. The message says what to do.</summary>
public sealed class TelemetryException(string message) : Exception(message);
