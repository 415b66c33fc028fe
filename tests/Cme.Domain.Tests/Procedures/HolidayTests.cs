using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>
/// A holiday must not stop what is owed, nor leave a child with nobody responsible (DESIGN 5, "Holidays" and "Readings"). The
/// worked check of FACTS C5: absent from Thursday 22 October 2026, half term 26 to 30 October.
/// </summary>
public sealed class HolidayTests
{
    private static Story AbsentFrom22October() =>
        Story.Under("northamptonshire").Missing(Am("Thu 22 Oct 2026"), At("Thu 22 Oct 2026 08:55"));

    private static IEnumerable<(string, DateTimeOffset)> Hands(Story story) => story.History
        .Where(happened => happened is EpisodeEvent.HandedOver or EpisodeEvent.HandedBack).Select(happened => (happened.Name, happened.HappenedAt));

    [Theory]
    [InlineData("contact-parent", "Thu 22 Oct 2026 15:30")]
    [InlineData("second-day-call", "Fri 23 Oct 2026 15:30")]
    [InlineData("letter", "Mon 2 Nov 2026 15:30")]
    [InlineData("visit", "Wed 4 Nov 2026 15:30")]
    [InlineData("report-missing", "Wed 11 Nov 2026 15:30")]
    public void C5_Each_step_falls_on_its_school_day_over_the_half_term(string step, string due) =>
        AbsentFrom22October().Owed(step, At("Thu 22 Oct 2026 10:00")).Due.DueAt.ShouldBe(At(due));

    [Fact]
    public void C5_The_report_s_calendar_reading_falls_in_the_half_term_so_it_alerts_at_the_last_open_moment_before_and_at_the_desk_too()
    {
        var report = AbsentFrom22October().Owed("report-missing", At("Fri 23 Oct 2026 15:29"));
        report.Due.Readings.Select(reading => reading.At).ShouldBe([At("Wed 11 Nov 2026 15:30"), At("Sat 31 Oct 2026 15:30")]);
        (report.Due.AlertAt, report.Due.AlertsDesk, report.Level).ShouldBe((At("Fri 23 Oct 2026 15:30"), true, Levels.Owner));

        var story = AbsentFrom22October().LookedAt(At("Mon 26 Oct 2026 12:00"));
        var alert = story.History.OfType<EpisodeEvent.AlertRaised>().Single(raised => raised.Step == "report-missing");
        (alert.Step, alert.HappenedAt, alert.ToDesk).ShouldBe(("report-missing", At("Fri 23 Oct 2026 15:30"), true));
        story.Owed("report-missing", At("Mon 26 Oct 2026 12:00")).Level.ShouldBe(Levels.DutyDesk);
    }

    [Fact]
    public void C5_The_authority_is_responsible_from_the_end_of_the_last_session_until_the_first_one_after_each_once()
    {
        var story = AbsentFrom22October().LookedAt(At("Fri 23 Oct 2026 15:29"));
        Hands(story).ShouldBeEmpty();

        story.LookedAt(At("Sun 25 Oct 2026 12:00")).LookedAt(At("Wed 28 Oct 2026 12:00"));
        Hands(story).ShouldBe([("HandedOver", At("Fri 23 Oct 2026 15:30"))]);
        story.Episode.Begun!.Owner.ShouldBe("999");

        story.LookedAt(At("Mon 2 Nov 2026 10:00")).LookedAt(At("Tue 3 Nov 2026 10:00"));
        Hands(story).ShouldBe([("HandedOver", At("Fri 23 Oct 2026 15:30")), ("HandedBack", At("Mon 2 Nov 2026 08:50"))]);
        story.Episode.Begun!.Owner.ShouldBe("900001");
    }

    [Fact]
    public void Who_is_responsible_does_not_depend_on_when_anyone_looked() =>
        Hands(AbsentFrom22October().LookedAt(At("Tue 5 Jan 2027 10:00")))
            .ShouldBe(Hands(AbsentFrom22October().LookedAt(At("Sat 24 Oct 2026 10:00")).LookedAt(At("Sat 19 Dec 2026 10:00")).LookedAt(At("Tue 5 Jan 2027 10:00"))));

    [Fact]
    public void An_episode_that_opens_while_the_school_is_closed_is_the_authority_s_at_once() =>
        Hands(Story.Under("northamptonshire").Missing(Pm("Fri 23 Oct 2026"), At("Sat 24 Oct 2026 09:00")).LookedAt(At("Sat 24 Oct 2026 09:00")))
            .ShouldBe([("HandedOver", At("Sat 24 Oct 2026 09:00"))]);

    [Fact]
    public void At_the_last_session_before_a_holiday_every_open_episode_is_reviewed_and_says_for_how_long_nobody_sees_the_child()
    {
        AbsentFrom22October().OwesNo("holiday-review", At("Fri 23 Oct 2026 12:59"));
        var story = AbsentFrom22October().LookedAt(At("Fri 23 Oct 2026 13:00"));
        var review = story.Owed("holiday-review", At("Fri 23 Oct 2026 13:00"));

        review.What.ShouldContain("not seen for 9 days");
        (review.Step.Clause, review.Due.DueAt, review.Level).ShouldBe(("product", At("Fri 23 Oct 2026 15:30"), Levels.DutyDesk));
        story.History.OfType<EpisodeEvent.AlertRaised>().ShouldHaveSingleItem().HappenedAt.ShouldBe(At("Fri 23 Oct 2026 13:00"));
        story.Did("review", null, At("Fri 23 Oct 2026 14:00")).OwesNo("holiday-review", At("Fri 23 Oct 2026 14:00"));
        story.LookedAt(At("Fri 18 Dec 2026 13:00")).Owed("holiday-review", At("Fri 18 Dec 2026 13:00")).What.ShouldContain("not seen for 17 days");
    }

    [Fact]
    public void Somebody_is_woken_for_the_review_the_hand_over_and_the_hand_back()
    {
        var story = AbsentFrom22October().Did("sighting", "seen", At("Thu 22 Oct 2026 10:00")).Did("call", "child-spoke", At("Thu 22 Oct 2026 10:05"));
        var instants = Instants(story, At("Thu 22 Oct 2026 10:05"), At("Mon 2 Nov 2026 09:00"));

        new[] { At("Fri 23 Oct 2026 13:00"), At("Fri 23 Oct 2026 15:30"), At("Mon 2 Nov 2026 08:50") }.ShouldBeSubsetOf(instants);
    }

    [Fact]
    public void Every_look_that_is_asked_for_finds_something()
    {
        // Else a head would go on saying that somebody must look, and the auditor would go on alarming.
        var story = AbsentFrom22October();
        for (var at = story.NextInstant(At("Thu 22 Oct 2026 08:55")); at is not null && at < At("Sun 1 Aug 2027 00:00"); at = story.NextInstant(at.Value))
        {
            var before = story.History.Count;
            story.LookedAt(at.Value).History.Count.ShouldBeGreaterThan(before, $"nothing came of looking at {at:O}");
        }
    }

    [Fact]
    public void An_alert_wakes_somebody_and_does_not_make_the_step_overdue()
    {
        var story = Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55")).LookedAt(At("Thu 17 Sep 2026 15:30"));
        var report = story.Owed("report-missing", At("Thu 17 Sep 2026 15:30"));

        (report.State, report.Level, report.NextAt).ShouldBe((ObligationState.Pending, Levels.Owner, At("Mon 21 Sep 2026 15:30")));
        story.LookedAt(At("Thu 17 Sep 2026 16:00")).History.OfType<EpisodeEvent.AlertRaised>().Count().ShouldBe(1);
    }

    [Fact]
    public void A_correction_on_day_twelve_gives_everything_grace_and_tells_nobody_at_once()
    {
        // Known as missing from Tuesday 22 September; on Wednesday 23rd a correction says: since Tuesday 8th.
        var corrected = Story.Under("northamptonshire").Missing(Am("Tue 22 Sep 2026"), At("Tue 22 Sep 2026 08:55"))
            .Did("call", "no-answer", At("Tue 22 Sep 2026 09:30")).Did("risk-assessment", "no-concern", At("Tue 22 Sep 2026 10:00"))
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Wed 23 Sep 2026"), At("Wed 23 Sep 2026 10:00"));

        corrected.At(At("Wed 23 Sep 2026 10:00")).Where(owed => owed.IsOpen).ShouldAllBe(owed => owed.Level == Levels.Owner);
        corrected.Owed("letter", At("Wed 23 Sep 2026 10:00")).Due.ActBy.ShouldBe(At("Thu 24 Sep 2026 15:30"));
        corrected.Owed("report-missing", At("Wed 23 Sep 2026 10:00")).Due.ActBy.ShouldBe(At("Thu 24 Sep 2026 15:30"));
        corrected.LookedAt(At("Fri 25 Sep 2026 12:00")).At(At("Fri 25 Sep 2026 12:00")).Max(owed => owed.Level).ShouldBe(Levels.Dsl);
    }

    [Fact]
    public void A_calendar_that_ends_before_a_deadline_says_so_and_leaves_the_nearer_ones_alone()
    {
        var short_ = Autumn2026.CalendarOf(Autumn2026.Document with { Terms = [new(On("Wed 2 Sep 2026"), On("Fri 18 Sep 2026"))], Inset = [] });
        var story = Story.Under(Story.RulesOf("northamptonshire") with { School = short_ }).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));

        story.Owed("report-missing", At("Tue 8 Sep 2026 10:00")).Due.BeyondCalendar.ShouldNotBeNull().ShouldContain("Publish");
        story.Owed("visit", At("Tue 8 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 14 Sep 2026 15:30"));
    }

    private static List<DateTimeOffset> Instants(Story story, DateTimeOffset from, DateTimeOffset to)
    {
        var instants = new List<DateTimeOffset>();
        for (var at = story.NextInstant(from); at <= to; at = story.NextInstant(at.Value))
        {
            instants.Add(at.Value);
            story.LookedAt(at.Value);
        }
        return instants;
    }
}
