using Cme.Grains.Hosting;

namespace Cme.Web.Hosting;

/// <summary>The grains in this process, on the embedded runtime.</summary>
internal static class RuntimeOfGrains
{
    public static void AddRuntime(this IHostApplicationBuilder builder, ClusterSettings cluster)
    {
        if (cluster.IsClient) { throw new StartupException("Cluster:Role=client needs a program that was built for Orleans (docs/adr/0001)."); }
        builder.Services.AddEmbeddedGrains();
        builder.Services.AddSingleton<IReminderTurns, Embedded.ReminderTurns>();
        builder.Services.AddHealthChecks().AddCheck<Embedded.RuntimeCheck>("runtime");
    }
}
