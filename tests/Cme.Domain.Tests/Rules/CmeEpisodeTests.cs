using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>A child on no school's roll: the record that the authority leads, from its opening to the child's first day at a school.</summary>
public sealed class CmeEpisodeTests
{
    private static readonly DateTimeOffset Opened = At("Mon 14 Sep 2026 10:00");

    private static Story Missing(params string[] flags) => Story.OfAuthority("cme-episode").Opened(On("Mon 7 Sep 2026"), Opened, flags);

    [Fact]
    public void B2_The_authority_leads_it_from_the_beginning_and_no_school_has_a_part_in_it()
    {
        var now = Missing().Episode.ShouldBeOfType<Episode.Underway>();

        (now.Owner, now.Subject.Kind, now.Stage, now.OpenedAt).ShouldBe(("999", "cme", "tracing", Opened));
        Missing().At(Opened).ShouldAllBe(owed => Roles.IsAuthority(owed.Step.Who));
    }

    [Fact]
    public void B2_Its_days_are_the_authority_s_working_days_and_go_on_in_the_holidays_of_schools()
    {
        var story = Story.OfAuthority("cme-episode").Opened(On("Fri 23 Oct 2026"), At("Fri 23 Oct 2026 10:00"));

        // Half term: the week from 26 to 30 October.
        story.Owed("check-housing", At("Fri 23 Oct 2026 10:00")).Due.DueAt.ShouldBe(At("Fri 30 Oct 2026 17:00"));
        story.LookedAt(At("Mon 2 Nov 2026 09:00")).History.ShouldNotContain(happened => happened is EpisodeEvent.HandedOver);
    }

    [Fact]
    public void B2_What_is_known_late_has_until_the_end_of_the_next_working_day()
    {
        var story = Missing().Did("reason", "application-awaiting-outcome", At("Mon 14 Sep 2026 11:00"), At("Thu 8 Oct 2026 10:00"));

        story.Owed("place-answer", At("Thu 8 Oct 2026 10:00")).Due.ActBy.ShouldBe(At("Fri 9 Oct 2026 17:00"));
    }

    [Fact]
    public void MID03_The_reason_is_established_at_the_earliest_stage_and_decides_what_is_to_be_done()
    {
        Missing().Owed("reason", Opened).Due.DueAt.ShouldBe(At("Thu 17 Sep 2026 17:00"));

        var waiting = Missing().Did("reason", "application-awaiting-outcome", At("Mon 14 Sep 2026 11:00"));
        waiting.OwesNo("reason", At("Mon 14 Sep 2026 11:00"));
        waiting.OwesNo("check-housing", At("Mon 14 Sep 2026 11:00"));
        waiting.Owed("place-answer", At("Mon 14 Sep 2026 11:00"));
        Missing().Did("reason", "whereabouts-unknown", At("Mon 14 Sep 2026 11:00")).Owed("check-housing", At("Mon 14 Sep 2026 11:00"));
    }

    [Fact]
    public void CHE08_The_family_is_contacted_unless_contact_could_put_the_child_in_danger()
    {
        Missing().Owed("contact-family", Opened).Due.DueAt.ShouldBe(At("Thu 17 Sep 2026 17:00"));

        Missing("do_not_contact_family").OwesNo("contact-family", Opened);
    }

    [Theory]
    [InlineData("check-authority", "authority-databases")]
    [InlineData("check-housing", "housing")]
    [InlineData("check-health", "health")]
    [InlineData("check-police", "police")]
    [InlineData("check-agencies", "known-agency")]
    [InlineData("check-origin", "origin-authority")]
    [InlineData("check-destination", "destination-authority")]
    public void DOR25_Each_source_is_asked_for_a_child_off_roll_too_until_the_child_is_found(string step, string source)
    {
        Missing().Owed(step, Opened).Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 17:00"));
        Missing().DidWith(source, "check", null, At("Tue 15 Sep 2026 10:00")).OwesNo(step, At("Tue 15 Sep 2026 10:00"));

        Missing().DidWith("authority", "sighting", "seen", At("Tue 15 Sep 2026 10:00")).OwesNo(step, At("Tue 15 Sep 2026 10:00"));
    }

    [Fact]
    public void B8_Admissions_are_asked_whether_a_place_was_applied_for() =>
        Missing().DidWith("admissions", "check", null, At("Tue 15 Sep 2026 10:00")).OwesNo("check-admissions", At("Tue 15 Sep 2026 10:00"));

    [Fact]
    public void CHE10_What_is_known_is_shared_on_the_government_s_site() =>
        Missing().DidWith("s2s", "check", null, At("Tue 15 Sep 2026 10:00")).OwesNo("share-s2s", At("Tue 15 Sep 2026 10:00"));

    [Fact]
    public void DOR24_The_visit_to_the_last_known_home_comes_after_its_own_risk_assessment()
    {
        var story = Missing();
        story.Owed("visit-risk", Opened).Due.DueAt.ShouldBeLessThan(story.Owed("visit", Opened).Due.DueAt);

        story.Did("visit", "no-access", At("Tue 15 Sep 2026 10:00")).OwesNo("visit", At("Tue 15 Sep 2026 10:00"));
    }

    [Fact]
    public void CHE11_The_other_children_of_the_family_are_asked_after() =>
        Missing().DidWith("siblings-other-school", "enquiry", null, At("Tue 15 Sep 2026 10:00")).OwesNo("siblings", At("Tue 15 Sep 2026 10:00"));

    [Fact]
    public void CHE09_The_police_hear_of_a_child_who_cannot_be_traced_and_the_shorter_reading_of_ten_days_alerts()
    {
        var owed = Missing().Owed("not-traced-police", Opened);

        (owed.Due.DueAt, owed.Due.AlertAt).ShouldBe((At("Mon 28 Sep 2026 17:00"), At("Thu 24 Sep 2026 17:00")));
        Missing().Owed("not-traced-police", At("Mon 28 Sep 2026 19:00")).Level.ShouldBe(Levels.CmeLead, "no referral waits for a working morning");
        Missing().Did("refer-police", null, At("Tue 22 Sep 2026 10:00")).OwesNo("not-traced-police", At("Tue 22 Sep 2026 10:00"));
    }

    [Fact]
    public void DOR26_The_case_is_reviewed_every_ten_working_days_for_as_long_as_it_is_open()
    {
        var story = Missing();
        story.Owed("joint-review", Opened).Due.DueAt.ShouldBe(At("Mon 28 Sep 2026 17:00"));

        story.Did("review", null, At("Mon 28 Sep 2026 10:00")).Owed("joint-review", At("Mon 28 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 12 Oct 2026 17:00"));
    }

    [Fact]
    public void SUF28_Being_found_is_not_yet_being_safe()
    {
        var story = Missing().DidWith("school", "sighting", "seen", At("Tue 15 Sep 2026 10:00"));

        (story.Episode.Stage, story.Owed("found-judgement", At("Tue 15 Sep 2026 10:00")).Due.DueAt).ShouldBe(("found", At("Wed 16 Sep 2026 17:00")));
        story.Did("risk-assessment", "no-concern", At("Tue 15 Sep 2026 15:00")).OwesNo("found-judgement", At("Tue 15 Sep 2026 15:00"));
    }

    [Fact]
    public void CHE03_A_place_is_sought_its_answer_is_asked_for_and_so_is_the_first_day_there()
    {
        var story = Missing().Did("reason", "exclusion-awaiting-provision", At("Mon 14 Sep 2026 11:00"));
        story.Owed("seek-place", At("Mon 14 Sep 2026 11:00")).Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 17:00"));

        story.Did("school-place", "applied", At("Tue 15 Sep 2026 10:00")).Owed("place-answer", At("Tue 15 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 6 Oct 2026 17:00"));
        story.Did("school-place", "offered", At("Wed 16 Sep 2026 10:00")).Owed("place-start", At("Wed 16 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Wed 30 Sep 2026 17:00"));
        (story.Episode.Stage, story.Episode is Episode.Underway).ShouldBe(("place-offered", true));
        story.Did("school-place", "started", At("Mon 21 Sep 2026 10:00")).OwesNo("place-start", At("Mon 21 Sep 2026 10:00"));
    }

    [Fact]
    public void B2_A_school_that_has_the_child_on_its_list_closes_nothing_and_somebody_confirms_it_within_a_working_day()
    {
        var placed = At("Wed 16 Sep 2026 09:00");
        var story = Missing().Do(new EpisodeCommand.NotePlaced("900002", On("Wed 16 Sep 2026"), placed));

        (story.Episode is Episode.Underway, story.Episode.Stage).ShouldBe((true, "to-confirm"));
        story.Owed("confirm-placed", placed).Due.DueAt.ShouldBe(At("Thu 17 Sep 2026 17:00"));
        story.Do(new EpisodeCommand.NotePlaced("900002", On("Wed 16 Sep 2026"), At("Wed 16 Sep 2026 09:01"))).History.OfType<EpisodeEvent.PlacedOnRoll>().Count().ShouldBe(1);
        story.Did("school-place", "started", At("Wed 16 Sep 2026 15:00")).OwesNo("confirm-placed", At("Wed 16 Sep 2026 15:00"));
        story.Episode.Stage.ShouldBe("place-started");
        foreach (var whom in new[] { "all-agencies", "previous-school", "new-school" }) { story.DidWith(whom, "notify", null, At("Wed 16 Sep 2026 15:30")); }
        story.Did("close", "on-roll-new-school", At("Wed 16 Sep 2026 16:00")).Episode.ShouldBeOfType<Episode.Closed>().Reason.ShouldBe("on-roll-new-school");
    }

    [Fact]
    public void B2_A_mark_of_a_school_that_saw_the_child_is_asked_about_too()
    {
        var seen = At("Wed 16 Sep 2026 09:00");

        Missing().Do(new EpisodeCommand.NoteSeenElsewhere("900002", Am("Wed 16 Sep 2026"), "/", seen)).Owed("confirm-placed", seen);
    }

    [Fact]
    public void DOR33_Everybody_concerned_is_told_that_the_child_has_joined_a_school_before_anybody_closes_the_record()
    {
        var started = At("Mon 21 Sep 2026 10:00");
        var story = Missing("looked_after").Did("school-place", "started", started);
        story.At(started).Where(owed => owed.IsOpen && owed.Step.Clause == "DOR-33").Select(owed => (owed.Step.Id, owed.Due.DueAt)).Order()
            .ShouldBe(new[] { "tell-agencies", "tell-new-school", "tell-previous-school", "tell-social-worker-found" }.Select(step => (step, At("Tue 22 Sep 2026 17:00"))));

        story.Did("close", "on-roll-new-school", At("Mon 21 Sep 2026 10:05")).LastRefusal.ShouldNotBeNull().Code.ShouldBe("still-to-tell");
        foreach (var whom in new[] { "all-agencies", "previous-school", "new-school", "social-worker" }) { story.DidWith(whom, "notify", null, At("Mon 21 Sep 2026 11:00")); }
        story.Did("close", "on-roll-new-school", At("Mon 21 Sep 2026 11:05")).Episode.ShouldBeOfType<Episode.Closed>();
    }

    [Fact]
    public void DOR33_One_notice_is_not_another_and_a_duplicate_is_closed_without_any()
    {
        var story = Missing().Did("school-place", "started", At("Mon 21 Sep 2026 10:00")).DidWith("new-school", "notify", null, At("Mon 21 Sep 2026 11:00"));

        story.Owed("tell-previous-school", At("Mon 21 Sep 2026 11:00"));
        story.OwesNo("tell-new-school", At("Mon 21 Sep 2026 11:00"));
        story.OwesNo("tell-social-worker-found", At("Mon 21 Sep 2026 11:00"));
        story.Did("close", "duplicate-record", At("Mon 21 Sep 2026 11:05")).Episode.ShouldBeOfType<Episode.Closed>();
    }

    [Theory]
    [InlineData("all-agencies")]
    [InlineData("previous-school")]
    [InlineData("new-school")]
    [InlineData("social-worker")]
    public void DOR33_Whichever_of_them_has_not_been_told_the_record_is_not_closed(string untold)
    {
        var story = Missing("looked_after").Did("school-place", "started", At("Mon 21 Sep 2026 10:00"));
        foreach (var whom in new[] { "all-agencies", "previous-school", "new-school", "social-worker" }.Where(whom => whom != untold))
        {
            story.DidWith(whom, "notify", null, At("Mon 21 Sep 2026 10:10"));
        }

        story.Did("close", "on-roll-new-school", At("Mon 21 Sep 2026 10:20")).LastRefusal.ShouldNotBeNull().Code.ShouldBe("still-to-tell");

        story.DidWith(untold, "notify", null, At("Mon 21 Sep 2026 10:30")).Did("close", "on-roll-new-school", At("Mon 21 Sep 2026 10:40"));
        story.Episode.ShouldBeOfType<Episode.Closed>();
    }

    [Theory]
    [InlineData("close", "explained-absence")]
    [InlineData("roll-decision", "remove")]
    [InlineData("refer-authority", null)]
    [InlineData("joint-log", "signed")]
    [InlineData("removal-statement", null)]
    [InlineData("hold-referral", null)]
    public void B2_What_only_a_school_s_absence_knows_is_refused_with_what_there_is_instead(string action, string? outcome)
    {
        var refused = Missing().Did(action, outcome, At("Tue 15 Sep 2026 10:00")).LastRefusal.ShouldNotBeNull();

        refused.Code.ShouldBe("outcome-not-allowed");
        refused.Allowed.ShouldNotContain("close: explained-absence");
        refused.Allowed.ShouldContain("close: on-roll-new-school");
    }

    [Fact]
    public void B2_A_parent_who_has_the_child_safe_at_home_does_not_end_it() =>
        Missing().Did("call", "parent-child-safe", At("Tue 15 Sep 2026 10:00")).Episode.ShouldBeOfType<Episode.Underway>();

    [Fact]
    public void DOR34_What_is_late_climbs_from_the_desk_to_the_CME_lead_and_to_no_school()
    {
        var story = Missing().LookedAt(At("Thu 24 Sep 2026 09:00"));

        story.History.OfType<EpisodeEvent.Escalated>().Where(climbed => climbed.Step == "reason").Select(climbed => climbed.Level)
            .ShouldBe([Levels.DutyDesk, Levels.CmeLead]);
    }

    [Fact]
    public void B2_A_closed_record_is_opened_again_by_a_person_with_what_was_owed()
    {
        var story = Missing().Did("close", "duplicate-record", At("Tue 15 Sep 2026 10:00")).Did("reopen", null, At("Wed 16 Sep 2026 10:00"));

        story.Episode.ShouldBeOfType<Episode.Underway>();
        story.Owed("check-housing", At("Wed 16 Sep 2026 10:00"));
    }

    [Fact]
    public void B2_Another_record_of_the_child_is_linked_once_and_that_it_came_from_is_known_already()
    {
        var other = new LinkedRecord("episode-0000000003-0", "missing-person");
        var story = Missing().Do(new EpisodeCommand.Link(other, "officer", At("Tue 15 Sep 2026 10:00"))).Do(new EpisodeCommand.Link(other, "officer", At("Tue 15 Sep 2026 10:01")))
            .Do(new EpisodeCommand.Link(new("episode-0000000001-0", "whereabouts"), "officer", At("Tue 15 Sep 2026 10:02")));

        story.Episode.Begun!.Known.Linked.ShouldBe([other]);
    }
}
