using System.Text.Json;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.Schools;
using Cme.Storage.States;

namespace Cme.Storage.Specs;

/// <summary>States by version, and the rows that an episode's write becomes.</summary>
public abstract class StateSpec : StoreSpec
{
    private const string Reference = "episode-0000000001-t";
    private static readonly CallerScope Council = new(Authority);

    [Fact]
    public async Task A_state_is_written_only_at_the_version_that_was_read()
    {
        (await WriteAsync("child-1", null, 1)).NewVersion.ShouldBe(1);
        (await WriteAsync("child-1", null, 2)).Conflict.ShouldBeTrue("it exists");
        (await WriteAsync("child-1", 7, 2)).Conflict.ShouldBeTrue("that was never its version");
        (await WriteAsync("child-2", 1, 2)).Conflict.ShouldBeTrue("it does not exist");
        (await WriteAsync("child-1", 1, 3)).NewVersion.ShouldBe(2);

        var read = (await Store.Reader.ReadAsync("child", "child-1")).ShouldNotBeNull();
        (read.Version, read.Payload![0]).ShouldBe((2, (byte)3));
        (await Store.Reader.ReadAsync("school", "child-1")).ShouldBeNull();
    }

    [Fact]
    public async Task A_write_that_landed_though_nobody_was_told_is_never_done_twice()
    {
        await WriteEpisodeAsync(null, Opened());
        await WriteEpisodeAsync(1, Next(2, "call-recorded"));        // It lands, and its answer is lost.

        (await WriteEpisodeAsync(1, Next(2, "call-recorded"))).Conflict.ShouldBeTrue();

        (await HistoryAsync()).ShouldBe(["1 episode-opened", "2 call-recorded"]);
    }

    [Fact]
    public async Task A_cleared_state_has_no_payload_and_goes_on_counting()
    {
        await WriteAsync("child-1", null, 1);

        (await Store.Writer.ClearAsync("child", "child-1", 7)).Conflict.ShouldBeTrue();
        (await Store.Writer.ClearAsync("child", "child-1", 1)).NewVersion.ShouldBe(2);

        (await Store.Reader.ReadAsync("child", "child-1")).ShouldBe(new StoredState(2, null));
        (await WriteAsync("child-1", null, 1)).Conflict.ShouldBeTrue();
        (await WriteAsync("child-1", 2, 9)).NewVersion.ShouldBe(3);
    }

    [Fact]
    public async Task An_episodes_write_becomes_history_obligations_and_a_row_and_leaves_the_head_behind()
    {
        await WriteEpisodeAsync(null, Opened() with { Obligations = [Owed("o1"), Owed("o2")] });
        await WriteEpisodeAsync(1, Next(2, "call-recorded", head => head with { Stage = "called", OpenedAt = Morning.AddDays(9) })
            with { Obligations = [Owed("o2", "satisfied"), Owed("o3")] });

        (await HistoryAsync()).ShouldBe(["1 episode-opened", "2 call-recorded"]);
        (await Store.Episodes.ObligationsAsync(Council, Reference)).Select(owed => $"{owed.Obligation.Id} {owed.Obligation.State} {owed.Obligation.NextAt is not null}")
            .Order().ShouldBe(["o1 superseded False", "o2 satisfied False", "o3 open True"]);
        var row = (await Store.Episodes.GetAsync(Council, Reference)).ShouldNotBeNull();
        (row.Stage, row.Version, row.OpenedAt).ShouldBe(("called", 2, Morning));
        var kept = StateJson.Read<EpisodeWrite>((await Store.Reader.ReadAsync("episode", Reference))!.Payload);
        (kept.Snapshot, kept.Version, kept.Pending.Length, kept.Obligations.Length, kept.Head).ShouldBe(("{}", 2L, 0, 0, null));
    }

    [Fact]
    public async Task A_conflict_or_a_refusal_writes_nothing_at_all()
    {
        await WriteEpisodeAsync(null, Opened());

        (await WriteEpisodeAsync(5, Next(2, "lost", head => head with { Stage = "lost" }))).Conflict.ShouldBeTrue();
        await Should.ThrowAsync<Exception>(() => WriteEpisodeAsync(1, Next(1, "again")));
        await Should.ThrowAsync<Exception>(() => WriteEpisodeAsync(1, Next(2, "moved", head => head with { Urn = OtherSchool })));

        (await HistoryAsync()).ShouldBe(["1 episode-opened"]);
        (await Store.Episodes.GetAsync(Council, Reference))!.Stage.ShouldBe("enquiring");
        (await Store.Reader.ReadAsync("episode", Reference))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Everything_committed_is_numbered_once_and_in_order()
    {
        await WriteEpisodeAsync(null, Opened());
        await Store.PublishAsync();
        await WriteEpisodeAsync(1, Next(2, "call-recorded"));
        await WriteEpisodeAsync(2, Next(3, "visited"));
        await Store.PublishAsync();
        await Store.PublishAsync();

        var feed = await Store.Episodes.FeedAsync(Council, 0, 10);
        feed.Entries.Select(entry => $"{entry.Number} {entry.Type} {entry.Version}").ShouldBe(["1 episode-opened 1", "2 call-recorded 2", "3 visited 3"]);
        feed.Next.ShouldBe(3);
        (await Store.Episodes.FeedAsync(Council, 0, 2)).Next.ShouldBe(2);
        (await Store.Episodes.FeedAsync(new CallerScope(Authority, OtherSchool), 0, 10)).Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scope_sees_its_own_episodes_and_nothing_else()
    {
        await WriteEpisodeAsync(null, Opened());

        foreach (var (scope, sees) in new[]
        {
            (Council, true), (new CallerScope(Authority, School), true), (new CallerScope(Authority, OtherSchool), false), (new CallerScope("998"), false),
        })
        {
            (await Store.Episodes.GetAsync(scope, Reference) is not null).ShouldBe(sees);
            (await Store.Episodes.EventsAsync(scope, Reference)).Length.ShouldBe(sees ? 1 : 0);
            (await Store.Episodes.ListAsync(new EpisodeFilter { Scope = scope }, 10, null)).Rows.Length.ShouldBe(sees ? 1 : 0);
        }
        (await Store.Episodes.OpenOfSchoolAsync(Authority, School)).ShouldHaveSingleItem().Reference.ShouldBe(Reference);
        (await Store.Episodes.OpenOfSchoolAsync(Authority, OtherSchool)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_missing_from_another_school_is_known_at_every_school_that_knows_the_child()
    {
        var child = (await ListAsync(School)).ChildId;
        (await ListAsync(OtherSchool)).ChildId.ShouldBe(child);
        string[] known = ["somebody-else", child];
        await WriteEpisodeAsync(null, Next(1, "episode-opened", head => head with { ChildId = child }));

        (await Store.Episodes.MissingElsewhereAsync(Authority, OtherSchool, known)).ShouldBe([child]);
        (await Store.Episodes.MissingElsewhereAsync(Authority, School, known)).ShouldBeEmpty("it is its own case");
        (await Store.Episodes.MissingElsewhereAsync("998", OtherSchool, known)).ShouldBeEmpty();
        (await Store.Episodes.MissingElsewhereAsync(Authority, OtherSchool, ["somebody-else"])).ShouldBeEmpty("it asked of others");

        await WriteEpisodeAsync(1, Next(2, "episode-closed", head => head with { ChildId = child, Status = "closed" }));
        (await Store.Episodes.MissingElsewhereAsync(Authority, OtherSchool, known)).ShouldBeEmpty();
    }

    private async Task<PupilStored> ListAsync(string urn) => (await Store.Schools.ChangeRollAsync(Authority, urn, false,
        [new() { SchoolPupilId = "p1", Upn = "A123", Forename = "Amina", Surname = "Yusuf", DateOfBirth = new(2016, 5, 4), Sex = "F", YearGroup = "5", EntryDate = new(2021, 9, 1) }],
        [])).Pupils[0];

    private static EpisodeWrite Opened() => Next(1, "episode-opened");

    private static EpisodeWrite Next(long version, string type, Func<EpisodeHead, EpisodeHead>? change = null)
    {
        var head = new EpisodeHead
        {
            Authority = Authority, Urn = School, ChildId = "child1", Kind = "whereabouts", Status = "open", Stage = "enquiring", FirstDayMissing = Tuesday,
            OpenedAt = Morning, Pack = "northamptonshire", PackVersion = 1, LastCode = "N", UpdatedAt = Morning.AddMinutes(version),
        };
        return new EpisodeWrite
        {
            Snapshot = "{}", Version = version, FoldVersion = 1, Obligations = [Owed("o1")], Head = change?.Invoke(head) ?? head,
            Pending = [new StoredEvent { Type = type, Version = version, HappenedAt = Morning, KnownAt = Morning, Actor = "product", Data = JsonElement.Parse("{}") }],
        };
    }

    private static ObligationRecord Owed(string id, string state = "open") => new()
    {
        Id = id, Step = "first-call", Clause = "product", Role = "dsl", Org = School, DueAt = Morning, AlertAt = Morning, ActBy = Morning,
        State = state, NextAt = state == "open" ? Morning : null, PackVersion = 1, CalendarVersion = 1, EngineVersion = 1,
    };

    private Task<StateWritten> WriteAsync(string key, int? expected, byte payload) =>
        Store.Writer.WriteAsync(new StateWrite("child", key, expected, [payload]));

    private Task<StateWritten> WriteEpisodeAsync(int? expected, EpisodeWrite write) =>
        Store.Writer.WriteAsync(StateWrite.Of(Reference, expected, write));

    private async Task<IEnumerable<string>> HistoryAsync() =>
        (await Store.Episodes.HistoryAsync(Reference)).Select(row => $"{row.Version} {row.Type}");
}
