using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cme.Web.Api.Health;

/// <summary>How the program is.</summary>
/// <param name="Status">ready or live.</param>
public sealed record HealthDocument(string Status, ImmutableArray<CheckDocument> Checks);

/// <summary>One thing that was looked at.</summary>
public sealed record CheckDocument
{
    public required string Name { get; init; }
    [Description("healthy, degraded or unhealthy.")]
    public required string Status { get; init; }
    public string? Detail { get; init; }
}

/// <summary>Whether the process lives, and whether it can do its work: for whoever restarts it and whoever sends it requests.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        health.MapGet("/live", () => Answer.Ok(new HealthDocument("live", []), EdgeJson.Default.HealthDocument))
            .WithName("Live").WithSummary("Whether the process is alive").Answers<HealthDocument>(200);
        health.MapGet("/ready", Ready)
            .WithName("Ready").WithSummary("Whether it can do its work: database, migrations, sequencer, runtime")
            .Answers<HealthDocument>(200).Refuses("not-ready");
    }

    internal static async Task<IResult> Ready(HealthCheckService checks, CancellationToken cancel)
    {
        var report = await checks.CheckHealthAsync(cancel);
        ImmutableArray<CheckDocument> found =
        [
            .. report.Entries.Select(entry => new CheckDocument
            {
                Name = entry.Key, Status = entry.Value.Status.ToString().ToLowerInvariant(), Detail = entry.Value.Description,
            }),
        ];
        if (report.Status != HealthStatus.Unhealthy) { return Answer.Ok(new HealthDocument("ready", found), EdgeJson.Default.HealthDocument); }
        var wrong = found.Where(check => check.Status == "unhealthy").Select(check => $"{check.Name}: {check.Detail}");
        return Problems.Of("not-ready", string.Join(" ", wrong));
    }
}
