using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Grains.Specs.Hosts;
using Cme.TestSupport.Database;
using Cme.TestSupport.Service;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Storage;

/// <summary>
/// What an earlier version wrote is read by today's: rows of a real database of that version, kept as it dumped them. A new version that
/// breaks one of these breaks every council's data.
/// </summary>
public abstract class WrittenBeforeSpec : GrainSpec
{
    private const int Before = 46;
    private const string Reference = "episode-7a2vqb68ey-k", Amina = "hgvb574s6m4j";

    private static readonly string[] Written = ["EpisodeOpened", "ActionRecorded", "BecameOverdue", "Escalated", "Escalated"];

    private IEpisodeGrain Episode => Grain<IEpisodeGrain>(Reference);

    protected override async Task<TestDatabase> DatabaseAsync() => await TestDatabase.CreateWrittenBeforeAsync(
        Before, await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests/Cme.Grains.Specs/Storage/WrittenBefore", $"{Before:0000}.sql")));

    [Fact]
    public async Task A_child_and_its_open_episode_are_found_as_they_were_left()
    {
        await Host.MoveToAsync(At("Tue 8 Sep 2026 12:45"));

        (await Grain<IChildGrain>(Keys.Child(Amina)).Episodes()).ShouldBe([Reference]);
        var standing = await Episode.Standing();
        standing.Status.ShouldBe("open");
        standing.FirstDate.ShouldBe(new DateOnly(2026, 9, 8));
        (await Episode.Obligations(null)).Single(owed => owed.Step == "risk-assessment").DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));
        (await History(Reference)).ShouldBe(Written);                   // What was noticed before is not noticed again.
    }

    [Fact]
    public async Task Its_snapshot_is_folded_anew_and_what_happens_next_is_added_to_its_history()
    {
        var folds = await FoldAsync();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 12:45"));
        (await Episode.Record(new RecordAction
        {
            Action = "call", Outcome = "no-answer", At = Clock.GetUtcNow(), PerformerName = "Priya Patel", PerformerRole = "attendance-officer", PerformerOrg = School,
            RecordedBy = "key",
        })).Outcome.RefusalCode.ShouldBeNull();

        (await History(Reference)).ShouldBe([.. Written, "ActionRecorded"]);
        (await FoldAsync()).ShouldBeGreaterThan(folds);
    }

    [Fact]
    public async Task What_falls_due_next_is_noticed_by_the_reminder_that_was_set_before()
    {
        await Host.MoveToAsync(At("Tue 8 Sep 2026 13:45"));

        (await Rows("select type, data ->> 'level' from cme.event where episode = $1 and version > 5 order by version", Reference)).ShouldBe(["Escalated 4"]);
    }

    private async Task<int> FoldAsync() => int.Parse(
        (await Rows("select convert_from(payload, 'UTF8')::jsonb ->> 'foldVersion' from cme.grain_state where key = $1", Reference)).Single(),
        System.Globalization.CultureInfo.InvariantCulture);
}
