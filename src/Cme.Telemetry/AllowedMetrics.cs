using OpenTelemetry.Metrics;

namespace Cme.Telemetry;

/// <summary>Which meters are collected besides the product's own, and by what a measurement may be divided.</summary>
internal static class AllowedMetrics
{
    private static readonly string[] Meters =
    [
        "Cme.Backlog", ReadyGauge.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Diagnostics", "Microsoft.AspNetCore.RateLimiting", "System.Runtime", "Npgsql", "Microsoft.Orleans",
    ];

    /// <summary>
    /// Labels that have few values and say nothing of a person: a label of a meter that is not ours is left out unless it stands here. Addresses,
    /// paths, keys of grains and what a client may write itself do not.
    /// </summary>
    private static readonly string[] Labels =
    [
        // Our own.
        "kind", "outcome", "cause", "list", "board", "role", "check",
        // ASP.NET Core and Kestrel: the route is a template.
        "http.route", "http.request.method", "http.response.status_code", "network.protocol.name", "network.protocol.version", "network.transport", "network.type",
        "url.scheme", "error.type", "signalr.connection.status", "signalr.transport", "aspnetcore.diagnostics.exception.result",
        "aspnetcore.rate_limiting.policy", "aspnetcore.rate_limiting.result", "tls.protocol.version",
        // .NET.
        "gc.heap.generation", "dotnet.gc.heap.generation", "cpu.mode",
        // Npgsql, whose pool is named by us.
        "db.client.connection.pool.name", "db.client.connection.state", "db.response.status_code",
        // Orleans.
        "type", "status", "Direction", "direction",
    ];

    /// <summary>An instrument's series beyond so many are counted together: a label that turned out to have many values fills no memory.</summary>
    private const int MostSeries = 500;

    public static MeterProviderBuilder AddAllowed(this MeterProviderBuilder metrics) => metrics.AddMeter(Meters)
        .AddView(_ => new MetricStreamConfiguration { TagKeys = Labels, CardinalityLimit = MostSeries });
}
