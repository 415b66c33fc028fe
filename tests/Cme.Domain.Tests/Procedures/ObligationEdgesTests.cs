using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using Cme.TestSupport.Terms;
using static Cme.Domain.Tests.Procedures.SmallPack;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>
/// Where a rule of what is owed begins and ends, to the minute. Amina is missing from Tuesday 8 September 2026, known at 08:55;
/// registration closes at 09:20 and the school's day ends at 15:30. Small packs stand for procedures that another authority may write.
/// </summary>
public sealed class ObligationEdgesTests
{
    private const string Opened = "'on':'opened'";

    private static DateTimeOffset Tue(string time) => At($"Tue 8 Sep 2026 {time}");

    private static Story Amina(params string[] flags) => Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), Tue("08:55"), flags);

    private static Story Under(params string[] steps) => Under(Autumn2026.Document, steps);

    private static Story Under(Cme.Domain.Calendars.SchoolYearDocument year, params string[] steps) => Story.Under(
        Story.RulesOf("northamptonshire") with { Pack = PackReader.Read("test", SmallPack.Of(steps)), School = Autumn2026.CalendarOf(year) })
        .Missing(Am("Tue 8 Sep 2026"), Tue("08:55"));

    private static string Owing(string id, string start, string doneBy = "{'action':'call'}") =>
        Step($"'id':'{id}'", $"'starts':[{{{start}}}]", $"'doneBy':[{doneBy}]");

    // ------------------------------------------------------------------------------------------------------ what starts

    [Fact]
    public void A_call_at_the_very_minute_by_which_it_was_wanted_was_in_time()
    {
        var story = Amina().Did("call", "no-answer", Tue("11:20"));

        story.At(Tue("11:30")).Where(owed => owed.Step.Id == "risk-assessment" && owed.IsOpen).ShouldHaveSingleItem().Due.DueAt.ShouldBe(Tue("13:20"));
    }

    [Fact]
    public void What_is_done_at_the_very_minute_at_which_a_child_goes_missing_again_is_about_that()
    {
        var story = Amina("looked_after").Marked(Pm("Tue 8 Sep 2026"), "\\", Tue("13:05"))
            .StillMissing(Am("Thu 10 Sep 2026"), Am("Thu 10 Sep 2026"), At("Thu 10 Sep 2026 08:51"))
            .Did("call", "no-answer", At("Thu 10 Sep 2026 08:50"), At("Thu 10 Sep 2026 08:52"))
            .Did("reply", "contact-made", At("Thu 10 Sep 2026 08:50"), At("Thu 10 Sep 2026 08:53"));

        story.Owed("risk-assessment", At("Thu 10 Sep 2026 09:30")).Due.DueAt.ShouldBe(At("Thu 10 Sep 2026 10:50"), "two hours after the call");
        story.OwesNo("letter", At("Thu 10 Sep 2026 09:30"));
        story.Did("risk-assessment", "no-concern", At("Thu 10 Sep 2026 09:00")).OwesNo("risk-assessment", At("Thu 10 Sep 2026 09:30"));
    }

    [Fact]
    public void A_step_that_waits_for_lateness_is_not_asked_for_by_what_was_done_in_time()
    {
        var story = Under(Owing("answer", "'on':'opened','due':{'hours':1}", "{'action':'note'}"), Owing("chase", "'on':'overdue','step':'answer','due':{'hours':1}"));
        story.At(Tue("10:19")).ShouldNotContain(owed => owed.Step.Id == "chase");
        story.Owed("chase", Tue("10:20")).Due.DueAt.ShouldBe(Tue("11:20"));

        Chases("09:50").ShouldBeEmpty();
        Chases("10:20").ShouldBeEmpty("at the very minute is in time");
        Chases("10:21").ShouldBe([ObligationState.Due], "it was late, so it is still asked why");

        IEnumerable<ObligationState> Chases(string answered) =>
            Under(Owing("answer", "'on':'opened','due':{'hours':1}", "{'action':'note'}"), Owing("chase", "'on':'overdue','step':'answer','due':{'hours':1}"))
                .Did("note", null, Tue(answered)).At(Tue("10:30")).Where(owed => owed.Step.Id == "chase").Select(owed => owed.State);
    }

    [Fact]
    public void A_count_asks_only_for_the_step_of_that_count_and_that_number()
    {
        var story = Amina();
        story.Do(new EpisodeCommand.Stands(
            story.Episode.Begun!.Absence with { Reached = [new("groundH", 10, On("Mon 21 Sep 2026"), At("Mon 21 Sep 2026 13:20"))] },
            null, 2, At("Mon 21 Sep 2026 13:20")));

        story.At(At("Mon 21 Sep 2026 14:00")).Where(owed => owed.Step.Starts[0].On == StartKind.Count).Select(owed => owed.Step.Id).ShouldBe(["ground-h"]);
        Returns.Of(Story.RulesOf("northamptonshire"), new PupilFacts { Reached = [new("sickness", 14, On("Mon 21 Sep 2026"), At("Mon 21 Sep 2026 13:20"))] })
            .ShouldBeEmpty();
    }

    [Fact]
    public void Each_session_marked_N_is_asked_for_by_itself_in_order()
    {
        var story = Amina();
        var numbers = new[] { Am("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), Am("Wed 9 Sep 2026"), Pm("Wed 9 Sep 2026") }.Select((session, index) =>
        {
            story.Do(new EpisodeCommand.Stands(story.Episode.Begun!.Absence with { OldestN = session }, null, 2 + index, At("Wed 9 Sep 2026 14:00")));
            return story.Owed("replace-code-n", At("Wed 9 Sep 2026 14:00"));
        }).ToList();

        numbers.Select(owed => owed.Id).Distinct().Count().ShouldBe(4);
        numbers.Select(owed => owed.Occurrence).ShouldBeInOrder();
    }

    [Fact]
    public void A_child_off_the_list_is_accounted_for_by_the_list_itself()
    {
        var story = Amina().Do(new EpisodeCommand.NotePlace(true, true, null, 2, Tue("10:00")));
        story.Owed("not-on-list", Tue("10:00")).SatisfiedAt.ShouldBeNull();

        story.Do(new EpisodeCommand.NotePlace(false, true, null, 3, Tue("14:00")));
        var given = story.At(Tue("14:00")).Single(owed => owed.Step.Id == "not-on-list");
        (given.State, given.SatisfiedAt, given.SatisfiedKnownAt).ShouldBe((ObligationState.Satisfied, Tue("14:00"), Tue("14:00")));

        Amina().Do(new EpisodeCommand.NotePlace(true, true, null, 2, Tue("10:00"))).Do(new EpisodeCommand.NotePlace(false, false, null, 3, Tue("14:00")))
            .At(Tue("14:00")).ShouldNotContain(owed => owed.Step.Id == "not-on-list", "who is back on the list was never to be accounted for");
    }

    [Fact]
    public void A_review_of_the_very_minute_at_which_the_last_session_begins_is_the_review_that_was_asked_for()
    {
        var story = Amina().Did("review", null, At("Fri 23 Oct 2026 13:00"));

        story.OwesNo("holiday-review", At("Fri 23 Oct 2026 13:00"));
        story.NextInstant(At("Fri 23 Oct 2026 13:00"))!.Value.ShouldBeGreaterThan(At("Fri 23 Oct 2026 13:00"));
    }

    [Fact]
    public void What_brings_a_step_at_the_very_minute_at_which_it_was_done_brings_it_again()
    {
        var story = Amina().Did("call", "no-answer", Tue("09:40")).Did("risk-assessment", "no-concern", Tue("10:00"))
            .Did("consult-dsl", "not-confirmed", Tue("10:00"));

        story.Owed("risk-assessment", Tue("10:00")).Due.DueAt.ShouldBe(Tue("10:30"));
    }

    [Fact]
    public void A_cause_that_a_late_report_made_void_leaves_no_trace_where_nobody_had_noticed_it_late()
    {
        // The first call was late, and noticed so at 09:50; the assessment was not due before 11:20.
        var story = Amina().LookedAt(Tue("09:55")).Did("call", "no-answer", Tue("09:40"), known: Tue("10:30"));

        story.At(Tue("10:30")).Where(owed => owed.Step.Id == "risk-assessment").Select(owed => owed.State).ShouldBe([ObligationState.Due]);
    }

    // ---------------------------------------------------------------------------------------------------------- flags

    [Fact]
    public void A_step_that_only_a_flag_asks_for_is_not_late_when_the_flag_comes()
    {
        var late = Amina().Flagged(At("Wed 9 Sep 2026 10:00"), "bullied").Flagged(At("Thu 10 Sep 2026 10:00"), "bullied", "cp_plan");

        late.Owed("tell-social-worker", At("Thu 10 Sep 2026 10:00")).ShouldSatisfyAllConditions(
            owed => owed.State.ShouldBe(ObligationState.Due), owed => owed.Due.ActBy.ShouldBe(At("Fri 11 Sep 2026 15:30")));
        var early = Amina().Flagged(At("Wed 9 Sep 2026 10:00"), "cp_plan").Flagged(At("Fri 11 Sep 2026 10:00"), "bullied", "cp_plan");
        early.Owed("tell-social-worker", At("Fri 11 Sep 2026 10:00")).Due.ActBy.ShouldBe(At("Thu 10 Sep 2026 15:30"), "the flag that asks for it came on Wednesday");
    }

    [Fact]
    public void Of_two_urgent_flags_the_first_made_the_deadline_sooner() =>
        Amina().Flagged(Tue("09:00"), "cp_plan").Flagged(Tue("09:30"), "cp_plan", "looked_after")
            .Owed("first-call", Tue("09:30")).Due.ActBy.ShouldBe(Tue("09:35"));

    [Fact]
    public void A_time_without_contact_gives_new_time_to_what_contacts_the_family_and_to_nothing_else()
    {
        var story = Amina().Flagged(Tue("09:25"), "do_not_contact_family").Flagged(Tue("12:00"));

        story.Owed("first-call", Tue("12:00")).Due.ActBy.ShouldBe(Tue("12:30"));
        story.Owed("risk-assessment", Tue("12:00")).Due.ActBy.ShouldBe(Tue("11:20"));
    }

    // ------------------------------------------------------------------------------------------------------ new time

    [Fact]
    public void After_two_closures_that_did_not_hold_time_is_given_from_the_second_reopening()
    {
        var story = Amina()
            .Marked(Am("Tue 8 Sep 2026"), "I", Tue("10:00"), "known-contact").StillMissing(Am("Tue 8 Sep 2026"), Am("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 09:00"))
            .Marked(Am("Wed 9 Sep 2026"), "I", At("Wed 9 Sep 2026 10:00"), "known-contact").StillMissing(Am("Tue 8 Sep 2026"), Am("Thu 10 Sep 2026"), At("Thu 10 Sep 2026 10:00"));

        story.Episode.Begun!.Known.Interruptions.Length.ShouldBe(2);
        story.Owed("contact-parent", At("Thu 10 Sep 2026 10:00")).Due.ActBy.ShouldBe(At("Fri 11 Sep 2026 15:30"));
    }

    [Fact]
    public void What_turned_overdue_at_the_very_minute_at_which_a_code_closed_stays_overdue()
    {
        var story = Amina().Marked(Am("Tue 8 Sep 2026"), "I", Tue("09:50"), "known-contact").StillMissing(Am("Tue 8 Sep 2026"), Am("Tue 8 Sep 2026"), Tue("11:00"));

        (story.Owed("first-call", Tue("11:00")).Due.ActBy, story.Owed("first-call", Tue("11:00")).State).ShouldBe((Tue("09:50"), ObligationState.Overdue));
    }

    [Fact]
    public void An_act_that_is_taken_back_gives_new_time_to_what_relied_on_it_and_to_nothing_else()
    {
        var note = Amina().Did("note", null, Tue("09:30")).Corrected(2, "correct", null, Tue("09:31"), known: Tue("10:30"));
        note.Owed("first-call", Tue("10:30")).Due.ActBy.ShouldBe(Tue("09:50"), "a note is no call");

        var early = Amina().Did("risk-assessment", "no-concern", Tue("09:30")).Did("call", "no-answer", Tue("09:40"));
        early.Corrected(2, "correct", null, Tue("09:45"), known: Tue("12:00")).Owed("risk-assessment", Tue("12:00")).Due.ActBy
            .ShouldBe(Tue("11:40"), "it came before the call, and was never the assessment that the call asks for");

        var questions = Amina().Did("question-set", null, Tue("09:30")).Corrected(2, "correct", null, Tue("09:31"), known: At("Thu 10 Sep 2026 10:00"));
        questions.Owed("assess-safeguarding", At("Thu 10 Sep 2026 10:00")).Due.ActBy.ShouldBe(At("Fri 11 Sep 2026 15:30"), "one way of several to do it");

        var sighting = Amina().Did("sighting", "seen", Tue("09:30"));
        sighting.Corrected(2, "correct", null, Tue("09:31"), known: At("Thu 24 Sep 2026 10:00"))
            .Owed("report-missing", At("Thu 24 Sep 2026 10:00")).Due.ActBy.ShouldBe(At("Fri 25 Sep 2026 15:30"), "one of several things that made it needless");
    }

    // ------------------------------------------------------------------------------------------------------ how it stands

    [Fact]
    public void What_is_owed_is_told_earliest_first_and_of_one_time_by_name()
    {
        var owed = Amina("cp_plan").At(Tue("10:00")).Select(one => (one.Due.DueAt, one.Step.Id)).ToList();

        owed.ShouldBe(owed.OrderBy(one => one.DueAt).ThenBy(one => one.Id, StringComparer.Ordinal));
        owed.Select(one => one.DueAt).Distinct().Count().ShouldBeGreaterThan(3);
        var returned = Returns.Of(Story.RulesOf("northamptonshire"), new PupilFacts { Entered = On("Fri 11 Sep 2026"), Removed = On("Thu 10 Sep 2026") });
        returned.Select(one => one.Due.DueAt).ShouldBeInOrder();
        returned.Length.ShouldBe(2);
    }

    [Fact]
    public void A_return_that_became_known_late_has_grace_from_when_it_did() =>
        Returns.Of(Story.RulesOf("northamptonshire"), new PupilFacts { Reached = [new("sickness", 15, On("Fri 25 Sep 2026"), At("Thu 1 Oct 2026 09:00"))] })
            .ShouldHaveSingleItem().Due.ShouldSatisfyAllConditions(
                due => due.DueAt.ShouldBe(At("Mon 28 Sep 2026 15:30")), due => due.ActBy.ShouldBe(At("Fri 2 Oct 2026 15:30")));

    [Fact]
    public void What_was_done_stays_done_when_the_episode_closes_and_the_rest_is_given_up()
    {
        var story = Amina().Did("call", "parent-child-safe", Tue("09:40"));

        var owed = story.At(Tue("10:00"));
        (owed.Single(one => one.Step.Id == "first-call").State, owed.Single(one => one.Step.Id == "report-missing").State)
            .ShouldBe((ObligationState.Satisfied, ObligationState.Superseded));
        owed.ShouldAllBe(one => one.NextAt == null);
    }

    [Fact]
    public void Of_several_acts_that_complete_a_step_the_first_did()
    {
        var done = Amina().Did("call", "no-answer", Tue("09:30"), known: Tue("09:45")).Did("call", "no-answer", Tue("09:46"))
            .At(Tue("10:00")).Single(owed => owed.Step.Id == "first-call");

        (done.SatisfiedAt, done.SatisfiedKnownAt, done.OverdueAt).ShouldBe((Tue("09:30"), Tue("09:45"), null));
    }

    [Fact]
    public void A_step_says_since_when_it_is_overdue_and_only_while_it_is()
    {
        Amina().Owed("first-call", Tue("09:49")).OverdueAt.ShouldBeNull();
        Amina().Owed("first-call", Tue("09:50")).OverdueAt.ShouldBe(Tue("09:50"));
    }

    [Fact]
    public void A_step_may_be_done_from_the_first_minute_of_its_day()
    {
        Amina().Owed("visit", At("Sun 13 Sep 2026 23:59")).State.ShouldBe(ObligationState.Pending);
        Amina().Owed("visit", At("Mon 14 Sep 2026 00:00")).State.ShouldBe(ObligationState.Due);
    }

    [Fact]
    public void At_the_very_minute_at_which_it_climbs_the_next_step_up_is_the_next_thing_to_happen()
    {
        var story = Amina().Did("call", "no-answer", Tue("09:40"));

        story.Owed("risk-assessment", Tue("12:10")).NextAt.ShouldBe(Tue("12:40"));
        story.Owed("risk-assessment", Tue("13:40")).NextAt.ShouldBeNull();
    }

    [Fact]
    public void A_deadline_beyond_the_published_calendar_never_turns_overdue()
    {
        var story = Under(
            Autumn2026.Document with { Terms = [new(On("Wed 2 Sep 2026"), On("Fri 18 Sep 2026"))], Inset = [] },
            Owing("report", $"{Opened},'due':{{'absenceDay':30}}"));

        var owed = story.Owed("report", At("Mon 26 Oct 2026 12:00"));
        (owed.State, owed.Level, owed.NextAt).ShouldBe((ObligationState.Pending, Levels.Owner, null));
        owed.Due.BeyondCalendar.ShouldNotBeNull();
    }

    // ------------------------------------------------------------------------------------------------------ the other reading

    [Fact]
    public void An_alert_of_the_other_reading_is_raised_unless_the_step_was_done_before_it()
    {
        Report().Owed("report", At("Thu 10 Sep 2026 15:29")).ShouldSatisfyAllConditions(
            owed => owed.AlertedAt.ShouldBeNull(), owed => owed.NextAt.ShouldBe(At("Thu 10 Sep 2026 15:30")));
        Report().Owed("report", At("Thu 10 Sep 2026 15:30")).ShouldSatisfyAllConditions(
            owed => owed.AlertedAt.ShouldBe(At("Thu 10 Sep 2026 15:30")), owed => owed.NextAt.ShouldBe(At("Fri 11 Sep 2026 15:30")));

        Done("Thu 10 Sep 2026 15:29").AlertedAt.ShouldBeNull();
        Done("Thu 10 Sep 2026 15:30").AlertedAt.ShouldBeNull("done at the very minute");
        Done("Thu 10 Sep 2026 15:31").AlertedAt.ShouldBe(At("Thu 10 Sep 2026 15:30"));

        Story Report() => Under(Owing("report", $"{Opened},'due':{{'absenceDay':4}},'alsoRead':{{'absenceDay':3}}"));

        Obligation Done(string at) => Report().Did("call", "no-answer", At(at)).At(At("Thu 10 Sep 2026 16:00")).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_cause_that_became_known_after_the_other_reading_alerts_when_it_was_known()
    {
        var late = Under(Owing("report", "'on':'act','act':{'action':'visit'},'due':{'schoolDays':5},'alsoRead':{'schoolDays':1}"))
            .Did("visit", "no-access", Tue("11:00"), known: At("Thu 10 Sep 2026 10:00")).Owed("report", At("Thu 10 Sep 2026 10:00"));

        (late.Due.AlertAt, late.AlertedAt).ShouldBe((At("Wed 9 Sep 2026 15:30"), At("Thu 10 Sep 2026 10:00")));
    }

    [Fact]
    public void Each_step_alerts_for_itself()
    {
        var story = Under(
            Owing("report", $"{Opened},'due':{{'absenceDay':9}},'alsoRead':{{'absenceDay':3}}"),
            Owing("second-report", $"{Opened},'due':{{'absenceDay':9}},'alsoRead':{{'absenceDay':2}}"));

        story.LookedAt(At("Wed 9 Sep 2026 16:00")).LookedAt(At("Wed 9 Sep 2026 17:00")).LookedAt(At("Thu 10 Sep 2026 16:00")).LookedAt(At("Thu 10 Sep 2026 17:00"))
            .History.OfType<EpisodeEvent.AlertRaised>().Select(alert => alert.Step).ShouldBe(["second-report", "report"]);

        var late = Under(
            Owing("report", $"{Opened},'due':{{'absenceDay':9}},'alsoRead':{{'absenceDay':3}}"),
            Owing("answer", "'on':'act','act':{'action':'visit'},'due':{'schoolDays':9},'alsoRead':{'schoolDays':1}")).LookedAt(At("Thu 10 Sep 2026 16:00"))
            .Did("visit", "no-access", Tue("11:00"), known: At("Fri 11 Sep 2026 10:00")).LookedAt(At("Fri 11 Sep 2026 10:00"));
        late.History.OfType<EpisodeEvent.AlertRaised>().Select(alert => alert.Step).ShouldBe(["report", "answer"], "though its reading was before the other's");
    }

    [Fact]
    public void The_authority_s_own_alert_that_would_fall_on_its_weekend_comes_on_the_friday_and_at_the_desk_too()
    {
        Alert(calendarDays: 4).ShouldBe((At("Fri 11 Sep 2026 17:00"), true), "Saturday");
        Alert(calendarDays: 3).ShouldBe((At("Fri 11 Sep 2026 17:00"), false), "Friday itself");
        Alert(calendarDays: 6).ShouldBe((At("Mon 14 Sep 2026 17:00"), false));

        (DateTimeOffset, bool) Alert(int calendarDays)
        {
            var owed = Under(Step("'who':'tracking-officer'", $"'starts':[{{{Opened},'due':{{'workingDays':9}},'alsoRead':{{'calendarDays':{calendarDays}}}}}]"))
                .Owed("ring", Tue("10:00"));
            return (owed.Due.AlertAt, owed.Due.AlertsDesk);
        }
    }

    [Fact]
    public void What_was_alerted_at_the_desk_and_is_done_is_at_nobody_s_desk_any_more()
    {
        var story = Under(Owing("report", $"{Opened},'due':{{'absenceDay':8}},'alsoRead':{{'absenceCalendarDay':5}}"));
        story.Owed("report", At("Fri 11 Sep 2026 15:30")).Level.ShouldBe(Levels.DutyDesk);

        story.Did("call", "no-answer", At("Fri 11 Sep 2026 16:00")).At(At("Fri 11 Sep 2026 16:00")).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                owed => owed.State.ShouldBe(ObligationState.Satisfied), owed => owed.Level.ShouldBe(Levels.Owner), owed => owed.NextAt.ShouldBeNull());
    }

    // ------------------------------------------------------------------------------------------------------ once complete

    private const string Report = "'on':'opened','opens':{'absenceDay':8},'countsFrom':{'absenceDay':1},'due':{'absenceDay':8}";

    private static Story Checks(string once, string more = "") => Under(
        Owing("knock", $"{Opened},'due':{{'absenceDay':2}}", "{'action':'visit'}"), Owing("write", $"{Opened},'due':{{'absenceDay':3}}", "{'action':'letter'}"),
        Owing("wait", "'on':'act','act':{'action':'letter'},'due':{'hours':1}", "{'action':'reply'}"),
        Owing("report", $"{Report}{more},'orOnce':{once}"));

    [Fact]
    public void When_the_checks_are_complete_the_step_may_be_done_at_once_and_is_due()
    {
        var report = Checks("{'done':['knock','write']}").Did("visit", "no-access", Tue("10:00")).Did("letter", "sent", Tue("11:00")).Owed("report", Tue("11:00"));

        (report.OpensAt, report.Due.DueAt, report.State).ShouldBe((Tue("11:00"), Tue("11:00"), ObligationState.Due));
        report.Anchor.ShouldStartWith("all checks complete 11:00 on 8 September 2026; registration closed");

        Checks("{'done':['knock','write']}").Did("visit", "no-access", Tue("10:00")).Owed("report", Tue("11:00")).Anchor.ShouldStartWith("registration closed");
    }

    [Fact]
    public void Checks_that_are_complete_only_when_the_step_is_due_anyway_bring_nothing_forward()
    {
        var report = Checks("{'done':['knock']}").Did("visit", "no-access", At("Thu 17 Sep 2026 15:30")).Owed("report", At("Thu 17 Sep 2026 15:30"));

        (report.Due.DueAt, report.OpensAt).ShouldBe((At("Thu 17 Sep 2026 15:30"), At("Thu 17 Sep 2026 00:00")));
        report.Anchor.ShouldNotContain("complete");
    }

    [Fact]
    public void A_step_that_opens_before_the_checks_are_complete_stays_open() =>
        Under(Owing("knock", $"{Opened},'due':{{'absenceDay':2}}", "{'action':'visit'}"), Owing("report", $"{Opened},'due':{{'absenceDay':8}},'orOnce':{{'done':['knock']}}"))
            .Did("visit", "no-access", Tue("10:00")).Owed("report", Tue("10:00")).OpensAt.ShouldBe(Tue("09:20"));

    [Fact]
    public void Somebody_who_was_given_time_to_answer_has_it_and_every_such_time_must_be_over()
    {
        Checks("{'done':['knock'],'passed':['wait']}").Did("visit", "no-access", Tue("10:00")).Did("letter", "sent", Tue("11:00"))
            .Owed("report", Tue("11:00")).Due.DueAt.ShouldBe(Tue("12:00"));
        Checks("{'done':['knock'],'passed':['wait','write']}").Did("visit", "no-access", Tue("10:00")).Did("letter", "sent", Tue("11:00"))
            .Owed("report", Tue("11:00")).Due.DueAt.ShouldBe(At("Thu 10 Sep 2026 15:30"));
        Checks("{'passed':['write','wait']}").Owed("report", Tue("11:00")).Due.DueAt.ShouldBe(At("Thu 17 Sep 2026 15:30"), "nobody was given that time yet");
    }

    [Fact]
    public void What_is_brought_forward_has_grace_from_when_the_last_check_was_known()
    {
        var report = Checks("{'done':['knock']}").Did("visit", "no-access", Tue("10:00"), known: At("Thu 10 Sep 2026 10:00")).Owed("report", At("Thu 10 Sep 2026 10:00"));

        (report.Due.DueAt, report.Due.ActBy).ShouldBe((Tue("10:00"), At("Fri 11 Sep 2026 15:30")));
        Checks("{'done':['knock']}").Did("visit", "no-access", Tue("10:00"), known: At("Thu 17 Sep 2026 10:00")).Owed("report", At("Thu 17 Sep 2026 10:00"))
            .Due.ActBy.ShouldBe(At("Thu 17 Sep 2026 15:30"), "never later than without it");
    }

    [Fact]
    public void An_alert_that_was_to_come_later_comes_with_what_is_brought_forward_and_one_that_came_before_stays()
    {
        const string Weekend = ",'alsoRead':{'absenceCalendarDay':5}";    // Saturday 12th: at the desk on Friday.
        var before = Checks("{'done':['knock']}", Weekend).Did("visit", "no-access", Tue("10:00")).Owed("report", Tue("10:00"));
        (before.Due.AlertAt, before.Due.AlertsDesk).ShouldBe((Tue("10:00"), false));

        var after = Checks("{'done':['knock']}", Weekend).Did("visit", "no-access", At("Mon 14 Sep 2026 10:00")).Owed("report", At("Mon 14 Sep 2026 10:00"));
        (after.Due.AlertAt, after.Due.AlertsDesk).ShouldBe((At("Fri 11 Sep 2026 15:30"), true));
        var weekday = Checks("{'done':['knock']}", ",'alsoRead':{'absenceDay':3}").Did("visit", "no-access", At("Mon 14 Sep 2026 10:00")).Owed("report", At("Mon 14 Sep 2026 10:00"));
        (weekday.Due.AlertAt, weekday.Due.AlertsDesk).ShouldBe((At("Thu 10 Sep 2026 15:30"), false));
    }

    [Fact]
    public void Checks_that_are_complete_give_a_deadline_also_where_the_calendar_ends_before_the_other()
    {
        var report = Under(
            Autumn2026.Document with { Terms = [new(On("Wed 2 Sep 2026"), On("Fri 18 Sep 2026"))], Inset = [] },
            Owing("knock", $"{Opened},'due':{{'absenceDay':2}}", "{'action':'visit'}"),
            Owing("report", $"{Opened},'due':{{'absenceDay':30}},'orOnce':{{'done':['knock']}}")).Did("visit", "no-access", Tue("10:00")).Owed("report", Tue("10:00"));

        (report.Due.DueAt, report.Due.ActBy, report.Due.BeyondCalendar).ShouldBe((Tue("10:00"), At("Wed 9 Sep 2026 15:30"), null));
    }

    // ------------------------------------------------------------------------------------------------------ steps of two starts

    [Fact]
    public void A_step_of_which_one_start_waits_for_another_step_is_owed_by_either()
    {
        var story = Under(
            Owing("answer", $"{Opened},'due':{{'hours':1}}", "{'action':'note'}"),
            Step("'id':'chase'", $"'starts':[{{{Opened},'due':{{'hours':9}}}},{{'on':'overdue','step':'answer','due':{{'hours':1}}}}]"));

        var called = story.Did("call", "no-answer", Tue("10:00"));
        called.Owed("chase", Tue("10:20")).Due.DueAt.ShouldBe(Tue("11:20"));
        called.At(Tue("10:20")).Select(owed => owed.Id).ShouldBeUnique();
    }

    [Fact]
    public void A_step_that_something_else_made_needless_was_done_by_nobody()
    {
        Standing(After().Did("sighting", "seen", Tue("10:00"))).ShouldBe((ObligationState.Satisfied, true));
        Standing(After().Did("notify", null, Tue("10:00"))).ShouldBe((ObligationState.Satisfied, false));
        Standing(After()).ShouldBe((ObligationState.Due, false));

        Story After() => Under(Step("'id':'tell'", $"'starts':[{{{Opened},'due':{{'hours':9}}}}]", "'doneBy':[{'action':'notify'}]", "'noNeedAfter':[{'action':'sighting'}]"));
        (ObligationState, bool) Standing(Story told) => told.At(Tue("10:30")).Where(owed => owed.Step.Id == "tell").Select(owed => (owed.State, owed.IsNeedless)).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_step_of_which_one_start_is_a_holiday_wakes_somebody_for_it()
    {
        var story = Under(Step("'id':'review'", $"'starts':[{{{Opened},'due':{{'hours':1}}}},{{'on':'holiday','due':{{'calendarDays':0}}}}]"))
            .Did("call", "no-answer", Tue("10:00"));

        story.NextInstant(Tue("10:00")).ShouldBe(At("Fri 23 Oct 2026 13:00"));
    }

    [Fact]
    public void Of_a_holiday_its_beginning_and_its_end_are_the_next_things_to_happen()
    {
        var story = Under(Owing("ring", $"{Opened},'due':{{'hours':1}}")).Did("call", "no-answer", Tue("10:00"));

        story.NextInstant(Tue("10:00")).ShouldBe(At("Fri 23 Oct 2026 15:30"));
        story.NextInstant(At("Fri 23 Oct 2026 15:30")).ShouldBe(At("Mon 2 Nov 2026 08:50"));
    }

    [Fact]
    public void A_calendar_that_opens_the_school_in_its_holiday_hands_the_episode_back_when_that_is_known()
    {
        var open = Story.RulesOf("northamptonshire") with
        {
            School = Autumn2026.CalendarOf(Autumn2026.Document with { Terms = [new(On("Wed 2 Sep 2026"), On("Fri 18 Dec 2026"))], Inset = [] }, version: 2),
        };
        var story = Amina().LookedAt(At("Mon 26 Oct 2026 12:00"));
        story.Episode.Begun!.Owner.ShouldBe("999");

        story.Taking(open, 2, At("Tue 27 Oct 2026 10:00")).LookedAt(At("Tue 27 Oct 2026 10:00"));

        story.History.OfType<EpisodeEvent.HandedBack>().ShouldHaveSingleItem().HappenedAt.ShouldBe(At("Tue 27 Oct 2026 10:00"));
        story.Episode.Begun!.Owner.ShouldBe("900001");
    }
}
