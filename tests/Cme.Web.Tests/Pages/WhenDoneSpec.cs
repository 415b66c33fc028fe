using Cme.Web.Pages.Episodes.Record;

namespace Cme.Web.Tests.Pages;

public sealed class WhenDoneSpec
{
    [Theory]
    [InlineData("9:40am")]
    [InlineData("9.40 am")]
    [InlineData("9:40")]
    [InlineData("09:40")]
    [InlineData("0940")]
    public void A_time_is_taken_as_people_type_it(string time) =>
        On("7", "9", "2026", time).Instant().ShouldBe(new DateTimeOffset(2026, 9, 7, 8, 40, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("2pm", 13)]
    [InlineData("12.05pm", 11)]
    [InlineData("14:00", 13)]
    public void Afternoon_is_afternoon(string time, int hourUtc) => On("7", "9", "2026", time).Instant()!.Value.UtcDateTime.Hour.ShouldBe(hourUtc);

    [Theory]
    [InlineData("31", "9", "2026", "9:40am")]
    [InlineData("", "9", "2026", "9:40am")]
    [InlineData("7", "13", "2026", "9:40am")]
    [InlineData("7", "9", "26000", "9:40am")]
    [InlineData("7", "9", "2026", "25:40")]
    [InlineData("7", "9", "2026", "soon")]
    [InlineData("7", "9", "2026", null)]
    public void What_cannot_be_a_date_and_time_is_not_guessed(string day, string month, string year, string? time) =>
        On(day, month, year, time).Instant().ShouldBeNull();

    [Fact]
    public void What_is_filled_in_reads_back_as_the_same_minute()
    {
        var at = new DateTimeOffset(2026, 9, 7, 11, 5, 42, TimeSpan.Zero);
        WhenDone.Of(at).Instant().ShouldBe(new DateTimeOffset(2026, 9, 7, 11, 5, 0, TimeSpan.Zero));
    }

    private static WhenDone On(string? day, string? month, string? year, string? time) => new() { Day = day, Month = month, Year = year, Time = time };
}
