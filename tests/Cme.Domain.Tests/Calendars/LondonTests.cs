using Cme.Domain.Calendars;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

public class LondonTests
{
    [Theory]
    [InlineData("Sat 24 Oct 2026", "09:00", "2026-10-24T08:00Z", "summer time")]
    [InlineData("Sun 25 Oct 2026", "00:59", "2026-10-24T23:59Z", "before the clocks go back")]
    [InlineData("Sun 25 Oct 2026", "01:30", "2026-10-25T00:30Z", "the first of the two")]
    [InlineData("Sun 25 Oct 2026", "02:00", "2026-10-25T02:00Z", "after the clocks went back")]
    [InlineData("Mon 26 Oct 2026", "09:00", "2026-10-26T09:00Z", "winter time")]
    [InlineData("Sun 28 Mar 2027", "00:59", "2027-03-28T00:59Z", "before the clocks go forward")]
    [InlineData("Sun 28 Mar 2027", "01:30", "2027-03-28T01:30Z", "never shown: 02:30 in summer time")]
    [InlineData("Sun 28 Mar 2027", "02:00", "2027-03-28T01:00Z", "after the clocks went forward")]
    [InlineData("Mon 29 Mar 2027", "09:00", "2027-03-29T08:00Z", "summer time")]
    public void An_instant_is_what_London_s_clocks_show(string date, string time, string instant, string because) =>
        London.At(On(date), TimeOnly.Parse(time, null)).ShouldBe(DateTimeOffset.Parse(instant, null), because);

    [Fact]
    public void A_day_in_London_begins_at_London_s_midnight()
    {
        London.DateOf(new DateTimeOffset(2026, 9, 7, 22, 59, 0, TimeSpan.Zero)).ShouldBe(On("Mon 7 Sep 2026"));
        London.DateOf(new DateTimeOffset(2026, 9, 7, 23, 0, 0, TimeSpan.Zero)).ShouldBe(On("Tue 8 Sep 2026"));
        London.DateOf(new DateTimeOffset(2026, 11, 7, 23, 59, 0, TimeSpan.Zero)).ShouldBe(On("Sat 7 Nov 2026"));
        London.TimeOf(new DateTimeOffset(2026, 9, 8, 7, 50, 0, TimeSpan.Zero)).ShouldBe(new TimeOnly(8, 50));
    }

    [Theory]
    [InlineData(1998)]
    [InlineData(2000)]
    [InlineData(2026)]
    [InlineData(2201)]
    public void Every_hour_of_a_year_is_what_the_time_zone_says_remembered_or_not(int year)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        for (var at = new DateTimeOffset(year, 1, 1, 0, 30, 0, TimeSpan.Zero); at.Year == year; at = at.AddHours(1))
        {
            var shown = TimeZoneInfo.ConvertTime(at, zone).DateTime;
            London.DateOf(at).ShouldBe(DateOnly.FromDateTime(shown));
            London.TimeOf(at).ShouldBe(TimeOnly.FromDateTime(shown));
            if (!zone.IsAmbiguousTime(shown))
            {
                London.At(DateOnly.FromDateTime(shown), TimeOnly.FromDateTime(shown)).ShouldBe(at);
            }
        }
    }

    [Fact]
    public void Instants_are_UTC_because_the_database_takes_no_others() => At("Tue 8 Sep 2026 09:10").Offset.ShouldBe(TimeSpan.Zero);

    [Fact]
    public void A_date_with_a_wrong_weekday_is_refused() =>
        Should.Throw<FormatException>(() => On("Mon 8 Sep 2026")).Message.ShouldBe("'Mon 8 Sep 2026' is a Tue.");

    [Fact]
    public void Nothing_of_the_test_calendar_hides_behind_a_wrong_weekday() =>
        Autumn2026.Document.Terms.ShouldAllBe(term =>
            term.Start.DayOfWeek != DayOfWeek.Saturday && term.Start.DayOfWeek != DayOfWeek.Sunday);
}
