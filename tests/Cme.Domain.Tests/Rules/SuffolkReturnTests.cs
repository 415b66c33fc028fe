using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>SUF-10, SUF-11, SUF-15: the provider's daily return. The morning begins at 8:50am, the afternoon at 1pm, the day ends at 3:30pm.</summary>
public sealed class SuffolkReturnTests
{
    private const string Day = "Tue 8 Sep 2026";

    [Theory]
    [InlineData("09:05", true)]
    [InlineData("09:06", false)]
    public void SUF15_Not_attending_is_reported_within_fifteen_minutes_of_the_start(string received, bool inTime)
    {
        var morning = Return($"{Day} 10:00", Register(Am(Day), $"{Day} {received}")).Sessions[0];

        (morning.ReportBy, morning.InTime).ShouldBe((At($"{Day} 09:05"), inTime));
    }

    [Theory]
    [InlineData("09:05", null)]
    [InlineData("09:06", false)]
    public void SUF15_What_has_not_come_is_late_when_the_fifteen_minutes_are_over(string now, bool? inTime) =>
        Return($"{Day} {now}").Sessions[0].InTime.ShouldBe(inTime);

    [Theory]
    [InlineData("/", 15, false)]
    [InlineData("L", 16, true)]
    [InlineData("L", null, false)]
    [InlineData("O", null, true)]
    [InlineData("I", null, true)]
    [InlineData("", null, true)]
    [InlineData("X", null, false)]
    public void SUF10_Who_comes_more_than_fifteen_minutes_late_counts_as_absent(string code, int? late, bool absent) =>
        DailyReturns.IsAbsent(AttendanceCode.Stored(code), late).ShouldBe(absent);

    [Fact]
    public void SUF11_The_return_is_owed_for_every_day_on_which_the_provider_meets_and_for_no_other()
    {
        DailyReturns.Of(Autumn2026.Calendar, On("Sat 12 Sep 2026"), [], At("Sat 12 Sep 2026 18:00")).ShouldBeNull();
        Return($"{Day} 08:00").State.ShouldBe(ReturnState.Awaited);
        Return($"{Day} 15:29").State.ShouldBe(ReturnState.Awaited);
        Return($"{Day} 15:30").State.ShouldBe(ReturnState.Overdue, "the day is over");
    }

    [Fact]
    public void SUF11_It_is_made_when_every_register_of_the_day_has_come_and_is_whole()
    {
        var (am, pm) = (Register(Am(Day), $"{Day} 09:00"), Register(Pm(Day), $"{Day} 13:10"));

        Return($"{Day} 16:00", am).State.ShouldBe(ReturnState.Overdue);
        Return($"{Day} 16:00", am, pm with { Complete = false }).State.ShouldBe(ReturnState.Overdue);
        Return($"{Day} 16:00", am, pm).State.ShouldBe(ReturnState.Made);
    }

    [Fact]
    public void SUF11_A_pattern_is_looked_for_over_ten_school_days() =>
        DailyReturns.PatternFrom(Autumn2026.Calendar, On("Fri 18 Sep 2026")).ShouldBe(On("Mon 7 Sep 2026"));

    private static DailyReturn Return(string now, params ReceivedRegister[] received) =>
        DailyReturns.Of(Autumn2026.Calendar, On(Day), received, At(now)).ShouldNotBeNull();

    private static ReceivedRegister Register(SessionOf session, string at) => new(session, 1, At(at), At(at), true, null);
}
