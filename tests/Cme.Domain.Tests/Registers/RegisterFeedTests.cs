using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

/// <summary>What a school was to send and what has come. Registration closes at 09:20 and at 13:15.</summary>
public class RegisterFeedTests
{
    private const string Day = "Tue 8 Sep 2026";

    [Theory]
    [InlineData("08:00", RegisterState.Awaited)]
    [InlineData("09:49", RegisterState.Awaited)]
    [InlineData("09:50", RegisterState.Missing)]
    public void A_register_of_which_nothing_has_come_half_an_hour_after_registration_closes_is_missing(string now, RegisterState state) =>
        Morning($"{Day} {now}", null).State.ShouldBe(state);

    [Theory]
    [InlineData("08:55", false)]
    [InlineData("09:30", false)]
    [InlineData("09:31", true)]
    public void A_register_that_first_comes_more_than_ten_minutes_after_registration_closes_is_late(string received, bool late) =>
        Morning($"{Day} 14:00", Received($"{Day} {received}")).IsLate.ShouldBe(late);

    [Fact]
    public void A_late_register_is_missing_no_more() =>
        Morning($"{Day} 14:00", Received($"{Day} 11:00")).State.ShouldBe(RegisterState.Received);

    [Fact]
    public void A_register_that_was_in_time_is_not_late_for_being_corrected() =>
        Morning($"{Day} 14:00", Received($"{Day} 09:00") with { Revision = 2, RevisedAt = At($"{Day} 13:00") }).IsLate.ShouldBeFalse();

    [Theory]
    [InlineData("09:19", false, false)]
    [InlineData("09:20", false, true)]
    [InlineData("09:20", true, false)]
    public void A_register_of_which_nobody_said_that_it_is_whole_is_incomplete_once_registration_has_closed(string now, bool complete, bool incomplete) =>
        Morning($"{Day} {now}", Received($"{Day} 09:00") with { Complete = complete }).IsIncomplete.ShouldBe(incomplete);

    [Theory]
    [InlineData("09:24", RegisterState.Received)]
    [InlineData("09:25", RegisterState.LooksWrong)]
    [InlineData("09:39", RegisterState.LooksWrong)]
    [InlineData("09:40", RegisterState.Received)]
    public void A_register_looks_wrong_while_it_is_held(string now, RegisterState state) =>
        Morning($"{Day} {now}", Received($"{Day} 09:22") with { Doubt = new(At($"{Day} 09:25"), At($"{Day} 09:40")) }).State.ShouldBe(state);

    [Fact]
    public void A_day_has_the_sessions_that_the_calendar_gives_it()
    {
        RegisterFeed.Of(Autumn2026.Calendar, On(Day), [], At($"{Day} 08:00")).Select(register => register.Session).ShouldBe([Am(Day), Pm(Day)]);
        RegisterFeed.Of(Autumn2026.Calendar, On("Sat 12 Sep 2026"), [], At($"{Day} 08:00")).ShouldBeEmpty();
        RegisterFeed.Of(Autumn2026.Calendar, On("Thu 3 Sep 2026"), [], At($"{Day} 08:00")).ShouldBeEmpty("an INSET day");
    }

    [Theory]
    [InlineData("Tue 8 Sep 2026 09:49", "Mon 7 Sep 2026")]
    [InlineData("Tue 8 Sep 2026 09:50", "Tue 8 Sep 2026")]
    [InlineData("Mon 7 Sep 2026 08:00", "Fri 4 Sep 2026")]
    [InlineData("Sun 6 Sep 2026 12:00", "Fri 4 Sep 2026")]
    [InlineData("Mon 26 Oct 2026 12:00", "Fri 23 Oct 2026")]
    public void A_school_is_judged_by_the_last_day_of_which_a_register_could_be_missing(string now, string day) =>
        RegisterFeed.DayOfJudgement(Autumn2026.Calendar, At(now)).ShouldBe(On(day));

    [Fact]
    public void Before_its_first_day_a_school_is_judged_by_none() =>
        RegisterFeed.DayOfJudgement(Autumn2026.Calendar, At("Wed 2 Sep 2026 12:00")).ShouldBeNull();

    [Fact]
    public void B3_An_N_is_to_be_replaced_by_the_end_of_the_fifth_school_day_after_it()
    {
        RegisterFeed.ReplaceNBy(Autumn2026.Calendar, On(Day)).ShouldBe(At("Tue 15 Sep 2026 15:30"));
        RegisterFeed.ReplaceNBy(Autumn2026.Calendar, On("Wed 21 Oct 2026")).ShouldBe(At("Wed 4 Nov 2026 15:30"), "half term does not count");
        RegisterFeed.ReplaceNBy(Autumn2026.Calendar, On("Mon 19 Jul 2027")).ShouldBeNull("beyond the published calendar");
    }

    private static ReceivedRegister Received(string at) => new(Am(Day), 1, At(at), At(at), Complete: true, Doubt: null);

    private static ExpectedRegister Morning(string now, ReceivedRegister? received) =>
        RegisterFeed.Of(Autumn2026.Calendar, On(Day), received is null ? [] : [received], At(now))[0];
}
