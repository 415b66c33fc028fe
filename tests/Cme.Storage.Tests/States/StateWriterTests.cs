using Cme.Storage.Batching;
using Cme.Storage.History;
using Cme.Storage.States;
using Npgsql;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.States;

public sealed class StateWriterTests : IAsyncLifetime
{
    private Store _store = null!;

    public async Task InitializeAsync() => _store = await Store.CreateAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_state_is_read_as_it_was_written_and_counts_its_versions()
    {
        (await _store.States.WriteAsync(new StateWrite("child", "child-1", null, [1, 2, 3]))).NewVersion.ShouldBe(1);
        (await _store.States.WriteAsync(new StateWrite("child", "child-1", 1, [4]))).NewVersion.ShouldBe(2);

        var stored = await _store.States.ReadAsync("child", "child-1");

        stored.ShouldNotBeNull().Version.ShouldBe(2);
        stored.Payload.ShouldBe([4]);
        (await _store.States.ReadAsync("school", "child-1")).ShouldBeNull();
    }

    [Fact]
    public async Task A_cleared_state_keeps_counting_its_versions()
    {
        await _store.States.WriteAsync(new StateWrite("child", "child-1", null, [1]));

        (await _store.States.ClearAsync("child", "child-1", 7)).Conflict.ShouldBeTrue();
        (await _store.States.ClearAsync("child", "child-1", 1)).NewVersion.ShouldBe(2);

        (await _store.States.ReadAsync("child", "child-1")).ShouldBe(new StoredState(2, null));
        (await _store.States.WriteAsync(new StateWrite("child", "child-1", 2, [9]))).NewVersion.ShouldBe(3);
    }

    [Fact]
    public async Task What_an_episode_brings_becomes_rows_exactly_once_and_the_rest_is_stored()
    {
        var opened = Opened();
        await _store.States.WriteEpisodeAsync("episode-1-t", null, opened);
        await _store.States.WriteEpisodeAsync("episode-1-t", 1, opened.Then("call-recorded"));

        (await _store.ScalarAsync<string>("select string_agg(version || ' ' || type, ', ' order by version) from cme.event"))
            .ShouldBe("1 episode-opened, 2 call-recorded");
        (await _store.ScalarAsync<long>("select count(*) from cme.unpublished")).ShouldBe(2);
        (await _store.ScalarAsync<string>("select authority || urn || child_id || status || version from cme.episode")).ShouldBe("999900001child1open2");
        (await _store.ScalarAsync<bool>("select bool_and(commitment = cme.commitment(salt, data)) and count(distinct salt) = 2 from cme.event")).ShouldBeTrue();
        var stored = (await _store.States.ReadAsync("episode", "episode-1-t"))!;
        var head = StateJson.Read<EpisodeWrite>(stored.Payload);
        head.Snapshot.ShouldBe(opened.Snapshot);
        head.Version.ShouldBe(2);
        head.Pending.ShouldBeEmpty();
        head.Obligations.ShouldBeEmpty();
        head.Head.ShouldBeNull();
    }

    [Fact]
    public async Task An_obligation_that_is_no_longer_listed_is_superseded()
    {
        var opened = Opened() with { Obligations = [Owed("o1"), Owed("o2")] };
        await _store.States.WriteEpisodeAsync("episode-1-t", null, opened);
        await _store.States.WriteEpisodeAsync("episode-2-t", null, opened);

        await _store.States.WriteEpisodeAsync(
            "episode-1-t", 1, opened.Then("call-recorded") with { Obligations = [Owed("o2", "satisfied"), Owed("o3")] });

        (await _store.ScalarAsync<string>("select string_agg(id || ' ' || state, ', ' order by id) from cme.obligation where episode = 'episode-1-t'"))
            .ShouldBe("o1 superseded, o2 satisfied, o3 open");
        (await _store.ScalarAsync<long>("select count(*) from cme.obligation where episode = 'episode-2-t' and state = 'open'")).ShouldBe(2);
        (await _store.ScalarAsync<long>("select count(*) from cme.obligation where state <> 'open' and next_at is not null")).ShouldBe(0);
    }

    [Fact]
    public async Task A_conflict_writes_nothing_at_all()
    {
        var opened = Opened();
        await _store.States.WriteEpisodeAsync("episode-1-t", null, opened);

        (await _store.States.WriteEpisodeAsync("episode-1-t", 5, opened.Then("call-recorded", head => head with { Stage = "lost" }))).Conflict.ShouldBeTrue();
        (await _store.States.WriteEpisodeAsync("episode-1-t", null, opened.Then("call-recorded"))).Conflict.ShouldBeTrue();

        (await _store.ScalarAsync<long>("select count(*) from cme.event")).ShouldBe(1);
        (await _store.ScalarAsync<long>("select count(*) from cme.unpublished")).ShouldBe(1);
        (await _store.ScalarAsync<string>("select stage from cme.episode")).ShouldBe("first-day");
        (await _store.States.ReadAsync("episode", "episode-1-t"))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_first_writes_at_once_one_wins()
    {
        // Writers of their own, as on two machines: within one, writes of a key wait for each other.
        var writers = Enumerable.Range(0, 8).Select(_ => new StateWriter(_store.Database, _store.Pokes, new GroupCommitOptions())).ToList();

        var answers = await Task.WhenAll(writers.Select(one => one.WriteEpisodeAsync("episode-1-t", null, Opened())));

        answers.Count(one => one.NewVersion == 1).ShouldBe(1);
        answers.Count(one => one.Conflict).ShouldBe(7);
        (await _store.ScalarAsync<long>("select count(*) from cme.event")).ShouldBe(1);
        foreach (var writer in writers)
        {
            await writer.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_conflict_in_a_batch_leaves_the_others_alone()
    {
        await _store.States.WriteAsync(new StateWrite("child", "child-50", null, [1]));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(i => _store.States.WriteAsync(new StateWrite("child", $"child-{i}", null, [2]))));

        answers.Select((one, i) => (one.Conflict, i)).Where(one => one.Conflict).ShouldBe([(true, 50)]);
        (await _store.ScalarAsync<long>("select count(*) from cme.grain_state where payload = '\\x02'")).ShouldBe(99);
    }

    [Fact]
    public async Task A_write_that_cannot_be_stored_fails_alone()
    {
        // PostgreSQL's text holds no NUL character, so this head can never be stored.
        var poisoned = Opened().Then("poisoned", head => head with { Stage = "bad \0 character" });

        var writes = Enumerable.Range(0, 60)
            .Select(i => _store.States.WriteEpisodeAsync(Reference(i), null, i == 33 ? poisoned : Opened($"child{i}"))).ToList();

        (await Should.ThrowAsync<PostgresException>(() => writes[33])).SqlState.ShouldBe("22021");
        (await Task.WhenAll(writes.Where((_, i) => i != 33))).ShouldAllBe(one => one.NewVersion == 1);
        (await _store.ScalarAsync<long>("select count(*) from cme.episode")).ShouldBe(59);
        (await _store.ScalarAsync<long>("select count(*) from cme.event")).ShouldBe(59);
    }

    [Fact]
    public async Task An_episode_that_takes_an_event_number_again_is_refused_whole()
    {
        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());

        await Should.ThrowAsync<PostgresException>(() => _store.States.WriteEpisodeAsync("episode-1-t", 1, Opened()));

        (await _store.States.ReadAsync("episode", "episode-1-t"))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task An_episode_stays_with_its_child_and_its_school()
    {
        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());

        var moved = Opened().Then("moved", head => head with { Urn = "900002" });

        (await Should.ThrowAsync<PostgresException>(() => _store.States.WriteEpisodeAsync("episode-1-t", 1, moved)))
            .MessageText.ShouldContain("open another episode");
    }

    [Fact]
    public async Task Writes_of_one_row_keep_their_order_and_never_share_a_batch()
    {
        var writes = Enumerable.Range(0, 50)
            .Select(i => _store.States.WriteAsync(new StateWrite("child", "child-1", i == 0 ? null : i, [(byte)i]))).ToList();

        (await Task.WhenAll(writes)).Select(one => one.NewVersion).ShouldBe(Enumerable.Range(1, 50).Select(i => (int?)i));
    }

    [Fact]
    public async Task Only_a_commit_that_holds_episodes_wakes_the_sequencer()
    {
        await _store.States.WriteAsync(new StateWrite("child", "child-1", null, [1]));
        _store.Pokes.Count.ShouldBe(0);

        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());
        _store.Pokes.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("update cme.event set actor = 'someone else'")]
    [InlineData("delete from cme.event")]
    [InlineData("truncate cme.event")]
    public async Task A_recorded_event_is_never_changed(string change)
    {
        await _store.States.WriteEpisodeAsync("episode-1-t", null, Opened());

        (await Should.ThrowAsync<PostgresException>(() => _store.ExecuteAsync(change))).MessageText.ShouldContain("append-only");
    }
}
