using Cme.Domain;
using Cme.Runtime.Embedded.Hosting;
using Cme.Runtime.Embedded.Reminders;
using Cme.Runtime.Embedded.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Grains.Hosting;

/// <summary>Hosts the grains in this process on the embedded runtime, over the same tables that a cluster uses.</summary>
public static class EmbeddedGrainHosting
{
    /// <summary>Adds the runtime with its PostgreSQL stores. Storage's own services and both clocks are registered by the host.</summary>
    public static IServiceCollection AddEmbeddedGrains(this IServiceCollection services, Action<EmbeddedRuntimeOptions>? configure = null)
    {
        services.AddCmeGrains();
        services.AddSingleton<IGrainStateSerializer, PayloadSerializer>();
        services.AddSingleton<IGrainStateStore, PostgresStateStore>();
        services.AddSingleton<IReminderStore, PostgresReminderStore>();
        return services.AddEmbeddedRuntime(options =>
        {
            options.GrainAssemblies.Add(typeof(EmbeddedGrainHosting).Assembly);
            options.BusinessClockKey = Clock.Business;
            configure?.Invoke(options);
        });
    }
}
