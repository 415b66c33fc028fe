using Cme.Domain.Calendars;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// DOR-31, DOR-32, C2: a pupil's file follows the name that came off the roll. Day 0 is the last day on roll, Tuesday 6 October 2026; half term
/// is from 26 to 30 October. Source: Pan-Dorset, Transfer of information when a pupil changes school.
/// </summary>
public sealed class TransferTests
{
    private static readonly Ruleset Rules = Story.RulesOf("northamptonshire");

    [Theory]
    [InlineData("northamptonshire")]
    [InlineData("pan-dorset")]
    public void DOR31_The_information_follows_within_fifteen_school_days_of_the_last_day_on_roll(string pack)
    {
        var send = Removed(pack).Owed("send-information", At("Wed 7 Oct 2026 10:00"));

        (send.Due.DueAt, send.Step.Who, send.State).ShouldBe((At("Tue 3 Nov 2026 15:30"), "head", ObligationState.Due));
    }

    [Fact]
    public void DOR31_The_word_that_the_name_may_come_off_asks_for_no_file_while_it_is_on() =>
        Missing("pan-dorset").Did("roll-decision", "remove", At("Mon 5 Oct 2026 10:00")).OwesNo("send-information", At("Mon 5 Oct 2026 10:00"));

    [Fact]
    public void DOR31_A_file_sent_after_the_removal_does_and_the_one_before_it_does_not()
    {
        Missing("northamptonshire").Did("ctf", null, At("Mon 5 Oct 2026 10:00")).Do(new NoteRemoval(On("Tue 6 Oct 2026"), "i", [], At("Tue 6 Oct 2026 16:00")))
            .Owed("send-information", At("Wed 7 Oct 2026 10:00"));
        Removed("northamptonshire").Did("ctf", null, At("Wed 7 Oct 2026 10:00")).OwesNo("send-information", At("Wed 7 Oct 2026 10:00"));
    }

    [Fact]
    public void DOR31_A_file_that_is_not_sent_climbs_each_working_morning()
    {
        var story = Removed("northamptonshire");

        story.LookedAt(At("Thu 5 Nov 2026 09:00")).Owed("send-information", At("Thu 5 Nov 2026 09:00")).Level.ShouldBe(Levels.Head);
        story.LookedAt(At("Mon 9 Nov 2026 09:00")).Owed("send-information", At("Mon 9 Nov 2026 09:00")).Level.ShouldBe(Levels.CmeLead);
    }

    [Theory]
    [InlineData("Tue 3 Nov 2026 15:29", false, Levels.Owner)]
    [InlineData("Tue 3 Nov 2026 15:30", true, Levels.Owner)]
    [InlineData("Wed 4 Nov 2026 09:00", true, Levels.Dsl)]
    [InlineData("Thu 5 Nov 2026 09:00", true, Levels.Head)]
    [InlineData("Fri 6 Nov 2026 09:00", true, Levels.DutyDesk)]
    [InlineData("Mon 9 Nov 2026 09:00", true, Levels.CmeLead)]
    public void DOR31_The_file_of_a_pupil_without_an_episode_falls_due_and_climbs_the_same(string now, bool overdue, int level)
    {
        var owed = Transfers.Of(Rules, On("Tue 6 Oct 2026"), At(now))!;

        (owed.Due.DueAt, owed.IsOverdue, owed.Level).ShouldBe((At("Tue 3 Nov 2026 15:30"), overdue, level));
    }

    [Fact]
    public void DOR31_Where_the_school_has_not_published_so_far_nothing_is_told_late_that_has_no_date()
    {
        var owed = Transfers.Of(Rules, On("Fri 9 Jul 2027"), At("Wed 1 Sep 2027 09:00"))!;

        owed.Due.BeyondCalendar.ShouldNotBeNull();
        (owed.IsOverdue, owed.Level).ShouldBe((false, Levels.Owner));
    }

    [Theory]
    [InlineData("Wed 9 Sep 2026", true)]
    [InlineData("Tue 8 Sep 2026", false)]
    public void DOR32_Nothing_is_owed_of_a_pupil_who_was_registered_for_less_than_four_weeks(string entered, bool exempt) =>
        Transfers.WasShortStay(On(entered), On("Mon 5 Oct 2026")).ShouldBe(exempt);

    [Fact]
    public void DOR31_A_name_put_back_on_the_roll_has_no_file_to_send() =>
        Removed("northamptonshire").Do(new NotePutBack(At("Wed 7 Oct 2026 10:00"))).OwesNo("send-information", At("Wed 7 Oct 2026 10:00"));

    [Fact]
    public void DOR31_A_procedure_that_does_not_ask_for_it_owes_nothing() =>
        Transfers.Of(Story.RulesOf("suffolk-alternative-provider"), On("Tue 6 Oct 2026"), At("Mon 9 Nov 2026 09:00")).ShouldBeNull();

    private static Story Missing(string pack) => Story.Under(pack).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));

    private static Story Removed(string pack) => Missing(pack).Do(new NoteRemoval(On("Tue 6 Oct 2026"), "i", [], At("Tue 6 Oct 2026 16:00")));
}
