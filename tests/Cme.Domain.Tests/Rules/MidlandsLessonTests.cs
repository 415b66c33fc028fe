using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>MID-08: the register of a lesson is marked within its first ten minutes. Period 1 begins at 9am, for the groups 10A and 10B.</summary>
public sealed class MidlandsLessonTests
{
    private const string Day = "Tue 8 Sep 2026";

    [Theory]
    [InlineData("09:10", LessonState.Taken)]
    [InlineData("09:11", LessonState.Late)]
    public void MID08_A_register_taken_in_the_first_ten_minutes_is_in_time(string taken, LessonState state) =>
        Lessons($"{Day} 12:00", ("10A", taken)).Select(one => one.State).ShouldBe([state, LessonState.NotTaken]);

    [Theory]
    [InlineData("09:10", LessonState.Awaited)]
    [InlineData("09:11", LessonState.NotTaken)]
    public void MID08_One_that_was_not_taken_shows_when_the_ten_minutes_are_over(string now, LessonState state) =>
        Lessons($"{Day} {now}").ShouldAllBe(one => one.State == state);

    [Fact]
    public void MID08_On_a_day_without_school_no_register_is_expected() =>
        Lessons("Sat 12 Sep 2026 10:00").ShouldBeEmpty();

    private static System.Collections.Immutable.ImmutableArray<LessonRegister> Lessons(string now, params (string Group, string At)[] taken) => LessonRegisters.Of(
        Autumn2026.CalendarOf(Autumn2026.Document with { Lessons = [new("Period 1", new(9, 0), ["10A", "10B"])] }), On(now[..^6]),
        taken.ToDictionary(one => ("Period 1", one.Group), one => At($"{now[..^6]} {one.At}")), At(now));
}
