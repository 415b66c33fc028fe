using System.Diagnostics;
using System.Globalization;
using Cme.Storage.PrivateServer;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Storage.Tests.PrivateServer;

public sealed class OutagesAndDeaths
{
    private const int Ready = 3014;
    private const int WaitingForOldServer = 3010;
    private const int Said = 3011;

    private readonly string _directory = ThrowAwayDirectory.Create();
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task A_program_killed_with_minus_nine_leaves_no_server_behind()
    {
        using var owner = await ServerOwner.StartAsync(_directory);
        using var server = Process.GetProcessById(owner.ServerId);

        await owner.KillAsync();

        await EndsAsync(server);
        ProcessesOn(_directory).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_start_right_after_a_kill_waits_for_the_old_server_and_finds_all_that_was_acknowledged()
    {
        using var owner = await ServerOwner.StartAsync(_directory);
        await Sql.DoAsync(owner.ConnectionString, "create table kept as select 42 as answer");
        using var held = await HoldUpAsync(owner.ServerId);
        await owner.KillAsync();

        var starting = StartAsync();
        await _log.WaitForAsync(WaitingForOldServer, times: 1);
        starting.IsCompleted.ShouldBeFalse();
        held.Release();

        await using var server = await starting;
        server.ProcessId.ShouldNotBe(owner.ServerId);
        (await Sql.AskAsync<int>(server.ConnectionString, "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task After_everything_is_killed_at_once_a_start_waits_for_sessions_still_at_work_and_recovers()
    {
        using var owner = await ServerOwner.StartAsync(_directory);
        await Sql.DoAsync(owner.ConnectionString, "create table kept as select 42 as answer");
        await using var session = new NpgsqlConnection(owner.ConnectionString + ";Pooling=false");
        await session.OpenAsync();
        using var atWork = await HoldUpAsync(session.ProcessID);
        Kill(owner.ServerId);
        await owner.KillAsync();

        var starting = StartAsync();
        await _log.WaitForAsync(Said, times: 1, "pre-existing shared memory block");
        starting.IsCompleted.ShouldBeFalse();
        atWork.Release();

        await using var server = await starting;
        (await Sql.AskAsync<int>(server.ConnectionString, "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_crashed_server_is_started_again_and_the_reason_logged()
    {
        await using var server = await StartAsync();
        await Sql.DoAsync(server.ConnectionString, "create table kept as select 42 as answer");

        Kill(server.ProcessId!.Value);
        await _log.WaitForAsync(Ready, times: 2);

        (await Sql.AskAsync<int>(server.ConnectionString, "select answer from kept")).ShouldBe(42);
        _log.Text.ShouldContain("ended by itself with exit code 137");
    }

    [Fact]
    public async Task A_server_taken_down_stays_down_until_it_is_started_again()
    {
        await using var server = await StartAsync();
        await Sql.DoAsync(server.ConnectionString, "create table kept as select 42 as answer");

        await server.StopServerAsync();

        server.ProcessId.ShouldBeNull();
        await Should.ThrowAsync<NpgsqlException>(() => Sql.AskAsync<int>(server.ConnectionString, "select 1"));

        await server.StartServerAgainAsync();

        (await Sql.AskAsync<int>(server.ConnectionString, "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_those_who_are_connected()
    {
        var server = await StartAsync();
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var endless = new NpgsqlCommand("select pg_sleep(600)", connection) { CommandTimeout = 0 };
        var waiting = endless.ExecuteNonQueryAsync();
        using var process = Process.GetProcessById(server.ProcessId!.Value);

        await server.DisposeAsync();

        await EndsAsync(process);
        await Should.ThrowAsync<NpgsqlException>(() => waiting);
        Directory.GetDirectories(_directory, "cme-*").ShouldBeEmpty();
    }

    private Task<PrivatePostgres> StartAsync() =>
        PrivatePostgres.StartAsync(
            new PrivateServerOptions { DataDirectory = _directory, SocketRoot = _directory, Fsync = false }, _log, TimeProvider.System);

    private static Task EndsAsync(Process process) => process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    // A stopped process keeps its death waiting: the old server is certain to be there when the next one starts.
    private static async Task<Held> HoldUpAsync(int pid)
    {
        await SignalAsync("STOP", pid);
        return new Held(pid);
    }

    private static async Task SignalAsync(string signal, int pid)
    {
        using var kill = Process.Start("kill", ["-" + signal, pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static IEnumerable<string> ProcessesOn(string directory) =>
        from process in Process.GetProcesses()
        let command = CommandOf(process.Id)
        where command.StartsWith("/usr/lib/postgresql", StringComparison.Ordinal) && command.Contains(directory, StringComparison.Ordinal)
        select command;

    private static string CommandOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private sealed class Held(int pid) : IDisposable
    {
        public void Release() => SignalAsync("CONT", pid).Wait();

        public void Dispose() => Release();
    }
}
