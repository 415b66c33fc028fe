using Cme.Grains.Hosting;

namespace Cme.Web.Hosting;

/// <summary>The grains in this process, on the embedded runtime.</summary>
internal static class RuntimeOfGrains
{
    public static void AddRuntime(this IHostApplicationBuilder builder)
    {
        builder.Services.AddEmbeddedGrains();
        builder.Services.AddSingleton<IReminderTurns, Embedded.ReminderTurns>();
        builder.Services.AddHealthChecks().AddCheck<Embedded.RuntimeCheck>("runtime");
    }
}
