using Cme.Storage.Sequencer;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Sequencer;

public sealed class SequencerTests : IAsyncLifetime
{
    private readonly CancellationToken _patience = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private Store _store = null!;

    public async Task InitializeAsync() => _store = await Store.CreateAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task What_is_committed_is_numbered_in_the_order_of_each_episode_and_announced()
    {
        var (signal, told) = (new SequencerSignal(), new Announcements());
        using var sequencer = _store.Sequencer(signal, told);
        await sequencer.StartAsync(_patience);

        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());
        await _store.States.WriteEpisodeAsync("episode-1-t", 1, Opened().Then("call-recorded"));
        await _store.States.WriteEpisodeAsync("episode-2-t", null, Opened("child2", "900002"));
        await sequencer.WhenQuietAsync(_patience);

        (await _store.ScalarAsync<string>("select string_agg(number || ' ' || episode || ' ' || version, ', ' order by number) from cme.feed"))
            .ShouldBe("1 episode-1-t 1, 2 episode-1-t 2, 3 episode-2-t 1");
        told.Told.Max(one => one.Number).ShouldBe(3);
        told.Told.SelectMany(one => one.Urns).Distinct().Order().ShouldBe(["900001", "900002"]);
        told.Told.ShouldAllBe(one => one.Authority == Authority && one.Epoch.Length == 32);
        await sequencer.StopAsync(_patience);
    }

    [Fact]
    public async Task Two_sequencers_at_once_leave_no_gap_and_number_nothing_twice()
    {
        var listeners = new[] { new Announcements(), new Announcements() };
        var signals = new[] { new SequencerSignal(), new SequencerSignal() };
        // Small rounds, so that the two meet often.
        var sequencers = listeners.Zip(signals, (told, signal) =>
            _store.Sequencer(signal, told, new SequencerOptions { Limit = 7, Spacing = TimeSpan.Zero, Rest = TimeSpan.FromMilliseconds(10) })).ToList();
        sequencers.ForEach(one => one.StartAsync(_patience));

        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var write = Opened($"child{i}", $"9000{i % 5:00}");
            await _store.States.WriteEpisodeAsync(Reference(i), null, write);
            for (var version = 1; version < 5; version++)
            {
                write = write.Then($"event-{version + 1}");
                await _store.States.WriteEpisodeAsync(Reference(i), version, write);
                signals[i % 2].Poke();
            }
        }));
        await Task.WhenAll(sequencers.Select(one => one.WhenQuietAsync(_patience)));

        (await _store.ScalarAsync<string>("select count(*) || ' ' || min(number) || ' ' || max(number) || ' ' || count(distinct (episode, version)) from cme.feed"))
            .ShouldBe("300 1 300 300");
        (await _store.ScalarAsync<bool>(
            "select bool_and(version = nth) from (select version, row_number() over (partition by episode order by number) as nth from cme.feed) f")).ShouldBeTrue();
        (await _store.ScalarAsync<long>("select count(*) from cme.unpublished")).ShouldBe(0);
        (await _store.ScalarAsync<long>($"select count(*) from cme.verify_chain('{Authority}')")).ShouldBe(0);
        listeners.SelectMany(one => one.Told).Max(one => one.Number).ShouldBe(300);
        foreach (var sequencer in sequencers)
        {
            await sequencer.StopAsync(_patience);
            sequencer.Dispose();
        }
    }

    [Fact]
    public async Task A_sequencer_that_finds_another_at_work_takes_nothing()
    {
        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());
        await _store.PublishAsync();
        await _store.States.WriteEpisodeAsync("episode-2-t", null, Opened("child2"));

        await using var other = new Npgsql.NpgsqlConnection(_store.ConnectionString);
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var take = new Npgsql.NpgsqlCommand($"select * from cme.publish('{Authority}', 10)", other))
        {
            await take.ExecuteNonQueryAsync();
        }
        (await _store.ScalarAsync<long>($"select count(*) from cme.publish('{Authority}', 10)")).ShouldBe(0);
        await transaction.CommitAsync();

        (await _store.ScalarAsync<long>("select count(*) from cme.feed")).ShouldBe(2);
    }

    [Fact]
    public async Task A_head_that_changed_without_an_event_moves_its_board_and_not_the_feed()
    {
        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());
        await _store.PublishAsync();

        var looked = Opened() with { Pending = [], Head = Opened().Head! with { Level = 3 } };
        (await _store.States.WriteEpisodeAsync("episode-1-t", 1, looked)).NewVersion.ShouldBe(2);
        await _store.PublishAsync();

        (await _store.ScalarAsync<string>("select number || ' ' || desk from cme.board_row")).ShouldBe("2 true");
        (await _store.ScalarAsync<long>("select count(*) from cme.feed")).ShouldBe(1);
        (await _store.ScalarAsync<long>($"select count(*) from cme.verify_chain('{Authority}')")).ShouldBe(0);
    }

    [Fact]
    public async Task A_listener_that_fails_or_dawdles_stops_neither_the_numbers_nor_the_next_announcement()
    {
        var (signal, told) = (new SequencerSignal(), new Announcements());
        var hold = new TaskCompletionSource();
        told.Then = one => one.Number == 1 ? hold.Task : Task.CompletedTask;
        using var sequencer = _store.Sequencer(signal, told);
        await sequencer.StartAsync(_patience);

        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());
        signal.Poke();
        await Eventually(() => Task.FromResult(told.Told.Count == 1));
        await _store.States.WriteEpisodeAsync("episode-2-t", null, Opened("child2"));
        signal.Poke();
        await Eventually(async () => await _store.ScalarAsync<long>("select count(*) from cme.feed") == 2);
        hold.SetException(new InvalidOperationException("the board was not at home"));
        await sequencer.WhenQuietAsync(_patience);

        told.Told.Select(one => one.Number).ShouldBe([1, 2]);
        await sequencer.StopAsync(_patience);
    }

    [Theory]
    [InlineData("cme.event", "update cme.event set data = '{\"note\": \"never called\"}' where version = 2", "2 content-changed")]
    [InlineData("cme.event", "update cme.event set actor = 'someone else' where version = 2", "2 link-broken")]
    [InlineData("cme.event", "update cme.event set known_at = known_at - interval '1 hour' where version = 3", "3 link-broken")]
    [InlineData("cme.event", "delete from cme.event where version = 2", "2 event-missing")]
    [InlineData("cme.feed", "delete from cme.feed where number = 2", "3 link-broken")]
    [InlineData("cme.feed", "delete from cme.feed where number = 3", "3 end-cut-off")]
    [InlineData("cme.feed", "update cme.feed set at = at - interval '1 day' where number = 1", "1 link-broken")]
    public async Task The_chain_names_the_place_where_a_record_was_tampered_with(string table, string tampering, string found)
    {
        var write = Opened();
        await _store.States.WriteEpisodeAsync("episode-1-t", null, write);
        await _store.States.WriteEpisodeAsync("episode-1-t", 1, write = write.Then("call-recorded"));
        await _store.States.WriteEpisodeAsync("episode-1-t", 2, write.Then("call-recorded"));
        await _store.PublishAsync();
        (await _store.ScalarAsync<long>($"select count(*) from cme.verify_chain('{Authority}')")).ShouldBe(0);

        // Whoever owns the tables can lift the trigger; the chain is what still tells.
        await _store.ExecuteAsync($"alter table {table} disable trigger append_only; {tampering}");

        (await _store.ScalarAsync<string>($"select number || ' ' || fault from cme.verify_chain('{Authority}') order by number limit 1")).ShouldBe(found);
    }

    [Theory]
    [InlineData("update cme.feed set type = 'other'")]
    [InlineData("delete from cme.feed")]
    public async Task A_number_once_given_is_never_changed(string change)
    {
        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());
        await _store.PublishAsync();

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => _store.ExecuteAsync(change))).MessageText.ShouldContain("append-only");
    }

    // Asks until it is so; each question is a round trip, so nothing spins and nothing sleeps.
    private async Task Eventually(Func<Task<bool>> so)
    {
        while (!await so())
        {
            _patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
