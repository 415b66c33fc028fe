using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>DOR-35 to DOR-48: a missing child who is subject to immigration restriction. Source: Pan-Dorset, Children who are foreign nationals and go missing.</summary>
public sealed class PanDorsetRestrictedTests
{
    private static Story Missing() => Story.Under("pan-dorset").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), "subject_to_restriction");

    [Theory]
    [InlineData("restricted-police")]
    [InlineData("weekly-police")]
    [InlineData("weekly-home-office")]
    public void DOR35_Of_a_child_who_is_not_subject_to_restriction_none_of_it_is_owed(string step) =>
        Story.Under("pan-dorset").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), "migrant").OwesNo(step, At("Tue 22 Sep 2026 10:00"));

    [Fact]
    public void DOR36_The_missing_person_referral_is_made_sure_of_at_once()
    {
        var referral = Missing().Owed("restricted-police", At("Tue 8 Sep 2026 09:30"));

        (referral.Due.ActBy, referral.Step.Who, referral.Step.Class).ShouldBe((At("Tue 8 Sep 2026 10:20"), "duty-desk", StepClass.Referral));
        Missing().DidWith("home-office", "agency-update", "reference", At("Tue 8 Sep 2026 09:50")).OwesNo("restricted-police", At("Tue 8 Sep 2026 09:50"));
    }

    [Fact]
    public void DOR41_The_Home_Office_is_told_when_the_police_have_been()
    {
        var story = Missing().Did("refer-police", null, At("Tue 8 Sep 2026 10:00"));

        story.Owed("tell-home-office", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 11:00"));
        story.DidWith("home-office", "notify", null, At("Tue 8 Sep 2026 10:30")).OwesNo("tell-home-office", At("Tue 8 Sep 2026 10:30"));
    }

    [Theory]
    [InlineData("weekly-police", "police")]
    [InlineData("weekly-home-office", "home-office")]
    public void DOR44_Contact_with_each_is_recorded_every_week_until_the_child_is_found(string step, string whom)
    {
        var story = Missing();
        story.Owed(step, At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 15 Sep 2026 17:00"));

        story.DidWith(whom, "agency-update", "contact", At("Mon 14 Sep 2026 10:00")).Owed(step, At("Mon 14 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 17:00"));
        story.DidWith(whom, "agency-update", "contact", At("Mon 21 Sep 2026 10:00")).Owed(step, At("Mon 21 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 28 Sep 2026 17:00"));
    }

    [Theory]
    [InlineData("sighting", "seen")]
    [InlineData("visit", "seen-concern")]
    public void DOR44_Of_a_child_who_was_found_no_week_is_owed_though_the_case_is_still_open(string action, string outcome)
    {
        var story = Missing().Did(action, outcome, At("Thu 10 Sep 2026 10:00"));

        foreach (var step in new[] { "weekly-police", "weekly-home-office" }) { story.OwesNo(step, At("Wed 16 Sep 2026 10:00")); }
    }

    [Fact]
    public void DOR44_The_police_s_week_is_not_the_Home_Office_s() =>
        Missing().DidWith("police", "agency-update", "contact", At("Mon 14 Sep 2026 10:00"))
            .Owed("weekly-home-office", At("Mon 14 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 15 Sep 2026 17:00"));

    [Theory]
    [InlineData("weekly-police")]
    [InlineData("weekly-home-office")]
    public void DOR44_An_overdue_week_is_with_the_CME_lead_at_once(string step)
    {
        var overdue = Missing().Owed(step, At("Tue 15 Sep 2026 17:00"));

        (overdue.State, overdue.Level).ShouldBe((ObligationState.Overdue, Levels.CmeLead));
        Missing().LookedAt(At("Wed 16 Sep 2026 09:00")).History.OfType<EpisodeEvent.BecameOverdue>()
            .Count(happened => happened.Step == step && happened.Level == Levels.CmeLead).ShouldBe(1);
    }

    [Fact]
    public void DOR44_While_the_missing_person_s_record_is_open_the_week_s_contact_is_owed_there_and_not_here_too()
    {
        var (at, track) = (At("Wed 9 Sep 2026 10:00"), new LinkedRecord("episode-0000000009-0", "missing-person"));
        var story = Missing().Do(new EpisodeCommand.Link(track, "duty-desk", at));
        foreach (var step in new[] { "weekly-police", "weekly-home-office" })
        {
            story.OwesNo(step, At("Wed 16 Sep 2026 10:00"));
            Story.OfAuthority("missing-person").Opened(On("Tue 8 Sep 2026"), at, "subject_to_restriction").Owed(step == "weekly-police" ? step : "weekly-authority", at);
        }

        story.Do(new EpisodeCommand.NoteLinked(track.Reference, true, At("Fri 11 Sep 2026 10:00")));
        story.Owed("weekly-police", At("Fri 11 Sep 2026 10:00"));
        story.Owed("weekly-home-office", At("Fri 11 Sep 2026 10:00"));
        story.Do(new EpisodeCommand.NoteLinked(track.Reference, false, At("Fri 11 Sep 2026 11:00"))).OwesNo("weekly-police", At("Fri 11 Sep 2026 11:00"));
    }

    [Fact]
    public void DOR44_Another_record_than_a_missing_person_s_takes_no_week_s_contact_over() =>
        Missing().Do(new EpisodeCommand.Link(new LinkedRecord("episode-0000000009-0", "cme"), "duty-desk", At("Wed 9 Sep 2026 10:00")))
            .Owed("weekly-police", At("Wed 9 Sep 2026 10:00"));

    [Theory]
    [InlineData("sighting", "seen")]
    [InlineData("visit", "seen-safe")]
    public void DOR48_An_authority_that_finds_the_child_tells_the_Home_Office_s_unit(string action, string outcome) =>
        Missing().Did(action, outcome, At("Thu 10 Sep 2026 10:00")).Owed("tell-home-office-found", At("Thu 10 Sep 2026 10:00")).Due.DueAt
            .ShouldBe(At("Thu 10 Sep 2026 11:00"));
}
