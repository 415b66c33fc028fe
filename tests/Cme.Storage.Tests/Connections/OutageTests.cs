using Cme.Storage.Batching;
using Cme.Storage.Connections;
using Cme.Storage.Migrations;
using Cme.Storage.Sequencer;
using Cme.Storage.States;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Connections;

/// <summary>What callers see while PostgreSQL is away, and that everything goes on when it is back. The server is real and really stopped.</summary>
public sealed class OutageTests
{
    private readonly CancellationToken _patience = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    [Fact]
    public async Task While_PostgreSQL_is_away_callers_are_refused_and_afterwards_everything_goes_on()
    {
        await using var server = await TestServer.StartAsync();
        await using var source = DataSources.Create(server.ConnectionString);
        await new MigrationRunner(source, NullLogger.Instance).RunAsync(_patience);
        var (signal, told) = (new SequencerSignal(), new Announcements());
        await using var database = new StorageDatabase(source, new StorageHealth(TimeProvider.System), TimeProvider.System);
        await using var states = new StateWriter(database, signal, new GroupCommitOptions());
        using var sequencer = new SequencerService(
            database, signal, told, new SequencerOptions(), TimeProvider.System, NullLogger<SequencerService>.Instance);
        await sequencer.StartAsync(_patience);
        await states.WriteEpisodeAsync(Reference(1), null, Opened());

        await server.StopServerAsync(_patience);

        // A write may meet the connection that just broke, and then nobody could know; after that there is nothing to connect to.
        await Should.ThrowAsync<Exception>(() => states.WriteEpisodeAsync(Reference(2), null, Opened("child2")));
        await Should.ThrowAsync<StorageUnavailableException>(() => states.ReadAsync("episode", Reference(1), _patience));
        await Should.ThrowAsync<StorageUnavailableException>(() => states.WriteEpisodeAsync(Reference(3), null, Opened("child3")));
        database.Health.Away.ShouldBeTrue();

        await server.StartServerAgainAsync(_patience);
        await UntilBackAsync(states);
        await states.WriteEpisodeAsync(Reference(4), null, Opened("child4"));
        await sequencer.WhenQuietAsync(_patience);

        database.Health.Away.ShouldBeFalse();
        told.Told.Max(one => one.Number).ShouldBeGreaterThanOrEqualTo(2);
        await sequencer.StopAsync(_patience);
    }

    [Fact]
    public async Task A_connection_lost_during_a_commit_says_that_nobody_knows()
    {
        await using var store = await Store.CreateAsync();
        await store.States.WriteEpisodeAsync(Reference(1), null, Opened());
        // The write waits for this row, and is cut off while it waits.
        await using var other = new Npgsql.NpgsqlConnection(store.ConnectionString);
        await other.OpenAsync(_patience);
        await using var transaction = await other.BeginTransactionAsync(_patience);
        await ExecuteAsync(other, "select 1 from cme.grain_state for update");
        var write = store.States.WriteEpisodeAsync(Reference(1), 1, Opened().Then("call-recorded"));
        const string cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
        while (await store.ScalarAsync<long>(cut) == 0)
        {
            _patience.ThrowIfCancellationRequested();
        }

        await Should.ThrowAsync<CommitUnknownException>(() => write);

        await transaction.CommitAsync(_patience);
        (await store.States.WriteEpisodeAsync(Reference(1), 1, Opened().Then("call-recorded"))).NewVersion.ShouldBe(2);
    }

    [Fact]
    public async Task A_reader_does_not_notice_that_its_connection_had_gone_stale()
    {
        await using var store = await Store.CreateAsync();
        await store.States.WriteAsync(new StateWrite("child", "child-1", null, [1]), _patience);
        await store.States.ReadAsync("child", "child-1", _patience);

        await store.ScalarAsync<long>(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()");

        (await store.States.ReadAsync("child", "child-1", _patience)).ShouldNotBeNull();
    }

    private async Task UntilBackAsync(StateWriter states)
    {
        while (true)
        {
            try
            {
                await states.ReadAsync("episode", Reference(1), _patience);
                return;
            }
            catch (StorageUnavailableException)
            {
                _patience.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    private static async Task ExecuteAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The text is the test's own.
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
