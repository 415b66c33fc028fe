using System.Text.Json;
using Cme.Storage.Boards;
using Cme.Storage.History;
using Cme.Storage.States;

namespace Cme.Storage.Specs;

/// <summary>Boards under the sequencer's numbers.</summary>
public abstract class BoardSpec : StoreSpec
{
    private static readonly BoardScope Desk = BoardScope.Desk(Authority);
    private static readonly BoardScope Lead = BoardScope.Lead(Authority);
    private static readonly BoardScope OfSchool = BoardScope.School(Authority, School);

    [Fact]
    public async Task A_board_lists_what_its_rule_says_and_names_what_left_it()
    {
        await WriteAsync(1, null, head => head with { Level = 4 });
        await WriteAsync(2, null, head => head with { Flagged = true });
        await WriteAsync(3, null, head => head with { OverdueCount = 1 });
        await Store.PublishAsync();

        (await OnAsync(Desk)).ShouldBe([Reference(1), Reference(2)]);
        (await OnAsync(Lead)).ShouldBe([Reference(1)]);
        (await OnAsync(OfSchool)).ShouldBe([Reference(1), Reference(2), Reference(3)]);
        (await Store.Boards.CountsAsync(Authority)).ShouldBe([new SchoolOpenCount(School, "Meadow Park School", 1, 1)]);

        await WriteAsync(1, 1, head => head with { Level = 1 });
        await WriteAsync(3, 1, head => head with { Status = "closed" });
        await Store.PublishAsync();

        var desk = await Store.Boards.ChangesAsync(Desk, 3);
        (desk.From, desk.To, desk.Rows.Length).ShouldBe((3, 5, 0));
        desk.Removed.ShouldBe([Reference(1)], "episode 3 never was on the desk");
        var school = await Store.Boards.ChangesAsync(OfSchool, 3);
        school.Rows.Select(row => (row.Reference, row.Number)).ShouldBe([(Reference(1), 4)]);
        school.Removed.ShouldBe([Reference(3)]);
        (await Store.Boards.ChangesAsync(OfSchool, 5)).Removed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_on_a_board_before_it_is_numbered_and_an_unknown_authority_has_no_epoch()
    {
        await WriteAsync(1, null, head => head);

        (await OnAsync(OfSchool)).ShouldBeEmpty();
        (await Store.Boards.SnapshotAsync(Desk)).Epoch.Length.ShouldBe(32);
        (await Store.Boards.SnapshotAsync(BoardScope.Desk("998"))).Epoch.ShouldBe("");
    }

    private static string Reference(int number) => $"episode-000000000{number}-t";

    private async Task<IEnumerable<string>> OnAsync(BoardScope board) => (await Store.Boards.SnapshotAsync(board)).Rows.Select(row => row.Reference).Order();

    private async Task WriteAsync(int number, int? expected, Func<EpisodeHead, EpisodeHead> change)
    {
        var version = (expected ?? 0) + 1;
        var write = new EpisodeWrite
        {
            Snapshot = "{}", Version = version, FoldVersion = 1,
            Pending = [new StoredEvent { Type = "changed", Version = version, HappenedAt = Morning, KnownAt = Morning, Actor = "product", Data = JsonElement.Parse("{}") }],
            Head = change(new EpisodeHead
            {
                Authority = Authority, Urn = School, ChildId = $"child{number}", Kind = "whereabouts", Status = "open", Stage = "enquiring",
                FirstDayMissing = Tuesday, OpenedAt = Morning, Owner = School, Pack = "northamptonshire", PackVersion = 1, LastCode = "N", UpdatedAt = Morning,
            }),
        };
        (await Store.Writer.WriteAsync(StateWrite.Of(Reference(number), expected, write))).Conflict.ShouldBeFalse();
    }
}
