using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

/// <summary>
/// A calendar that is published again works the deadlines of open episodes out anew and says what moved (DESIGN 4); none is
/// shifted by the clocks going back or forward.
/// </summary>
public sealed class PublishedAgainTests
{
    private static readonly Ruleset Usual = Story.RulesOf("northamptonshire");

    private static Ruleset Closed(string day) => Usual with
    {
        School = Autumn2026.CalendarOf(Autumn2026.Document with { Closures = [new(On(day), "Y4")] }, version: 2),
    };

    private static Story AminaMissing() =>
        Story.Under(Usual).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));

    [Fact]
    public void A_day_that_is_closed_after_all_moves_the_deadlines_behind_it_and_says_so()
    {
        var story = AminaMissing().Taking(Closed("Fri 11 Sep 2026"), 2, At("Wed 9 Sep 2026 10:00"));
        var moved = story.History.OfType<EpisodeEvent.DeadlinesMoved>().ShouldHaveSingleItem();

        moved.CalendarVersion.ShouldBe(2);
        moved.Moved.Select(one => one.Step).ShouldBe(["visit", "visit-risk-assessment", "report-missing"], ignoreOrder: true);
        moved.Moved.Single(one => one.Step == "visit").ShouldSatisfyAllConditions(
            visit => visit.From.ShouldBe(At("Mon 14 Sep 2026 15:30")), visit => visit.To.ShouldBe(At("Tue 15 Sep 2026 15:30")));
        story.Owed("visit", At("Wed 9 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Tue 15 Sep 2026 15:30"));
        story.Episode.Begun!.Absence.CalendarVersion.ShouldBe(2);
    }

    [Fact]
    public void The_same_calendar_told_again_says_nothing_and_one_that_moves_nothing_is_noted()
    {
        var story = AminaMissing().Taking(Closed("Fri 16 Oct 2026"), 2, At("Wed 9 Sep 2026 10:00"));
        story.History.OfType<EpisodeEvent.CalendarTaken>().ShouldHaveSingleItem().CalendarVersion.ShouldBe(2);

        var before = story.History.Count;
        story.Taking(Closed("Fri 16 Oct 2026"), 2, At("Wed 9 Sep 2026 11:00")).History.Count.ShouldBe(before);
    }

    [Fact]
    public void A_signal_that_was_long_on_its_way_does_not_bring_the_older_calendar_back() =>
        AminaMissing().Taking(Closed("Fri 11 Sep 2026"), 2, At("Wed 9 Sep 2026 10:00"))
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 10:05"))
            .Episode.Begun!.Absence.CalendarVersion.ShouldBe(2);

    [Fact]
    public void The_next_year_s_calendar_gives_the_deadline_that_the_old_one_ended_before()
    {
        var ending = Usual with { School = Autumn2026.CalendarOf(Autumn2026.Document with { Terms = [new(On("Wed 2 Sep 2026"), On("Fri 18 Sep 2026"))] }) };
        var story = Story.Under(ending).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));
        story.Owed("report-missing", At("Tue 8 Sep 2026 10:00")).Due.BeyondCalendar.ShouldNotBeNull();

        story.Taking(Usual, 2, At("Wed 9 Sep 2026 10:00")).Owed("report-missing", At("Wed 9 Sep 2026 10:00"))
            .ShouldSatisfyAllConditions(
                report => report.Due.BeyondCalendar.ShouldBeNull(), report => report.Due.DueAt.ShouldBe(At("Mon 21 Sep 2026 15:30")));
        story.History.OfType<EpisodeEvent.DeadlinesMoved>().ShouldHaveSingleItem().Moved.ShouldContain(one => one.Step == "report-missing");
    }

    [Fact]
    public void A_half_term_that_is_published_while_it_lasts_hands_the_episode_over_there_and_then()
    {
        var school = Usual with { School = Autumn2026.CalendarOf(Autumn2026.Document with { Terms = [new(On("Wed 2 Sep 2026"), On("Fri 18 Dec 2026"))] }) };
        var story = Story.Under(school).Missing(Am("Thu 22 Oct 2026"), At("Thu 22 Oct 2026 08:55")).LookedAt(At("Mon 26 Oct 2026 10:00"));
        story.Episode.Begun!.Owner.ShouldBe("900001");

        story.Taking(Usual, 2, At("Mon 26 Oct 2026 11:00")).LookedAt(At("Mon 26 Oct 2026 11:00"));
        story.History.OfType<EpisodeEvent.HandedOver>().ShouldHaveSingleItem().HappenedAt.ShouldBe(At("Mon 26 Oct 2026 11:00"));
        story.Episode.Begun!.Owner.ShouldBe("999");
    }

    [Fact]
    public void The_authority_s_closed_day_puts_off_what_counts_its_working_days()
    {
        var offices = new AuthorityCalendar { OfficeStart = new(9, 0), OfficeEnd = new(16, 30), ClosedDays = [On("Mon 14 Sep 2026")] };
        var story = AminaMissing().Did("letter", "sent", At("Thu 10 Sep 2026 11:00"))
            .Taking(Usual with { Authority = offices.ToCalendar("Nene Valley", BankHolidays.England) }, 2, At("Thu 10 Sep 2026 12:00"));

        story.Owed("letter-reply", At("Thu 10 Sep 2026 12:00")).Due.DueAt.ShouldBe(At("Wed 16 Sep 2026 16:30"));
    }

    [Theory]
    [InlineData("Thu 22 Oct 2026", "2026-11-11T15:30:00Z")]
    [InlineData("Mon 15 Mar 2027", "2027-04-12T14:30:00Z")]
    public void Over_the_change_of_the_clocks_a_school_day_still_ends_at_half_past_three_in_London(string first, string dueUtc) =>
        Story.Under(Usual).Missing(Am(first), At($"{first} 08:55")).Owed("report-missing", At($"{first} 10:00"))
            .Due.DueAt.ShouldBe(DateTimeOffset.Parse(dueUtc, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-10-24T23:00:00Z", "2026-10-25T23:59:59Z")]
    [InlineData("2027-03-28T00:00:00Z", "2027-03-28T22:59:59Z")]
    public void The_day_of_the_change_is_one_day_in_London_however_long_it_is(string starts, string ends) =>
        London.DateOf(DateTimeOffset.Parse(starts, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(London.DateOf(DateTimeOffset.Parse(ends, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("Fri 11 Sep 2026 15:00", 4, "Mon 14 Sep 2026 10:30")]
    [InlineData("Sat 12 Sep 2026 11:00", 1, "Mon 14 Sep 2026 09:30")]
    [InlineData("Fri 23 Oct 2026 16:00", 10, "Tue 27 Oct 2026 09:00")]
    [InlineData("Thu 24 Dec 2026 16:30", 1, "Tue 29 Dec 2026 09:00")]
    [InlineData("Tue 8 Sep 2026 09:00", 2, "Tue 8 Sep 2026 11:00")]
    public void Working_hours_run_only_while_the_offices_are_open(string from, int hours, string to) =>
        WorkingCalendar.Usual.AfterHours(At(from), hours).ShouldBe(At(to));

    [Fact]
    public void Seventy_two_working_hours_are_not_three_days() =>
        WorkingCalendar.Usual.AfterHours(At("Mon 7 Sep 2026 08:30"), 72).ShouldBe(At("Thu 17 Sep 2026 12:30"));

    [Fact]
    public void Offices_that_close_before_they_open_are_no_calendar() =>
        new AuthorityCalendar { OfficeStart = new(17, 0), OfficeEnd = new(8, 30) }.Check().ShouldHaveSingleItem().Place.ShouldBe("/officeHours/end");
}
