using Cme.Domain.Calendars;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

/// <summary>Where a rule of the calendar begins and ends, to the day and the minute.</summary>
public class CalendarEdgesTests
{
    public static TheoryData<string, SchoolYearDocument> Right => new()
    {
        { "a term of one day", Terms(new Term(On("Wed 2 Sep 2026"), On("Wed 2 Sep 2026"))) },
        { "registration of no length", Autumn2026.Document with { Am = new(new(8, 50), new(8, 50)) } },
        { "an afternoon that starts when the morning's registration closes", Autumn2026.Document with { Pm = new(new(9, 20), new(9, 40)) } },
        { "a day that ends when afternoon registration closes", Autumn2026.Document with { DayEnds = new(13, 15) } },
        {
            "one day closed twice with the same code",
            Autumn2026.Document with { Closures = [new(On("Tue 8 Sep 2026"), "Y4"), new(On("Tue 8 Sep 2026"), "Y4")] }
        },
        {
            "two days closed with different codes",
            Autumn2026.Document with { Closures = [new(On("Tue 8 Sep 2026"), "Y4"), new(On("Wed 9 Sep 2026"), "#")] }
        },
        {
            "two year groups away on one day",
            YearGroups(new YearGroupDay("7", On("Tue 8 Sep 2026"), []), new("8", On("Tue 8 Sep 2026"), []))
        },
        {
            "a year group away on two days",
            YearGroups(new YearGroupDay("7", On("Tue 8 Sep 2026"), []), new("7", On("Wed 9 Sep 2026"), []))
        },
        { "an exception on the last day of term", YearGroups(new YearGroupDay("7", On("Fri 23 Oct 2026"), ["AM"])) },
        { "a training day on the first day of term", Autumn2026.Document with { Inset = [On("Wed 2 Sep 2026")] } },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void Nothing_is_wrong_with(string what, SchoolYearDocument document) =>
        SchoolCalendar.Check(document).ShouldBeEmpty(what);

    public static TheoryData<string, SchoolYearDocument> OneFault => new()
    {
        {
            "terms-overlap",
            Terms(new Term(On("Wed 2 Sep 2026"), On("Fri 23 Oct 2026")), new(On("Tue 1 Sep 2026"), On("Wed 2 Sep 2026")))
        },
        { "pm-before-am", Autumn2026.Document with { Am = new(new(8, 50), new(8, 50)), Pm = new(new(8, 50), new(9, 0)) } },
    };

    [Theory]
    [MemberData(nameof(OneFault))]
    public void The_edge_itself_is_a_fault(string code, SchoolYearDocument document) =>
        SchoolCalendar.Check(document).ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void A_calendar_of_no_year_or_of_one_year_twice_is_a_mistake_of_the_program()
    {
        var year = SchoolYear.Parse(Autumn2026.Document).Year!;

        Should.Throw<ArgumentException>(() => SchoolCalendar.Of("Meadow Park School", 1, [], BankHolidays.England)).ParamName.ShouldBe("years");
        Should.Throw<ArgumentException>(() => SchoolCalendar.Of("Meadow Park School", 1, [year, year], BankHolidays.England)).ParamName.ShouldBe("years");
    }

    [Fact]
    public void The_first_and_the_last_day_published_are_school_days()
    {
        var calendar = Autumn2026.CalendarOf(Terms(new Term(On("Wed 2 Sep 2026"), On("Fri 4 Sep 2026"))));

        calendar.IsSchoolDay(On("Wed 2 Sep 2026")).ShouldBeTrue();
        calendar.IsSchoolDay(On("Fri 4 Sep 2026")).ShouldBeTrue();
        calendar.After(On("Wed 2 Sep 2026"), new SchoolDays(2)).ShouldBe(On("Fri 4 Sep 2026"));
    }

    [Fact]
    public void The_school_itself_keeps_both_sessions_on_the_day_of_a_year_group() =>
        Autumn2026.CalendarOf(YearGroups(new YearGroupDay("7", On("Tue 8 Sep 2026"), ["AM"])))
            .Sessions(On("Tue 8 Sep 2026")).ShouldBe([Session.Am, Session.Pm]);

    [Fact]
    public void A_year_group_without_a_day_at_school_has_no_day_of_its_own() =>
        Autumn2026.CalendarOf(YearGroups(new YearGroupDay("7", On("Tue 8 Sep 2026"), [])))
            .For("7").IsSchoolDay(On("Tue 8 Sep 2026")).ShouldBeFalse();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Nothing_is_due_in_less_than_a_day(int days)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Autumn2026.Calendar.After(On("Tue 8 Sep 2026"), new SchoolDays(days)));
        Should.Throw<ArgumentOutOfRangeException>(() => WorkingCalendar.Usual.After(On("Tue 8 Sep 2026"), new WorkingDays(days)));
        Should.Throw<ArgumentOutOfRangeException>(() => WorkingCalendar.Usual.AfterHours(At("Tue 8 Sep 2026 09:00"), days));
    }

    [Fact]
    public void Working_hours_that_are_over_when_the_offices_close_are_over_then_and_not_the_next_morning() =>
        WorkingCalendar.Usual.AfterHours(At("Tue 8 Sep 2026 09:00"), 8).ShouldBe(At("Tue 8 Sep 2026 17:00"));

    [Fact]
    public void The_year_in_which_a_deadline_falls_must_be_published_too()
    {
        var autumn = Autumn2026.Document with { Terms = [new(On("Wed 2 Sep 2026"), On("Fri 23 Oct 2026"))], Inset = [] };
        var later = Autumn2026.Document with { SchoolYear = "2028-29", Terms = [new(On("Mon 4 Sep 2028"), On("Fri 20 Oct 2028"))], Inset = [] };
        var calendar = SchoolCalendar.Of(
            "Meadow Park School", 1, [SchoolYear.Parse(autumn).Year!, SchoolYear.Parse(later).Year!], BankHolidays.England);

        Should.Throw<CalendarTooShortException>(() => calendar.After(On("Tue 18 Jul 2028"), new SchoolDays(1)));
        calendar.After(On("Wed 23 Aug 2028"), new SchoolDays(1)).ShouldBe(On("Mon 4 Sep 2028"));
    }

    [Theory]
    [InlineData("1900-01", false)]
    [InlineData("1901-02", true)]
    [InlineData("2199-00", true)]
    [InlineData("2200-01", false)]
    [InlineData("x-27", false)]
    [InlineData(null, false)]
    public void A_school_year_is_two_years_that_follow_each_other(string? name, bool right) =>
        SchoolYear.TryParseName(name, out _).ShouldBe(right);

    [Fact]
    public void The_last_day_of_the_list_of_bank_holidays_is_still_known()
    {
        var list = BankHolidays.Parse("""{"england-and-wales":{"events":[{"title":"Christmas Day","date":"2026-12-25"}]}}""");
        var calendar = new WorkingCalendar("the office", list, [], new(9, 0), new(17, 0));
        var last = list.PublishedTo;
        while (!calendar.IsWorkingDay(last))
        {
            last = last.AddDays(-1);
        }

        calendar.After(last.AddDays(-1), new WorkingDays(1)).ShouldBe(last);
        Should.Throw<CalendarTooShortException>(() => calendar.After(list.PublishedTo, new WorkingDays(1)));
    }

    [Fact]
    public void A_list_of_bank_holidays_without_events_is_refused() =>
        Should.Throw<FormatException>(() => BankHolidays.Parse("""{"england-and-wales":{"events":[]}}"""))
            .Message.ShouldContain("no events");

    [Fact]
    public void A_time_that_the_clocks_jump_over_is_as_many_minutes_after_the_jump() =>
        London.At(On("Sun 28 Mar 2027"), new(1, 30)).ShouldBe(new DateTimeOffset(2027, 3, 28, 1, 30, 0, TimeSpan.Zero));

    [Fact]
    public void Quantities_read_as_people_say_them()
    {
        new SchoolDays(1).ToString().ShouldBe("1 school day");
        new SchoolDays(3).ToString().ShouldBe("3 school days");
        new WorkingDays(1).ToString().ShouldBe("1 working day");
        new WorkingDays(3).ToString().ShouldBe("3 working days");
    }

    [Fact]
    public void Sessions_are_ordered_in_time_and_read_as_they_are_written()
    {
        var morning = Am("Tue 8 Sep 2026");
        (morning >= Am("Tue 8 Sep 2026")).ShouldBeTrue();
        (morning >= Pm("Tue 8 Sep 2026")).ShouldBeFalse();
        (morning <= Am("Tue 8 Sep 2026")).ShouldBeTrue();

        (SessionNames.TryParse("PM", out var pm), pm).ShouldBe((true, Session.Pm));
        (SessionNames.TryParse("AM", out var am), am).ShouldBe((true, Session.Am));
        SessionNames.TryParse("pm", out _).ShouldBeFalse();
    }

    private static SchoolYearDocument Terms(params Term[] terms) => Autumn2026.Document with { Terms = [.. terms], Inset = [] };

    private static SchoolYearDocument YearGroups(params YearGroupDay[] days) => Autumn2026.Document with { YearGroupExceptions = [.. days] };
}
