using System.Net;
using Cme.Contracts;
using Cme.Grains.Children;
using Cme.Grains.ClusterTests.Grains;
using Cme.Grains.Specs.Hosts;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Cme.Grains.ClusterTests.Storage;

/// <summary>
/// What Orleans itself relies on, asked of its own providers over our SQL: states under their versions, reminders by ranges of
/// hashes, members under the table's version.
/// </summary>
public sealed class OrleansTablesSpecs : GrainSpec
{
    private const int AtOnce = 24;

    private IGrainStorage States => Host.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    private IReminderTable Reminders => Host.Services.GetRequiredService<IReminderTable>();

    private IMembershipTable Members => Host.Services.GetRequiredService<IMembershipTable>();

    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock, ofCluster: true);

    [Fact]
    public async Task Of_first_writes_at_the_same_instant_one_wins_and_the_others_are_told()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => Wrote(Child("child-1"), new GrainState<ChildState>(new())))));

        won.Count(one => one).ShouldBe(1);
        (await Rows("select version from cme.grain_state where key = 'child-1'")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Of_writes_from_one_version_at_the_same_instant_one_wins_and_the_others_are_told()
    {
        await Write(Child("child-1"), new(new()));
        var read = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Read(Child("child-1"))));

        var won = await Task.WhenAll(read.Select(state => Task.Run(() => Wrote(Child("child-1"), state))));

        won.Count(one => one).ShouldBe(1);
        (await Read(Child("child-1"))).ETag.ShouldBe("2");
    }

    [Fact]
    public async Task A_state_that_is_cleared_is_no_record_and_is_created_again_but_never_from_before()
    {
        var kept = new GrainState<ChildState>(new());
        await Write(Child("child-1"), kept);
        var before = await Read(Child("child-1"));
        await States.ClearStateAsync("child", Child("child-1"), kept);

        (await Wrote(Child("child-1"), before)).ShouldBeFalse("it was read before it was cleared");
        var cleared = await Read(Child("child-1"));
        cleared.RecordExists.ShouldBeFalse();
        (await Wrote(Child("child-1"), cleared)).ShouldBeTrue();
        (await Read(Child("child-1"))).RecordExists.ShouldBeTrue();
        (await Wrote(Child("child-1"), before)).ShouldBeFalse("the version of before never comes back");
    }

    [Fact]
    public async Task Keys_that_differ_by_case_or_by_a_leading_zero_only_are_grains_of_their_own()
    {
        string[] keys =
        [
            Keys.Child("20235"), Keys.Child("020235"), Keys.Child("a"), Keys.Child("A"), Keys.Child("0a"), Keys.School("999", "1"), Keys.School("999", "01"),
            Keys.School("0999", "1"), Keys.School("999", "local:b"), Keys.School("999", "local:B"), Keys.Desk("999"), Keys.Desk("0999"), Keys.Lead("999"),
        ];
        foreach (var key in keys)
        {
            (await Wrote(Child(key), new(new()))).ShouldBeTrue(key);
        }
        (await Rows("select count(*) from cme.grain_state where state_name = 'child'")).ShouldBe([$"{keys.Length}"]);
    }

    [Fact]
    public async Task Every_range_of_hashes_and_every_one_that_wraps_around_holds_just_its_reminders()
    {
        var grains = Enumerable.Range(0, 60).Select(at => GrainId.Create("episode", $"episode-{at:0000000000}-0")).ToArray();
        await Task.WhenAll(grains.Select(Remind));
        // Each hash is a border: where a range begins it is outside, where it ends it is inside, wherever the sign turns.
        uint[] borders = [0, 1, int.MaxValue, 0x8000_0000, 0x8000_0001, uint.MaxValue, .. grains.Take(8).Select(grain => grain.GetUniformHashCode())];

        foreach (var (begin, end) in borders.SelectMany(begin => borders.Select(end => (begin, end))))
        {
            var expected = grains.Where(grain => IsWithin(grain.GetUniformHashCode(), begin, end));
            (await Reminders.ReadRows(begin, end)).Reminders.Select(one => one.GrainId).ShouldBe(expected, ignoreOrder: true, $"({begin}, {end}]");
        }
    }

    [Fact]
    public async Task A_reminder_is_removed_only_as_it_was_read()
    {
        var grain = GrainId.Create("episode", "episode-0000000001-0");
        var first = await Remind(grain);
        var second = await Remind(grain);

        (await Reminders.RemoveRow(grain, "look", first!)).ShouldBeFalse("it was moved since");
        (await Reminders.ReadRow(grain, "look"))!.ETag.ShouldBe(second);
        (await Reminders.RemoveRow(grain, "look", second!)).ShouldBeTrue();
        (await Reminders.ReadRows(grain)).Reminders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_silos_that_join_on_one_view_of_the_table_one_is_let_in()
    {
        var seen = await Members.ReadAllAsync(default);

        var joined = await Task.WhenAll(Enumerable.Range(1, AtOnce).Select(at => Task.Run(() => Members.InsertRowAsync(Gone(at), seen.Version.Next(), default))));

        joined.Count(one => one).ShouldBe(1);
        (await Members.ReadAllAsync(default)).Version.Version.ShouldBeGreaterThan(seen.Version.Version);
    }

    /// <summary>Whether Orleans means a hash by a range: beyond its begin, up to its end, around the end of the circle; all of it from a border to itself.</summary>
    private static bool IsWithin(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static GrainId Child(string key) => GrainId.Create("child", key);

    private Task<string?> Remind(GrainId grain) => Reminders.UpsertRow(new ReminderEntry
    {
        GrainId = grain, ReminderName = "look", StartAt = Clock.GetUtcNow().UtcDateTime.AddDays(400), Period = TimeSpan.FromMinutes(1),
    });

    /// <summary>A member that the living silos have nothing to ask of.</summary>
    private static MembershipEntry Gone(int at) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 50_000 + at), at), SiloName = $"gone-{at}", HostName = "nowhere", Status = SiloStatus.Dead,
        ProxyPort = 0, StartTime = DateTime.UnixEpoch, IAmAliveTime = DateTime.UnixEpoch,
    };

    private Task Write(GrainId child, GrainState<ChildState> state) => States.WriteStateAsync("child", child, state);

    private async Task<bool> Wrote(GrainId child, GrainState<ChildState> state)
    {
        try
        {
            await Write(child, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private async Task<GrainState<ChildState>> Read(GrainId child)
    {
        var state = new GrainState<ChildState>(new());
        await States.ReadStateAsync("child", child, state);
        return state;
    }
}
