using Cme.Grains.Hosting;

namespace Cme.Web.Hosting;

/// <summary>The grains in this process, on an Orleans silo.</summary>
internal static class RuntimeOfGrains
{
    public static void AddRuntime(this IHostApplicationBuilder builder)
    {
        builder.AddOrleansGrains();
        builder.Services.AddSingleton<IReminderTurns, OnOrleans.ReminderTurns>();
        builder.Services.AddHostedService<OnOrleans.MissedTicks>();
        builder.Services.AddHealthChecks().AddCheck<OnOrleans.RuntimeCheck>("runtime");
    }
}
