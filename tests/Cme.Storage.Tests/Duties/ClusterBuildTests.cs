using Cme.Storage.Duties;
using Cme.Storage.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Storage.Tests.Duties;

/// <summary>One build of the silos serves a database at a time, and nobody changes its tables meanwhile (ADR 0341).</summary>
public sealed class ClusterBuildTests : IAsyncLifetime
{
    private const string Silo =
        """
        insert into cme.membership_version (deployment_id) values ('cme') on conflict do nothing;
        insert into cme.membership (deployment_id, address, port, generation, silo_name, host_name, status, start_time, i_am_alive_time)
        """;

    private Store _store = null!;
    private ClusterBuild _build = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        _build = new ClusterBuild(_store.Database);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Silos_of_one_build_join_and_those_of_another_wait_until_none_lives()
    {
        (await _build.CurrentAsync()).ShouldBeNull();
        (await _build.EnterAsync("today")).ShouldBeTrue();
        await _store.ExecuteAsync($"{Silo} values ('cme', '127.0.0.1', 1, 1, 'silo-1', 'here', 3, now(), now())");

        (await _build.EnterAsync("today")).ShouldBeTrue();
        (await _build.EnterAsync("tomorrow")).ShouldBeFalse();
        (await _build.CurrentAsync()).ShouldBe("today");

        await _store.ExecuteAsync("update cme.membership set i_am_alive_time = now() - interval '91 seconds'");
        (await _build.EnterAsync("tomorrow")).ShouldBeTrue();
        (await _build.CurrentAsync()).ShouldBe("tomorrow");
    }

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(3, 91, false)]
    [InlineData(6, 0, false)]                                        // Dead: it left, or was declared so.
    public async Task Tables_are_not_changed_under_silos_that_work_on_them(int status, int silentSeconds, bool refused)
    {
        await _store.ExecuteAsync(
            $"{Silo} values ('cme', '127.0.0.1', 1, 1, 'silo-1', 'here', {status}, now(), now() - interval '{silentSeconds} seconds')");
        await IsRefusedAsync(refused, "silos (silo-1)");
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(-1, false)]
    public async Task Tables_are_not_changed_under_web_nodes_that_work_on_them(int heldForSeconds, bool refused)
    {
        await _store.ExecuteAsync($"insert into cme.duty values ('background', gen_random_uuid(), now() + interval '{heldForSeconds} seconds')");
        await IsRefusedAsync(refused, "web nodes");
    }

    private async Task IsRefusedAsync(bool refused, string who)
    {
        await using var owner = NpgsqlDataSource.Create(_store.ConnectionString);
        var runner = new MigrationRunner(owner, NullLogger.Instance);
        (await runner.RunAsync()).ShouldBe(0, "a process of the same version may start beside them");
        IReadOnlyList<Migration> later = [.. Migration.OfThisProgram, new(9999, "of_tomorrow", "create table cme.tomorrow (a int)")];
        if (refused)
        {
            (await Should.ThrowAsync<MigrationException>(() => runner.RunAsync(later))).Message
                .ShouldStartWith($"The database needs 9999_of_tomorrow.sql, but {who} of another version still work on it. Stop them first");
        }
        else
        {
            (await runner.RunAsync(later)).ShouldBe(1);
        }
    }
}
