using Cme.Grains.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cme.Web.Hosting;

/// <summary>The grains on Orleans: on a silo in this process, or on those of the cluster that this web node belongs to.</summary>
internal static class RuntimeOfGrains
{
    public static void AddRuntime(this IHostApplicationBuilder builder, ClusterSettings cluster)
    {
        if (cluster.IsClient) { builder.AddOrleansClient(); }
        else { builder.AddOrleansGrains(); }
        builder.Services.AddSingleton<IReminderTurns, OnOrleans.ReminderTurns>();
        builder.Services.AddHostedService<OnOrleans.MissedTicks>();
        var health = builder.Services.AddHealthChecks();
        _ = cluster.IsClient
            ? health.AddCheck<OnOrleans.ClusterCheck>("runtime", HealthStatus.Unhealthy, [], TimeSpan.FromSeconds(3))
            : health.AddCheck<OnOrleans.RuntimeCheck>("runtime");
    }
}
