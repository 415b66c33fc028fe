using Cme.Domain;
using Cme.Grains.Hosting;
using Cme.Grains.Measures;
using Cme.Storage;
using Cme.Storage.Auditor;
using Cme.Storage.Demo;
using Cme.Storage.Measures;
using Cme.Storage.Sequencer;
using Cme.Telemetry;
using Cme.Web.Api;
using Cme.Web.Api.Admissions;
using Cme.Web.Api.Authorities;
using Cme.Web.Api.Concerns;
using Cme.Web.Api.Enquiries;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Places;
using Cme.Web.Api.Removals;
using Cme.Web.Api.Registers;
using Cme.Web.Api.Schools;
using Cme.Web.Api.Searches;
using Cme.Web.Api.Transfers;
using Cme.Web.Demo;
using Cme.Web.Demo.Feed;
using Cme.Web.Measures;
using Cme.Web.Procedures;
using Cme.Web.Records;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;

namespace Cme.Web.Hosting;

/// <summary>
/// Puts the program together. Hosted services start in the order in which they are added here and stop in the reverse; the
/// web server itself begins to listen last, when all of them run.
/// </summary>
internal static class Composition
{
    public static void AddHost(this WebApplicationBuilder builder, StartSettings settings)
    {
        Logs.Configure(builder.Logging);
        builder.AddTelemetry("cme-web", StorageMeasures.Meter, GrainMeasures.Meter, WebMeasures.Meter);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Cluster);
        builder.Services.AddOptions<DemoSettings>().BindConfiguration(DemoSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddDataProtection().SetApplicationName("cme")
            .PersistKeysToFileSystem(ClosedDirectory(Path.Combine(settings.Directory, "session-keys")));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Body.ReadLimit;
        });
        builder.Services.Configure<FormOptions>(forms =>
        {
            forms.BufferBodyLengthLimit = forms.MultipartBodyLengthLimit = Body.Limit;
            forms.ValueLengthLimit = 64 * 1024;
        });
    }

    /// <summary>The database's tables and what works on them in the background.</summary>
    public static void AddStore(this IServiceCollection services, Database database)
    {
        services.AddSingleton(_ => database.Source);
        services.AddCmeStorage();
        services.AddCmePublication();
        services.AddSingleton<IPublishedListener, BoardWaker>();
        services.AddSingleton<IMissedListener, GrainWaker>();
        services.AddSingleton<DatabaseWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseWatch>());
    }

    public static void AddClocks(this IServiceCollection services, DemoSettings demo, ClusterSettings cluster)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(Clock.System, TimeProvider.System);
        if (demo.Enabled)
        {
            _ = cluster.IsClient ? services.AddSharedDemoClock() : services.AddDemoClock();
        }
        else
        {
            services.AddKeyedSingleton(Clock.Business, TimeProvider.System);
        }
    }

    /// <summary>The grains, in this process or on the silos of its cluster, and what keeps them going.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder, ClusterSettings cluster)
    {
        if (cluster.IsClient) { builder.Services.AddSharedDuties(); }
        else { builder.Services.AddHostedService<AloneOnDatabase>(); }
        builder.AddRuntime(cluster);
        builder.Services.AddSingleton<Quiet>();
        builder.Services.AddHostedService<SignalDelivery>();
        builder.Services.AddHostedService<ReferralDelivery>();
        builder.Services.AddHostedService<RemovalNoting>();
        builder.Services.AddHostedService<RollWatch>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database").AddCheck<SequencerCheck>("sequencer");
    }

    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, EdgeJson.Default);
            // A number is a number: the OpenAPI document would otherwise allow a text in its place.
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        services.AddSingleton<IKeyring, StoredKeyring>();
        services.AddSingleton<ReadAudit>();
        services.AddSingleton<SchoolCalendars>();
        services.AddSingleton<SchoolDaysMissing>();
        services.AddSingleton<ReturnsReader>();
        services.AddSingleton<ProcedureTrials>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<DailyReturnReader>();
        services.AddSingleton<PlaceDesk>();
        services.AddSingleton<PupilTimetable>();
        services.AddSingleton<PupilCounts>();
        services.AddSingleton<OfficeCalendars>();
        services.AddSingleton<AuthorityRecords>();
        services.AddSingleton<EducationReader>();
        services.AddSingleton<ReferralAcceptance>();
        services.AddSingleton<ConcernAcceptance>();
        services.AddSingleton<RemovalCase>();
        services.AddSingleton<RemovalReader>();
        services.AddSingleton<RemovalWatch>();
        services.AddSingleton<TransferDesk>();
        services.AddSingleton<AdmissionDesk>();
        services.AddSingleton<ContactDesk>();
        services.AddSingleton<EnquiryReader>();
        services.AddSingleton<ChildSearch>();
        services.AddOptions<ConcernSettings>().BindConfiguration(ConcernSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ConcernLimits>();
        services.AddSingleton<ConcernBell>();
        services.AddSingleton<ConcernIntake>();
        services.AddSingleton<ConcernDesk>();
        services.AddApiDocument();
    }

    public static void AddDemo(this IServiceCollection services, DemoSettings demo, ClusterSettings cluster)
    {
        if (!demo.Enabled) { return; }
        services.AddSingleton<ClockMover>();
        services.AddSingleton(new PersonaSignIn(Personas.All));
        services.AddScoped<DemoPeople>();
        services.AddHostedService<DemoSetup>();
        if (!cluster.IsClient)
        {
            services.AddSingleton<DemoPlayer>();
            services.AddHostedService(provider => provider.GetRequiredService<DemoPlayer>());
        }
        if (!demo.Empty)
        {
            services.AddHttpClient();
            services.AddSingleton<DemoFeed>();
            services.AddSingleton<IDemoFeed>(provider => provider.GetRequiredService<DemoFeed>());
        }
        services.AddHostedService<DemoWelcome>();
    }

    public static void MapDemo(this IEndpointRouteBuilder routes, DemoSettings demo)
    {
        if (demo.Enabled) { routes.MapDemoClock(); }
    }

    // Whoever reads these keys can sign in as anybody.
    private static DirectoryInfo ClosedDirectory(string path)
    {
#pragma warning disable CA1416 // The product runs on Linux: its private PostgreSQL is Debian's.
        return Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
    }

    /// <summary>Scripts, styles and pictures, which anyone may have; a changed one has another address, so that it may be kept.</summary>
    public static void UseAssets(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = sent =>
        {
            sent.Context.Items[SecurityHeaders.AssetMark] = true;
            sent.Context.Response.Headers.CacheControl = sent.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
        },
    });
}
