using Cme.Grains.Hosting;
using Cme.Storage.Connections;
using Cme.Storage.Migrations;
using Cme.Storage.PrivateServer;
using Npgsql;

namespace Cme.Web.Hosting;

/// <summary>
/// The database of this program: a private PostgreSQL server, or the one that is configured. Begun before anything else, since
/// its start takes longest, and stopped after everything else.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly Task<(PrivatePostgres? Server, NpgsqlDataSource Source, string Address)> _starting;
    private readonly StartSettings _settings;
    private readonly bool _beside;
    private readonly ILoggerFactory _loggers = LoggerFactory.Create(Logs.Configure);

    private Database(StartSettings settings, bool beside)
    {
        (_settings, _beside) = (settings, beside);
        _starting = Task.Run(StartAsync);
    }

    /// <summary>Begins to start the database, without waiting for it.</summary>
    /// <param name="beside">True to use the private server of a copy of this program that runs, if one does.</param>
    public static Database Begin(StartSettings settings, bool beside = false) => new(settings, beside);

    /// <summary>Its connections. Only after <see cref="ReadyAsync"/>.</summary>
    public NpgsqlDataSource Source => _starting.IsCompletedSuccessfully
        ? _starting.Result.Source
        : throw new InvalidOperationException("The database was asked for before it was ready.");

    /// <summary>Waits until the database answers and has the shape this program needs.</summary>
    /// <exception cref="PrivateServerException">The private server cannot run here; the message says what to do.</exception>
    /// <exception cref="MigrationException">The database does not fit this program; the message says what to do.</exception>
    /// <exception cref="NpgsqlException">The configured server cannot be reached.</exception>
    public async Task ReadyAsync(CancellationToken cancel = default)
    {
        var (server, _, address) = await _starting;
        // The copy of this program that runs the server has made the tables as it needs them.
        if (server is null && _settings.ConnectionString is null) { return; }
        // Only who made the tables may change them; the program itself works with less (migration 0018).
        await using var owner = DataSources.Create(address);
        if (_settings.Demo.Reset) { await Emptying.EmptyDemoAsync(owner, cancel); }
        await new MigrationRunner(owner, _loggers.CreateLogger<MigrationRunner>()).RunAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_starting.IsCompletedSuccessfully) { return; }
        var (server, source, _) = _starting.Result;
        await source.DisposeAsync();
        if (server is not null) { await server.DisposeAsync(); }
        _loggers.Dispose();
    }

    private async Task<(PrivatePostgres?, NpgsqlDataSource, string)> StartAsync()
    {
        if (_settings.ConnectionString is { } configured) { return (null, DataSources.CreateForProduct(configured), configured); }
        var options = new PrivateServerOptions { DataDirectory = _settings.Directory };
        if (_beside && PrivatePostgres.ConnectionStringOfRunning(options) is { } running) { return (null, DataSources.CreateForProduct(running), running); }
        var server = await PrivatePostgres.StartAsync(options, _loggers.CreateLogger<PrivatePostgres>(), TimeProvider.System);
        return (server, DataSources.CreateForProduct(server.ConnectionString), server.ConnectionString);
    }
}
