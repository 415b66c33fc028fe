using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

/// <summary>Which of the marks that are stored say something.</summary>
public class RecordedMarkTests
{
    [Theory]
    [InlineData("Tue 8 Sep 2026", "N", "Tue 8 Sep 2026 09:00", true, "any code counts at once")]
    [InlineData("Tue 8 Sep 2026", "", "Tue 8 Sep 2026 09:19", false, "a blank does not, while registration is open")]
    [InlineData("Tue 8 Sep 2026", "", "Tue 8 Sep 2026 09:20", true, "it does from the close on")]
    [InlineData("Mon 7 Sep 2026", "", "Tue 8 Sep 2026 09:20", true, "on the first day on roll")]
    [InlineData("Fri 4 Sep 2026", "", "Tue 8 Sep 2026 09:20", false, "but not before it")]
    [InlineData("Wed 9 Sep 2026", "", "Fri 11 Sep 2026 09:20", true, "on the last day on roll")]
    [InlineData("Thu 10 Sep 2026", "", "Fri 11 Sep 2026 09:20", false, "but not after it")]
    [InlineData("Thu 10 Sep 2026", "/", "Fri 11 Sep 2026 09:20", true, "who was there was there")]
    [InlineData("Sat 12 Sep 2026", "N", "Mon 14 Sep 2026 09:20", false, "the school does not hold it")]
    public void A_stored_mark_counts_if_the_session_is_held_and_a_blank_if_the_pupil_was_expected_and_registration_has_closed(
        string day, string code, string asAt, bool counts, string because)
    {
        var mark = new Mark(code.Length == 0 ? AttendanceCode.Blank : Code(code), At("Tue 8 Sep 2026 09:00"), At("Tue 8 Sep 2026 09:00"));

        var recorded = RecordedMark.Of(Autumn2026.Calendar, Am(day), mark, On("Mon 7 Sep 2026"), On("Wed 9 Sep 2026"), At(asAt));

        (recorded is not null).ShouldBe(counts, because);
        if (recorded is { } one)
        {
            one.ShouldBe(new RecordedMark(Am(day), London.At(On(day), new(9, 20)), mark));
        }
    }

    [Fact]
    public void A_pupil_whose_last_day_nobody_knows_is_expected_on() => RecordedMark.Of(
        Autumn2026.Calendar, Am("Tue 8 Sep 2026"), new Mark(AttendanceCode.Blank, At("Tue 8 Sep 2026 09:00"), At("Tue 8 Sep 2026 09:00")),
        On("Mon 7 Sep 2026"), null, At("Tue 8 Sep 2026 09:20")).ShouldNotBeNull();

    private static AttendanceCode Code(string text) => AttendanceCode.TryParse(text, out var code) ? code : throw new FormatException(text);
}
