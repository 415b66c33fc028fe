using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// SUF-03 to SUF-33: an alternative provider, and the education welfare officer who takes its referral. Registration closes at 09:20.
/// Source: the provider's policy of August 2025, sections 5 to 12.
/// </summary>
public sealed class SuffolkProviderTests
{
    private static Story Missing(params string[] flags) =>
        Story.Under("suffolk-alternative-provider").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    private static Story Referred(params string[] flags) => Missing(flags).Did("refer-authority", null, At("Wed 9 Sep 2026 10:00"));

    [Fact]
    public void SUF02_The_fourteen_groups_that_more_often_go_missing_are_flags()
    {
        string[] groups =
        [
            "offender", "refuge", "homeless", "runaway", "long_term_medical", "looked_after", "grt", "young_carer", "transient", "teenage_parent",
            "permanently_excluded", "migrant", "leaving_independent_academy_free", "armed_forces",
        ];

        groups.Where(group => Flags.Find(group) is null).ShouldBeEmpty();
        Flags.All.Where(flag => flag.Severity == FlagSeverity.VulnerableGroup).Select(flag => flag.Id).Except(groups).ShouldBeEmpty();
    }

    [Fact]
    public void SUF03_School_and_authority_enquire_in_one_and_the_same_episode() =>
        Referred().At(At("Wed 9 Sep 2026 10:00")).Where(owed => owed.IsOpen).Select(owed => Roles.IsAuthority(owed.Step.Who)).Distinct().Count().ShouldBe(2);

    [Fact]
    public void SUF06_A_childs_absence_is_referred_to_those_who_answer_for_attendance()
    {
        Missing().Owed("refer-attendance", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 15:30"));
        Missing().DidWith("education-welfare", "notify", null, At("Tue 8 Sep 2026 11:00")).OwesNo("refer-attendance", At("Tue 8 Sep 2026 11:00"));
    }

    [Fact]
    public void SUF10_The_commissioner_is_told_when_registration_closes()
    {
        var told = Missing().Owed("tell-commissioner", At("Tue 8 Sep 2026 09:00"));

        (told.Due.DueAt, told.Step.Clause, told.Step.Class).ShouldBe((At("Tue 8 Sep 2026 09:20"), "SUF-10", StepClass.Hour));
        Missing().DidWith("commissioner", "notify", null, At("Tue 8 Sep 2026 09:20")).OwesNo("tell-commissioner", At("Tue 8 Sep 2026 09:20"));
    }

    [Theory]
    [InlineData("cp_plan")]
    [InlineData("serious_welfare")]
    [InlineData("domestic_abuse")]
    [InlineData("substance_misuse")]
    [InlineData("parental_mental_health")]
    [InlineData("parental_learning_difficulty")]
    [InlineData("person_posing_risk")]
    [InlineData("cse")]
    [InlineData("cce")]
    [InlineData("care_order")]
    [InlineData("looked_after")]
    [InlineData("crime_victim")]
    [InlineData("crime_involved")]
    [InlineData("abduction_abroad")]
    [InlineData("forced_marriage")]
    [InlineData("fgm")]
    [InlineData("trafficking")]
    [InlineData("privately_fostered")]
    public void SUF13_In_each_of_the_listed_circumstances_contact_is_immediate(string flag)
    {
        var contact = Missing(flag).Owed("contact-immediately", At("Tue 8 Sep 2026 09:20"));

        (contact.Due.ActBy, contact.State, contact.Level).ShouldBe((At("Tue 8 Sep 2026 09:20"), ObligationState.Overdue, Levels.DutyDesk));
        Missing(flag).Did("refer-csc", null, At("Tue 8 Sep 2026 09:15")).OwesNo("contact-immediately", At("Tue 8 Sep 2026 09:30"));
    }

    [Theory]
    [InlineData("frequent_moves")]
    [InlineData("radicalisation")]
    [InlineData("bullied")]
    public void SUF13_What_the_policy_does_not_list_is_not_asked_for(string flag) => Missing(flag).OwesNo("contact-immediately", At("Tue 8 Sep 2026 12:00"));

    [Fact]
    public void SUF24_The_CME_team_is_notified_of_every_suspicion_as_soon_as_possible()
    {
        Missing().Owed("notify-cme-team", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Wed 9 Sep 2026 15:30"));
        Referred().OwesNo("notify-cme-team", At("Wed 9 Sep 2026 10:00"));
    }

    [Theory]
    [InlineData("cp_plan")]
    [InlineData("s47")]
    public void SUF25_Of_a_child_on_a_plan_or_under_section_47_the_school_itself_refers_to_social_care(string flag)
    {
        var referral = Referred(flag).Owed("school-refers-itself", At("Wed 9 Sep 2026 10:00"));

        (referral.State, referral.Step.Who).ShouldBe((ObligationState.Overdue, "dsl"));
        Referred("looked_after").OwesNo("school-refers-itself", At("Wed 9 Sep 2026 10:00"));
    }

    [Theory]
    [InlineData("visit-home")]
    [InlineData("visit-other-addresses")]
    public void SUF26_The_officer_visits_within_three_school_days_and_both_readings_are_shown(string step)
    {
        var visit = Referred().Owed(step, At("Wed 9 Sep 2026 10:00"));

        (visit.Due.DueAt, visit.Due.AlertAt, visit.Step.Clause).ShouldBe((At("Mon 14 Sep 2026 15:30"), At("Fri 11 Sep 2026 17:00"), "SUF-26"));
        visit.Due.Readings.Select(reading => reading.Deadline.Unit).ShouldBe([DeadlineUnit.SchoolDays, DeadlineUnit.Hours]);
    }

    [Fact]
    public void SUF26_The_home_is_not_the_other_address_and_nobody_goes_without_an_assessment()
    {
        var story = Referred().DidWith("home", "visit", "no-access", At("Thu 10 Sep 2026 10:00"));

        story.OwesNo("visit-home", At("Thu 10 Sep 2026 10:00"));
        story.Owed("visit-other-addresses", At("Thu 10 Sep 2026 10:00"));
        story.Owed("visit-risk", At("Thu 10 Sep 2026 10:00"));
        story.DidWith("other-addresses", "enquiry", null, At("Thu 10 Sep 2026 11:00")).OwesNo("visit-other-addresses", At("Thu 10 Sep 2026 11:00"));
    }

    [Fact]
    public void SUF28_Given_the_child_was_found_Then_the_officer_judges_whether_to_refer()
    {
        var story = Referred().DidWith("home", "visit", "seen-safe", At("Thu 10 Sep 2026 10:00"));

        story.Owed("found-judgement", At("Thu 10 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Fri 11 Sep 2026 17:00"));
        story.Did("hold-referral", null, At("Thu 10 Sep 2026 12:00")).OwesNo("found-judgement", At("Thu 10 Sep 2026 12:00"));
    }

    [Fact]
    public void SUF29_A_child_not_located_in_three_school_days_is_referred_and_a_holiday_stops_neither_reading()
    {
        var referral = Story.Under("suffolk-alternative-provider").Missing(Am("Thu 22 Oct 2026"), At("Thu 22 Oct 2026 08:55"))
            .Did("refer-authority", null, At("Thu 22 Oct 2026 10:00")).Owed("not-located", At("Thu 22 Oct 2026 10:00"));

        referral.Due.Readings.Select(reading => reading.At).ShouldBe([At("Tue 3 Nov 2026 15:30"), At("Sun 25 Oct 2026 09:00")]);
        (referral.Due.AlertAt, referral.Due.AlertsDesk, referral.Step.Class).ShouldBe((At("Fri 23 Oct 2026 17:00"), true, StepClass.Referral));
    }

    [Fact]
    public void SUF29_Either_agency_will_do_and_a_child_who_was_seen_needs_none()
    {
        Referred().Did("refer-police", null, At("Fri 11 Sep 2026 10:00")).OwesNo("not-located", At("Fri 11 Sep 2026 10:00"));
        Referred().DidWith("home", "visit", "seen-safe", At("Fri 11 Sep 2026 10:00")).OwesNo("not-located", At("Fri 11 Sep 2026 10:00"));
        Referred().DidWith("home", "visit", "no-access", At("Fri 11 Sep 2026 10:00")).Owed("not-located", At("Fri 11 Sep 2026 10:00"));
    }

    [Fact]
    public void SUF30_Reasonable_cause_to_suspect_harm_is_referred_immediately() =>
        Referred().Did("risk-assessment", "risk-of-harm", At("Thu 10 Sep 2026 10:00")).Owed("refer-harm", At("Thu 10 Sep 2026 10:00")).Due.ActBy
            .ShouldBe(At("Thu 10 Sep 2026 10:00"));

    [Fact]
    public void SUF31_The_outcome_of_the_visit_is_reported_to_the_CME_officer() =>
        Referred().DidWith("home", "visit", "moved", At("Thu 10 Sep 2026 10:00")).Owed("report-outcome", At("Thu 10 Sep 2026 10:00")).Due.DueAt
            .ShouldBe(At("Fri 11 Sep 2026 17:00"));

    [Fact]
    public void SUF32_Risk_of_harm_at_any_point_overrides_the_ladder() =>
        Missing().Did("question-set", "concern", At("Tue 8 Sep 2026 09:30")).Owed("refer-harm", At("Tue 8 Sep 2026 09:30")).State.ShouldBe(ObligationState.Overdue);

}
