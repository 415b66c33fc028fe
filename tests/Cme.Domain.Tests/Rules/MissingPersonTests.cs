using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>A child reported to the police as missing: the track that the authority keeps while the police lead.</summary>
public sealed class MissingPersonTests
{
    private static readonly DateTimeOffset Reported = At("Mon 14 Sep 2026 10:00");

    private static Story Missing(params string[] flags) => Story.OfAuthority("missing-person").Opened(On("Mon 14 Sep 2026"), Reported, flags);

    private static Story Restricted() => Missing("subject_to_restriction");

    [Theory]
    [InlineData("social-care", "DOR-18", "Mon 14 Sep 2026 11:00")]
    [InlineData("missing-persons-unit", "DOR-36", "Mon 14 Sep 2026 11:00")]
    [InlineData("found-by-home-office-police", "DOR-45", "Tue 15 Sep 2026 10:30")]
    public void DOR16_What_cannot_wait_is_with_the_desk_at_once_and_with_the_lead_two_hours_later(string step, string clause, string due)
    {
        var story = Restricted();
        if (clause == "DOR-45") { story.DidWith("home-office", "sighting", "seen", At("Tue 15 Sep 2026 10:00")); }

        var owed = story.Owed(step, At(due));
        (owed.Step.Clause, owed.State, owed.Level).ShouldBe((clause, ObligationState.Overdue, Levels.DutyDesk));
        story.Owed(step, At(due).AddMinutes(120)).Level.ShouldBe(Levels.CmeLead);
    }

    [Theory]
    [InlineData("safe-and-well", "Wed 16 Sep 2026 10:00")]
    [InlineData("return-interview", "Fri 18 Sep 2026 10:00")]
    public void DOR55_What_is_asked_after_the_return_is_hours_away_and_climbs_by_working_mornings(string step, string due)
    {
        var story = Missing().DidWith("police", "sighting", "seen", At("Tue 15 Sep 2026 10:00"));

        story.Owed(step, At(due)).Due.DueAt.ShouldBe(At(due));
        story.Owed(step, At(due).AddHours(2)).Level.ShouldBe(Levels.Owner);
    }

    [Theory]
    [InlineData("over-age")]
    [InlineData("ehe-suitable")]
    public void DOR16_A_child_who_is_missing_is_found_and_not_grown_out_of_it(string reason) =>
        Missing().Did("close", reason, At("Tue 15 Sep 2026 10:00")).LastRefusal.ShouldNotBeNull().Code.ShouldBe("outcome-not-allowed");

    [Fact]
    public void DOR16_The_report_to_the_police_and_their_reference_are_due_within_the_hour_and_the_lead_hears_if_not()
    {
        var owed = Missing().Owed("police-reference", Reported);
        (owed.Due.ActBy, owed.Step.Who, owed.Step.Class).ShouldBe((At("Mon 14 Sep 2026 11:00"), "duty-desk", StepClass.Referral));

        Missing().DidWith("police", "agency-update", "reference", At("Mon 14 Sep 2026 10:20")).OwesNo("police-reference", At("Mon 14 Sep 2026 10:20"));
        Missing().LookedAt(At("Mon 14 Sep 2026 13:30")).History.OfType<EpisodeEvent.Escalated>()
            .ShouldContain(climbed => climbed.Step == "police-reference" && climbed.Level == Levels.CmeLead);
    }

    [Fact]
    public void DOR17_How_the_police_grade_the_risk_is_recorded()
    {
        Missing().Owed("police-grade", Reported).Due.DueAt.ShouldBe(At("Mon 14 Sep 2026 14:00"));

        var graded = Missing().DidWith("police", "agency-update", "risk-grade", At("Mon 14 Sep 2026 12:00"));
        graded.OwesNo("police-grade", At("Mon 14 Sep 2026 12:00"));
        graded.Episode.Stage.ShouldBe("graded");
    }

    [Fact]
    public void DOR18_Social_care_knows_within_the_hour() =>
        Missing().Owed("social-care", Reported).Due.ActBy.ShouldBe(At("Mon 14 Sep 2026 11:00"));

    [Fact]
    public void DOR19_Whoever_was_called_to_a_meeting_takes_part() =>
        Missing().DidWith("strategy-discussion", "meeting", "convened", At("Mon 14 Sep 2026 12:00"))
            .Owed("attend-meeting", At("Mon 14 Sep 2026 12:00")).Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 17:00"));

    [Fact]
    public void A_child_who_is_found_is_checked_within_a_day_and_interviewed_within_three()
    {
        var found = At("Tue 15 Sep 2026 10:00");
        var story = Missing().DidWith("police", "sighting", "seen", found);

        story.Owed("safe-and-well", found).Due.DueAt.ShouldBe(At("Wed 16 Sep 2026 10:00"));
        story.Owed("return-interview", found).Due.DueAt.ShouldBe(At("Fri 18 Sep 2026 10:00"));
        story.Did("return-interview", "refused", At("Wed 16 Sep 2026 10:00")).OwesNo("return-interview", At("Wed 16 Sep 2026 10:00"));
        story.Owed("safe-and-well", At("Tue 15 Sep 2026 12:00"));
    }

    [Fact]
    public void DOR40_A_child_in_care_who_is_missing_is_reported_to_the_police_like_every_other() =>
        Missing("looked_after").Owed("police-reference", Reported).Due.ActBy.ShouldBe(At("Mon 14 Sep 2026 11:00"));

    [Fact]
    public void DOR35_The_six_circumstances_are_asked_of_a_child_subject_to_restriction_and_of_nobody_else()
    {
        Restricted().Owed("restriction-category", Reported).Step.Questions.Length.ShouldBe(6);

        Missing("migrant").OwesNo("restriction-category", Reported);
        Missing("migrant").OwesNo("weekly-police", Reported);
    }

    [Fact]
    public void DOR36_The_missing_persons_unit_has_the_referral() =>
        Restricted().DidWith("missing-persons-unit", "notify", null, At("Mon 14 Sep 2026 10:30")).OwesNo("missing-persons-unit", At("Mon 14 Sep 2026 10:30"));

    [Fact]
    public void DOR37_The_duty_desk_has_a_copy_of_the_Home_Office_s_notification()
    {
        Restricted().Owed("notification-copy", Reported).Step.Who.ShouldBe("duty-desk");
        Restricted().DidWith("home-office", "agency-update", "reference", At("Mon 14 Sep 2026 12:00")).OwesNo("notification-copy", At("Mon 14 Sep 2026 12:00"));
    }

    [Fact]
    public void DOR38_Whether_the_child_was_made_to_go_is_judged_and_recorded() =>
        Restricted().Did("refer-csc", null, At("Mon 14 Sep 2026 12:00")).OwesNo("coercion", At("Mon 14 Sep 2026 12:00"));

    [Theory]
    [InlineData("subject_to_restriction")]
    [InlineData("looked_after", "subject_to_restriction")]
    public void DOR43_The_Home_Office_s_unit_is_told_that_the_child_is_missing_within_the_hour_in_care_or_not(params string[] flags) =>
        Missing(flags).Owed("tell-home-office", Reported).Due.DueAt.ShouldBe(At("Mon 14 Sep 2026 11:00"));

    [Fact]
    public void DOR42_That_the_police_have_circulated_the_child_is_recorded() =>
        Restricted().DidWith("police", "agency-update", "decision", At("Mon 14 Sep 2026 12:00")).OwesNo("circulation", At("Mon 14 Sep 2026 12:00"));

    [Theory]
    [InlineData("weekly-police", "police")]
    [InlineData("weekly-authority", "home-office")]
    public void DOR44_Each_week_s_contact_is_recorded_until_the_child_is_found_and_a_week_that_passes_is_with_the_lead(string step, string whom)
    {
        var story = Restricted();
        story.Owed(step, Reported).Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 17:00"));
        (story.Owed(step, At("Mon 21 Sep 2026 17:00")).State, story.Owed(step, At("Mon 21 Sep 2026 17:00")).Level).ShouldBe((ObligationState.Overdue, Levels.CmeLead));

        story.DidWith(whom, "agency-update", "contact", At("Fri 18 Sep 2026 10:00")).Owed(step, At("Fri 18 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Fri 25 Sep 2026 17:00"));
        story.DidWith("police", "sighting", "seen", At("Wed 23 Sep 2026 10:00")).OwesNo(step, At("Wed 23 Sep 2026 10:00"));
    }

    [Theory]
    [InlineData("DOR-45", "home-office", "found-by-home-office-police")]
    [InlineData("DOR-46", "home-office", "found-destination")]
    [InlineData("DOR-47", "home-office", "found-follow-up")]
    [InlineData("DOR-48", "police", "found-by-police")]
    [InlineData("DOR-48", "authority", "found-by-authority")]
    [InlineData("DOR-48", "school", "found-by-authority")]
    [InlineData("DOR-48", "family", "found-by-authority")]
    public void DOR48_Who_is_told_follows_who_found_the_child(string clause, string finder, string step)
    {
        string[] all = ["found-by-home-office-police", "found-destination", "found-follow-up", "found-by-police", "found-by-authority"];
        var found = At("Tue 15 Sep 2026 10:00");
        var story = Restricted().DidWith(finder, "sighting", "seen", found);

        story.Owed(step, found).Step.Clause.ShouldBe(clause);
        story.At(found).Where(owed => owed.IsOpen && all.Contains(owed.Step.Id) && owed.Step.Clause == "DOR-48").Select(owed => owed.Step.Id)
            .ShouldBe(clause == "DOR-48" ? [step] : []);
    }

    [Fact]
    public void DOR39_A_child_whom_Home_Office_staff_find_is_a_finding_with_its_own_notices() =>
        Restricted().DidWith("home-office", "sighting", "seen", At("Tue 15 Sep 2026 10:00"))
            .At(At("Tue 15 Sep 2026 10:00")).Count(owed => owed.IsOpen && owed.Step.Id.StartsWith("found-", StringComparison.Ordinal)).ShouldBe(4);

    [Fact]
    public void DOR33_The_police_and_every_agency_that_looks_for_the_child_hear_that_the_child_was_found()
    {
        var found = At("Tue 15 Sep 2026 10:00");

        Missing().DidWith("family", "sighting", "seen", found).Owed("tell-police-found", found).Due.DueAt.ShouldBe(At("Tue 15 Sep 2026 10:30"));
        Missing().DidWith("police", "sighting", "seen", found).OwesNo("tell-police-found", found);
        Missing().DidWith("police", "sighting", "seen", found).Owed("tell-agencies-found", found);
        Missing().DidWith("police", "sighting", "seen", found).Did("close", "returned-same-school", At("Tue 15 Sep 2026 10:05")).LastRefusal.ShouldNotBeNull().Code.ShouldBe("still-to-tell");
    }

    [Theory]
    [InlineData("police")]
    [InlineData("all-agencies")]
    [InlineData("social-worker")]
    public void DOR33_Whichever_of_them_has_not_been_told_the_record_is_not_closed(string untold)
    {
        var story = Missing("looked_after").DidWith("family", "sighting", "seen", At("Tue 15 Sep 2026 10:00"));
        foreach (var whom in new[] { "police", "all-agencies", "social-worker" }.Where(whom => whom != untold))
        {
            story.DidWith(whom, "notify", null, At("Tue 15 Sep 2026 10:10"));
        }

        story.Did("close", "returned-same-school", At("Tue 15 Sep 2026 10:20")).LastRefusal.ShouldNotBeNull().Code.ShouldBe("still-to-tell");

        story.DidWith(untold, "notify", null, At("Tue 15 Sep 2026 10:30")).Did("close", "returned-same-school", At("Tue 15 Sep 2026 10:40"));
        story.Episode.ShouldBeOfType<Episode.Closed>();
    }

    [Fact]
    public void DOR26_The_case_is_reviewed_jointly_every_five_working_days_until_the_child_is_found()
    {
        var story = Missing();
        story.Owed("joint-review", Reported).Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 17:00"));

        story.Did("review", null, At("Mon 21 Sep 2026 10:00")).Owed("joint-review", At("Mon 21 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 28 Sep 2026 17:00"));
        story.DidWith("police", "sighting", "seen", At("Tue 22 Sep 2026 10:00")).OwesNo("joint-review", At("Tue 22 Sep 2026 10:00"));
    }

    [Fact]
    public void DOR45_The_local_police_know_within_half_an_hour_that_the_Home_Office_found_the_child()
    {
        var found = At("Tue 15 Sep 2026 10:00");
        var story = Restricted().DidWith("home-office", "sighting", "seen", found);

        story.Owed("found-by-home-office-police", found).Due.ActBy.ShouldBe(At("Tue 15 Sep 2026 10:30"));
        story.DidWith("police", "notify", null, At("Tue 15 Sep 2026 10:10")).OwesNo("found-by-home-office-police", At("Tue 15 Sep 2026 10:10"));
    }

    [Fact]
    public void DOR46_Where_the_child_is_taken_is_decided_and_recorded()
    {
        var story = Restricted().DidWith("home-office", "sighting", "seen", At("Tue 15 Sep 2026 10:00"));

        story.DidWith("childrens-services", "agency-update", "decision", At("Tue 15 Sep 2026 10:40")).OwesNo("found-destination", At("Tue 15 Sep 2026 10:40"));
    }

    [Fact]
    public void DOR47_Whether_the_child_needs_protection_is_followed_up()
    {
        var story = Restricted().DidWith("home-office", "sighting", "seen", At("Tue 15 Sep 2026 10:00"));

        story.Did("review", null, At("Thu 17 Sep 2026 10:00")).OwesNo("found-follow-up", At("Thu 17 Sep 2026 10:00"));
    }

    [Fact]
    public void DOR41_A_child_who_is_not_subject_to_restriction_is_no_business_of_the_Home_Office() =>
        Missing().DidWith("police", "sighting", "seen", At("Tue 15 Sep 2026 10:00")).At(At("Tue 15 Sep 2026 10:00"))
            .Where(owed => owed.Step.Clause is "DOR-41" or "DOR-44" or "DOR-45" or "DOR-48").ShouldBeEmpty();
}
