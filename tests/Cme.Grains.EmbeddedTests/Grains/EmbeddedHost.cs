using Cme.Domain;
using Cme.Grains.Hosting;
using Cme.Grains.Specs.Hosts;
using Cme.Runtime.Embedded.Hosting;
using Cme.Runtime.Embedded.Simulation;
using Cme.Storage;
using Cme.Storage.Connections;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cme.Grains.EmbeddedTests.Grains;

/// <summary>The grains on the embedded runtime, in this process, over PostgreSQL.</summary>
public sealed class EmbeddedHost(TestDatabase database, ManualClock clock, ChaosOptions? chaos = null) : IGrainHost
{
    private ServiceProvider? _services;

    public IServiceProvider Services => _services!;

    private EmbeddedRuntime Runtime => Services.GetRequiredService<EmbeddedRuntime>();

    public async Task StartAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<NpgsqlDataSource>(_ => DataSources.CreateForProduct(database.RunningConnectionString));
        services.AddKeyedSingleton(Clock.System, TimeProvider.System);
        services.AddKeyedSingleton<TimeProvider>(Clock.Business, clock);
        services.AddCmeStorage();
        services.AddEmbeddedGrains(options => options.Chaos = chaos);
        _services = services.BuildServiceProvider();
        await Runtime.StartAsync();
    }

    public async Task StopAsync()
    {
        await Runtime.StopAsync();
        await _services!.DisposeAsync();
        _services = null;
    }

    public Task DeactivateAllAsync() => Runtime.DeactivateAllAsync();

    public async Task MoveToAsync(DateTimeOffset to)
    {
        var reminders = Runtime.Reminders;
        await reminders.WhenQuietAsync();
        while (reminders.NextDue is { } next && next <= to)
        {
            clock.MoveTo(next > clock.GetUtcNow() ? next : clock.GetUtcNow());
            await reminders.WhenQuietAsync();
        }
        clock.MoveTo(to);
        await reminders.WhenQuietAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await StopAsync();
        }
    }
}
