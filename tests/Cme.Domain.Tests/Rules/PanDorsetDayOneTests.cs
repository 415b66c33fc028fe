using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// DOR-04 to DOR-20: recognition, day one, and telling social care and the police. Registration closes at 09:20, the school day ends at
/// 15:30. Source: Pan-Dorset, Recognition and Response; Day one of notification.
/// </summary>
public sealed class PanDorsetDayOneTests
{
    private static Story AminaMissing(params string[] flags) =>
        Story.Under("pan-dorset").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    [Fact]
    public void DOR04_Whoever_learns_of_it_asks_the_parents_and_the_first_call_is_due_soon()
    {
        var story = AminaMissing();
        story.Owed("first-call", At("Tue 8 Sep 2026 09:30")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 09:50"));
        story.Owed("contact-parent", At("Tue 8 Sep 2026 09:30")).Step.Who.ShouldBe("attendance-officer");
    }

    [Fact]
    public void DOR05_Given_the_parents_were_not_reached_Then_the_vulnerability_is_assessed_within_two_hours()
    {
        var assessment = AminaMissing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40")).Owed("risk-assessment", At("Tue 8 Sep 2026 10:00"));

        (assessment.Due.DueAt, assessment.Step.Clause, assessment.Step.Who).ShouldBe((At("Tue 8 Sep 2026 11:40"), "DOR-05", "dsl"));
    }

    [Fact]
    public void DOR05_Not_calling_does_not_put_the_assessment_off() =>
        AminaMissing().Owed("risk-assessment", At("Tue 8 Sep 2026 11:25")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:20"));

    [Theory]
    [InlineData("vulnerability-assessment", null)]
    [InlineData("risk-assessment", "no-concern")]
    public void DOR05_is_done_by_an_assessment(string action, string? outcome) =>
        AminaMissing().Did(action, outcome, At("Tue 8 Sep 2026 10:30")).OwesNo("risk-assessment", At("Tue 8 Sep 2026 11:30"));

    [Fact]
    public void DOR06_A_parent_is_to_be_reached_on_the_first_day_and_an_unanswered_call_does_not_do()
    {
        var story = AminaMissing().Did("call", "voicemail", At("Tue 8 Sep 2026 09:40"));

        var contact = story.Owed("contact-parent", At("Tue 8 Sep 2026 10:00"));
        (contact.Due.DueAt, contact.Step.Clause).ShouldBe((At("Tue 8 Sep 2026 15:30"), "DOR-06"));
        story.Did("reply", "contact-made", At("Tue 8 Sep 2026 11:00")).OwesNo("contact-parent", At("Tue 8 Sep 2026 11:00"));
    }

    [Theory]
    [InlineData("other-person-not-reassured")]
    [InlineData("refused")]
    [InlineData("child-spoke")]
    [InlineData("parent-child-missing")]
    public void DOR07_Any_concern_after_the_contact_is_taken_to_the_DSL(string outcome)
    {
        var consult = AminaMissing().Did("call", outcome, At("Tue 8 Sep 2026 09:40")).Owed("consult-dsl", At("Tue 8 Sep 2026 09:45"));

        (consult.Due.DueAt, consult.Step.Clause).ShouldBe((At("Tue 8 Sep 2026 10:10"), "DOR-07"));
    }

    [Theory]
    [InlineData("crime_victim")]
    [InlineData("cp_plan")]
    [InlineData("s47")]
    [InlineData("looked_after")]
    [InlineData("person_posing_risk")]
    [InlineData("frequent_moves")]
    [InlineData("serious_attendance")]
    public void DOR08_In_each_of_the_seven_circumstances_a_referral_is_due_an_hour_after_registration_closed(string flag)
    {
        var referral = AminaMissing(flag).Owed("refer-always", At("Tue 8 Sep 2026 09:30"));

        (referral.Due.DueAt, referral.Due.ActBy, referral.Step.Clause, referral.Step.Class)
            .ShouldBe((At("Tue 8 Sep 2026 10:20"), At("Tue 8 Sep 2026 10:20"), "DOR-08", StepClass.Referral));
        AminaMissing(flag).Owed("refer-always", At("Tue 8 Sep 2026 10:20")).Level.ShouldBe(Levels.DutyDesk);
    }

    [Theory]
    [InlineData("refer-csc")]
    [InlineData("refer-police")]
    public void DOR08_Social_care_or_the_police_will_do_and_holding_back_will_not(string referral)
    {
        var story = AminaMissing("cp_plan").Did("hold-referral", null, At("Tue 8 Sep 2026 09:40"));
        story.Owed("refer-always", At("Tue 8 Sep 2026 09:45"));

        story.Did(referral, null, At("Tue 8 Sep 2026 09:50")).OwesNo("refer-always", At("Tue 8 Sep 2026 09:50"));
    }

    [Fact]
    public void DOR08_A_flag_that_comes_while_the_episode_runs_asks_for_the_referral_then()
    {
        var story = AminaMissing();
        story.OwesNo("refer-always", At("Thu 10 Sep 2026 10:00"));

        story.Flagged(At("Thu 10 Sep 2026 10:00"), "looked_after").Owed("refer-always", At("Thu 10 Sep 2026 10:00")).State.ShouldBe(ObligationState.Overdue);
    }

    [Fact]
    public void DOR08_A_child_who_was_seen_safe_before_is_not_referred() =>
        AminaMissing("cp_plan").Did("visit", "seen-safe", At("Tue 8 Sep 2026 10:00")).OwesNo("refer-always", At("Tue 8 Sep 2026 10:30"));

    [Fact]
    public void DOR08_Without_such_a_circumstance_nothing_of_the_kind_is_owed() =>
        AminaMissing("bullied", "grt").OwesNo("refer-always", At("Tue 8 Sep 2026 12:00"));

    [Fact]
    public void DOR09_The_thirteen_questions_are_answered_on_day_one()
    {
        var questions = AminaMissing().Owed("judgement-questions", At("Tue 8 Sep 2026 10:00"));

        (questions.Due.DueAt, questions.Step.Clause, questions.Step.Questions.Length).ShouldBe((At("Tue 8 Sep 2026 15:30"), "DOR-09", 13));
        AminaMissing().Did("question-set", "no-concern", At("Tue 8 Sep 2026 10:00")).OwesNo("judgement-questions", At("Tue 8 Sep 2026 10:00"));
    }

    [Theory]
    [InlineData("question-set", "concern")]
    [InlineData("risk-assessment", "risk-of-harm")]
    [InlineData("risk-assessment", "concern")]
    [InlineData("visit", "seen-concern")]
    public void DOR14_Any_concern_about_safety_is_referred_to_social_care_and_to_the_police(string action, string outcome)
    {
        var story = AminaMissing().Did(action, outcome, At("Tue 8 Sep 2026 11:00"));
        story.Owed("refer-csc-day-one", At("Tue 8 Sep 2026 11:00")).Due.ActBy.ShouldBe(At("Tue 8 Sep 2026 11:00"));

        story.Did("refer-csc", null, At("Tue 8 Sep 2026 11:05")).OwesNo("refer-csc-day-one", At("Tue 8 Sep 2026 11:05"));
        story.Owed("refer-police-day-one", At("Tue 8 Sep 2026 11:05")).Step.Clause.ShouldBe("DOR-14");
        story.Did("refer-police", null, At("Tue 8 Sep 2026 11:10")).OwesNo("refer-police-day-one", At("Tue 8 Sep 2026 11:10"));
    }

    [Fact]
    public void DOR15_When_either_was_told_the_education_welfare_service_is_told_the_same_day()
    {
        var story = AminaMissing("cp_plan").Did("refer-csc", null, At("Tue 8 Sep 2026 10:00"));

        story.Owed("tell-education-welfare", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 15:30"));
        story.DidWith("social-worker", "notify", null, At("Tue 8 Sep 2026 10:05")).Owed("tell-education-welfare", At("Tue 8 Sep 2026 10:05"));
        story.DidWith("education-welfare", "notify", null, At("Tue 8 Sep 2026 10:10")).OwesNo("tell-education-welfare", At("Tue 8 Sep 2026 10:10"));
    }

    [Fact]
    public void DOR16_The_police_s_reference_is_recorded_within_the_hour()
    {
        var story = AminaMissing("cp_plan").Did("refer-police", null, At("Tue 8 Sep 2026 10:00"));

        story.Owed("police-reference", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:00"));
        story.DidWith("childrens-services", "agency-update", "reference", At("Tue 8 Sep 2026 10:05")).Owed("police-reference", At("Tue 8 Sep 2026 10:05"));
        story.DidWith("police", "agency-update", "reference", At("Tue 8 Sep 2026 10:10")).OwesNo("police-reference", At("Tue 8 Sep 2026 10:10"));
    }

    [Fact]
    public void DOR17_How_the_police_grade_the_risk_is_asked_by_the_next_school_day()
    {
        var story = AminaMissing("cp_plan").Did("refer-police", null, At("Tue 8 Sep 2026 10:00"))
            .DidWith("police", "agency-update", "reference", At("Tue 8 Sep 2026 10:10"));

        story.Owed("police-grade", At("Tue 8 Sep 2026 10:10")).Due.DueAt.ShouldBe(At("Wed 9 Sep 2026 15:30"));
        story.DidWith("police", "agency-update", "risk-grade", At("Tue 8 Sep 2026 12:00")).OwesNo("police-grade", At("Tue 8 Sep 2026 12:00"));
    }

    [Fact]
    public void DOR18_Social_care_is_contacted_as_soon_as_possible_after_the_police()
    {
        var story = AminaMissing("cp_plan").Did("refer-police", null, At("Tue 8 Sep 2026 10:00"));

        story.Owed("csc-as-soon-as-possible", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:00"));
        story.Did("refer-csc", null, At("Tue 8 Sep 2026 10:30")).OwesNo("csc-as-soon-as-possible", At("Tue 8 Sep 2026 10:30"));
    }

    [Fact]
    public void DOR19_A_meeting_that_was_called_is_attended_or_it_is_said_why_not()
    {
        var story = AminaMissing().DidWith("strategy-discussion", "meeting", "convened", At("Tue 8 Sep 2026 15:00"));

        story.Owed("take-part", At("Tue 8 Sep 2026 15:00")).Step.Clause.ShouldBe("DOR-19");
        story.DidWith("strategy-discussion", "meeting", "attended", At("Thu 10 Sep 2026 10:00")).OwesNo("take-part", At("Thu 10 Sep 2026 10:00"));
    }

    [Fact]
    public void DOR20_Given_no_reason_for_concern_Then_holding_the_referral_is_a_recorded_decision()
    {
        var story = AminaMissing().Did("question-set", "no-concern", At("Tue 8 Sep 2026 11:00"));
        story.Owed("judge-referral", At("Tue 8 Sep 2026 11:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 15:30"));

        story.Did("hold-referral", null, At("Tue 8 Sep 2026 11:30")).OwesNo("judge-referral", At("Tue 8 Sep 2026 11:30"));
    }

    [Fact]
    public void DOR20_A_new_concern_ends_the_hold() =>
        AminaMissing().Did("question-set", "no-concern", At("Tue 8 Sep 2026 11:00")).Did("hold-referral", null, At("Tue 8 Sep 2026 11:30"))
            .Did("risk-assessment", "concern", At("Wed 9 Sep 2026 10:00"))
            .Owed("refer-csc-day-one", At("Wed 9 Sep 2026 10:00")).State.ShouldBe(ObligationState.Overdue);
}
