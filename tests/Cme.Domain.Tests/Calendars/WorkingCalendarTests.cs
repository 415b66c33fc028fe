using Cme.Domain.Calendars;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

public class WorkingCalendarTests
{
    private static readonly TimeOnly Nine = new(9, 0);

    private static readonly WorkingCalendar Authority =
        new("Nene Valley Council", BankHolidays.England, [On("Tue 29 Dec 2026")], new(8, 30), new(17, 0));

    [Fact]
    public void Working_days_run_on_in_half_term() =>
        Authority.After(On("Fri 23 Oct 2026"), new WorkingDays(5)).ShouldBe(On("Fri 30 Oct 2026"));

    [Fact]
    public void Bank_holidays_and_closures_are_not_counted() =>      // 25 and 28 December are bank holidays, 29 a closure.
        Authority.After(On("Thu 24 Dec 2026"), new WorkingDays(1)).ShouldBe(On("Wed 30 Dec 2026"));

    [Theory]
    [InlineData("Fri 11 Sep 2026 10:00", "Mon 14 Sep 2026 09:00")]
    [InlineData("Mon 14 Sep 2026 08:59", "Mon 14 Sep 2026 09:00")]
    [InlineData("Mon 14 Sep 2026 09:00", "Tue 15 Sep 2026 09:00")]
    [InlineData("Thu 24 Dec 2026 12:00", "Wed 30 Dec 2026 09:00")]
    [InlineData("Fri 23 Oct 2026 23:30", "Mon 26 Oct 2026 09:00")]
    public void The_next_working_morning_comes_after_the_instant(string after, string morning) =>
        Authority.NextWorkingMorning(At(after), Nine).ShouldBe(At(morning));

    [Theory]
    [InlineData("Mon 14 Sep 2026 08:29", false)]
    [InlineData("Mon 14 Sep 2026 08:30", true)]
    [InlineData("Mon 14 Sep 2026 16:59", true)]
    [InlineData("Mon 14 Sep 2026 17:00", false)]
    [InlineData("Sat 12 Sep 2026 12:00", false)]
    public void Offices_are_open_in_office_hours(string instant, bool open) => Authority.IsOpen(At(instant)).ShouldBe(open);

    [Fact]
    public void Beyond_the_list_of_bank_holidays_a_count_says_what_to_install_and_climbing_goes_on()
    {
        Should.Throw<CalendarTooShortException>(() => Authority.After(On("Fri 29 Dec 2028"), new WorkingDays(1)))
            .Message.ShouldBe("Calendar 'Nene Valley Council' knows bank holidays only to 2028-12-31. Install GOV.UK's present list.");
        Authority.NextWorkingMorning(At("Fri 29 Dec 2028 10:00"), Nine).ShouldBe(At("Mon 1 Jan 2029 09:00"));
    }

    [Fact]
    public void C5_The_shipped_list_has_the_computed_dates()
    {
        BankHolidays.England.TitleOf(On("Mon 28 Dec 2026")).ShouldBe("Boxing Day");
        BankHolidays.England.Contains(On("Sat 26 Dec 2026")).ShouldBeFalse("its substitute is the Monday");
        BankHolidays.England.Contains(On("Fri 26 Mar 2027")).ShouldBeTrue();
        BankHolidays.England.Contains(On("Mon 3 Jan 2028")).ShouldBeTrue();
    }

    [Fact]
    public void GOV_UK_s_own_list_takes_the_place_of_the_shipped_one()
    {
        var list = BankHolidays.Parse("""
            {"england-and-wales":{"division":"england-and-wales","events":[
              {"title":"Coronation","date":"2026-09-15","notes":"","bunting":true}]},
             "scotland":{"division":"scotland","events":[{"title":"2nd January","date":"2026-01-02"}]}}
            """);

        list.TitleOf(On("Tue 15 Sep 2026")).ShouldBe("Coronation");
        list.Contains(On("Fri 2 Jan 2026")).ShouldBeFalse("that is Scotland's");
        list.PublishedTo.ShouldBe(On("Thu 31 Dec 2026"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"england-and-wales":{"events":[]}}""")]
    [InlineData("""{"england-and-wales":{"events":[{"title":"x"}]}}""")]
    [InlineData("""{"england-and-wales":{"events":[{"title":"x","date":"15/09/2026"}]}}""")]
    public void Anything_else_is_refused(string json) => Should.Throw<FormatException>(() => BankHolidays.Parse(json));
}
