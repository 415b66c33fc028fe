using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>MID-02 to MID-16: what a school in the Midlands does. Registration closes at 09:20. Source: its procedure, Recognition and Response.</summary>
public sealed class MidlandsSchoolTests
{
    private static Story Missing(params string[] flags) =>
        Story.Under("midlands-school").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    [Fact]
    public void MID02_No_concern_is_presumed_nothing_is_referred_unasked() =>
        Missing("cp_plan").OwesNo("refer-police-day-one", At("Tue 8 Sep 2026 15:00"));

    [Fact]
    public void MID03_The_reason_is_owed_from_the_first_morning_on() =>
        Missing().Owed("reason", At("Tue 8 Sep 2026 09:20")).State.ShouldBe(ObligationState.Due);

    [Fact]
    public void MID04_The_eight_reasons_are_considered_on_day_one()
    {
        var reason = Missing().Owed("reason", At("Tue 8 Sep 2026 10:00"));

        (reason.Due.DueAt, reason.Step.Questions.Length).ShouldBe((At("Tue 8 Sep 2026 15:30"), 8));
        Missing().Did("question-set", null, At("Tue 8 Sep 2026 10:00")).OwesNo("reason", At("Tue 8 Sep 2026 10:00"));
    }

    [Fact]
    public void MID05_The_attendance_officer_tries_to_find_out_from_the_parents() =>
        Missing().Owed("contact-parent", At("Tue 8 Sep 2026 10:00")).Step.Who.ShouldBe("attendance-officer");

    [Fact]
    public void MID06_Given_that_did_not_work_Then_the_DSL_assesses_the_vulnerability()
    {
        var assessment = Missing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:30")).Owed("risk-assessment", At("Tue 8 Sep 2026 10:00"));

        (assessment.Due.DueAt, assessment.Step.Clause, assessment.Step.Who).ShouldBe((At("Tue 8 Sep 2026 11:30"), "MID-06", "dsl"));
    }

    [Fact]
    public void MID07_The_CME_officer_is_told_by_the_next_school_day_unless_an_agency_knows_the_child()
    {
        var story = Missing().Did("vulnerability-assessment", null, At("Tue 8 Sep 2026 11:00"));

        story.Owed("inform-cme-officer", At("Tue 8 Sep 2026 11:00")).Due.DueAt.ShouldBe(At("Wed 9 Sep 2026 15:30"));
        story.DidWith("known-agency", "enquiry", null, At("Tue 8 Sep 2026 12:00")).OwesNo("inform-cme-officer", At("Tue 8 Sep 2026 12:00"));
    }

    [Fact]
    public void MID09_A_register_is_the_report_and_the_first_call_is_due_half_an_hour_after_it_closed() =>
        Missing().Owed("first-call", At("Tue 8 Sep 2026 09:20")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 09:50"));

    [Fact]
    public void MID10_The_parents_are_asked_for_the_reason_the_same_day()
    {
        var contact = Missing().Owed("contact-parent", At("Tue 8 Sep 2026 10:00"));

        (contact.Due.DueAt, contact.Step.Clause).ShouldBe((At("Tue 8 Sep 2026 15:30"), "MID-10"));
    }

    [Fact]
    public void MID11_A_pattern_of_ten_days_is_put_on_the_safeguarding_record() =>
        WithPattern().Owed("safeguarding-record", At("Mon 21 Sep 2026 10:00")).Step.Clause.ShouldBe("MID-11");

    [Theory]
    [InlineData("visit", "no-access", null)]
    [InlineData("notify", null, "social-worker")]
    [InlineData("enquiry", null, "referring-school")]
    [InlineData("refer-police", null, null)]
    public void MID12_One_of_the_listed_actions_follows_the_pattern(string action, string? outcome, string? whom)
    {
        var story = WithPattern();
        story.Owed("actions-decided", At("Mon 21 Sep 2026 10:00"));

        story = whom is null ? story.Did(action, outcome, At("Tue 22 Sep 2026 10:00")) : story.DidWith(whom, action, outcome, At("Tue 22 Sep 2026 10:00"));
        story.OwesNo("actions-decided", At("Tue 22 Sep 2026 10:00"));
    }

    [Theory]
    [InlineData("risk-assessment", "concern")]
    [InlineData("question-set", "concern")]
    public void MID13_Any_safety_concern_is_referred_to_childrens_services_and_the_police_on_day_one(string action, string outcome)
    {
        var story = Missing().Did(action, outcome, At("Tue 8 Sep 2026 11:00"));

        story.Owed("refer-csc-day-one", At("Tue 8 Sep 2026 11:00")).State.ShouldBe(ObligationState.Overdue);
        story.Did("refer-csc", null, At("Tue 8 Sep 2026 11:05")).Owed("refer-police-day-one", At("Tue 8 Sep 2026 11:05"));
    }

    [Fact]
    public void MID14_Childrens_services_are_contacted_as_soon_as_possible() =>
        Missing().Did("refer-police", null, At("Tue 8 Sep 2026 11:00")).Owed("csc-as-soon-as-possible", At("Tue 8 Sep 2026 11:00")).Due.DueAt
            .ShouldBe(At("Tue 8 Sep 2026 12:00"));

    [Fact]
    public void MID15_The_DSL_takes_part_in_what_is_convened() =>
        Missing().DidWith("section-47", "meeting", "convened", At("Tue 8 Sep 2026 11:00")).Owed("take-part", At("Tue 8 Sep 2026 11:00")).Step.Who.ShouldBe("dsl");

    [Fact]
    public void MID16_The_CME_officer_checks_further_databases_and_no_visit_is_asked_of_the_authority()
    {
        var story = Missing().Did("refer-authority", null, At("Wed 9 Sep 2026 10:00"));

        story.Owed("cme-officer-checks", At("Wed 9 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Wed 16 Sep 2026 17:00"));
        story.At(At("Wed 9 Sep 2026 10:00")).ShouldNotContain(owed => owed.Step.Who == "tracking-officer" && owed.Step.DoneBy.Any(match => match.Action == "visit"));
    }

    private static Story WithPattern() => Missing().Do(new EpisodeCommand.Stands(
        new Absence(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 09:20"), At("Mon 21 Sep 2026 09:30"), Am("Mon 21 Sep 2026"), "O", 1)
        {
            Reached = [new CountReached("irregularDays", 10, new DateOnly(2026, 9, 21), At("Mon 21 Sep 2026 09:30"))],
        }, null, 2, At("Mon 21 Sep 2026 09:30")));
}
