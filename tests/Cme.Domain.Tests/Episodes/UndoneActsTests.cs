using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>
/// An act that was recorded by a slip of the hand is undone moments later, and nothing that follows can tell that it was there; the
/// history can. A closure that is corrected later opens the episode again too, and then whoever relied on it has time again.
/// </summary>
public sealed class UndoneActsTests
{
    private static readonly DateTimeOffset Opened = At("Tue 8 Sep 2026 08:55");
    private static readonly DateTimeOffset Called = At("Tue 8 Sep 2026 09:40");
    private static readonly DateTimeOffset Moments = At("Tue 8 Sep 2026 09:41");

    private static Story Amina(params string[] flags) => Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), Opened, flags);

    private static Story Undone(Story story, int number, DateTimeOffset? at = null) => story.Do(new EpisodeCommand.Record(
        new Deed("correct", null, at ?? Moments, null, new Performer("Priya Patel", "attendance-officer", "900001", "key")) { Corrects = number, Undo = true },
        at ?? Moments));

    [Fact]
    public void What_is_undone_leaves_every_deadline_as_it_was_and_gives_nobody_more_time()
    {
        var before = Deadlines(Amina());

        var story = Undone(Amina().Did("call", "no-answer", Called), 2);

        Deadlines(story).ShouldBe(before);
        story.History.Select(happened => happened.Name).ShouldBe(["EpisodeOpened", "ActionRecorded", "ActionRecorded"]);
    }

    [Fact]
    public void Undoing_a_closure_opens_the_episode_with_all_that_was_owed_and_no_more_time_for_it()
    {
        var before = Deadlines(Amina());

        var story = Undone(Amina().Did("call", "parent-child-safe", Called), 2);

        Deadlines(story).ShouldBe(before);
        story.History.Select(happened => happened.Name).TakeLast(2).ShouldBe(["EpisodeReopened", "ActionRecorded"]);
        story.Episode.ShouldBeOfType<Episode.Underway>().Known.Acts.ShouldNotContain(act => act.Action == "call");
    }

    [Fact]
    public void What_was_to_be_confirmed_before_a_closure_is_to_be_confirmed_after_it_is_taken_back()
    {
        var story = Amina("cp_plan").Marked(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 09:30")).Did("close", "explained-absence", Called);

        Undone(story, story.Episode.Begun!.Known.Acts[^1].Number).Owed("confirm-seen", Moments).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 10:30"));
    }

    [Fact]
    public void A_closure_corrected_later_opens_the_episode_and_what_fell_due_meanwhile_has_its_grace()
    {
        var story = Amina().Did("call", "parent-child-safe", At("Tue 8 Sep 2026 09:15")).Corrected(2, "correct", null, At("Tue 8 Sep 2026 13:00"));

        story.Owed("first-call", At("Tue 8 Sep 2026 13:01")).Due.ActBy.ShouldBe(At("Tue 8 Sep 2026 13:30"));
    }

    [Fact]
    public void A_wrong_closure_can_be_replaced_by_what_was_really_found()
    {
        var story = Amina().Did("call", "parent-child-safe", Called).Corrected(2, "call", "no-answer", Called, Moments);

        story.Owed("risk-assessment", Moments).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));
    }

    [Fact]
    public void A_closure_may_be_replaced_by_another_reason()
    {
        var story = Amina().Did("close", "duplicate-record", Called).Corrected(2, "close", "explained-absence", Moments);

        story.Episode.ShouldBeOfType<Episode.Closed>().Reason.ShouldBe("explained-absence");
    }

    [Fact]
    public void Of_a_closed_episode_only_what_closed_it_can_be_corrected() =>
        Amina().Did("call", "no-answer", At("Tue 8 Sep 2026 09:30")).Did("close", "explained-absence", Called)
            .Corrected(2, "correct", null, Moments).LastRefusal!.Code.ShouldBe("closed");

    [Fact]
    public void What_a_code_closed_is_not_opened_by_correcting_an_act() =>
        Amina().Did("call", "no-answer", Called).Marked(Am("Tue 8 Sep 2026"), "I", Moments, "known-contact")
            .Corrected(2, "correct", null, Moments).LastRefusal!.Code.ShouldBe("closed");

    [Fact]
    public void Only_the_latest_act_is_undone()
    {
        var story = Amina().Did("call", "no-answer", At("Tue 8 Sep 2026 09:30")).Did("call", "voicemail", Called);

        Undone(story, 2).LastRefusal!.Code.ShouldBe("too-late-to-undo");
    }

    [Fact]
    public void Undoing_a_correction_lets_the_act_count_again_that_it_had_corrected()
    {
        var story = Amina().Did("call", "no-answer", At("Tue 8 Sep 2026 09:30")).Corrected(2, "correct", null, Called);
        story.Owed("first-call", Called);

        Undone(story, 3).OwesNo("first-call", Moments);
        story.Owed("risk-assessment", Moments).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:30"));
    }

    private static string[] Deadlines(Story story) =>
        [.. story.At(Moments).Select(owed => $"{owed.Id} {owed.State} {owed.Due.DueAt:O} {owed.Due.ActBy:O} {owed.NextAt:O}")];
}
