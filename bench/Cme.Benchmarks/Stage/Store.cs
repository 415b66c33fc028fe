using Cme.Domain;
using Cme.Storage;
using Cme.Storage.Access;
using Cme.Storage.Connections;
using Cme.Storage.Demo;
using Cme.Storage.Migrations;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Benchmarks.Stage;

/// <summary>The product's own store over a database, to put things there that a benchmark begins with.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Store(NpgsqlDataSource source)
    {
        Source = source;                                             // Ours to close: the container closes what it made itself.
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddKeyedSingleton(Clock.System, TimeProvider.System)
            .AddSingleton(source)
            .AddCmeStorage()
            .BuildServiceProvider();
    }

    public NpgsqlDataSource Source { get; }

    public ISchools Schools => _services.GetRequiredService<ISchools>();

    public IRegisters Registers => _services.GetRequiredService<IRegisters>();

    public IApiKeys Keys => _services.GetRequiredService<IApiKeys>();

    public IDemoClockStore DemoClock => _services.GetRequiredService<IDemoClockStore>();

    /// <summary>Opens the store, having given the database its tables.</summary>
    public static async Task<Store> OpenAsync(string connectionString)
    {
        var source = DataSources.Create(connectionString);
        await new MigrationRunner(source, NullLogger.Instance).RunAsync();
        return new Store(source);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Source.DisposeAsync();
    }
}
