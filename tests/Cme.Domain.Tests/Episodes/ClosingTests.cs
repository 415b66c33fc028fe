using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>When a code closes an episode, when somebody must confirm, and what a correction does (DESIGN 5; API small print).</summary>
public sealed class ClosingTests
{
    private static Story Missing(params string[] flags) =>
        Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    [Fact]
    public void A_correction_to_I_from_a_known_contact_closes_with_its_reason()
    {
        var closed = Missing().Marked(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "known-contact").Episode.ShouldBeOfType<Episode.Closed>();
        (closed.Reason, closed.ByCode).ShouldBe(("explained-absence", true));
    }

    [Fact]
    public void A_present_mark_closes_as_returned() =>
        Missing().Marked(Pm("Tue 8 Sep 2026"), "\\", At("Tue 8 Sep 2026 13:05")).Episode
            .ShouldBeOfType<Episode.Closed>().Reason.ShouldBe("returned-same-school");

    [Theory]
    [InlineData("other-contact")]
    [InlineData("unknown")]
    public void A_code_from_somebody_unknown_does_not_close_and_asks_the_DSL_to_confirm_within_an_hour(string reportedBy)
    {
        var story = Missing().Held(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), reportedBy);
        var confirm = story.Owed("confirm-seen", At("Tue 8 Sep 2026 10:00"));

        (confirm.Due.DueAt, confirm.Step.Who).ShouldBe((At("Tue 8 Sep 2026 11:00"), "dsl"));
        story.Owed("first-call", At("Tue 8 Sep 2026 10:00"));
        story.Did("sighting", "seen", At("Tue 8 Sep 2026 10:30")).OwesNo("confirm-seen", At("Tue 8 Sep 2026 10:30"));
        story.Episode.ShouldBeOfType<Episode.Underway>();
    }

    [Fact]
    public void An_off_site_code_holds_until_somebody_verifies_it_and_asks_once() =>
        Missing().Held(Pm("Tue 8 Sep 2026"), "B", At("Tue 8 Sep 2026 13:05")).Held(Pm("Tue 8 Sep 2026"), "B", At("Tue 8 Sep 2026 14:05"))
            .History.OfType<EpisodeEvent.ConfirmationAsked>().ShouldHaveSingleItem().Code.ShouldBe("B");

    [Fact]
    public void N_again_withdraws_the_question_whether_the_child_was_seen()
    {
        var story = Missing().Held(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "unknown")
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 10:30"));
        story.OwesNo("confirm-seen", At("Tue 8 Sep 2026 10:30"));
    }

    [Fact]
    public void No_code_closes_the_episode_of_a_flagged_child()
    {
        var story = Missing("looked_after").Marked(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "known-contact");
        story.Episode.ShouldBeOfType<Episode.Underway>();
        story.Owed("confirm-seen", At("Tue 8 Sep 2026 10:00"));
    }

    [Fact]
    public void No_code_closes_after_a_referral() =>
        Missing().Did("refer-police", null, At("Tue 8 Sep 2026 10:00")).Marked(Pm("Tue 8 Sep 2026"), "\\", At("Tue 8 Sep 2026 13:05"))
            .Episode.ShouldBeOfType<Episode.Underway>();

    [Theory]
    [InlineData("Mon 14 Sep 2026 13:05", true)]
    [InlineData("Tue 15 Sep 2026 13:05", false)]
    public void A_code_closes_by_itself_on_days_one_to_five_of_the_ladder_only(string arrived, bool closes) =>
        (Missing().Marked(Am("Mon 14 Sep 2026"), "/", At(arrived)).Episode is Episode.Closed).ShouldBe(closes);

    [Fact]
    public void Corrected_back_the_same_episode_is_open_again_with_everything_recorded_before()
    {
        var story = Missing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"))
            .Marked(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "known-contact")
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 10:20"));

        story.Episode.ShouldBeOfType<Episode.Underway>().Known.Acts.ShouldHaveSingleItem().Outcome.ShouldBe("no-answer");
        story.Owed("risk-assessment", At("Tue 8 Sep 2026 10:20")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));
        story.History.Select(happened => happened.Name)
            .ShouldBe(["EpisodeOpened", "ActionRecorded", "EpisodeClosed", "EpisodeReopened"]);
    }

    [Fact]
    public void What_fell_due_while_a_code_had_the_episode_closed_is_not_overdue_the_moment_it_reopens()
    {
        var story = Missing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"))
            .Marked(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "known-contact")
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 14:00"));

        var risk = story.Owed("risk-assessment", At("Tue 8 Sep 2026 14:00"));
        (risk.Due.DueAt, risk.Due.ActBy).ShouldBe((At("Tue 8 Sep 2026 11:40"), At("Tue 8 Sep 2026 14:30")));
    }

    [Fact]
    public void What_was_overdue_before_a_code_closed_the_episode_is_overdue_again_when_it_reopens()
    {
        var story = Missing().Marked(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "known-contact")
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 10:05"));

        story.Owed("first-call", At("Tue 8 Sep 2026 10:05")).State.ShouldBe(ObligationState.Overdue);
    }

    [Fact]
    public void A_person_s_closure_is_not_undone_by_a_register() =>
        Missing().Did("call", "parent-child-safe", At("Tue 8 Sep 2026 09:40"))
            .StillMissing(Am("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 13:20"))
            .Episode.ShouldBeOfType<Episode.Closed>();

    [Fact]
    public void A_signal_delivered_twice_or_overtaken_changes_nothing()
    {
        var story = Missing().Marked(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "known-contact");
        var before = story.History.Count;
        story.Do(new EpisodeCommand.Stands(story.Episode.Begun!.Absence, null, 1, At("Tue 8 Sep 2026 10:30")));
        story.History.Count.ShouldBe(before);
    }

    [Fact]
    public void A_first_session_corrected_re_anchors_the_same_episode_and_acts_go_on_satisfying_its_steps()
    {
        var story = Missing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"))
            .StillMissing(Am("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 13:05"))
            .StillMissing(Pm("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 13:20"));

        story.Episode.Begun!.Absence.First.ShouldBe(Pm("Tue 8 Sep 2026"));
        story.OwesNo("first-call", At("Tue 8 Sep 2026 13:40"));
        story.Owed("risk-assessment", At("Tue 8 Sep 2026 13:40")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));
    }

    [Theory]
    [InlineData("call", "told-off", "outcome-not-allowed")]
    [InlineData("call", null, "outcome-not-allowed")]
    [InlineData("dance", null, "outcome-not-allowed")]
    [InlineData("note", "seen", "outcome-not-allowed")]
    [InlineData("school-place", "started", "outcome-not-allowed")]
    [InlineData("education-assessment", "suitable", "outcome-not-allowed")]
    [InlineData("attendance-order", "order-made", "outcome-not-allowed")]
    [InlineData("close", "left-uk-unconfirmed", "outcome-not-allowed")]
    public void What_cannot_be_recorded_is_refused_with_what_can(string action, string? outcome, string code)
    {
        var refusal = Missing().Did(action, outcome, At("Tue 8 Sep 2026 09:40")).LastRefusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code);
        refusal.Allowed.ShouldNotBeEmpty();
    }

    [Fact]
    public void An_act_in_the_future_or_before_the_first_day_is_refused()
    {
        Missing().Did("call", "no-answer", At("Tue 8 Sep 2026 10:00"), At("Tue 8 Sep 2026 09:59")).LastRefusal!.Code.ShouldBe("at-in-future");
        Missing().Did("call", "no-answer", At("Mon 7 Sep 2026 16:00"), At("Tue 8 Sep 2026 10:00")).LastRefusal!.Code.ShouldBe("at-before-first-day");
    }

    [Fact]
    public void Nothing_more_is_recorded_in_a_closed_episode() =>
        Missing().Did("call", "parent-child-safe", At("Tue 8 Sep 2026 09:40")).Did("note", null, At("Tue 8 Sep 2026 10:00"))
            .LastRefusal!.Code.ShouldBe("closed");
}
