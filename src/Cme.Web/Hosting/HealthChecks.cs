using Cme.Grains.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Cme.Web.Hosting;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(DatabaseWatch database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.AskAsync(cancellationToken)
            ? HealthCheckResult.Healthy("It answers.") : HealthCheckResult.Unhealthy("It does not answer.");
}

/// <summary>Whether what is committed gets its number, and so reaches boards and feed.</summary>
internal sealed class SequencerCheck(NpgsqlDataSource database) : IHealthCheck
{
    /// <summary>So many unnumbered events are more than a busy morning leaves behind.</summary>
    private const long Many = 50_000;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var count = database.CreateCommand("select count(*) from (select 1 from cme.unpublished limit 50000) waiting");
            var waiting = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
            return waiting < Many
                ? HealthCheckResult.Healthy($"{waiting} events wait for their number.")
                : HealthCheckResult.Degraded("50,000 events or more wait for their number: boards are behind.");
        }
        catch (Exception failure) when (StorageFaults.IsAway(failure))
        {
            return HealthCheckResult.Unhealthy("Cannot be asked.");
        }
    }
}
