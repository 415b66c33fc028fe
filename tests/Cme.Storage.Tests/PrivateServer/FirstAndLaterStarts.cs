using System.Diagnostics;
using System.Globalization;
using Cme.Storage.PrivateServer;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Storage.Tests.PrivateServer;

public sealed class FirstAndLaterStarts
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _directory = ThrowAwayDirectory.Create();

    [Fact]
    public async Task What_was_written_is_there_at_the_next_start()
    {
        await using (var first = await StartAsync())
        {
            await Sql.DoAsync(first.ConnectionString, "create table kept as select 42 as answer");
        }

        await using var second = await StartAsync();

        (await Sql.AskAsync<int>(second.ConnectionString, "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_commit_is_on_the_disk_before_it_is_acknowledged()
    {
        await using var server = await PrivatePostgres.StartAsync(
            new PrivateServerOptions { DataDirectory = _directory, SocketRoot = _directory }, NullLogger.Instance, TimeProvider.System);

        foreach (var setting in new[] { "fsync", "full_page_writes", "synchronous_commit", "data_checksums" })
        {
            (await Sql.AskAsync<string>(server.ConnectionString, $"show {setting}")).ShouldBe("on", setting);
        }
    }

    [Fact]
    public async Task A_place_for_the_socket_is_found_and_given_back()
    {
        string socket;
        await using (var server = await PrivatePostgres.StartAsync(
            new PrivateServerOptions { DataDirectory = _directory, Fsync = false }, NullLogger.Instance, TimeProvider.System))
        {
            socket = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
            File.GetUnixFileMode(socket).ShouldBe(OwnerOnly);
            (await Sql.AskAsync<int>(server.ConnectionString, "select 1")).ShouldBe(1);
        }

        Directory.Exists(socket).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_this_program_can_reach_the_server()
    {
        await using var server = await StartAsync();
        var socket = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;

        (await Sql.AskAsync<string>(server.ConnectionString, "show listen_addresses")).ShouldBeEmpty();
        File.GetUnixFileMode(socket).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(Path.Combine(_directory, "pgpass")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Should.ThrowAsync<PostgresException>(() => Sql.AskAsync<int>(server.ConnectionString + ";Password=guessed", "select 1")))
            .SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Neither_the_server_nor_the_products_role_is_all_powerful()
    {
        await using var server = await StartAsync();

        var status = await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status");

        status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1].ShouldNotBe("0");
        (await Sql.AskAsync<bool>(server.ConnectionString, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_first_start_that_was_cut_short_begins_anew()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "pg15.new", "base"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "pg15.new", "PG_VERSION"), "15\n");

        await using var server = await StartAsync();

        (await Sql.AskAsync<int>(server.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_number_left_by_an_old_server_may_belong_to_another_program_now()
    {
        await (await StartAsync()).DisposeAsync();
        var cluster = Directory.GetDirectories(_directory, "pg*").Single();
        using var other = ProcessOfTheServersUser();
        await File.WriteAllTextAsync(
            Path.Combine(cluster, "postmaster.pid"), string.Create(CultureInfo.InvariantCulture, $"{other.Id}\n{cluster}\n1\n5432\n{_directory}\n\n"));

        await using var server = await StartAsync();

        (await Sql.AskAsync<int>(server.ConnectionString, "select 1")).ShouldBe(1);
        other.HasExited.ShouldBeFalse();
        other.Kill();
    }

    [Fact]
    public async Task Further_databases_can_be_made_and_belong_to_the_product()
    {
        await using var server = await StartAsync();

        await server.CreateDatabaseAsync("demo");
        await server.CreateDatabaseAsync("demo");

        await Sql.DoAsync(server.ConnectionStringFor("demo"), "create schema mine");
        await Should.ThrowAsync<ArgumentException>(() => server.CreateDatabaseAsync("demo; drop table x"));
    }

    [Fact]
    public async Task The_data_keeps_its_owner_when_another_user_starts_the_program()
    {
        await (await StartAsync()).DisposeAsync();
        var cluster = Directory.GetDirectories(_directory, "pg*").Single();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", "nobody", cluster);
        }

        await using var server = await StartAsync();

        (await RunAsync("stat", "--format=%U", $"/proc/{server.ProcessId}")).ShouldBe(await RunAsync("stat", "--format=%U", cluster));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return said;
    }

    // PostgreSQL takes only a process of its own user for an old server.
    private static Process ProcessOfTheServersUser() =>
        Process.Start(Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", "sleep", "600"])
            : new ProcessStartInfo("sleep", ["600"]))!;

    private Task<PrivatePostgres> StartAsync() =>
        PrivatePostgres.StartAsync(
            new PrivateServerOptions { DataDirectory = _directory, SocketRoot = _directory, Fsync = false }, NullLogger.Instance, TimeProvider.System);
}
