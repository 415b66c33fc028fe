using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>
/// An open episode may see its run corrected, and one that no code closes may see the child missing a second time. A correction
/// keeps what was done; a second disappearance asks for everything again, and neither is quieter than the first.
/// </summary>
public sealed class RunsInOneEpisodeTests
{
    private static Story Missing(params string[] flags) =>
        Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    private static IEnumerable<(int Level, DateTimeOffset At)> Noticed(Story story, string step) => story.History.SelectMany(
        happened => happened switch
        {
            EpisodeEvent.BecameOverdue e when e.Step == step => new[] { (e.Level, e.HappenedAt) },
            EpisodeEvent.Escalated e when e.Step == step => [(e.Level, e.HappenedAt)],
            _ => [],
        });

    [Fact]
    public void What_was_overdue_for_the_old_first_day_becomes_overdue_again_for_the_corrected_one()
    {
        var story = Missing().LookedAt(At("Tue 8 Sep 2026 12:00"))
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 08:55"))
            .StillMissing(Am("Wed 9 Sep 2026"), Am("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 09:00"))
            .LookedAt(At("Wed 9 Sep 2026 10:25"));

        Noticed(story, "first-call").Where(stamp => stamp.At >= At("Wed 9 Sep 2026 09:00"))
            .ShouldBe([(Levels.Dsl, At("Wed 9 Sep 2026 09:50")), (Levels.Head, At("Wed 9 Sep 2026 10:20"))]);
    }

    [Fact]
    public void Acts_recorded_on_a_day_that_a_correction_took_away_go_on_satisfying_the_steps() =>
        Missing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"))
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 08:55"))
            .StillMissing(Am("Wed 9 Sep 2026"), Am("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 09:00"))
            .OwesNo("first-call", At("Wed 9 Sep 2026 09:30"));

    [Fact]
    public void A_flagged_child_who_came_back_and_is_missing_again_is_called_for_again()
    {
        var again = Missing("cp_plan").Did("call", "no-answer", At("Tue 8 Sep 2026 09:30")).Did("risk-assessment", "no-concern", At("Tue 8 Sep 2026 10:00"))
            .Marked(Pm("Tue 8 Sep 2026"), "\\", At("Tue 8 Sep 2026 13:05"))
            .StillMissing(Am("Thu 10 Sep 2026"), Am("Thu 10 Sep 2026"), At("Thu 10 Sep 2026 08:55"));

        again.Owed("first-call", At("Thu 10 Sep 2026 09:30")).Due.DueAt.ShouldBe(At("Thu 10 Sep 2026 09:35"));
        again.Owed("risk-assessment", At("Thu 10 Sep 2026 09:30")).Due.DueAt.ShouldBe(At("Thu 10 Sep 2026 11:20"));
        again.Did("call", "no-answer", At("Thu 10 Sep 2026 09:34"))
            .Owed("risk-assessment", At("Thu 10 Sep 2026 09:34")).Due.DueAt.ShouldBe(At("Thu 10 Sep 2026 11:34"));
    }

    [Fact]
    public void What_was_done_at_the_very_minute_at_which_the_second_disappearance_began_is_about_it() =>
        Missing("cp_plan").Marked(Pm("Tue 8 Sep 2026"), "\\", At("Tue 8 Sep 2026 13:05"))
            .Did("call", "no-answer", At("Thu 10 Sep 2026 08:50"), At("Thu 10 Sep 2026 08:51"))
            .StillMissing(Am("Thu 10 Sep 2026"), Am("Thu 10 Sep 2026"), At("Thu 10 Sep 2026 08:55"))
            .OwesNo("first-call", At("Thu 10 Sep 2026 09:40"));

    [Fact]
    public void The_morning_s_call_does_not_do_for_a_flagged_child_who_came_and_is_missing_in_the_afternoon() =>
        Missing("cp_plan").Did("call", "no-answer", At("Tue 8 Sep 2026 09:30"))
            .Marked(Am("Tue 8 Sep 2026"), "L", At("Tue 8 Sep 2026 09:40"))
            .StillMissing(Pm("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 13:05"))
            .Owed("first-call", At("Tue 8 Sep 2026 13:20")).State.ShouldBe(ObligationState.Due);

    [Fact]
    public void A_corrected_first_day_does_not_withdraw_the_question_whether_the_child_was_seen()
    {
        var story = Missing().StillMissing(Am("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 13:05"))
            .Held(Am("Wed 9 Sep 2026"), "I", At("Wed 9 Sep 2026 09:00"), "unknown");
        var corrected = story.Episode.Begun!.Absence with
        {
            First = Pm("Tue 8 Sep 2026"), Closes = At("Tue 8 Sep 2026 13:15"), KnownAt = At("Wed 9 Sep 2026 09:30"),
        };
        story.Do(new EpisodeCommand.Stands(
            corrected, new ExplainingMark(Am("Wed 9 Sep 2026"), "I", "unknown"), 10, At("Wed 9 Sep 2026 09:30")));

        story.Owed("confirm-seen", At("Wed 9 Sep 2026 09:30")).Due.DueAt.ShouldBe(At("Wed 9 Sep 2026 10:00"));
    }

    [Fact]
    public void Another_code_that_does_not_close_does_not_put_off_who_is_to_confirm() =>
        Missing().Held(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "unknown")
            .Held(Pm("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 13:05"), "unknown")
            .Owed("confirm-seen", At("Tue 8 Sep 2026 13:10"))
            .ShouldSatisfyAllConditions(
                confirm => confirm.Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:00")),
                confirm => confirm.Level.ShouldBe(Levels.CmeLead));

    [Fact]
    public void A_code_that_comes_after_the_child_was_seen_asks_again() =>
        Missing().Held(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00"), "unknown").Did("sighting", "seen", At("Tue 8 Sep 2026 10:30"))
            .Held(Pm("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 13:05"), "unknown")
            .Owed("confirm-seen", At("Tue 8 Sep 2026 13:10")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 14:05"));

    [Theory]
    [InlineData("Tue 8 Sep 2026 10:00", true)]
    [InlineData("Tue 8 Sep 2026 09:59", false)]
    public void Whoever_confirms_in_the_very_minute_in_which_the_code_came_says_so_to_the_minute_and_has_confirmed_it(string seen, bool confirms) =>
        Missing().Held(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00").AddSeconds(23), "unknown")
            .Did("sighting", "seen", At(seen), At("Tue 8 Sep 2026 10:01"))
            .At(At("Tue 8 Sep 2026 10:05")).Any(owed => owed.Step.Id == "confirm-seen" && owed.IsOpen).ShouldBe(!confirms);

    [Fact]
    public void What_was_recorded_before_the_code_came_confirms_nothing_in_its_minute_either() =>
        Missing().Did("sighting", "seen", At("Tue 8 Sep 2026 10:00"))
            .Held(Am("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 10:00").AddSeconds(23), "unknown")
            .Owed("confirm-seen", At("Tue 8 Sep 2026 10:05"));

    [Fact]
    public void Corrected_back_to_N_nobody_is_asked_to_confirm_a_code_that_is_gone() =>
        Missing().Held(Pm("Tue 8 Sep 2026"), "I", At("Tue 8 Sep 2026 13:05"), "unknown")
            .Marked(Pm("Tue 8 Sep 2026"), "\\", At("Tue 8 Sep 2026 13:10"))
            .StillMissing(Am("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 13:20"))
            .OwesNo("confirm-seen", At("Tue 8 Sep 2026 13:30"));
}
