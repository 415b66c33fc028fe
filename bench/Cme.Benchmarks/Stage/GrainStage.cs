using Cme.Domain;
using Cme.Storage.Connections;
using Cme.Storage.Demo;
using Cme.Web.Demo;
using Cme.Web.Hosting;
using Orleans;

namespace Cme.Benchmarks.Stage;

/// <summary>The product's grains, store and sequencer in this process, put together by the product itself; only the edge is left out.</summary>
internal sealed class GrainStage : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Database _database;

    private GrainStage(IHost host, Database database) => (_host, _database) = (host, database);

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The business clock, which stood at <see cref="SchoolMorning.Now"/> when the stage was set.</summary>
    public TimeProvider Clock => _host.Services.GetRequiredKeyedService<TimeProvider>(Domain.Clock.Business);

    /// <summary>Moves the business clock there, and completes when everything that then was due is stored, numbered and on its boards.</summary>
    public async Task MoveClockAsync(DateTimeOffset instant)
    {
        var clock = (ClockOfDemo)Clock;
        clock.Ahead = clock.AheadFor(instant);
        await _host.Services.GetRequiredService<Quiet>().AfterClockMovedAsync(CancellationToken.None);
    }

    /// <param name="directory">Holds the private server if there is no connection string.</param>
    /// <param name="now">What the business clock shows; <see cref="SchoolMorning.Now"/> for null.</param>
    public static async Task<GrainStage> StartAsync(string directory, string? connectionString, DateTimeOffset? now = null)
    {
        var database = Database.Begin(new StartSettings(directory, connectionString, new DemoSettings()));
        await database.ReadyAsync();
        var builder = WebApplication.CreateEmptyBuilder(new());
        // The grains are hosted as the program hosts them, in a web application; nobody asks it anything.
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddKeyedSingleton(Domain.Clock.System, TimeProvider.System);
        builder.Services.AddKeyedSingleton<TimeProvider>(
            Domain.Clock.Business, new ClockOfDemo(TimeProvider.System) { Ahead = (now ?? SchoolMorning.Now) - TimeProvider.System.GetUtcNow() });
        builder.Services.AddStore(database);
        builder.AddGrains(new ClusterSettings());
        // What watches rolls, referrals and removals beside the grains asks the edge's own services.
        builder.Services.AddApi();
        var host = builder.Build();
        await host.StartAsync();
        return new GrainStage(host, database);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _database.DisposeAsync();
    }
}
