using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>People record the wrong thing. It is taken back, stays in the history, and counts no longer; and what was closed is reopened.</summary>
public sealed class CorrectedActsTests
{
    private static readonly DateTimeOffset Opened = At("Tue 8 Sep 2026 08:55");

    private static Story Amina(params string[] flags) => Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), Opened, flags);

    [Fact]
    public void A_call_that_is_taken_back_no_longer_starts_the_two_hours_and_the_first_call_is_owed_again_with_grace()
    {
        var story = Amina().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"));
        story.Owed("risk-assessment", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));

        story.Corrected(2, "correct", null, At("Tue 8 Sep 2026 11:00"));

        story.Owed("risk-assessment", At("Tue 8 Sep 2026 11:01")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:20"));
        var call = story.Owed("first-call", At("Tue 8 Sep 2026 11:01"));
        call.State.ShouldBe(ObligationState.Due);
        call.Due.ActBy.ShouldBe(At("Tue 8 Sep 2026 11:30"));
        story.History.Count(happened => happened is EpisodeEvent.ActionRecorded).ShouldBe(2);
    }

    [Fact]
    public void The_act_that_takes_its_place_counts_from_when_it_was_done()
    {
        var story = Amina().Did("call", "other-person-reassured", At("Tue 8 Sep 2026 09:40"))
            .Corrected(2, "call", "no-answer", At("Tue 8 Sep 2026 09:40"), At("Tue 8 Sep 2026 10:05"));

        story.Owed("risk-assessment", At("Tue 8 Sep 2026 10:06")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));
        story.OwesNo("first-call", At("Tue 8 Sep 2026 10:06"));
    }

    [Fact]
    public void A_referral_that_was_never_made_lets_a_code_close_again()
    {
        var story = Amina().Did("refer-csc", null, At("Tue 8 Sep 2026 09:40")).Corrected(2, "correct", null, At("Tue 8 Sep 2026 09:45"));

        story.Marked(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "known-contact").Episode.ShouldBeOfType<Episode.Closed>();
    }

    [Theory]
    [InlineData(1)]                                                  // The opening is no act.
    [InlineData(7)]
    public void What_is_no_act_of_the_episode_cannot_be_corrected(int number) =>
        Amina().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40")).Corrected(number, "correct", null, At("Tue 8 Sep 2026 09:50"))
            .LastRefusal!.Code.ShouldBe("unknown-action");

    [Fact]
    public void An_act_is_taken_back_once() =>
        Amina().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40")).Corrected(2, "correct", null, At("Tue 8 Sep 2026 09:50"))
            .Corrected(2, "correct", null, At("Tue 8 Sep 2026 09:55")).LastRefusal!.Code.ShouldBe("unknown-action");

    [Fact]
    public void A_person_reopens_what_a_person_closed_and_what_fell_due_meanwhile_has_its_grace()
    {
        var story = Amina().Did("call", "parent-child-safe", At("Tue 8 Sep 2026 09:15"));
        story.Episode.ShouldBeOfType<Episode.Closed>();

        story.Did("reopen", null, At("Tue 8 Sep 2026 13:00"));

        var now = story.Episode.ShouldBeOfType<Episode.Underway>();
        now.Absence.First.ShouldBe(Am("Tue 8 Sep 2026"));
        story.History.Select(happened => happened.Name).TakeLast(2).ShouldBe(["EpisodeReopened", "ActionRecorded"]);
        story.Corrected(2, "correct", null, At("Tue 8 Sep 2026 13:00"));
        story.Owed("first-call", At("Tue 8 Sep 2026 13:01")).Due.ActBy.ShouldBe(At("Tue 8 Sep 2026 13:30"));
    }

    [Fact]
    public void What_is_open_cannot_be_reopened() =>
        Amina().Did("reopen", null, At("Tue 8 Sep 2026 10:00")).LastRefusal!.Code.ShouldBe("not-closed");

    [Fact]
    public void The_same_sending_is_recorded_once_even_after_it_closed_the_episode_or_was_taken_back()
    {
        var safe = new EpisodeCommand.Record(
            new Deed("call", "parent-child-safe", At("Tue 8 Sep 2026 09:15"), null, new Performer("Priya Patel", "dsl", "900001", "key")) { Sending = "one" },
            At("Tue 8 Sep 2026 09:15"));
        var story = Amina().Do(safe).Do(safe);
        story.LastRefusal.ShouldBeNull();
        story.Did("reopen", null, At("Tue 8 Sep 2026 10:00")).Corrected(2, "correct", null, At("Tue 8 Sep 2026 10:00")).Do(safe);

        story.History.Count(happened => happened is EpisodeEvent.ActionRecorded { Deed.Outcome: "parent-child-safe" }).ShouldBe(1);
    }
}
