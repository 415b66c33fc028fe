using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cme.Storage.PrivateServer;

/// <summary>A PostgreSQL server of the program's own: started, watched, restarted after a crash, and gone when the program is.</summary>
/// <remarks>
/// Reached by a Unix socket in a closed directory and a random password. While the server is down callers get Npgsql's ordinary
/// connection errors at once. The clock given must be the system's: it measures how long a process takes.
/// </remarks>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly PrivateServerOptions _options;
    private readonly Installation _at;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly FileStream _lock;

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _disposing = new();
    private ServerProcess? _server;
    private Task _guard = Task.CompletedTask;
    private bool _wanted;

    private PrivatePostgres(PrivateServerOptions options, Installation at, FileStream held, ILogger logger, TimeProvider clock) =>
        (_options, _at, _lock, _logger, _clock) = (options, at, held, logger, clock);

    /// <summary>How to reach <see cref="PrivateServerOptions.Database"/> with Npgsql, as a role that owns it and is no superuser.</summary>
    public string ConnectionString => ConnectionStringFor(_options.Database);

    /// <summary>The server's process id now, or null while it is down.</summary>
    public int? ProcessId => _server is { Ended.IsCompleted: false } running ? running.Id : null;

    /// <summary>Starts the server, making its data directory and database first where they are missing.</summary>
    /// <exception cref="PrivateServerException">It cannot run here; the message says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        PrivateServerOptions options, ILogger logger, TimeProvider clock, CancellationToken cancellation = default)
    {
        var dataDirectory = Path.GetFullPath(options.DataDirectory);
        var binaries = ServerBinaries.For(dataDirectory, options.BinariesRoot);
        var cluster = ClusterDirectory.PathOf(dataDirectory, binaries.Major);
        var account = await ServerAccount.ForAsync(cluster, cancellation);
        var socketDirectory = SocketDirectory.For(dataDirectory, options.SocketRoot);
        await OpenAsync(dataDirectory, account, cancellation);

        var held = DataDirectoryLock.Take(dataDirectory);
        PrivatePostgres? postgres = null;
        try
        {
            await account.OwnDirectoryAsync(socketDirectory, cancellation);
            var secrets = await SecretsAsync(dataDirectory, cluster, binaries, account, socketDirectory, options.Fsync, logger, cancellation);
            postgres = new PrivatePostgres(options, new Installation(cluster, binaries, account, socketDirectory, secrets), held, logger, clock);
            await postgres.StartServerAgainAsync(cancellation);
            await postgres.EnsureRoleAsync(cancellation);
            await postgres.CreateDatabaseAsync(options.Database, cancellation);
            return postgres;
        }
        catch
        {
            await (postgres?.DisposeAsync() ?? held.DisposeAsync());
            throw;
        }
    }

    /// <summary>How to reach another database of this server, as the same role.</summary>
    public string ConnectionStringFor(string database) => ConnectionStringOf(ServerSecrets.App, _at.Secrets.OfApp, database);

    /// <summary>How to reach the server that another copy of this program runs on a data directory; null if none does.</summary>
    public static string? ConnectionStringOfRunning(PrivateServerOptions options)
    {
        var dataDirectory = Path.GetFullPath(options.DataDirectory);
        if (!DataDirectoryLock.IsTaken(dataDirectory)) { return null; }
        var secrets = ServerSecrets.Read(Path.Combine(dataDirectory, "pgpass"));
        return ConnectionStringOf(SocketDirectory.For(dataDirectory, options.SocketRoot), ServerSecrets.App, secrets.OfApp, options.Database);
    }

    /// <summary>Makes an empty database that the product's role owns. One that is already there is left as it is.</summary>
    /// <param name="name">A lower-case letter, then lower-case letters, digits and underscores, at most 63.</param>
    public async Task CreateDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        if (!DatabaseName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is no name for a database: a lower-case letter, then lower-case letters, digits and underscores, at most 63.", nameof(name));
        }
        await using var admin = await ConnectAsAdminAsync(cancellation);
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = @name", admin) { Parameters = { new("name", name) } };
        if (await find.ExecuteScalarAsync(cancellation) is null)
        {
            await ExecuteAsync(admin, $"create database {name} owner {ServerSecrets.App}", cancellation);
        }
    }

    /// <summary>Takes the server down (fast shutdown) and leaves it down, as an outage would.</summary>
    public async Task StopServerAsync(CancellationToken cancellation = default)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            _wanted = false;
            await (_server?.StopAsync(_options.StopWithin, _clock) ?? Task.CompletedTask);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Brings the server back after <see cref="StopServerAsync"/>; returns when it accepts connections.</summary>
    public async Task StartServerAgainAsync(CancellationToken cancellation = default)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (ProcessId is not null)
            {
                return;
            }
            _wanted = true;
            await LaunchAsync(cancellation);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Stops the server in good order and in bounded time, and lets go of the data directory. The data stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposing.IsCancellationRequested)
        {
            return;
        }
        await _disposing.CancelAsync();
        await StopServerAsync(CancellationToken.None);
        await _guard.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Directory.Exists(_at.SocketDirectory))
        {
            Directory.Delete(_at.SocketDirectory, recursive: true);
        }
        await _lock.DisposeAsync();
        _oneAtATime.Dispose();
        _disposing.Dispose();
    }

    private async Task LaunchAsync(CancellationToken cancellation)
    {
        var since = _clock.GetTimestamp();
        await OldPostmaster.WaitUntilGoneAsync(_at.Cluster, _options.StartWithin, _clock, _logger, cancellation);
        SocketDirectory.Clear(_at.SocketDirectory);
        var how = _at.Account.Run(_at.Binaries.Postgres, ["-D", _at.Cluster, .. ServerSettings.Arguments(_options, _at.SocketDirectory)]);
        while (true)
        {
            var server = _server = await ServerProcess.LaunchAsync(how, _logger);
            try
            {
                await server.ReadyAsync(_at.Cluster, _options.StartWithin, _clock, cancellation);
                LogReady(_logger, _at.Binaries.Major, _at.Cluster, server.Id, _clock.GetElapsedTime(since).TotalMilliseconds);
                _guard = GuardAsync(server);
                return;
            }
            catch (PrivateServerException) when (server.FoundOldSessions && _clock.GetElapsedTime(since) < _options.StartWithin)
            {
                await Task.Delay(ShortestPause, _clock, cancellation);
            }
            catch
            {
                await server.StopAsync(_options.StopWithin, _clock);
                throw;
            }
        }
    }

    private async Task GuardAsync(ServerProcess server)
    {
        var exitCode = await server.Ended;
        if (!_wanted)
        {
            LogStopped(_logger, server.Id);
            return;
        }
        LogCrashed(_logger, server.Id, exitCode, server.LastWords);
        await RestartAsync();
    }

    private async Task RestartAsync()
    {
        for (var pause = ShortestPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            await _oneAtATime.WaitAsync(_disposing.Token);
            try
            {
                if (_wanted && ProcessId is null)
                {
                    await LaunchAsync(_disposing.Token);
                }
                return;
            }
            catch (PrivateServerException failed)
            {
                LogRestartFailed(_logger, pause.TotalSeconds, failed);
            }
            finally
            {
                _oneAtATime.Release();
            }
            await Task.Delay(pause, _clock, _disposing.Token);
        }
    }

    private static async Task OpenAsync(string dataDirectory, ServerAccount account, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(dataDirectory);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new PrivateServerException(
                $"The data directory '{dataDirectory}' cannot be made ({closed.Message}). Choose one that the user '{Environment.UserName}' may write to: --data DIR", closed);
        }
        if (await account.FirstClosedToAsync(dataDirectory, cancellation) is { } closedDirectory)
        {
            throw new PrivateServerException(
                $"Started by root, PostgreSQL runs as the user '{account.Name}', who may not enter '{closedDirectory}' on the way to the data directory '{dataDirectory}'. "
                + "Choose a directory outside, such as --data /var/lib/cme, or start the program as an ordinary user.");
        }
    }

    private static async Task<ServerSecrets> SecretsAsync(
        string dataDirectory, string cluster, ServerBinaries binaries, ServerAccount account, string socketDirectory, bool fsync, ILogger logger,
        CancellationToken cancellation)
    {
        var path = Path.Combine(dataDirectory, "pgpass");
        if (Directory.Exists(cluster))
        {
            return ServerSecrets.Read(path);
        }
        LogCreating(logger, binaries.Major, cluster);
        var secrets = ServerSecrets.Create(path);
        await ClusterDirectory.CreateAsync(cluster, binaries, account, secrets.OfAdmin, socketDirectory, fsync, cancellation);
        return secrets;
    }

    // The product's role makes its own least-privileged roles (migrations), so it may create roles, but it is no superuser.
    private async Task EnsureRoleAsync(CancellationToken cancellation)
    {
        await using var admin = await ConnectAsAdminAsync(cancellation);
        await using var find = new NpgsqlCommand($"select 1 from pg_roles where rolname = '{ServerSecrets.App}'", admin);
        if (await find.ExecuteScalarAsync(cancellation) is null)
        {
            await ExecuteAsync(admin, $"create role {ServerSecrets.App} login createdb createrole password '{_at.Secrets.OfApp}'", cancellation);
            // Not among the server's settings, since a server that was built without it would not start.
            await using var fast = new NpgsqlCommand("select 'lz4' = any (enumvals) from pg_settings where name = 'wal_compression'", admin);
            if (await fast.ExecuteScalarAsync(cancellation) is true)
            {
                await ExecuteAsync(admin, $"alter role {ServerSecrets.App} set wal_compression = 'lz4'", cancellation);
            }
        }
    }

    private async Task<NpgsqlConnection> ConnectAsAdminAsync(CancellationToken cancellation)
    {
        var admin = new NpgsqlConnection(ConnectionStringOf(ServerSecrets.Admin, _at.Secrets.OfAdmin, "postgres") + ";Pooling=false");
        try
        {
            await admin.OpenAsync(cancellation);
            return admin;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            await admin.DisposeAsync();
            throw new PrivateServerException($"PostgreSQL refuses the passwords kept beside '{_at.Cluster}'. Put back the file 'pgpass' that belongs to this data.", refused);
        }
    }

    private string ConnectionStringOf(string role, string password, string database) => ConnectionStringOf(_at.SocketDirectory, role, password, database);

    private static string ConnectionStringOf(string host, string role, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = SocketDirectory.Port,
            Username = role,
            Password = password,
            Database = database,
        }.ConnectionString;

#pragma warning disable CA2100 // Names are checked above and the password is our own hexadecimal: DDL takes no parameters.
    private static async Task ExecuteAsync(NpgsqlConnection connection, string ddl, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ddl, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
#pragma warning restore CA2100

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex DatabaseName();

    private sealed record Installation(string Cluster, ServerBinaries Binaries, ServerAccount Account, string SocketDirectory, ServerSecrets Secrets);
}
