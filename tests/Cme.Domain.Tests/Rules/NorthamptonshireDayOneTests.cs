using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// NOR-03 to NOR-09 and the product's first call, as a case officer could check them. Registration closes at 09:20.
/// Source: Northamptonshire, Day 1 - Phone call.
/// </summary>
public sealed class NorthamptonshireDayOneTests
{
    private static Story AminaMissing(params string[] flags) =>
        Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    [Fact]
    public void First_call_is_due_thirty_minutes_after_registration_closed()
    {
        var call = AminaMissing().Owed("first-call", At("Tue 8 Sep 2026 09:30"));

        call.Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 09:50"));
        call.Due.ActBy.ShouldBe(At("Tue 8 Sep 2026 09:50"));
        (call.Step.Clause, call.Step.Who, call.State).ShouldBe(("product", "attendance-officer", ObligationState.Due));
    }

    [Fact]
    public void First_call_is_pending_until_registration_closes() =>
        AminaMissing().Owed("first-call", At("Tue 8 Sep 2026 09:00")).State.ShouldBe(ObligationState.Pending);

    [Fact]
    public void First_call_of_a_flagged_child_is_due_after_fifteen_minutes() =>
        AminaMissing("cp_plan").Owed("first-call", At("Tue 8 Sep 2026 09:25")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 09:35"));

    [Fact]
    public void NOR03_Given_a_risk_of_harm_Then_police_or_social_care_are_to_be_told_at_once()
    {
        var story = AminaMissing()
            .Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"))
            .Did("risk-assessment", "risk-of-harm", At("Tue 8 Sep 2026 10:30"));
        var referral = story.Owed("refer-police-or-social-care", At("Tue 8 Sep 2026 10:30"));

        (referral.Due.DueAt, referral.Due.ActBy).ShouldBe((At("Tue 8 Sep 2026 10:30"), At("Tue 8 Sep 2026 10:30")));
        (referral.Step.Clause, referral.State, referral.Level).ShouldBe(("NOR-03", ObligationState.Overdue, Levels.DutyDesk));
        story.Did("refer-csc", null, At("Tue 8 Sep 2026 10:35")).OwesNo("refer-police-or-social-care", At("Tue 8 Sep 2026 10:35"));
    }

    [Theory]
    [InlineData("no-concern")]
    [InlineData("concern")]
    public void NOR03_is_not_asked_for_where_no_risk_of_harm_was_found(string outcome) =>
        AminaMissing().Did("risk-assessment", outcome, At("Tue 8 Sep 2026 10:30"))
            .OwesNo("refer-police-or-social-care", At("Tue 8 Sep 2026 10:30"));

    [Fact]
    public void NOR04_The_parent_is_to_be_reached_on_the_first_day_and_an_unanswered_call_does_not_do()
    {
        var story = AminaMissing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40"));
        var contact = story.Owed("contact-parent", At("Tue 8 Sep 2026 10:00"));

        (contact.Due.DueAt, contact.Step.Clause).ShouldBe((At("Tue 8 Sep 2026 15:30"), "NOR-04"));
        story.Did("call", "parent-child-missing", At("Tue 8 Sep 2026 12:00")).OwesNo("contact-parent", At("Tue 8 Sep 2026 12:00"));
    }

    [Fact]
    public void NOR05_The_home_is_telephoned_on_day_one_and_a_message_does_not_do()
    {
        var story = AminaMissing().Did("message", null, At("Tue 8 Sep 2026 09:30"));
        story.Owed("phone-home", At("Tue 8 Sep 2026 09:30")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 15:30"));
        story.Did("call", "voicemail", At("Tue 8 Sep 2026 09:40")).OwesNo("phone-home", At("Tue 8 Sep 2026 09:40"));
    }

    [Theory]
    [InlineData("no-answer")]
    [InlineData("voicemail")]
    [InlineData("number-dead")]
    [InlineData("wrong-number")]
    public void NOR06_Given_nobody_was_reached_When_two_hours_pass_Then_a_risk_assessment_is_due(string outcome)
    {
        var risk = AminaMissing().Did("call", outcome, At("Tue 8 Sep 2026 09:40")).Owed("risk-assessment", At("Tue 8 Sep 2026 11:00"));

        (risk.Due.DueAt, risk.Step.Clause, risk.Step.Who).ShouldBe((At("Tue 8 Sep 2026 11:40"), "NOR-06", "dsl"));
        risk.State.ShouldBe(ObligationState.Due);
    }

    [Fact]
    public void NOR06_counts_from_the_first_unanswered_call_not_the_latest() =>
        AminaMissing()
            .Did("call", "no-answer", At("Tue 8 Sep 2026 09:40")).Did("call", "no-answer", At("Tue 8 Sep 2026 10:40"))
            .Owed("risk-assessment", At("Tue 8 Sep 2026 11:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));

    [Fact]
    public void NOR06_Given_nobody_calls_Then_the_risk_assessment_is_due_two_hours_after_registration_closed_all_the_same() =>
        AminaMissing().Owed("risk-assessment", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:20"));

    [Fact]
    public void NOR06_A_call_after_the_two_hours_does_not_put_the_assessment_off() =>
        AminaMissing().Did("call", "no-answer", At("Tue 8 Sep 2026 11:30"))
            .Owed("risk-assessment", At("Tue 8 Sep 2026 11:30")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:20"));

    [Fact]
    public void NOR06_is_done_by_a_risk_assessment_and_by_nothing_less()
    {
        var story = AminaMissing().Did("call", "no-answer", At("Tue 8 Sep 2026 09:40")).Did("note", null, At("Tue 8 Sep 2026 10:00"));
        story.Owed("risk-assessment", At("Tue 8 Sep 2026 10:00"));
        story.Did("risk-assessment", "no-concern", At("Tue 8 Sep 2026 11:00")).OwesNo("risk-assessment", At("Tue 8 Sep 2026 11:00"));
    }

    [Fact]
    public void NOR07_Given_the_parent_has_the_child_safe_Then_the_episode_closes_as_explained()
    {
        var story = AminaMissing().Did("call", "parent-child-safe", At("Tue 8 Sep 2026 09:40"));

        var closed = story.Episode.ShouldBeOfType<Episode.Closed>();
        (closed.Reason, closed.ByCode).ShouldBe(("explained-absence", false));
        story.At(At("Tue 8 Sep 2026 12:00")).ShouldNotContain(owed => owed.IsOpen);
    }

    [Theory]
    [InlineData("other-person-reassured")]
    [InlineData("other-person-not-reassured")]
    [InlineData("refused")]
    [InlineData("child-spoke")]
    public void NOR08_Given_somebody_else_answered_Then_the_DSL_is_consulted_within_thirty_minutes_and_nothing_closes(string outcome)
    {
        var story = AminaMissing().Did("call", outcome, At("Tue 8 Sep 2026 09:40"));
        var consult = story.Owed("consult-dsl", At("Tue 8 Sep 2026 09:45"));

        (consult.Due.DueAt, consult.Step.Clause, consult.Step.Who).ShouldBe((At("Tue 8 Sep 2026 10:10"), "NOR-08", "dsl"));
        story.Episode.ShouldBeOfType<Episode.Underway>();
        story.Did("consult-dsl", "confirmed-safe", At("Tue 8 Sep 2026 10:00")).OwesNo("consult-dsl", At("Tue 8 Sep 2026 10:00"));
        story.Episode.ShouldBeOfType<Episode.Underway>();
    }

    [Fact]
    public void NOR08_Given_the_DSL_could_not_confirm_Then_the_risk_is_assessed() =>
        AminaMissing()
            .Did("call", "other-person-not-reassured", At("Tue 8 Sep 2026 09:40")).Did("consult-dsl", "not-confirmed", At("Tue 8 Sep 2026 10:00"))
            .Owed("risk-assessment", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 10:30"));

    [Theory]
    [InlineData("parent-child-not-safe")]
    [InlineData("parent-child-missing")]
    public void NOR09_Given_the_parent_does_not_have_the_child_Then_the_parent_is_advised_and_reports_back(string outcome)
    {
        var story = AminaMissing().Did("call", outcome, At("Tue 8 Sep 2026 09:40"));
        var advise = story.Owed("advise-parent", At("Tue 8 Sep 2026 09:45"));

        (advise.Due.DueAt, advise.Step.Clause).ShouldBe((At("Tue 8 Sep 2026 10:10"), "NOR-09"));
        story.Did("advise-parent", null, At("Tue 8 Sep 2026 09:50")).OwesNo("advise-parent", At("Tue 8 Sep 2026 09:50"));
        story.Owed("parent-reports-back", At("Tue 8 Sep 2026 09:50")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:50"));
    }

    [Fact]
    public void NOR09_The_call_in_which_the_parent_was_advised_is_not_the_parent_reporting_back()
    {
        // People record by the minute: one call, in which the parent said so and was advised.
        var story = AminaMissing().Did("call", "parent-child-missing", At("Tue 8 Sep 2026 09:40")).Did("advise-parent", null, At("Tue 8 Sep 2026 09:40"));
        story.Owed("parent-reports-back", At("Tue 8 Sep 2026 09:40")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));
        story.Did("call", "parent-child-missing", At("Tue 8 Sep 2026 11:00")).OwesNo("parent-reports-back", At("Tue 8 Sep 2026 11:00"));
    }

    [Fact]
    public void NOR04_On_the_last_day_that_the_calendar_knows_the_parent_is_to_be_reached_by_the_end_of_it() =>
        Story.Under("northamptonshire").Missing(Am("Wed 21 Jul 2027"), At("Wed 21 Jul 2027 08:55"))
            .Owed("contact-parent", At("Wed 21 Jul 2027 15:31")).State.ShouldBe(ObligationState.Overdue);

    [Fact]
    public void Do_not_contact_family_suppresses_every_step_that_contacts_the_family_and_goes_to_the_DSL()
    {
        var story = AminaMissing("do_not_contact_family");
        var now = At("Tue 8 Sep 2026 09:30");

        story.At(now).Where(owed => owed.Step.ContactsFamily).ShouldAllBe(owed => owed.State == ObligationState.Suppressed);
        story.Owed("ask-dsl-first", now).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 09:35"));
        story.Owed("risk-assessment", now).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:20"));
    }
}
