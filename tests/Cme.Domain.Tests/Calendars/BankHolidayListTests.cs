using System.Collections.Immutable;
using Cme.Domain.Calendars;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

/// <summary>A list of bank holidays that an authority sends in place of the one that is installed.</summary>
public class BankHolidayListTests
{
    private static readonly ImmutableArray<BankHoliday> List =
        [new(On("Fri 25 Dec 2026"), "Christmas Day"), new(On("Mon 14 Sep 2026"), "State Funeral")];

    [Fact]
    public void An_authority_s_list_replaces_the_installed_one_and_says_how_far_it_goes()
    {
        var own = new AuthorityCalendar { BankHolidays = List }.HolidaysOr(BankHolidays.England);

        own.Days.Select(day => day.Title).ShouldBe(["State Funeral", "Christmas Day"]);
        own.Contains(On("Mon 28 Dec 2026")).ShouldBeFalse("the list that was sent does not have it");
        own.PublishedTo.ShouldBe(On("Thu 31 Dec 2026"));
        new AuthorityCalendar().HolidaysOr(BankHolidays.England).ShouldBeSameAs(BankHolidays.England);
    }

    [Fact]
    public void Offices_and_letters_count_by_the_authority_s_own_list() =>
        new AuthorityCalendar { OfficeStart = new(8, 30), OfficeEnd = new(17, 0), BankHolidays = List }.ToCalendar("Nene Valley", BankHolidays.England)
            .After(On("Fri 11 Sep 2026"), new WorkingDays(1)).ShouldBe(On("Tue 15 Sep 2026"));

    [Fact]
    public void A_sound_list_has_no_fault_until_the_last_day_of_its_last_year()
    {
        BankHolidays.Check(List, On("Thu 31 Dec 2026")).ShouldBeEmpty();
        BankHolidays.Check(List, On("Fri 1 Jan 2027")).ShouldHaveSingleItem().Code.ShouldBe("list-ended");
    }

    [Fact]
    public void A_list_without_days_or_with_one_named_twice_names_the_place()
    {
        BankHolidays.Check([], On("Mon 7 Sep 2026")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe("empty"), fault => fault.Place.ShouldBe("/england-and-wales/events"));

        var twice = BankHolidays.Check([.. List, new(On("Mon 14 Sep 2026"), "Coronation")], On("Mon 7 Sep 2026")).ShouldHaveSingleItem();
        (twice.Place, twice.Code).ShouldBe(("/england-and-wales/events/2/date", "named-twice"));
        twice.Detail.ShouldContain("State Funeral");
    }
}
