using System.Text;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Grains.Children;
using Cme.Grains.Specs.Hosts;
using Cme.Storage.History;
using Orleans.Storage;
using static Cme.Grains.Specs.Episodes.Signals;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Storage;

/// <summary>What a database must hold for it to move between the runtimes, and what happens to a grain that is overtaken.</summary>
public abstract class StoredStateSpec : GrainSpec
{
    private const string Reference = "episode-0000000001-0";

    private IEpisodeGrain Episode => Grain<IEpisodeGrain>(Reference);

    [Fact]
    public async Task The_payload_is_the_same_JSON_on_both_runtimes_under_the_same_key()
    {
        var child = Grain<IChildGrain>(Keys.Child(Amina));
        await child.Signal(Missing(1, Am("Tue 8 Sep 2026"), Clock.GetUtcNow()));
        var expected = new ChildState().With(new AtSchool { Urn = School, Episodes = await child.Episodes() });

        (await Rows("select service_id, state_name, key, version, convert_from(payload, 'UTF8') from cme.grain_state where state_name = 'child'"))
            .ShouldBe([$"cme child {Keys.Child(Amina)} 1 {Encoding.UTF8.GetString(StateJson.Write(expected))}"]);
    }

    [Fact]
    public async Task An_episode_s_row_holds_its_head_only()
    {
        await Episode.Open(Opening());

        (await Rows("select jsonb_object_keys(convert_from(payload, 'UTF8')::jsonb) from cme.grain_state where key = $1", Reference))
            .ShouldBe(["snapshot", "version", "foldVersion"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_reminder_s_row_carries_the_grain_s_id_and_the_hash_that_Orleans_gives_it()
    {
        await Episode.Open(Opening());

        (await Rows("select service_id, grain_id, name, period_ms, hash from cme.reminder"))
            .ShouldBe([$"cme episode/{Reference} next-look 60000 -1390987772"]);
    }

    [Fact]
    public async Task A_grain_that_somebody_overtook_fails_the_call_writes_nothing_and_reads_again()
    {
        await Episode.Open(Opening());
        await Rows("update cme.grain_state set version = version + 1 where key = $1 returning version", Reference);

        await Should.ThrowAsync<InconsistentStateException>(() => Episode.Record(Call()));
        (await History(Reference)).ShouldBe(["EpisodeOpened"]);

        (await Episode.Record(Call())).Outcome.RefusalCode.ShouldBeNull();
        (await History(Reference)).ShouldBe(["EpisodeOpened", "ActionRecorded"]);
    }

    [Fact]
    public async Task A_grain_deactivated_between_two_calls_goes_on_where_it_was()
    {
        await Episode.Open(Opening());
        await Host.DeactivateAllAsync();
        await Episode.Record(Call());
        await Host.DeactivateAllAsync();
        await Episode.Record(Call());

        (await Rows("select version, type from cme.event where episode = $1 order by version", Reference))
            .ShouldBe(["1 EpisodeOpened", "2 ActionRecorded", "3 ActionRecorded"]);
    }

    private OpenWhereabouts Opening() => new() { Signal = Missing(1, Am("Tue 8 Sep 2026"), Clock.GetUtcNow()) };

    private RecordAction Call() => new()
    {
        Action = "call",
        Outcome = "no-answer",
        At = Clock.GetUtcNow(),
        PerformerName = "Priya Patel",
        PerformerRole = "attendance-officer",
        PerformerOrg = School,
        RecordedBy = "key",
    };
}
