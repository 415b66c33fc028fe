using Cme.Domain.Calendars;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

public class SchoolCalendarTests
{
    private static readonly SchoolCalendar Calendar = Autumn2026.Calendar;

    [Theory]
    [InlineData(1, "Thu 22 Oct 2026")]
    [InlineData(2, "Fri 23 Oct 2026")]
    [InlineData(3, "Mon 2 Nov 2026")]
    [InlineData(10, "Wed 11 Nov 2026")]
    public void C5_The_school_days_of_an_absence_before_half_term_go_on_after_it(int n, string day) =>
        Calendar.Day(On("Thu 22 Oct 2026"), n).ShouldBe(On(day));

    [Fact]
    public void Day_one_of_an_absence_on_a_Sunday_is_the_Monday() =>
        Calendar.Day(On("Sun 13 Sep 2026"), 1).ShouldBe(On("Mon 14 Sep 2026"));

    [Fact]
    public void The_day_itself_is_never_counted_after_it() =>
        Calendar.After(On("Mon 14 Sep 2026"), new SchoolDays(1)).ShouldBe(On("Tue 15 Sep 2026"));

    [Theory]
    [InlineData("Wed 2 Sep 2026", "INSET")]
    [InlineData("Sat 12 Sep 2026", "a weekend")]
    [InlineData("Wed 28 Oct 2026", "half term")]
    [InlineData("Mon 3 May 2027", "a bank holiday in term")]
    [InlineData("Wed 5 Aug 2026", "before anything is published")]
    [InlineData("Mon 6 Sep 2027", "after everything that is published")]
    public void No_school_day(string day, string because) => Calendar.IsSchoolDay(On(day)).ShouldBeFalse(because);

    [Fact]
    public void The_year_has_the_days_that_one_counts_on_paper() =>      // 195 weekdays in term, less 3 INSET days and 3 May.
        Calendar.SchoolDaysBetween(Calendar.PublishedFrom, Calendar.PublishedTo).ShouldBe(new SchoolDays(191));

    [Theory]
    [InlineData("Sat 12 Sep 2026", typeof(DayKind.Weekend))]
    [InlineData("Wed 2 Sep 2026", typeof(DayKind.Inset))]
    [InlineData("Mon 3 May 2027", typeof(DayKind.BankHoliday))]
    [InlineData("Wed 28 Oct 2026", typeof(DayKind.BetweenTerms))]
    [InlineData("Thu 22 Jul 2027", typeof(DayKind.NotPublished))]
    [InlineData("Mon 7 Sep 2026", typeof(DayKind.SchoolDay))]
    public void A_closed_day_says_why(string day, Type kind) => Calendar.KindOf(On(day)).ShouldBeOfType(kind);

    [Fact]
    public void A_deadline_beyond_the_published_calendar_says_what_to_publish() =>
        Should.Throw<CalendarTooShortException>(() => Calendar.After(On("Tue 20 Jul 2027"), new SchoolDays(2))).Message
            .ShouldBe("Calendar 'Meadow Park School' is published only to 2027-07-21. Publish the next year's term dates.");

    [Fact]
    public void A_school_year_missing_in_between_is_not_counted_over()
    {
        var later = Autumn2026.Document with
        {
            SchoolYear = "2028-29",
            Terms = [new(On("Mon 4 Sep 2028"), On("Fri 20 Oct 2028"))],
            Inset = [],
        };
        var calendar = SchoolCalendar.Of(
            "Meadow Park School", 2, [SchoolYear.Parse(later).Year!, SchoolYear.Parse(Autumn2026.Document).Year!], BankHolidays.England);

        Should.Throw<CalendarTooShortException>(() => calendar.After(On("Wed 21 Jul 2027"), new SchoolDays(1)))
            .Message.ShouldContain("no term dates for 2027-28");
        Should.Throw<CalendarTooShortException>(() => calendar.After(On("Wed 1 Apr 2026"), new SchoolDays(1)))
            .Message.ShouldContain("no term dates for 2025-26");
        calendar.Covers(On("Tue 7 Sep 2027")).ShouldBeFalse();
        calendar.NextSchoolDay(On("Mon 4 Sep 2028")).ShouldBe(On("Tue 5 Sep 2028"));
    }

    [Fact]
    public void Two_school_years_are_counted_over_the_summer_between_them()
    {
        var next = Autumn2026.Document with
        {
            SchoolYear = "2027-28",
            Terms = [new(On("Thu 2 Sep 2027"), On("Fri 22 Oct 2027"))],
            Inset = [On("Thu 2 Sep 2027")],
            Am = new(new(8, 30), new(8, 45)),
        };
        var calendar = SchoolCalendar.Of(
            "Meadow Park School", 2, [SchoolYear.Parse(Autumn2026.Document).Year!, SchoolYear.Parse(next).Year!], BankHolidays.England);

        calendar.After(On("Tue 20 Jul 2027"), new SchoolDays(2)).ShouldBe(On("Fri 3 Sep 2027"));
        calendar.RegistrationCloses(Am("Wed 21 Jul 2027")).ShouldBe(At("Wed 21 Jul 2027 09:20"));
        calendar.RegistrationCloses(Am("Fri 3 Sep 2027")).ShouldBe(At("Fri 3 Sep 2027 08:45"));
    }

    [Fact]
    public void Times_are_London_wall_clock_on_both_sides_of_the_change()
    {
        Calendar.RegistrationCloses(Am("Fri 23 Oct 2026")).ShouldBe(new DateTimeOffset(2026, 10, 23, 8, 20, 0, TimeSpan.Zero));
        Calendar.RegistrationCloses(Am("Mon 2 Nov 2026")).ShouldBe(new DateTimeOffset(2026, 11, 2, 9, 20, 0, TimeSpan.Zero));
        Calendar.SessionStarts(Pm("Mon 2 Nov 2026")).ShouldBe(At("Mon 2 Nov 2026 13:00"));
        Calendar.DayEnds(On("Mon 2 Nov 2026")).ShouldBe(At("Mon 2 Nov 2026 15:30"));
    }

    [Fact]
    public void Sessions_follow_each_other_over_weekends_and_holidays()
    {
        Calendar.NextSession(Am("Fri 23 Oct 2026")).ShouldBe(Pm("Fri 23 Oct 2026"));
        Calendar.NextSession(Pm("Fri 23 Oct 2026")).ShouldBe(Am("Mon 2 Nov 2026"));
        Calendar.PreviousSession(Am("Mon 2 Nov 2026")).ShouldBe(Pm("Fri 23 Oct 2026"));
        Calendar.PreviousSession(Pm("Mon 2 Nov 2026")).ShouldBe(Am("Mon 2 Nov 2026"));
        Calendar.PreviousSession(Am("Fri 4 Sep 2026")).ShouldBeNull("it is the first of all");
        Calendar.PreviousSchoolDay(On("Mon 14 Sep 2026")).ShouldBe(On("Fri 11 Sep 2026"));
        Calendar.PreviousSchoolDay(On("Fri 4 Sep 2026")).ShouldBeNull();
    }

    [Fact]
    public void The_last_session_before_a_holiday_is_known()
    {
        Calendar.IsLastSessionOfTerm(Pm("Fri 23 Oct 2026")).ShouldBeTrue();
        Calendar.IsLastSessionOfTerm(Am("Fri 23 Oct 2026")).ShouldBeFalse();
        Calendar.IsLastSessionOfTerm(Pm("Thu 22 Oct 2026")).ShouldBeFalse();

        var shut = Autumn2026.CalendarOf(Autumn2026.Document with { Closures = [new(On("Fri 23 Oct 2026"), "Y4")] });
        shut.IsLastSessionOfTerm(Pm("Thu 22 Oct 2026")).ShouldBeTrue("the Friday is closed");
    }

    [Fact]
    public void A_closure_is_no_school_day_whatever_its_code()
    {
        var calendar = Autumn2026.CalendarOf(Autumn2026.Document with { Closures = [new(On("Tue 8 Sep 2026"), "Y4")] });

        calendar.KindOf(On("Tue 8 Sep 2026")).ShouldBe(new DayKind.Closed("Y4"));
        calendar.Day(On("Mon 7 Sep 2026"), 2).ShouldBe(On("Wed 9 Sep 2026"));
    }

    [Fact]
    public void A_year_group_that_stays_at_home_counts_other_days_than_its_school()
    {
        var calendar = Autumn2026.CalendarOf(Autumn2026.Document with
        {
            YearGroupExceptions = [new("7", On("Tue 8 Sep 2026"), []), new("11", On("Wed 9 Sep 2026"), ["AM"])],
        });

        calendar.IsSchoolDay(On("Tue 8 Sep 2026")).ShouldBeTrue();
        calendar.Sessions(On("Tue 8 Sep 2026"), "7").ShouldBeEmpty();
        calendar.For("7").KindOf(On("Tue 8 Sep 2026")).ShouldBeOfType<DayKind.YearGroupAtHome>();
        calendar.For("7").Day(On("Mon 7 Sep 2026"), 2).ShouldBe(On("Wed 9 Sep 2026"));
        calendar.For("8").ShouldBeSameAs(calendar);
        calendar.For("11").NextSession(Am("Wed 9 Sep 2026")).ShouldBe(Am("Thu 10 Sep 2026"));
        calendar.Holds(Pm("Wed 9 Sep 2026"), "11").ShouldBeFalse();
        calendar.Holds(Pm("Wed 9 Sep 2026")).ShouldBeTrue();
    }
}
