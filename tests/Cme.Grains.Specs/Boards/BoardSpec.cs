using Cme.Contracts;
using Cme.Contracts.Boards;
using Cme.Contracts.Children;
using Cme.Grains.Specs.Hosts;
using static Cme.Grains.Specs.Episodes.Signals;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Boards;

/// <summary>A board's copy of its rows, under the sequencer's numbers.</summary>
public abstract class BoardSpec : GrainSpec
{
    private const string Publish = "select replace(p.epoch::text, '-', ''), p.number from cme.publish('999', 100) p";

    private IBoardGrain Board => Grain<IBoardGrain>(Keys.SchoolBoard(Authority, School));

    [Fact]
    public async Task After_a_restore_from_a_backup_the_board_goes_by_the_new_numbers_though_they_are_lower()
    {
        await MissingAndPublished(Amina);
        await MissingAndPublished("2b4q92mxh7k3");
        var before = await Board.Since(null, null, TimeSpan.Zero);
        before.Rows.Length.ShouldBe(2);

        // As a backup from before the first number would have it.
        await Rows("alter table cme.feed disable trigger append_only");
        await Rows("delete from cme.feed");
        await Rows("update cme.sequence set epoch = gen_random_uuid(), last_number = 0");
        await Rows("update cme.board_row set number = 0");
        var (epoch, number) = await MissingAndPublished("9x4q92mxh7k3");
        await Board.Advance(epoch, number);
        (epoch, number) = await MissingAndPublished("5c4q92mxh7k3");
        await Board.Advance(epoch, number);

        var after = await Board.Since(before.Epoch, before.To, TimeSpan.Zero);
        (after.Snapshot, after.Epoch, after.To, after.Rows.Length).ShouldBe((true, epoch, 2, 4));
    }

    private async Task<(string Epoch, long Number)> MissingAndPublished(string child)
    {
        var signal = Missing(1, Am("Tue 8 Sep 2026"), Clock.GetUtcNow()) with { ChildId = child };
        await Grain<IChildGrain>(Keys.Child(child)).Signal(signal);
        var published = (await Rows(Publish)).ShouldHaveSingleItem().Split(' ');
        return (published[0], long.Parse(published[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
