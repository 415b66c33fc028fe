using Cme.Domain;
using Cme.Grains.Hosting;
using Cme.Grains.Measures;
using Cme.Storage;
using Cme.Storage.Connections;
using Cme.Storage.Demo;
using Cme.Storage.Measures;
using Cme.Telemetry;

namespace Cme.Silo;

/// <summary>
/// Puts the silo together: grains, their states and their reminders. Numbering, finishing what was left behind and the audit run on the web
/// nodes, where boards are served.
/// </summary>
internal static class Composition
{
    public static void AddSilo(this WebApplicationBuilder builder, string database)
    {
        Logs.Configure(builder.Logging);
        // For whoever asks how it is, on this machine unless configured.
        builder.WebHost.UseUrls(builder.Configuration["Urls"] ?? "http://127.0.0.1:5090");
        builder.AddTelemetry("cme-silo", StorageMeasures.Meter, GrainMeasures.Meter);
        builder.Services.AddSingleton(_ => DataSources.CreateForProduct(database));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddKeyedSingleton(Clock.System, TimeProvider.System);
        builder.Services.AddCmeStorage();
        if (builder.Configuration.GetValue<bool>("Demo:Enabled"))
        {
            builder.Services.AddSharedDemoClock();
        }
        else
        {
            builder.Services.AddKeyedSingleton(Clock.Business, TimeProvider.System);
        }
        builder.AddOrleansSilo();
        builder.Services.AddHealthChecks().AddCheck<SiloCheck>("runtime").AddCheck<DatabaseCheck>("database");
        // Grains are handed to the other silos, and each finishes the call that it is at.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
    }
}
