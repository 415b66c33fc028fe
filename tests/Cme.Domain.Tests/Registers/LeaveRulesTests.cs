using Cme.Domain.Registers;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

public class LeaveRulesTests
{
    private static readonly LeaveOfAbsence Week = new("leave-1", On("Mon 14 Sep 2026"), On("Mon 21 Sep 2026"));

    [Theory]
    [InlineData("Mon 14 Sep 2026", "leave-return-not-after-start")]
    [InlineData("Fri 11 Sep 2026", "leave-return-not-after-start")]
    [InlineData("Tue 15 Sep 2026", null)]
    public void A_pupil_comes_back_after_leave_began(string expectedReturn, string? code) =>
        (LeaveRules.Refusal(Week with { ExpectedReturn = On(expectedReturn) }, [], Calendar)?.Code).ShouldBe(code);

    [Fact]
    public void Leave_begins_within_the_published_calendar_and_may_end_beyond_it()
    {
        LeaveRules.Refusal(Week, [], null)!.Code.ShouldBe("leave-outside-calendar");
        LeaveRules.Refusal(Week with { From = On("Mon 31 Aug 2026") }, [], Calendar)!.Code.ShouldBe("leave-outside-calendar");
        LeaveRules.Refusal(Week with { ExpectedReturn = On("Mon 6 Sep 2027") }, [], Calendar).ShouldBeNull();
    }

    [Theory]
    [InlineData("Mon 21 Sep 2026", "Fri 25 Sep 2026", null)]
    [InlineData("Fri 11 Sep 2026", "Mon 14 Sep 2026", null)]
    [InlineData("Fri 11 Sep 2026", "Tue 15 Sep 2026", "leave-overlaps")]
    [InlineData("Fri 18 Sep 2026", "Fri 25 Sep 2026", "leave-overlaps")]
    [InlineData("Tue 15 Sep 2026", "Wed 16 Sep 2026", "leave-overlaps")]
    public void A_day_is_of_one_leave(string from, string expectedReturn, string? code) =>
        (LeaveRules.Refusal(new("leave-2", On(from), On(expectedReturn)), [Week], Calendar)?.Code).ShouldBe(code);
}
