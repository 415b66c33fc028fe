using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Orleans.Runtime;

namespace Cme.Silo;

/// <summary>Whether the process lives, and whether it takes calls: for whoever restarts it. It says nothing of what it works on.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            ResponseWriter = (context, report) => context.Response.WriteAsync(
                string.Join('\n', report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status.ToString().ToLowerInvariant()}. {entry.Value.Description}"))),
        });
    }
}

/// <summary>Whether the silo takes part in its cluster.</summary>
internal sealed class SiloCheck(ISiloStatusOracle silo) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(silo.CurrentStatus == SiloStatus.Active
            ? HealthCheckResult.Healthy($"Silo {silo.SiloName} is active, one of {silo.GetApproximateSiloStatuses(onlyActive: true).Count}.")
            : HealthCheckResult.Unhealthy($"Silo {silo.SiloName} is {silo.CurrentStatus}."));
}

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var ask = database.CreateCommand("select 1");
            await ask.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy("It answers.");
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("It does not answer.");
        }
    }
}
