using System.Net;
using System.Net.Sockets;
using Cme.Domain;
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
    });

    /// <summary>
    /// Adds a silo that finds the others of its cluster in the database. It listens on <c>Silo:Port</c> (11111 unless configured)
    /// for them and on <c>Silo:GatewayPort</c> (30000) for clients, under <c>Silo:Address</c> (this machine's unless configured).
    /// What the host registers is the same as for <see cref="AddOrleansGrains"/>.
    /// </summary>
    public static IHostApplicationBuilder AddOrleansSilo(this IHostApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (StateWriter.ServiceId, StateWriter.ServiceId));
        silo.UseAdoNetClustering(clustering => clustering.Configure<NpgsqlDataSource>((options, database) =>
            (options.Invariant, options.DataSource) = (Npgsql, database)));
        silo.ConfigureEndpoints(
            builder.Configuration.GetValue("Silo:Port", EndpointOptions.DEFAULT_SILO_PORT),
            builder.Configuration.GetValue("Silo:GatewayPort", EndpointOptions.DEFAULT_GATEWAY_PORT));
        if (builder.Configuration["Silo:Address"] is { } address)
        {
            silo.Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Parse(address));
        }
        silo.AddGrains();
    });

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
