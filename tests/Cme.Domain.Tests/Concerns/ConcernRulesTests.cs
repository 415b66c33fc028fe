using Cme.Domain.Concerns;
using Cme.Domain.Procedures;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Concerns;

/// <summary>What may be done about a concern in what order, and that it is somebody's at every instant.</summary>
public sealed class ConcernRulesTests
{
    [Theory]
    [InlineData("match", "not-known", null)]
    [InlineData("check", null, "admissions")]
    [InlineData("close", "out-of-scope", null)]
    public void Nothing_is_decided_before_somebody_has_said_how_great_the_risk_is(string action, string? outcome, string? whom) =>
        ConcernStory.Received().WhyNot(action, outcome, "Tue 8 Sep 2026 10:10", whom, "Because.")!.Code.ShouldBe("screen-first");

    [Theory]
    [InlineData("refer-police", null)]
    [InlineData("refer-csc", null)]
    [InlineData("note", null)]
    [InlineData("take-on", null)]
    public void What_cannot_wait_waits_for_no_screening(string action, string? outcome) =>
        ConcernStory.Received("yes").WhyNot(action, outcome, "Tue 8 Sep 2026 10:10", note: "As told.").ShouldBeNull();

    [Fact]
    public void Immediate_danger_is_for_the_police_and_social_care_at_once_and_no_closing_comes_before()
    {
        var danger = ConcernStory.Received("yes").Did("screen", "immediate-danger", "Tue 8 Sep 2026 10:10");
        danger.Owed("tell-police", "Tue 8 Sep 2026 10:10").State.ShouldBe(ObligationState.Overdue);
        danger.Owed("tell-social-care", "Tue 8 Sep 2026 10:10").Level.ShouldBe(Levels.DutyDesk);
        danger.WhyNot("close", "duplicate", "Tue 8 Sep 2026 10:20", note: "Of another.")!.Code.ShouldBe("refer-first");

        danger.Did("refer-police", null, "Tue 8 Sep 2026 10:20").Did("refer-csc", null, "Tue 8 Sep 2026 10:25")
            .WhyNot("close", "duplicate", "Tue 8 Sep 2026 10:30", note: "Of another.").ShouldBeNull();
    }

    [Fact]
    public void What_is_late_climbs_to_the_desk_and_then_to_the_lead()
    {
        var story = ConcernStory.Received();
        story.Owed("screen", "Tue 8 Sep 2026 11:59").State.ShouldBe(ObligationState.Due);
        story.Owed("screen", "Tue 8 Sep 2026 12:00").Level.ShouldBe(Levels.Owner);
        story.Owed("screen", "Tue 8 Sep 2026 13:00").Level.ShouldBe(Levels.DutyDesk);
        story.Owed("screen", "Tue 8 Sep 2026 14:00").Level.ShouldBe(Levels.CmeLead);
        story.Owed("checks-first", "Thu 10 Sep 2026 09:00").Level.ShouldBe(Levels.DutyDesk);
        story.Owed("checks-first", "Fri 11 Sep 2026 09:00").Level.ShouldBe(Levels.CmeLead);
    }

    [Fact]
    public void A_telephone_report_that_was_written_down_the_next_day_gives_the_officer_time_to_act()
    {
        var late = ConcernStory.Received(at: "Tue 8 Sep 2026 10:00", knownAt: "Wed 9 Sep 2026 10:00");

        (late.Owed("screen", "Wed 9 Sep 2026 10:00") is { } screen ? (screen.DueAt, screen.ActBy) : default)
            .ShouldBe((At("Tue 8 Sep 2026 12:00"), At("Wed 9 Sep 2026 10:30")));
        late.Owed("checks-first", "Wed 9 Sep 2026 10:00").ActBy.ShouldBe(At("Thu 10 Sep 2026 17:00"));
    }

    [Fact]
    public void An_open_concern_that_nobody_touches_is_late_after_five_working_days_however_often_somebody_looked()
    {
        var found = ConcernStory.Checked().Did("match", "not-known", "Tue 8 Sep 2026 16:00");
        found.Owed("review", "Tue 8 Sep 2026 16:00").DueAt.ShouldBe(At("Tue 15 Sep 2026 17:00"));
        found.Did("take-on", null, "Mon 14 Sep 2026 16:00").Owed("review", "Mon 14 Sep 2026 16:00").DueAt.ShouldBe(At("Tue 15 Sep 2026 17:00"), "having it is not doing anything about it");
        found.Did("note", null, "Mon 14 Sep 2026 16:00", note: "Rang the landlord.").Owed("review", "Mon 14 Sep 2026 16:00").DueAt.ShouldBe(At("Mon 21 Sep 2026 17:00"));
    }

    [Fact]
    public void At_every_instant_until_it_is_closed_something_is_owed_to_somebody()
    {
        var stories = new[] { ConcernStory.Received(), ConcernStory.Screened(), ConcernStory.Checked(), ConcernStory.Checked("do-not-contact") };

        foreach (var story in stories)
        {
            foreach (var day in Enumerable.Range(0, 200))
            {
                var at = At("Tue 8 Sep 2026 16:00").AddHours(day * 7);
                ConcernDuties.Of(story.Concern, story.Child, Cme.Domain.Calendars.WorkingCalendar.Usual, at).ShouldContain(duty => duty.IsOpen);
            }
        }
    }

    [Fact]
    public void What_is_out_of_scope_needs_a_reason_and_is_closed_with_one()
    {
        ConcernStory.Received().WhyNot("screen", "out-of-scope", "Tue 8 Sep 2026 10:10")!.Code.ShouldBe("note-required");
        var outside = ConcernStory.Received().Did("screen", "out-of-scope", "Tue 8 Sep 2026 10:10", note: "About parking.");
        outside.Duties("Tue 8 Sep 2026 10:10").Where(duty => duty.IsOpen).Select(duty => duty.Step.Id).ShouldBe(["review"]);
        outside.WhyNot("close", "out-of-scope", "Tue 8 Sep 2026 10:20", note: "About parking.").ShouldBeNull();
    }

    [Fact]
    public void What_belongs_to_an_open_episode_is_followed_there_and_only_there()
    {
        var matched = ConcernStory.Screened().Did("match", "child", "Tue 8 Sep 2026 11:00", child: "7k3q92mxh4b2");
        matched.WhyNot("close", "followed-in-episode", "Tue 8 Sep 2026 11:10")!.Code.ShouldBe("match-first");

        (matched with { Child = new(false, IsInEpisode: true) }).WhyNot("close", "followed-in-episode", "Tue 8 Sep 2026 11:10").ShouldBeNull();
    }

    [Fact]
    public void A_family_that_is_not_to_be_contacted_because_of_the_child_s_flag_is_not_even_after_the_checks()
    {
        var story = ConcernStory.Checked().Did("match", "child", "Tue 8 Sep 2026 16:00", child: "7k3q92mxh4b2") with { Child = new(FamilyBarred: true, false) };

        story.WhyNot("contact-family", "reached-safe", "Wed 9 Sep 2026 09:00", way: "call")!.Code.ShouldBe("do-not-contact-family");
        story.Owed("contact-family", "Wed 9 Sep 2026 09:00").State.ShouldBe(ObligationState.Suppressed);
        story.Owes("ask-dsl-first", "Tue 8 Sep 2026 16:00").ShouldBeTrue();
    }

    [Fact]
    public void Two_officers_do_not_take_on_the_same_concern_and_it_can_be_given_up_or_given_on()
    {
        var taken = ConcernStory.Received().Did("take-on", null, "Tue 8 Sep 2026 10:05");
        taken.WhyNot("take-on", null, "Tue 8 Sep 2026 10:06", by: "desk-2")!.Code.ShouldBe("claimed");
        taken.WhyNot("give-to", null, "Tue 8 Sep 2026 10:06")!.Code.ShouldBe("invalid", "to whom?");

        taken.Did("release", null, "Tue 8 Sep 2026 10:06").Did("take-on", null, "Tue 8 Sep 2026 10:07", by: "desk-2").Concern.Holder!.Value.Id.ShouldBe("desk-2");
    }

    [Fact]
    public void A_closed_concern_takes_nothing_but_its_reopening_with_a_reason()
    {
        var closed = ConcernStory.Screened().Did("close", "duplicate", "Tue 8 Sep 2026 11:00", note: "Of another.");
        closed.Concern.Stage.ShouldBe(ConcernStage.Closed);
        closed.WhyNot("note", null, "Tue 8 Sep 2026 11:10", note: "More.")!.Code.ShouldBe("closed");
        closed.WhyNot("reopen", null, "Tue 8 Sep 2026 11:10")!.Code.ShouldBe("note-required");

        var again = closed.Did("reopen", null, "Tue 8 Sep 2026 11:10", note: "Somebody rang again.");
        again.Concern.IsOpen.ShouldBeTrue();
        again.WhyNot("reopen", null, "Tue 8 Sep 2026 11:20", note: "Again.")!.Code.ShouldBe("not-closed");
    }

    [Theory]
    [InlineData("contact-family", "reached-safe", null, null, "invalid")]
    [InlineData("contact-family", "never", null, "call", "outcome-not-allowed")]
    [InlineData("check", null, "the neighbours", null, "whom-not-allowed")]
    [InlineData("check", null, null, null, "whom-not-allowed")]
    [InlineData("note", "done", null, null, "outcome-not-allowed")]
    [InlineData("dance", null, null, null, "outcome-not-allowed")]
    [InlineData("match", "child", null, null, "invalid")]
    public void What_is_malformed_is_refused_with_what_is_allowed(string action, string? outcome, string? whom, string? way, string code) =>
        ConcernStory.Checked().WhyNot(action, outcome, "Tue 8 Sep 2026 16:00", whom, "Because.", way)!.Code.ShouldBe(code);

    [Fact]
    public void Nothing_was_done_before_it_was_received_or_after_now()
    {
        ConcernStory.Received().WhyNot("note", null, "Tue 8 Sep 2026 09:59", note: "Early.")!.Code.ShouldBe("at-before-received");
        ConcernRules.WhyNot(
            ConcernStory.Received().Concern, new("note", null, At("Tue 8 Sep 2026 12:00"), At("Tue 8 Sep 2026 11:00"), "desk-1", "Sandra") { Note = "Late." }, default,
            Cme.Domain.Calendars.WorkingCalendar.Usual, At("Tue 8 Sep 2026 11:00"))!.Code.ShouldBe("at-in-future");
    }

    [Fact]
    public void A_wrong_match_is_put_right_by_another()
    {
        var wrong = ConcernStory.Screened().Did("match", "child", "Tue 8 Sep 2026 11:00", child: "aaaaaaaaaaaa");
        wrong.Did("match", "child", "Tue 8 Sep 2026 12:00", child: "bbbbbbbbbbbb").Concern.Child.ShouldBe("bbbbbbbbbbbb");
        wrong.Did("match", "not-known", "Tue 8 Sep 2026 12:00").Concern.Stage.ShouldBe(ConcernStage.NotKnown);
    }
}
