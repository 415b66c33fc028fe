using System.Globalization;
using Cme.Storage.Migrations;
using Cme.Storage.PrivateServer;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.TestSupport.Database;

/// <summary>A real PostgreSQL database for one test or test class, cloned from a template that was migrated once.</summary>
/// <remarks>One server serves the test process. It starts with the first database and is gone with the process, kill -9 included.</remarks>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Migrated = "cme_template";
    private const string Bare = "template0";
    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartMigratedAsync);
    private static int _made;

    private readonly string _name;

    private TestDatabase(string name, string connectionString)
    {
        (_name, ConnectionString) = (name, connectionString);
        RunningConnectionString = RunningLogin.For(connectionString);
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>How to reach the database as whoever owns the tables: what a test plants and looks at. It is no superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>How the product reaches it: as the login of <c>deploy/postgres/roles.sql</c>, which owns nothing.</summary>
    public string RunningConnectionString { get; }

    /// <summary>Connections to the database, closed with it.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>A fresh database with every migration applied and no rows but theirs.</summary>
    public static Task<TestDatabase> CreateAsync() => CloneAsync(Migrated);

    /// <summary>A database as an earlier version left it, brought to today's shape.</summary>
    /// <param name="migration">The number of that version's last migration.</param>
    /// <param name="rows">What it had written, as <c>insert</c>s.</param>
    public static async Task<TestDatabase> CreateWrittenBeforeAsync(int migration, string rows)
    {
        var database = await CreateEmptyAsync();
        var runner = new MigrationRunner(database.DataSource, NullLogger.Instance);
        await runner.RunAsync([.. Migration.OfThisProgram.TakeWhile(one => one.Number <= migration)]);
        await database.RunAsync(rows);
        await runner.RunAsync();
        return database;
    }

    /// <summary>A fresh database without even a migration.</summary>
    public static Task<TestDatabase> CreateEmptyAsync() => CloneAsync(Bare);

    /// <summary>Closes the connections and drops the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        try
        {
            await ExecuteAsync(await Server.Value, $"drop database if exists {_name} with (force)");
        }
        catch (PostgresException notOurs) when (notOurs.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // An autovacuum worker is in it, whom our role may not end. Without force PostgreSQL asks it to leave by itself.
            await ExecuteAsync(await Server.Value, $"drop database if exists {_name}");
        }
    }

    /// <summary>Has the database refuse rows of a table until what it gives is disposed of.</summary>
    /// <param name="when">Which rows, such as <c>new.state_name = 'child'</c>.</param>
    public async Task<IAsyncDisposable> BreakingAsync(string table, string when)
    {
        await RunAsync(
            $"""
            create or replace function cme.broken() returns trigger language plpgsql as $$ begin raise exception 'broken on purpose'; end $$;
            create trigger broken before insert or update on {table} for each row when ({when}) execute function cme.broken()
            """);
        return new Mending(() => RunAsync($"drop trigger broken on {table}"));
    }

    private async Task RunAsync(string sql)
    {
#pragma warning disable CA2100 // Files and constants of these tests.
        await using var command = DataSource.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<TestDatabase> CloneAsync(string template)
    {
        var server = await Server.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _made)}");
        await ExecuteAsync(server, $"create database {name} template {template}");
        // The product lets Npgsql prepare its statements; so do the tests, or one that cannot be prepared would pass.
        return new TestDatabase(
            name, server.ConnectionStringFor(name) + ";Maximum Pool Size=40;Max Auto Prepare=50;Auto Prepare Min Usages=2;Include Error Detail=true");
    }

    private static async Task<PrivatePostgres> StartMigratedAsync()
    {
        var server = await TestServer.StartAsync();
        await RunningLogin.MakeAsync(server);
        await server.CreateDatabaseAsync(Migrated);
        await using var template = NpgsqlDataSource.Create(server.ConnectionStringFor(Migrated) + ";Pooling=false");
        await new MigrationRunner(template, NullLogger.Instance).RunAsync();
        return server;
    }

    private static async Task ExecuteAsync(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Mending(Func<Task> mend) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await mend();
    }
}
