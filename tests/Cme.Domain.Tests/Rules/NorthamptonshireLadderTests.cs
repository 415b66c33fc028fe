using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// NOR-01, NOR-02 and NOR-10 to NOR-16, as a case officer could check them. Amina is missing from Tuesday 8 September 2026, which
/// is day 1; day 2 is the Wednesday, day 5 Monday 14th, day 10 Monday 21st. The school's day ends at 15:30, the offices at 17:00.
/// Source: Northamptonshire, Children missing education.
/// </summary>
public sealed class NorthamptonshireLadderTests
{
    private static Story AminaMissing(params string[] flags) =>
        Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    /// <summary>Everything before the visit: calls on day 1 and 2, the letter on day 3.</summary>
    private static Story LetterSent() => AminaMissing()
        .Did("call", "no-answer", At("Tue 8 Sep 2026 09:40")).Did("risk-assessment", "no-concern", At("Tue 8 Sep 2026 11:00"))
        .Did("call", "no-answer", At("Wed 9 Sep 2026 10:00")).Did("letter", "sent", At("Thu 10 Sep 2026 11:00"));

    private static Story Reported() => LetterSent()
        .Did("risk-assessment", "no-concern", At("Mon 14 Sep 2026 09:00")).Did("visit", "no-access", At("Mon 14 Sep 2026 11:00"))
        .Did("refer-authority", null, At("Tue 15 Sep 2026 17:05"));

    [Theory]
    [InlineData("Tue 8 Sep 2026 09:00", "900001")]
    [InlineData("Sat 19 Sep 2026 12:00", "900001")]
    [InlineData("Mon 26 Oct 2026 12:00", "999")]
    [InlineData("Mon 2 Nov 2026 09:00", "900001")]
    [InlineData("Fri 25 Dec 2026 12:00", "999")]
    public void NOR01_Somebody_is_responsible_for_an_open_episode_at_every_hour(string at, string owner) =>
        AminaMissing().LookedAt(At(at)).Episode.Begun!.Owner.ShouldBe(owner);

    [Fact]
    public void NOR02_The_safeguarding_risk_is_assessed_on_day_one_whatever_the_absence_looks_like()
    {
        var assess = AminaMissing().Did("call", "parent-child-missing", At("Tue 8 Sep 2026 09:40")).Owed("assess-safeguarding", At("Tue 8 Sep 2026 10:00"));

        (assess.Due.DueAt, assess.Step.Clause, assess.Step.Who).ShouldBe((At("Tue 8 Sep 2026 15:30"), "NOR-02", "dsl"));
    }

    [Theory]
    [InlineData("question-set", null)]
    [InlineData("vulnerability-assessment", null)]
    [InlineData("risk-assessment", "concern")]
    public void NOR02_is_done_by_answers_that_were_recorded_and_not_by_a_call(string action, string? outcome)
    {
        var story = AminaMissing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"));
        story.Owed("assess-safeguarding", At("Tue 8 Sep 2026 10:00"));
        story.Did(action, outcome, At("Tue 8 Sep 2026 10:30")).OwesNo("assess-safeguarding", At("Tue 8 Sep 2026 10:30"));
    }

    [Fact]
    public void NOR10_A_second_call_is_due_by_the_end_of_day_two_and_the_first_day_s_calls_do_not_do()
    {
        var story = AminaMissing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40")).Did("call", "no-answer", At("Tue 8 Sep 2026 14:40"));
        var second = story.Owed("second-day-call", At("Tue 8 Sep 2026 15:00"));

        (second.Due.DueAt, second.Step.Clause, second.State).ShouldBe((At("Wed 9 Sep 2026 15:30"), "NOR-10", ObligationState.Pending));
        story.Owed("second-day-call", At("Wed 9 Sep 2026 08:30")).State.ShouldBe(ObligationState.Due);
        story.Did("call", "no-answer", At("Wed 9 Sep 2026 08:30")).OwesNo("second-day-call", At("Wed 9 Sep 2026 08:30"));
    }

    [Fact]
    public void NOR10_Not_calling_on_day_two_is_overdue_when_the_school_day_ends() =>
        AminaMissing().Owed("second-day-call", At("Wed 9 Sep 2026 15:30")).State.ShouldBe(ObligationState.Overdue);

    [Fact]
    public void NOR11_The_letter_is_due_by_the_end_of_day_three_and_may_be_sent_sooner()
    {
        var letter = AminaMissing().Owed("letter", At("Wed 9 Sep 2026 10:00"));

        (letter.Due.DueAt, letter.Step.Clause, letter.State).ShouldBe((At("Thu 10 Sep 2026 15:30"), "NOR-11", ObligationState.Pending));
        AminaMissing().Owed("letter", At("Thu 10 Sep 2026 10:00")).State.ShouldBe(ObligationState.Due);
        AminaMissing().Did("letter", "sent", At("Wed 9 Sep 2026 10:00")).OwesNo("letter", At("Thu 10 Sep 2026 10:00"));
    }

    [Fact]
    public void NOR11_The_parent_has_three_working_days_to_reply_counted_from_the_sending()
    {
        var reply = LetterSent().Owed("letter-reply", At("Thu 10 Sep 2026 11:00"));

        (reply.Due.DueAt, reply.Step.Clause).ShouldBe((At("Tue 15 Sep 2026 17:00"), "NOR-11"));
        reply.Due.Readings.ShouldHaveSingleItem().Deadline.ShouldBe(new Deadline(3, DeadlineUnit.WorkingDays));
    }

    [Fact]
    public void NOR11_Working_days_run_on_in_the_half_term() =>
        Story.Under("northamptonshire").Missing(Am("Wed 21 Oct 2026"), At("Wed 21 Oct 2026 08:55")).Did("letter", "sent", At("Fri 23 Oct 2026 11:00"))
            .Owed("letter-reply", At("Fri 23 Oct 2026 12:00")).Due.DueAt.ShouldBe(At("Wed 28 Oct 2026 17:00"));

    [Fact]
    public void NOR11_Given_English_may_not_be_the_first_language_Then_a_letter_in_English_alone_leaves_the_copy_owed()
    {
        var story = Story.Under("northamptonshire").Speaking("POL").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));
        story.Owed("letter-translated", At("Thu 10 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Thu 10 Sep 2026 15:30"));

        story.Wrote(At("Thu 10 Sep 2026 11:00"), "English").Owed("letter-translated", At("Thu 10 Sep 2026 12:00")).Step.Clause.ShouldBe("NOR-11");
        story.OwesNo("letter", At("Thu 10 Sep 2026 12:00"));
        story.Wrote(At("Thu 10 Sep 2026 13:00"), "en", "pl").OwesNo("letter-translated", At("Thu 10 Sep 2026 13:00"));
    }

    [Theory]
    [InlineData("ENG")]
    [InlineData("en-GB")]
    [InlineData("English")]
    [InlineData("")]
    public void NOR11_No_copy_is_asked_for_where_nobody_is_aware_of_another_language(string language) =>
        Story.Under("northamptonshire").Speaking(language).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"))
            .OwesNo("letter-translated", At("Thu 10 Sep 2026 10:00"));

    [Fact]
    public void NOR12_The_visit_is_due_on_day_five_and_overdue_after_day_six()
    {
        var visit = LetterSent().Owed("visit", At("Mon 14 Sep 2026 10:00"));

        (visit.Due.DueAt, visit.Due.ActBy, visit.State, visit.Step.Clause)
            .ShouldBe((At("Mon 14 Sep 2026 15:30"), At("Tue 15 Sep 2026 15:30"), ObligationState.Due, "NOR-12"));
        LetterSent().Owed("visit", At("Fri 11 Sep 2026 10:00")).State.ShouldBe(ObligationState.Pending);
        LetterSent().Owed("visit", At("Tue 15 Sep 2026 15:29")).State.ShouldBe(ObligationState.Due);
        LetterSent().Owed("visit", At("Tue 15 Sep 2026 15:30")).State.ShouldBe(ObligationState.Overdue);
    }

    [Fact]
    public void NOR12_A_visit_without_its_risk_assessment_is_recorded_and_the_assessment_stays_owed()
    {
        var story = LetterSent().Did("visit", "no-access", At("Mon 14 Sep 2026 11:00"));

        story.LastRefusal.ShouldBeNull();
        story.OwesNo("visit", At("Mon 14 Sep 2026 11:00"));
        story.Owed("visit-risk-assessment", At("Mon 14 Sep 2026 11:00")).Step.Clause.ShouldBe("NOR-12");
        story.Did("risk-assessment", "no-concern", At("Mon 14 Sep 2026 12:00")).OwesNo("visit-risk-assessment", At("Mon 14 Sep 2026 12:00"));
    }

    [Fact]
    public void NOR12_The_first_day_s_risk_assessment_is_not_the_visit_s() =>
        LetterSent().Owed("visit-risk-assessment", At("Mon 14 Sep 2026 08:00"))
            .ShouldSatisfyAllConditions(
                owed => owed.State.ShouldBe(ObligationState.Due),
                owed => owed.Due.DueAt.ShouldBe(At("Mon 14 Sep 2026 15:30")));

    [Fact]
    public void NOR12_A_child_seen_with_concern_is_assessed_again_within_thirty_minutes() =>
        LetterSent().Did("visit", "seen-concern", At("Mon 14 Sep 2026 11:00"))
            .Owed("risk-assessment", At("Mon 14 Sep 2026 11:05")).Due.DueAt.ShouldBe(At("Mon 14 Sep 2026 11:30"));

    [Fact]
    public void NOR13_The_report_is_due_by_school_day_ten_and_alerts_by_calendar_day_ten()
    {
        var report = LetterSent().Owed("report-missing", At("Fri 11 Sep 2026 10:00"));

        (report.Due.DueAt, report.Due.AlertAt, report.Step.Clause, report.State)
            .ShouldBe((At("Mon 21 Sep 2026 15:30"), At("Thu 17 Sep 2026 15:30"), "NOR-13", ObligationState.Pending));
        report.Due.Readings.Select(reading => (reading.Deadline.Unit, reading.At)).ShouldBe(
            [(DeadlineUnit.AbsenceDay, At("Mon 21 Sep 2026 15:30")), (DeadlineUnit.AbsenceCalendarDay, At("Thu 17 Sep 2026 15:30"))]);
    }

    [Fact]
    public void NOR13_Once_the_checks_are_complete_the_report_is_due_when_the_time_to_reply_is_over()
    {
        var story = LetterSent().Did("risk-assessment", "no-concern", At("Mon 14 Sep 2026 09:00"));
        story.Owed("report-missing", At("Mon 14 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 15:30"));

        var report = story.Did("visit", "no-access", At("Mon 14 Sep 2026 11:00")).Owed("report-missing", At("Tue 15 Sep 2026 17:00"));
        (report.Due.DueAt, report.Due.ActBy, report.State)
            .ShouldBe((At("Tue 15 Sep 2026 17:00"), At("Tue 15 Sep 2026 17:00"), ObligationState.Overdue));
        report.Anchor.ShouldStartWith("all checks complete");
    }

    [Fact]
    public void NOR13_Checks_that_are_complete_late_never_put_the_report_off_beyond_day_ten()
    {
        var story = AminaMissing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40")).Did("call", "no-answer", At("Wed 9 Sep 2026 10:00"))
            .Did("letter", "sent", At("Wed 16 Sep 2026 11:00")).Did("visit", "no-access", At("Mon 21 Sep 2026 11:00"));

        var report = story.Owed("report-missing", At("Mon 21 Sep 2026 11:00"));
        (report.Due.DueAt, report.Due.ActBy).ShouldBe((At("Mon 21 Sep 2026 15:30"), At("Mon 21 Sep 2026 15:30")));
    }

    [Theory]
    [InlineData("visit", "seen-safe")]
    [InlineData("reply", "contact-made")]
    [InlineData("sighting", "seen")]
    public void NOR13_does_not_apply_when_the_child_was_seen_or_contact_was_made_and_a_person_closes(string action, string outcome)
    {
        var story = AminaMissing().Did(action, outcome, At("Fri 11 Sep 2026 11:00"));

        story.OwesNo("visit", At("Fri 11 Sep 2026 11:00"));
        story.OwesNo("report-missing", At("Fri 11 Sep 2026 11:00"));
        story.At(At("Fri 11 Sep 2026 11:00")).Single(owed => owed.Step.Id == "report-missing").State.ShouldBe(ObligationState.Satisfied);
        story.Episode.ShouldBeOfType<Episode.Underway>();
    }

    [Fact]
    public void NOR13_A_visit_that_found_nobody_leaves_the_report_owed() =>
        LetterSent().Did("visit", "no-access", At("Mon 14 Sep 2026 11:00")).Owed("report-missing", At("Mon 14 Sep 2026 12:00"));

    [Fact]
    public void NOR14_The_report_goes_by_the_county_s_form_or_the_mailbox_according_to_the_sender()
    {
        var report = LetterSent().Owed("report-missing", At("Fri 11 Sep 2026 10:00"));
        report.What.ShouldContain("online form");
        report.What.ShouldContain("e-mails");
        PackCatalogue.Shipped["northamptonshire"].Standing.ShouldContain(clause => clause.Clause == "NOR-14" && clause.KeptBy.Contains("report-missing"));
    }

    [Fact]
    public void NOR15_Given_the_report_Then_a_tracking_officer_investigates()
    {
        var investigate = Reported().Owed("investigate", At("Wed 16 Sep 2026 10:00"));

        (investigate.Step.Clause, investigate.Step.Who, investigate.Due.DueAt).ShouldBe(("NOR-15", "tracking-officer", At("Tue 29 Sep 2026 15:30")));
        Reported().Did("enquiry", null, At("Wed 16 Sep 2026 10:00")).OwesNo("investigate", At("Wed 16 Sep 2026 10:00"));
    }

    [Fact]
    public void NOR16_The_answer_is_due_at_the_end_of_school_day_ten_after_the_report_and_alerts_by_calendar_day_ten()
    {
        var answer = Reported().Owed("roll-answer", At("Wed 16 Sep 2026 10:00"));

        (answer.Step.Clause, answer.Step.Who, answer.Due.DueAt, answer.Due.AlertAt)
            .ShouldBe(("NOR-16", "tracking-officer", At("Tue 29 Sep 2026 15:30"), At("Fri 25 Sep 2026 17:00")));
        Reported().Did("roll-decision", "keep", At("Thu 24 Sep 2026 10:00")).OwesNo("roll-answer", At("Thu 24 Sep 2026 10:00"));
    }

    [Fact]
    public void NOR16_An_answer_that_does_not_come_is_chased()
    {
        Reported().OwesNo("chase-answer", At("Tue 29 Sep 2026 15:29"));
        var story = Reported().LookedAt(At("Tue 29 Sep 2026 15:30"));
        var chase = story.Owed("chase-answer", At("Tue 29 Sep 2026 15:30"));

        (chase.Step.Clause, chase.Step.Who, chase.Due.DueAt).ShouldBe(("NOR-16", "attendance-officer", At("Wed 30 Sep 2026 15:30")));
        story.Did("chase", null, At("Wed 30 Sep 2026 09:00")).OwesNo("chase-answer", At("Wed 30 Sep 2026 09:00"));
    }

    [Fact]
    public void NOR16_A_late_answer_ends_the_chase() =>
        Reported().LookedAt(At("Tue 29 Sep 2026 16:00")).Did("roll-decision", "remove", At("Wed 30 Sep 2026 09:00"))
            .OwesNo("chase-answer", At("Wed 30 Sep 2026 09:00"));

    [Fact]
    public void NOR16_Late_it_climbs_to_the_desk_and_the_lead_and_not_to_the_school_s_head() =>
        Reported().LookedAt(At("Fri 2 Oct 2026 12:00")).History.OfType<EpisodeEvent.Escalated>().Where(up => up.Step == "roll-answer")
            .Select(up => (up.Level, up.HappenedAt))
            .ShouldBe([(Levels.DutyDesk, At("Wed 30 Sep 2026 09:00")), (Levels.CmeLead, At("Thu 1 Oct 2026 09:00"))]);

    [Fact]
    public void An_episode_that_started_under_version_one_goes_on_owing_what_that_asked()
    {
        var story = Story.Under("northamptonshire", 1).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));

        story.Episode.Begun!.Pack.ShouldBe(new PackVersion("northamptonshire", 1));
        story.At(At("Tue 8 Sep 2026 09:30")).Select(owed => owed.Step.Id).Order()
            .ShouldBe(["contact-parent", "first-call", "phone-home", "risk-assessment"]);
        story.LookedAt(At("Mon 26 Oct 2026 12:00")).Episode.Begun!.Owner.ShouldBe("999");
    }
}
