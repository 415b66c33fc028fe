using System.Collections.Immutable;
using Cme.Benchmarks.Harness;
using Cme.Storage.PrivateServer;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Benchmarks.Stage;

/// <summary>A private PostgreSQL server as the product starts it, flushing to a real disk, on a directory that goes with this process.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    // A peer has a connection for each of 256 callers, and the product has its own.
    private const int Connections = 400;

    private static readonly string[] Told =
        ["server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_compression", "shared_buffers", "max_wal_size", "checkpoint_timeout"];

    private readonly PrivatePostgres _postgres;

    private readonly string _adminConnectionString;

    private BenchServer(PrivatePostgres postgres, string directory)
    {
        (_postgres, Directory) = (postgres, directory);
        _adminConnectionString = new NpgsqlConnectionStringBuilder(postgres.ConnectionStringFor("postgres"))
        {
            Username = "postgres", Password = null, Passfile = Path.Combine(directory, "pgpass"), Pooling = false,
        }.ConnectionString;
    }

    /// <summary>Holds the server's data and whatever else a benchmark writes.</summary>
    public string Directory { get; }

    /// <summary>The postmaster.</summary>
    public int? ProcessId => _postgres.ProcessId;

    public static async Task<BenchServer> StartAsync(BenchOptions options)
    {
        var directory = ThrowAwayDirectory.Create(options.Data);
        return new BenchServer(
            await PrivatePostgres.StartAsync(
                new PrivateServerOptions { DataDirectory = directory, SocketRoot = directory, MaxConnections = Connections },
                NullLogger.Instance, TimeProvider.System),
            directory);
    }

    public string ConnectionStringFor(string database) => _postgres.ConnectionStringFor(database);

    /// <summary>Makes a database, empty or as a copy of another that nobody is connected to.</summary>
    public async Task<string> CreateDatabaseAsync(string name, string template = "template1")
    {
        await using var source = NpgsqlDataSource.Create(_postgres.ConnectionString + ";Pooling=false");
        await using var create = source.CreateCommand($"create database {name} template {template}");
        create.CommandTimeout = 0;
        await create.ExecuteNonQueryAsync();
        return ConnectionStringFor(name);
    }

    /// <summary>
    /// Writes everything to the disk, as the night before a school day does: what is touched next pays for its page in the write-ahead
    /// log, and no checkpoint of what went before disturbs it.
    /// </summary>
    public async Task CheckpointAsync()
    {
        await using var admin = new NpgsqlConnection(_adminConnectionString);
        await admin.OpenAsync();
        await using var checkpoint = new NpgsqlCommand("checkpoint", admin) { CommandTimeout = 0 };
        await checkpoint.ExecuteNonQueryAsync();
    }

    /// <summary>The settings that a reader of figures must know.</summary>
    public Task<ImmutableArray<(string Name, string Value)>> SettingsAsync() => SettingsAsync(_postgres.ConnectionString);

    /// <inheritdoc cref="SettingsAsync()"/>
    public static async Task<ImmutableArray<(string Name, string Value)>> SettingsAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var ask = source.CreateCommand("select t.name, current_setting(t.name) from unnest($1) with ordinality as t (name, place) order by t.place");
        ask.Parameters.Add(new() { Value = Told });
        await using var reader = await ask.ExecuteReaderAsync();
        var settings = ImmutableArray.CreateBuilder<(string, string)>();
        while (await reader.ReadAsync()) { settings.Add((reader.GetString(0), reader.GetString(1))); }
        return settings.DrainToImmutable();
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        // Some gigabytes, which the next benchmark need not find on the disk.
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
