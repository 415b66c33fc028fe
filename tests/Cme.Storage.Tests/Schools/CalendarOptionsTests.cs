using Cme.Domain.Calendars;
using Cme.Storage.Schools;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Options;

namespace Cme.Storage.Tests.Schools;

/// <summary>A bank holiday that was proclaimed since this was built needs only a file, and a wrong file stops the start.</summary>
public sealed class CalendarOptionsTests
{
    [Fact]
    public void GOV_UK_s_list_takes_the_place_of_the_one_that_ships()
    {
        var options = FileOf("""{"england-and-wales":{"division":"england-and-wales","events":[{"title":"Coronation","date":"2026-11-09","notes":""}]}}""");

        Check(options).Succeeded.ShouldBeTrue();
        options.ReadBankHolidays().TitleOf(new DateOnly(2026, 11, 9)).ShouldBe("Coronation");
        new CalendarOptions().ReadBankHolidays().ShouldBeSameAs(BankHolidays.England);
    }

    [Theory]
    [InlineData("""{"scotland":{"events":[]}}""")]
    [InlineData("""{"england-and-wales":{"events":[{"title":"Some day","date":"9 November"}]}}""")]
    [InlineData("not JSON")]
    public void A_file_that_is_no_such_list_is_refused_at_the_start_with_its_name(string text) =>
        Check(FileOf(text)).FailureMessage.ShouldNotBeNull().ShouldContain("bank-holidays.json");

    [Fact]
    public void A_file_that_is_not_there_is_refused_at_the_start() =>
        Check(new CalendarOptions { BankHolidaysFile = "/nowhere/bank-holidays.json" }).Failed.ShouldBeTrue();

    private static ValidateOptionsResult Check(CalendarOptions options) => new CalendarOptionsCheck().Validate(null, options);

    private static CalendarOptions FileOf(string text)
    {
        var file = Path.Combine(ThrowAwayDirectory.Create(), "bank-holidays.json");
        File.WriteAllText(file, text);
        return new CalendarOptions { BankHolidaysFile = file };
    }
}
