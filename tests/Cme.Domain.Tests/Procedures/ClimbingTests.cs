using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>What turns overdue, when, and who hears of it (DESIGN 5, "Climbing"; API small print, "actBy").</summary>
public sealed class ClimbingTests
{
    private static Story UnansweredAt0940() => Story.Under("northamptonshire")
        .Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55")).Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"));

    [Theory]
    [InlineData("11:39", 0)]
    [InlineData("11:40", 1)]
    [InlineData("12:10", 2)]
    [InlineData("12:40", 3)]
    [InlineData("13:40", 4)]
    public void Hour_class_climbs_to_the_DSL_at_once_the_head_after_30_the_desk_after_60_and_the_lead_after_120_minutes(string time, int level) =>
        UnansweredAt0940().Owed("risk-assessment", At($"Tue 8 Sep 2026 {time}")).Level.ShouldBe(level);

    [Fact]
    public void Each_step_up_is_an_event_at_the_instant_the_ladder_gives_once() =>
        UnansweredAt0940().LookedAt(At("Tue 8 Sep 2026 14:00")).LookedAt(At("Tue 8 Sep 2026 14:01"))
            .History.OfType<EpisodeEvent.Escalated>().Where(up => up.Step == "risk-assessment").Select(up => (up.Level, up.HappenedAt))
            .ShouldBe([(2, At("Tue 8 Sep 2026 12:10")), (3, At("Tue 8 Sep 2026 12:40")), (4, At("Tue 8 Sep 2026 13:40"))]);

    [Fact]
    public void Day_class_climbs_one_level_each_working_morning_at_nine()
    {
        // Known on the day itself: grace to the end of the next school day, Wed 9 Sep 15:30.
        var story = UnansweredAt0940();
        Level("Wed 9 Sep 2026 15:29").ShouldBe((ObligationState.Due, 0));
        Level("Wed 9 Sep 2026 15:30").ShouldBe((ObligationState.Overdue, 0));
        Level("Thu 10 Sep 2026 09:00").ShouldBe((ObligationState.Overdue, 1));
        Level("Fri 11 Sep 2026 09:00").ShouldBe((ObligationState.Overdue, 2));
        Level("Sun 13 Sep 2026 12:00").ShouldBe((ObligationState.Overdue, 2));
        Level("Mon 14 Sep 2026 09:00").ShouldBe((ObligationState.Overdue, 3));
        Level("Tue 15 Sep 2026 09:00").ShouldBe((ObligationState.Overdue, 4));

        (ObligationState, int) Level(string at) => story.Owed("contact-parent", At(at)) is var owed ? (owed.State, owed.Level) : default;
    }

    [Fact]
    public void A_cause_known_late_has_thirty_minutes_of_grace_before_it_is_overdue()
    {
        // The register of the morning arrives at 11:00: the call was due at 09:50, but nobody could know.
        var story = Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 11:00"));
        var call = story.Owed("first-call", At("Tue 8 Sep 2026 11:00"));

        (call.Due.DueAt, call.Due.ActBy, call.State).ShouldBe(
            (At("Tue 8 Sep 2026 09:50"), At("Tue 8 Sep 2026 11:30"), ObligationState.Due));
        story.Owed("risk-assessment", At("Tue 8 Sep 2026 11:00")).Due.ActBy.ShouldBe(At("Tue 8 Sep 2026 11:30"));
    }

    [Fact]
    public void A_call_recorded_late_moves_the_assessment_and_what_was_overdue_meanwhile_stays_on_the_record()
    {
        var story = Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"))
            .Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"), known: At("Tue 8 Sep 2026 12:00"));

        story.Owed("risk-assessment", At("Tue 8 Sep 2026 12:00")).Due.ActBy.ShouldBe(At("Tue 8 Sep 2026 12:30"));
        story.History.OfType<EpisodeEvent.BecameOverdue>().Single(late => late.Step == "risk-assessment").HappenedAt
            .ShouldBe(At("Tue 8 Sep 2026 11:20"));
        story.At(At("Tue 8 Sep 2026 12:00")).Where(owed => owed.Step.Id == "risk-assessment").Select(owed => owed.State)
            .ShouldBe([ObligationState.Superseded, ObligationState.Due], ignoreOrder: true);
    }

    [Fact]
    public void The_next_instant_is_the_next_at_which_something_turns_overdue_or_climbs()
    {
        var story = UnansweredAt0940();
        story.NextInstant(At("Tue 8 Sep 2026 09:41")).ShouldBe(At("Tue 8 Sep 2026 11:40"));
        story.NextInstant(At("Tue 8 Sep 2026 11:40")).ShouldBe(At("Tue 8 Sep 2026 12:10"));
    }
}
