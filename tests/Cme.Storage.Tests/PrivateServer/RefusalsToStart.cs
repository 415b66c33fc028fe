using Cme.Storage.PrivateServer;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cme.Storage.Tests.PrivateServer;

public sealed class RefusalsToStart
{
    private readonly string _directory = ThrowAwayDirectory.Create();

    [Fact]
    public async Task Without_a_server_installed_the_command_that_installs_one_is_given()
    {
        var refused = await RefusedAsync(Usual with { BinariesRoot = Path.Combine(_directory, "nothing") });

        refused.ShouldContain("none was found");
        refused.ShouldContain("sudo apt-get install -y postgresql");
    }

    [Fact]
    public async Task A_version_that_is_too_old_is_named()
    {
        Install(14);

        (await RefusedAsync(Usual with { BinariesRoot = Programs })).ShouldContain("only version 14 was found");
    }

    [Fact]
    public async Task Data_of_another_version_is_not_upgraded_silently()
    {
        Install(16);
        Directory.CreateDirectory(Path.Combine(_directory, "pg15"));

        var refused = await RefusedAsync(Usual with { BinariesRoot = Programs });

        refused.ShouldContain("written by PostgreSQL 15, which is not installed");
        refused.ShouldContain("apt-get install -y postgresql-15");
    }

    [Fact]
    public async Task A_socket_path_longer_than_Linux_takes_is_refused_before_anything_is_made()
    {
        var deep = Path.Combine(_directory, new string('x', 90));

        var refused = await RefusedAsync(Usual with { SocketRoot = deep });

        refused.ShouldContain("107 is the most");
        Directory.EnumerateFileSystemEntries(_directory).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_data_directory_that_another_program_uses_is_refused_with_its_process_id()
    {
        using var owner = await ServerOwner.StartAsync(_directory);

        var refused = await RefusedAsync(Usual);

        refused.ShouldContain($"in use by another running copy of this program (process {owner.Id})");
        (await Sql.AskAsync<int>(owner.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_data_directory_that_the_server_may_not_enter_is_refused_by_name()
    {
        var closed = Directory.CreateDirectory(Path.Combine(_directory, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite).FullName;

        (await RefusedAsync(Usual with { DataDirectory = Path.Combine(closed, "data") })).ShouldContain($"'{closed}");
    }

    [Fact]
    public async Task Passwords_that_were_lost_are_asked_for_by_the_name_of_their_file()
    {
        await (await PrivatePostgres.StartAsync(Usual, NullLogger.Instance, TimeProvider.System)).DisposeAsync();
        File.Delete(Path.Combine(_directory, "pgpass"));

        (await RefusedAsync(Usual)).ShouldContain(Path.Combine(_directory, "pgpass"));
    }

    private PrivateServerOptions Usual => new() { DataDirectory = _directory, SocketRoot = _directory, Fsync = false };

    private string Programs => Path.Combine(_directory, "programs");

    private void Install(int major)
    {
        var bin = Directory.CreateDirectory(Path.Combine(Programs, $"{major}", "bin")).FullName;
        File.WriteAllText(Path.Combine(bin, "postgres"), "");
        File.WriteAllText(Path.Combine(bin, "initdb"), "");
    }

    private static async Task<string> RefusedAsync(PrivateServerOptions options) =>
        (await Should.ThrowAsync<PrivateServerException>(() => PrivatePostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System))).Message;
}
