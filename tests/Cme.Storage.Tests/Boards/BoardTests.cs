using Cme.Storage.Boards;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.Schools;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Boards;

public sealed class BoardTests : IAsyncLifetime
{
    private static readonly BoardScope Desk = BoardScope.Desk(Authority);
    private static readonly BoardScope Lead = BoardScope.Lead(Authority);
    private static readonly BoardScope School = BoardScope.School(Authority, "900001");

    private Store _store = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        await _store.PutSchoolAsync();
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task An_empty_board_has_an_epoch_and_number_0()
    {
        var read = await _store.Boards.SnapshotAsync(Desk);

        read.Epoch.Length.ShouldBe(32);
        (read.To, read.Rows.Length).ShouldBe((0, 0));
        (await _store.Boards.SnapshotAsync(BoardScope.Desk("998"))).Epoch.ShouldBe("");
    }

    [Fact]
    public async Task A_row_shows_the_head_with_the_names_of_pupil_and_school()
    {
        var roll = await _store.Schools.ChangeRollAsync(Authority, "900001", true, [new PupilRecord
        {
            SchoolPupilId = "p1", Forename = "Amina", Surname = "Yusuf", DateOfBirth = new DateOnly(2016, 5, 4), Sex = "F", YearGroup = "5",
            EntryDate = new DateOnly(2021, 9, 1),
        }], []);
        var opened = Opened(roll.Pupils[0].ChildId);
        await _store.States.WriteEpisodeAsync("episode-1-t", null, opened);
        await _store.PublishAsync();

        var row = (await _store.Boards.SnapshotAsync(School)).Rows.ShouldHaveSingleItem();

        (row.Reference, row.Forename, row.Surname, row.YearGroup, row.SchoolPupilId, row.SchoolName, row.Number, row.Version)
            .ShouldBe(("episode-1-t", "Amina", "Yusuf", "5", "p1", "Nene Primary", 1, 1));
        (row.OpenedAt, row.FirstDayMissing, row.LastCode, row.NextAt).ShouldBe((Tuesday, new DateOnly(2026, 9, 8), "N", opened.Head!.NextAt));
        row.NextObligation.ShouldBe("""{"id": "o1", "step": "first-call"}""");
    }

    [Theory]
    [InlineData(false, 0, null, false, false)]
    [InlineData(true, 0, null, true, false)]
    [InlineData(false, 2, "900001", false, false)]
    [InlineData(false, 3, "900001", true, false)]
    [InlineData(false, 4, "900001", true, true)]
    [InlineData(false, 0, Authority, true, false)]
    public async Task The_desk_lists_flagged_children_level_3_and_its_own_and_the_lead_lists_level_4(
        bool flagged, int level, string? owner, bool onDesk, bool onLead)
    {
        var opened = Opened();
        await WriteAsync(1, null, opened with { Head = opened.Head! with { Flagged = flagged, Level = level, Owner = owner, OverdueCount = level } });
        await _store.PublishAsync();

        (await _store.Boards.SnapshotAsync(School)).Rows.Length.ShouldBe(1);
        (await _store.Boards.SnapshotAsync(Desk)).Rows.Length.ShouldBe(onDesk ? 1 : 0);
        (await _store.Boards.SnapshotAsync(Lead)).Rows.Length.ShouldBe(onLead ? 1 : 0);
        (await _store.Boards.CountsAsync(Authority)).ShouldBe(onDesk ? [] : [new SchoolOpenCount("900001", "Nene Primary", 1, level > 0 ? 1 : 0)]);
        (await _store.Episodes.ListAsync(new EpisodeFilter { Scope = new(Authority), Board = "desk" }, 10, null)).Rows.Length.ShouldBe(onDesk ? 1 : 0);
        (await _store.Episodes.ListAsync(new EpisodeFilter { Scope = new(Authority), Board = "lead" }, 10, null)).Rows.Length.ShouldBe(onLead ? 1 : 0);
    }

    [Fact]
    public async Task What_left_a_board_is_named_there_and_nowhere_else()
    {
        var opened = Opened();
        await WriteAsync(1, null, opened with { Head = opened.Head! with { Level = 3 } });
        await WriteAsync(2, null, Opened("child2"));
        await _store.PublishAsync();
        var before = (await _store.Boards.SnapshotAsync(Desk)).To;

        await WriteAsync(1, 1, opened.Then("call-recorded", head => head with { Level = 1 }));
        await WriteAsync(2, 1, Opened("child2").Then("call-recorded"));
        await _store.PublishAsync();

        var desk = await _store.Boards.ChangesAsync(Desk, before);
        desk.Rows.ShouldBeEmpty();
        desk.Removed.ShouldBe([Reference(1)]);
        (desk.From, desk.To).ShouldBe((before, 4));
        var school = await _store.Boards.ChangesAsync(School, before);
        school.Rows.Select(one => one.Reference).Order().ShouldBe([Reference(1), Reference(2)]);
        school.Removed.ShouldBeEmpty();
        (await _store.Boards.ChangesAsync(Lead, before)).Removed.ShouldBeEmpty();
        (await _store.Boards.ChangesAsync(Desk, 4)).Removed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_closed_episode_leaves_every_board_it_was_on()
    {
        var opened = Opened();
        opened = opened with { Head = opened.Head! with { Level = 4 } };
        await WriteAsync(1, null, opened);
        await _store.PublishAsync();
        await WriteAsync(1, 1, opened.Then("episode-closed", head => head with { Status = "closed", ClosedAt = Tuesday, Closure = "found" }));
        await _store.PublishAsync();

        foreach (var board in new[] { Desk, Lead, School })
        {
            (await _store.Boards.SnapshotAsync(board)).Rows.ShouldBeEmpty();
            (await _store.Boards.ChangesAsync(board, 1)).Removed.ShouldBe([Reference(1)]);
        }
    }

    [Fact]
    public async Task Following_the_changes_ends_where_a_snapshot_does_whatever_happened()
    {
        var random = new Random(8092026);
        var boards = new[] { Desk, Lead, School, BoardScope.School(Authority, "900002") };
        var followed = boards.ToDictionary(one => one, _ => (Rows: new Dictionary<string, EpisodeRow>(), Number: 0L));
        var episodes = new Dictionary<int, (EpisodeWrite Write, int Version)>();
        for (var round = 0; round < 15; round++)
        {
            for (var i = 0; i < 12; i++)
            {
                await AnyWriteAsync(random, episodes, random.Next(20));
            }
            await _store.PublishAsync();
            foreach (var board in boards)
            {
                followed[board] = Followed(followed[board], await _store.Boards.ChangesAsync(board, followed[board].Number));
            }
        }

        foreach (var board in boards)
        {
            var snapshot = await _store.Boards.SnapshotAsync(board);
            followed[board].Number.ShouldBe(snapshot.To);
            followed[board].Rows.Values.OrderBy(one => one.Reference).Select(Shown).ShouldBe(snapshot.Rows.OrderBy(one => one.Reference).Select(Shown));
            snapshot.Rows.Select(one => one.Reference).Order().ShouldBe(Expected(board, episodes));
        }
    }

    private static string Shown(EpisodeRow row) => $"{row.Reference} {row.Version} {row.Status} {row.Level} {row.Flagged} {row.Owner} {row.Number}";

    // What the rule says, from what was written: an oracle that shares nothing with the SQL.
    private static IEnumerable<string> Expected(BoardScope board, Dictionary<int, (EpisodeWrite Write, int Version)> episodes) =>
        from episode in episodes
        let head = episode.Value.Write.Head!
        where head.Status == "open" && board.Kind switch
        {
            BoardKind.Desk => head.Flagged || head.Level >= 3 || head.Owner == Authority,
            BoardKind.Lead => head.Level >= 4,
            _ => head.Urn == board.Urn,
        }
        orderby Reference(episode.Key)
        select Reference(episode.Key);

    private static (Dictionary<string, EpisodeRow>, long) Followed((Dictionary<string, EpisodeRow> Rows, long Number) at, BoardRead changes)
    {
        foreach (var row in changes.Rows)
        {
            at.Rows[row.Reference] = row;
        }
        foreach (var reference in changes.Removed)
        {
            at.Rows.Remove(reference);
        }
        return (at.Rows, changes.To);
    }

    private async Task AnyWriteAsync(Random random, Dictionary<int, (EpisodeWrite Write, int Version)> episodes, int number)
    {
        EpisodeHead Any(EpisodeHead head) => head with
        {
            Status = random.Next(4) == 0 ? "closed" : "open",
            Level = random.Next(5),
            Flagged = random.Next(5) == 0,
            Owner = random.Next(5) == 0 ? Authority : head.Urn,
            OverdueCount = random.Next(3),
        };
        var held = episodes.TryGetValue(number, out var before);
        var next = held ? before.Write.Then("changed", Any) : Opened($"child{number}", number % 2 == 0 ? "900001" : "900002");
        await WriteAsync(number, held ? before.Version : null, next);
        episodes[number] = (next, before.Version + 1);
    }

    private async Task WriteAsync(int number, int? expected, EpisodeWrite write) =>
        (await _store.States.WriteEpisodeAsync(Reference(number), expected, write)).Conflict.ShouldBeFalse();
}
