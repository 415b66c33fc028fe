using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Domain.Tests.Stories;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// B4, DOR-28 to DOR-30, NOR-16: from the twentieth day to the name's coming off the roll, and what a correction takes back. Day 1 is Monday
/// 7 September 2026; the twentieth school day is Friday 2 October.
/// </summary>
public sealed class RemovalTests
{
    private static readonly Performer Head = new("Ruth Hale", "head", "900001", "p1") { RecordedFor = "900001" };
    private static readonly Performer Officer = new("Noor Amin", "tracking-officer", "999", "p2") { RecordedFor = "999" };
    private static readonly CountReached Twenty = new(CountName.GroundI, 20, On("Fri 2 Oct 2026"), At("Fri 2 Oct 2026 13:30"));
    private static readonly CountReached TenAfterLeave = new(CountName.GroundH, 10, On("Fri 18 Sep 2026"), At("Fri 18 Sep 2026 13:30"));

    [Fact]
    public void B4_A_correction_that_breaks_the_run_closes_the_gate_again_and_the_history_says_so()
    {
        var story = Decided();
        story.History.ShouldNotContain(happened => happened is EpisodeEvent.RemovalGateClosed);

        Stands(story, At("Tue 6 Oct 2026 09:00"));

        Closed(story).ShouldBe(("i", "twenty-school-days", At("Tue 6 Oct 2026 09:00")));
        Stands(story, At("Tue 6 Oct 2026 09:30"), Twenty);
        Stands(story, At("Tue 6 Oct 2026 10:00"), Twenty).History.OfType<EpisodeEvent.RemovalGateClosed>().Count().ShouldBe(1, "it is closed once, and said once");
    }

    [Fact]
    public void B4_A_code_taken_out_of_the_middle_closes_the_gate_though_twenty_days_are_left()
    {
        var story = Decided();

        story.Do(new Stands(Absence(At("Tue 6 Oct 2026 09:00"), Twenty) with { Blanks = 1 }, null, 90, At("Tue 6 Oct 2026 09:00")));

        Closed(story).Unmet.ShouldBe("code-audit");
    }

    [Fact]
    public void B4_A_statement_or_a_signature_taken_back_closes_the_gate_again()
    {
        var story = Decided();
        var statement = story.Episode.Begun!.Known.Acts.Single(act => act.Action == "removal-statement").Number;

        story.Corrected(statement, "correct", null, At("Tue 6 Oct 2026 09:00"));

        Closed(story).Unmet.ShouldBe("belief-statement");
    }

    [Fact]
    public void B4_An_enquiry_taken_back_asks_both_sides_to_sign_again()
    {
        var story = Decided();
        var enquiry = story.Episode.Begun!.Known.Acts.Single(act => act.Action == "enquiry").Number;

        story.Corrected(enquiry, "correct", null, At("Tue 6 Oct 2026 09:00"));

        Closed(story).Unmet.ShouldBe("school-signature authority-signature");
    }

    [Fact]
    public void B4_An_enquiry_that_was_undone_at_once_nobody_can_have_signed_for()
    {
        var story = Act(Decided(), Head, "enquiry", null, At("Tue 6 Oct 2026 09:00"));
        var slip = story.Episode.Begun!.Known.Acts[^1].Number;

        story.Do(new EpisodeCommand.Record(new Deed("correct", null, At("Tue 6 Oct 2026 09:00"), null, Head) { Corrects = slip, Undo = true }, At("Tue 6 Oct 2026 09:00").AddSeconds(8)));

        story.Episode.Begun!.Known.Acts.ShouldNotContain(act => act.Number == slip);
        story.History.ShouldNotContain(happened => happened is EpisodeEvent.RemovalGateClosed);
    }

    [Fact]
    public void B4_What_was_signed_of_one_disappearance_says_nothing_of_the_next()
    {
        var story = Decided();
        story.Do(new Explained(new Domain.Episodes.ExplainingMark(Am("Tue 6 Oct 2026"), "/", null), Interlocked.Increment(ref _sequence), At("Tue 6 Oct 2026 08:55")));
        var again = Absence(At("Thu 8 Oct 2026 08:55"), Twenty) with { First = Am("Thu 8 Oct 2026"), Closes = At("Thu 8 Oct 2026 09:20"), KnownAt = At("Thu 8 Oct 2026 08:55") };
        story.Do(new Stands(again, null, Interlocked.Increment(ref _sequence), At("Thu 8 Oct 2026 08:55")));

        RemovalStanding.Acts(story.Episode.Begun!).ShouldBeEmpty();
        Act(story, Head, "enquiry", null, At("Thu 8 Oct 2026 10:00"));
        RemovalStanding.Acts(story.Episode.Begun!).ShouldHaveSingleItem();
    }

    [Fact]
    public void NOR16_The_authority_s_second_thoughts_close_the_gate_again()
    {
        var story = Decided();

        Act(story, Officer, "roll-decision", "keep", At("Tue 6 Oct 2026 09:00"));

        Closed(story).Unmet.ShouldBe("authority-decision");
    }

    [Fact]
    public void B4_A_mark_that_may_mean_that_the_child_was_seen_closes_the_gate_until_somebody_confirms_it()
    {
        var story = Decided();

        story.Do(new Stands(Absence(At("Tue 6 Oct 2026 09:00"), Twenty), new Cme.Domain.Episodes.ExplainingMark(Am("Tue 6 Oct 2026"), "B", null), 90, At("Tue 6 Oct 2026 09:00")));

        Closed(story).Unmet.ShouldBe("nothing-to-confirm");
    }

    [Fact]
    public void B4_While_one_condition_was_open_nothing_is_said_of_another()
    {
        var story = Missing();
        Act(story, Officer, "roll-decision", "remove", At("Mon 5 Oct 2026 12:00"));

        Stands(story, At("Tue 6 Oct 2026 09:00"));

        story.History.ShouldNotContain(happened => happened is EpisodeEvent.RemovalGateClosed, "it had not been open");
    }

    [Fact]
    public void DOR30_A_school_that_signs_for_the_authority_or_decides_for_it_opens_nothing()
    {
        var story = Missing();
        var posing = Officer with { RecordedFor = "900001" };
        Everything(story, Head, posing);

        RemovalStanding.Acts(story.Episode.Begun!).ShouldAllBe(act => !act.ByAuthority);
    }

    [Fact]
    public void B4_An_authority_that_signs_in_the_school_s_name_signs_for_nobody()
    {
        var story = Missing();
        Everything(story, Head with { RecordedFor = "999" }, Officer);

        RemovalStanding.Acts(story.Episode.Begun!).ShouldAllBe(act => act.InOwnName == act.ByAuthority);
    }

    [Theory]
    [InlineData("northamptonshire", true)]
    [InlineData("pan-dorset", false)]
    public void DOR28_Before_four_weeks_are_over_Dorset_s_gate_was_not_open_and_nothing_is_said_of_its_closing(string pack, bool was)
    {
        var story = Story.Under(pack).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));
        var known = At("Mon 5 Oct 2026 09:00");
        story.Do(new Stands(Absence(known, Twenty) with { First = Am("Tue 8 Sep 2026"), Closes = At("Tue 8 Sep 2026 09:20") }, null, Interlocked.Increment(ref _sequence), known));
        Everything(story, Head, Officer);

        Act(story, Officer, "roll-decision", "keep", At("Mon 5 Oct 2026 13:00"));

        story.History.OfType<EpisodeEvent.RemovalGateClosed>().Any().ShouldBe(was);
    }

    [Fact]
    public void DOR28_Dorset_holds_a_removal_for_four_weeks_and_twenty_school_days_and_Northamptonshire_does_not()
    {
        RemovalStanding.HoldsFourWeeks(PackCatalogue.Shipped["pan-dorset"]).ShouldBeTrue();
        RemovalStanding.HoldsFourWeeks(PackCatalogue.Shipped["northamptonshire"]).ShouldBeFalse();
    }

    [Fact]
    public void B4_A_correction_closes_the_gate_of_ground_h_too()
    {
        var story = Missing();
        Stands(story, At("Mon 21 Sep 2026 14:00"), TenAfterLeave);
        Everything(story, Head, Officer);

        Stands(story, At("Tue 6 Oct 2026 09:00"));

        Closed(story).ShouldBe(("h", "leave-granted ten-school-days", At("Tue 6 Oct 2026 09:00")));
    }

    [Fact]
    public void B4_A_name_removed_all_the_same_alarms_the_duty_desk_and_the_DSL_at_once()
    {
        var story = Missing().Do(new NoteRemoval(On("Fri 18 Sep 2026"), "i", ["twenty-school-days", "authority-decision"], At("Mon 21 Sep 2026 09:00")));

        var owed = story.Owed("removed-all-the-same", At("Mon 21 Sep 2026 09:00"));
        (owed.Due.DueAt, owed.State, owed.Level, owed.Step.Who).ShouldBe((At("Mon 21 Sep 2026 09:00"), ObligationState.Overdue, Levels.DutyDesk, "duty-desk"));
        story.LookedAt(At("Mon 21 Sep 2026 11:00")).Owed("removed-all-the-same", At("Mon 21 Sep 2026 11:00")).Level.ShouldBe(Levels.CmeLead);
        Act(story, Officer, "roll-decision", "keep", At("Mon 21 Sep 2026 11:30")).OwesNo("removed-all-the-same", At("Mon 21 Sep 2026 11:30"));
    }

    [Fact]
    public void B4_Putting_the_name_back_settles_the_alarm_and_removing_it_again_raises_another()
    {
        var story = Missing().Do(new NoteRemoval(On("Fri 18 Sep 2026"), "i", ["authority-decision"], At("Mon 21 Sep 2026 09:00")))
            .Do(new NotePutBack(At("Mon 21 Sep 2026 10:00")));

        story.OwesNo("removed-all-the-same", At("Mon 21 Sep 2026 10:00"));
        story.Do(new NotePutBack(At("Mon 21 Sep 2026 10:05"))).History.OfType<EpisodeEvent.PutBackOnRoll>().Count().ShouldBe(1);
        story.Do(new NoteRemoval(On("Fri 18 Sep 2026"), "i", ["authority-decision"], At("Mon 21 Sep 2026 11:00"))).Owed("removed-all-the-same", At("Mon 21 Sep 2026 11:00"));
    }

    [Fact]
    public void B4_A_removal_is_noted_once_and_a_lawful_one_alarms_nobody()
    {
        var story = Decided().Do(new NoteRemoval(On("Tue 6 Oct 2026"), "i", [], At("Tue 6 Oct 2026 09:00"))).Do(new NoteRemoval(On("Tue 6 Oct 2026"), "i", [], At("Tue 6 Oct 2026 09:05")));

        story.History.OfType<EpisodeEvent.RemovedFromRoll>().Count().ShouldBe(1);
        story.OwesNo("removed-all-the-same", At("Tue 6 Oct 2026 09:05"));
    }

    private static Story Missing()
    {
        var story = Story.Under("northamptonshire").Missing(Am("Mon 7 Sep 2026"), At("Mon 7 Sep 2026 08:55"));
        return story;
    }

    private static Story Decided()
    {
        var story = Missing();
        Stands(story, At("Fri 2 Oct 2026 13:30"), Twenty);
        Everything(story, Head, Officer);
        return story;
    }

    private static void Everything(Story story, Performer school, Performer authority)
    {
        Act(story, school, "enquiry", null, At("Mon 14 Sep 2026 10:00"));
        Act(story, school, "visit", "no-access", At("Mon 14 Sep 2026 12:00"));
        Act(story, authority, "check", null, At("Mon 28 Sep 2026 10:00"));
        Act(story, school, "removal-statement", null, At("Mon 5 Oct 2026 10:00"));
        Act(story, school, "joint-log", "signed", At("Mon 5 Oct 2026 10:30"));
        Act(story, authority, "joint-log", "signed", At("Mon 5 Oct 2026 11:00"));
        Act(story, authority, "roll-decision", "remove", At("Mon 5 Oct 2026 12:00"));
    }

    private static Story Act(Story story, Performer by, string action, string? outcome, DateTimeOffset at) =>
        story.Do(new EpisodeCommand.Record(new Deed(action, outcome, at, null, by, Note: "No reason to think of illness."), at));

    private static int _sequence = 10;

    private static Story Stands(Story story, DateTimeOffset known, params CountReached[] reached) =>
        story.Do(new Stands(Absence(known, reached), null, Interlocked.Increment(ref _sequence), known));

    private static Absence Absence(DateTimeOffset known, params CountReached[] reached) => new(
        Am("Mon 7 Sep 2026"), At("Mon 7 Sep 2026 09:20"), At("Mon 7 Sep 2026 08:55"), new SessionOf(London.DateOf(known), Session.Am), "N", 1) { Reached = [.. reached] };

    private static (string Ground, string Unmet, DateTimeOffset At) Closed(Story story)
    {
        var closed = story.History.OfType<EpisodeEvent.RemovalGateClosed>().Single();
        return (closed.Ground, string.Join(' ', closed.Unmet), closed.HappenedAt);
    }
}
