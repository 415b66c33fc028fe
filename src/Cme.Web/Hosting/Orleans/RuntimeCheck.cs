using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace Cme.Web.Hosting.OnOrleans;

/// <summary>Whether the silo takes part in its cluster.</summary>
internal sealed class RuntimeCheck(ISiloStatusOracle silo) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(silo.CurrentStatus == SiloStatus.Active
            ? HealthCheckResult.Healthy($"Silo {silo.SiloName} is active.")
            : HealthCheckResult.Degraded($"Silo {silo.SiloName} is {silo.CurrentStatus}."));
}
