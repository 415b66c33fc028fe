using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// DOR-10 to DOR-13 and DOR-21 to DOR-34: enquiries, two weeks, ten days, the authority's search, four weeks. Day 1 is Tuesday
/// 8 September 2026. Source: Pan-Dorset, Reasonable enquiry; Further actions; Child missing from school for more than four weeks.
/// </summary>
public sealed class PanDorsetEnquiryTests
{
    private static readonly (string Action, string? Outcome, string? Whom)[] SchoolsEnquiries =
    [
        ("enquiry", null, "staff"), ("enquiry", null, "all-numbers"), ("enquiry", null, "friends-and-parents"), ("enquiry", null, "siblings-other-school"),
        ("letter", "sent", null), ("risk-assessment", "no-concern", null), ("visit", "no-access", null),
    ];

    private static Story AminaMissing(params string[] flags) =>
        Story.Under("pan-dorset").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    private static Story Referred() => AminaMissing().Did("refer-authority", null, At("Mon 14 Sep 2026 10:00"));

    [Fact]
    public void DOR10_What_is_owed_for_the_time_out_of_school_waits_for_nothing_but_time() =>
        AminaMissing().Did("question-set", "no-concern", At("Tue 8 Sep 2026 11:00")).Did("hold-referral", null, At("Tue 8 Sep 2026 11:30"))
            .Owed("refer-education-welfare", At("Tue 22 Sep 2026 15:30")).State.ShouldBe(ObligationState.Overdue);

    [Fact]
    public void DOR11_The_referral_is_never_later_than_two_weeks()
    {
        var referral = AminaMissing().Owed("refer-education-welfare", At("Tue 8 Sep 2026 10:00"));

        (referral.Due.DueAt, referral.Step.Clause).ShouldBe((At("Tue 22 Sep 2026 15:30"), "DOR-11"));
        AminaMissing().Did("refer-authority", null, At("Wed 9 Sep 2026 10:00")).OwesNo("refer-education-welfare", At("Wed 9 Sep 2026 10:00"));
    }

    [Fact]
    public void DOR11_The_two_weeks_run_on_through_the_half_term() =>
        Story.Under("pan-dorset").Missing(Am("Thu 22 Oct 2026"), At("Thu 22 Oct 2026 08:55"))
            .Owed("refer-education-welfare", At("Thu 22 Oct 2026 10:00")).Due.DueAt.ShouldBe(At("Thu 5 Nov 2026 15:30"));

    [Fact]
    public void DOR12_Unresolved_after_ten_days_police_social_care_and_the_service_are_told_each_by_itself()
    {
        var story = AminaMissing();
        foreach (var step in new[] { "unresolved-police", "unresolved-social-care", "unresolved-education-welfare" })
        {
            var told = story.Owed(step, At("Wed 9 Sep 2026 10:00"));
            (told.Due.DueAt, told.Due.AlertAt, told.Step.Clause).ShouldBe((At("Mon 21 Sep 2026 15:30"), At("Thu 17 Sep 2026 15:30"), "DOR-12"));
        }

        story.Did("refer-police", null, At("Thu 17 Sep 2026 10:00")).OwesNo("unresolved-police", At("Thu 17 Sep 2026 10:00"));
        story.Owed("unresolved-social-care", At("Thu 17 Sep 2026 10:00"));
        story.Owed("unresolved-education-welfare", At("Thu 17 Sep 2026 10:00"));
    }

    [Fact]
    public void DOR13_A_leave_that_is_not_returned_from_is_counted_from_the_expected_return()
    {
        var first = Story.Under("pan-dorset").Missing(Am("Mon 14 Sep 2026"), At("Mon 14 Sep 2026 08:55"));

        first.Owed("refer-education-welfare", At("Mon 14 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 28 Sep 2026 15:30"));
    }

    [Theory]
    [InlineData("ask-staff", "Wed 9 Sep 2026 15:30")]
    [InlineData("phone-all-numbers", "Wed 9 Sep 2026 15:30")]
    [InlineData("ask-friends", "Thu 10 Sep 2026 15:30")]
    [InlineData("ask-relatives", "Thu 10 Sep 2026 15:30")]
    [InlineData("letter", "Thu 10 Sep 2026 15:30")]
    [InlineData("visit", "Mon 14 Sep 2026 15:30")]
    [InlineData("consult-authority", "Mon 14 Sep 2026 15:30")]
    public void DOR21_Each_reasonable_enquiry_is_one_step_of_its_own(string step, string due)
    {
        var enquiry = AminaMissing().Owed(step, At("Tue 8 Sep 2026 10:00"));

        (enquiry.Due.DueAt, enquiry.Step.Clause).ShouldBe((At(due), "DOR-21"));
    }

    [Fact]
    public void DOR21_An_enquiry_with_one_is_not_an_enquiry_with_another()
    {
        var story = AminaMissing().DidWith("staff", "enquiry", null, At("Tue 8 Sep 2026 11:00"));

        story.OwesNo("ask-staff", At("Tue 8 Sep 2026 11:00"));
        story.Owed("ask-friends", At("Tue 8 Sep 2026 11:00"));
        story.Did("enquiry", null, At("Tue 8 Sep 2026 12:00")).Owed("ask-friends", At("Tue 8 Sep 2026 12:00"));
    }

    [Fact]
    public void DOR21_Nobody_visits_without_a_risk_assessment_and_one_left_out_stays_owed() =>
        AminaMissing().Did("visit", "no-access", At("Mon 14 Sep 2026 10:00")).Owed("visit-risk-assessment", At("Mon 14 Sep 2026 10:00"));

    [Theory]
    [InlineData("ask-staff")]
    [InlineData("ask-friends")]
    [InlineData("letter")]
    [InlineData("visit")]
    public void DOR22_For_a_child_with_a_flag_of_immediate_referral_the_enquiries_are_due_on_day_one(string step) =>
        AminaMissing("cse").Owed(step, At("Tue 8 Sep 2026 10:00"))
            .ShouldSatisfyAllConditions(
                owed => owed.Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 15:30")),
                owed => owed.State.ShouldBe(ObligationState.Due, "It may be done at once."));

    [Fact]
    public void DOR22_For_any_other_child_an_enquiry_waits_for_its_day_and_counts_if_it_was_made_before()
    {
        AminaMissing().Owed("ask-friends", At("Wed 9 Sep 2026 10:00")).State.ShouldBe(ObligationState.Pending);
        AminaMissing().Owed("ask-friends", At("Thu 10 Sep 2026 10:00")).State.ShouldBe(ObligationState.Due);
        AminaMissing().DidWith("friends-and-parents", "enquiry", null, At("Tue 8 Sep 2026 11:00")).OwesNo("ask-friends", At("Tue 8 Sep 2026 11:00"));
    }

    [Fact]
    public void DOR23_Once_all_enquiries_are_done_without_finding_the_child_the_referral_is_due()
    {
        var story = AminaMissing();
        foreach (var (action, outcome, whom) in SchoolsEnquiries)
        {
            story = whom is null ? story.Did(action, outcome, At("Thu 10 Sep 2026 10:00")) : story.DidWith(whom, action, outcome, At("Thu 10 Sep 2026 10:00"));
        }

        story.Owed("refer-education-welfare", At("Thu 10 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Thu 10 Sep 2026 10:00"));
    }

    [Fact]
    public void DOR24_The_authority_assesses_the_risk_visits_and_asks_the_neighbours()
    {
        var story = Referred();
        (story.Owed("authority-visit-risk", At("Mon 14 Sep 2026 10:00")).Due.DueAt, story.Owed("authority-visit", At("Mon 14 Sep 2026 10:00")).Due.DueAt)
            .ShouldBe((At("Thu 17 Sep 2026 17:00"), At("Mon 21 Sep 2026 17:00")));

        story.DidWith("neighbours", "enquiry", null, At("Wed 16 Sep 2026 11:00")).OwesNo("authority-neighbours", At("Wed 16 Sep 2026 11:00"));
        story.Owed("authority-visit-risk", At("Wed 16 Sep 2026 11:00")).Step.Who.ShouldBe("tracking-officer");
    }

    [Theory]
    [InlineData("check-authority", "authority-databases")]
    [InlineData("check-housing", "housing")]
    [InlineData("check-health", "health")]
    [InlineData("check-police", "police")]
    [InlineData("check-agencies", "known-agency")]
    [InlineData("check-origin", "origin-authority")]
    [InlineData("check-destination", "destination-authority")]
    public void DOR25_Each_source_is_checked_by_itself(string step, string whom)
    {
        var story = Referred();
        story.Owed(step, At("Mon 14 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 17:00"));

        story.DidWith("admissions", "check", null, At("Tue 15 Sep 2026 10:00")).Owed(step, At("Tue 15 Sep 2026 10:00"));
        story.DidWith(whom, "check", null, At("Tue 15 Sep 2026 11:00")).OwesNo(step, At("Tue 15 Sep 2026 11:00"));
    }

    [Fact]
    public void DOR26_The_joint_review_comes_again_ten_working_days_after_each()
    {
        var story = Referred();
        story.Owed("joint-review", At("Mon 14 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 28 Sep 2026 17:00"));

        story.Did("review", null, At("Fri 25 Sep 2026 10:00")).Owed("joint-review", At("Fri 25 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Fri 9 Oct 2026 17:00"));
        story.Did("review", null, At("Thu 8 Oct 2026 10:00")).Owed("joint-review", At("Thu 8 Oct 2026 10:00")).Due.DueAt.ShouldBe(At("Thu 22 Oct 2026 17:00"));
    }

    [Fact]
    public void DOR28_The_word_about_the_roll_is_not_due_before_four_weeks_and_twenty_school_days_have_passed()
    {
        var answer = AminaMissing().Owed("roll-answer", At("Tue 8 Sep 2026 10:00"));

        (answer.State, answer.OpensAt, answer.Due.DueAt, answer.Step.Clause)
            .ShouldBe((ObligationState.Pending, At("Tue 6 Oct 2026 00:00"), At("Tue 6 Oct 2026 15:30"), "DOR-28"));
    }

    [Fact]
    public void DOR28_Both_four_weeks_and_twenty_school_days_are_shown() =>
        Story.Under("pan-dorset").Missing(Am("Thu 8 Oct 2026"), At("Thu 8 Oct 2026 08:55")).Owed("roll-answer", At("Thu 8 Oct 2026 10:00"))
            .Due.Readings.Select(reading => (reading.Deadline.Unit, reading.At)).ShouldBe(
                [(DeadlineUnit.AbsenceDay, At("Thu 12 Nov 2026 15:30")), (DeadlineUnit.Weeks, At("Thu 5 Nov 2026 17:00"))]);

    [Fact]
    public void DOR29_After_four_weeks_the_file_is_uploaded()
    {
        var upload = AminaMissing().Owed("upload-ctf", At("Tue 8 Sep 2026 10:00"));

        (upload.Due.DueAt, upload.Step.Clause, upload.State).ShouldBe((At("Tue 6 Oct 2026 15:30"), "DOR-29", ObligationState.Pending));
        AminaMissing().Did("ctf", null, At("Tue 6 Oct 2026 10:00")).OwesNo("upload-ctf", At("Tue 6 Oct 2026 10:00"));
    }

    [Fact]
    public void DOR30_The_officer_of_the_authority_says_when_the_school_may_remove()
    {
        var answer = AminaMissing().Owed("roll-answer", At("Tue 6 Oct 2026 10:00"));

        (answer.Step.Who, answer.Step.DoneBy.ShouldHaveSingleItem().Action).ShouldBe(("tracking-officer", "roll-decision"));
    }
}
