using Cme.Runtime.Embedded.Activation;
using Cme.Runtime.Embedded.Reminders;
using Cme.Runtime.Embedded.Simulation;
using Cme.Runtime.Embedded.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Cme.Runtime.Embedded.Hosting;

/// <summary>Puts the runtime into a host.</summary>
public static class EmbeddedRuntimeHosting
{
    /// <summary>
    /// Adds <see cref="IGrainFactory"/>, <see cref="EmbeddedRuntime"/> and a hosted service that starts and stops it. The host also registers an
    /// <see cref="IGrainStateStore"/>, an <see cref="IReminderStore"/> and an <see cref="IGrainStateSerializer"/>; <see cref="TimeProvider"/> if the
    /// system clock is not the machine's; and, under <see cref="EmbeddedRuntimeOptions.BusinessClockKey"/>, the business clock.
    /// </summary>
    /// <exception cref="InvalidOperationException">The options name no grain assembly.</exception>
    public static IServiceCollection AddEmbeddedRuntime(this IServiceCollection services, Action<EmbeddedRuntimeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new EmbeddedRuntimeOptions();
        configure(options);
        options.Validate();
        services.AddSingleton(provider => new Assembled(options, provider));
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Assembled>().Factory);
        services.AddSingleton(provider => provider.GetRequiredService<Assembled>().Reminders);
        services.AddSingleton(provider => provider.GetRequiredService<Assembled>().Runtime);
        services.AddHostedService<Hosted>();
        return services;
    }

    /// <summary>Keeps grain state and reminders in memory, to be lost with the process. For specs and simulations.</summary>
    public static IServiceCollection AddInMemoryGrainStores(this IServiceCollection services)
    {
        services.AddSingleton<InMemoryStateStore>().AddSingleton<IGrainStateStore>(p => p.GetRequiredService<InMemoryStateStore>());
        services.AddSingleton<InMemoryReminderStore>().AddSingleton<IReminderStore>(p => p.GetRequiredService<InMemoryReminderStore>());
        return services;
    }

    // The parts know each other in a circle: the directory gives grains the factory, and the factory sends calls to the directory.
    private sealed class Assembled
    {
        public Assembled(EmbeddedRuntimeOptions options, IServiceProvider services)
        {
            var systemClock = services.GetService<TimeProvider>() ?? TimeProvider.System;
            var businessClock = options.BusinessClockKey is { } key ? services.GetRequiredKeyedService<TimeProvider>(key) : systemClock;
            var chaos = options.Chaos is { } faults ? new ChaosMonkey(faults) : null;
            var catalogue = new GrainCatalogue(options.GrainAssemblies);
            var storage = new GrainStorage(
                services.GetRequiredService<IGrainStateStore>(), services.GetRequiredService<IGrainStateSerializer>(), chaos);
            GrainDirectory? directory = null;
            Factory = new GrainFactory(catalogue, new Lazy<GrainDirectory>(() => directory!));
            Reminders = new ReminderService(
                options, services.GetRequiredService<IReminderStore>(), businessClock, Factory, chaos,
                services.GetRequiredService<ILogger<ReminderService>>());
            directory = new GrainDirectory(
                options, catalogue, storage, systemClock, chaos, services, services.GetRequiredService<ILogger<GrainDirectory>>())
            {
                Factory = Factory,
                Reminders = Reminders,
            };
            Runtime = new EmbeddedRuntime(directory, Reminders, systemClock);
        }

        public IGrainFactory Factory { get; }

        public ReminderService Reminders { get; }

        public EmbeddedRuntime Runtime { get; }
    }

    private sealed class Hosted(EmbeddedRuntime runtime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => runtime.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => runtime.StopAsync(cancellationToken);
    }
}
