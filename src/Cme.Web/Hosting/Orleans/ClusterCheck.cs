using Cme.Contracts;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace Cme.Web.Hosting.OnOrleans;

/// <summary>Whether silos answer this web node.</summary>
internal sealed class ClusterCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken);
            return HealthCheckResult.Healthy($"{hosts.Count} silos are active.");
        }
        catch (Exception away) when (away is GrainsUnreachableException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("No silo answers.");
        }
    }
}
