using System.Net;
using System.Net.Sockets;
using Cme.Domain;
using Cme.Storage.Demo;
using Cme.Storage.States;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;

namespace Cme.Grains.Hosting;

/// <summary>Hosts the grains on Orleans, over the tables that the embedded runtime uses, too.</summary>
public static class OrleansGrainHosting
{
    private const string Npgsql = "Npgsql";

    /// <summary>How long a client waits for an answer. Orleans tells a client of a silo that died in no other way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Adds a silo that is a cluster by itself, on this machine. Storage's own services, with their <see cref="NpgsqlDataSource"/>,
    /// and both clocks are registered by the host.
    /// </summary>
    public static IHostApplicationBuilder AddOrleansGrains(this IHostApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        // Nobody but the silo itself has to find its port, and a second program may run beside it. No gateway: whoever calls these
        // grains is in this process.
        silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: StateWriter.ServiceId, clusterId: StateWriter.ServiceId);
        silo.AddGrains();
        if (IsTraced(builder)) { silo.AddActivityPropagation(); }
    });

    /// <summary>
    /// Adds a silo that finds the others of its cluster in the database. It listens for them and for clients on the address and ports that
    /// <see cref="SiloSettings"/> names, and nowhere else. What the host registers is the same as for <see cref="AddOrleansGrains"/>; in a
    /// demo also its <see cref="ClockOfDemo"/>.
    /// </summary>
    public static IHostApplicationBuilder AddOrleansSilo(this IHostApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        silo.Services.AddOneBuild(isSilo: true);
        var asked = builder.Configuration.GetSection(SiloSettings.Section).Get<SiloSettings>() ?? new();
        silo.Configure<ClusterOptions>(OfTheProduct);
        if (asked.Name is { } name) { silo.Configure<SiloOptions>(options => options.SiloName = name); }
        silo.UseAdoNetClustering(clustering => clustering.Configure<NpgsqlDataSource>((options, database) =>
            (options.Invariant, options.DataSource) = (Npgsql, database)));
        // Whoever reaches these ports can call any grain: they are open where they were asked for, and to this machine unless they were.
        silo.ConfigureEndpoints(IPAddress.Parse(asked.Address), asked.Port, asked.GatewayPort, listenOnAnyHostAddress: false);
        silo.Configure<ClusterMembershipOptions>(NoticeAtOnce);
        silo.AddGrains();
        if (IsTraced(builder)) { silo.AddActivityPropagation(); }
        if (IsDemo(builder))
        {
            silo.AddIncomingGrainCallFilter<ClockOfCalls>();
            silo.AddOutgoingGrainCallFilter<ClockOfCalls>();
        }
    });

    /// <summary>Adds a client of the cluster of the host's database: <see cref="Orleans.IGrainFactory"/> then calls grains on its silos.</summary>
    public static IHostApplicationBuilder AddOrleansClient(this IHostApplicationBuilder builder) => builder.UseOrleansClient(client =>
    {
        client.Services.AddCmeGrains();                              // The edge reads packs and bank holidays, too.
        client.Services.AddOneBuild(isSilo: false);
        client.Configure<ClusterOptions>(OfTheProduct);
        client.UseAdoNetClustering(clustering => clustering.Configure<NpgsqlDataSource>((options, database) =>
            (options.Invariant, options.DataSource) = (Npgsql, database)));
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = Patience);
        // A web node may start before the first silo does.
        client.UseConnectionRetryFilter(async (_, stopping) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopping);
            return true;
        });
        client.AddOutgoingGrainCallFilter<CallsAcrossFailover>();
        if (IsTraced(builder)) { client.AddActivityPropagation(); }   // Inside it: each time that a call is sent has a span.
        if (IsDemo(builder)) { client.AddOutgoingGrainCallFilter<ClockOfCalls>(); }
    });

    private static void AddOneBuild(this IServiceCollection services, bool isSilo) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<OneBuild>(provider, isSilo));

    /// <summary>Whether spans go anywhere; carrying them along costs every call something.</summary>
    private static bool IsTraced(IHostApplicationBuilder builder) => builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    private static bool IsDemo(IHostApplicationBuilder builder) => builder.Configuration.GetValue<bool>("Demo:Enabled");

    private static void OfTheProduct(ClusterOptions options) => (options.ServiceId, options.ClusterId) = (StateWriter.ServiceId, StateWriter.ServiceId);

    /// <summary>
    /// A silo that died is noticed in about a second, by one other that asked it twice. A false alarm costs a restart and loses nothing: the
    /// silo's writes fail on their versions from then on.
    /// </summary>
    private static void NoticeAtOnce(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 2;
        options.NumVotesForDeathDeclaration = 1;
        // Who missed what the others tell each other reads it here.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        options.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>What every silo needs, whichever way it finds the others.</summary>
    private static void AddGrains(this ISiloBuilder silo)
    {
        silo.Services.AddCmeGrains();
        silo.AddIncomingGrainCallFilter<FaultsAcrossSilos>();
        silo.AddOutgoingGrainCallFilter<TicksAcrossFailover>();
        silo.AddAdoNetGrainStorageAsDefault(storage => storage.Configure<NpgsqlDataSource>((options, database) =>
        {
            (options.Invariant, options.DataSource) = (Npgsql, database);
            options.GrainStorageSerializer = new PayloadSerializer();
        }));
        silo.UseAdoNetReminderService(reminders => reminders.Configure<NpgsqlDataSource>((options, database) =>
            (options.Invariant, options.DataSource) = (Npgsql, database)));
        silo.Services.AddKeyedSingleton(ReminderTimeProviderNames.Reminders,
            (provider, _) => provider.GetRequiredKeyedService<TimeProvider>(Clock.Business));
        // Never below the period of a reminder (a minute): a tick that falls within a refresh of the list would be lost.
        silo.Configure<ReminderOptions>(options => options.ReminderLoadingWindow = TimeSpan.FromMinutes(10));
    }
}
