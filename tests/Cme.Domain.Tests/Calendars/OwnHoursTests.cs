using Cme.Domain.Calendars;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

/// <summary>Providers whose days of the week differ, and pupils who come for a part of the week.</summary>
public sealed class OwnHoursTests
{
    private static readonly SchoolYearDocument Provider = Autumn2026.Document with
    {
        Week =
        [
            new("tuesday", ["AM", "PM"], new(new(10, 0), new(10, 15)), new(new(13, 30), new(13, 45)), new(15, 0)),
            new("thursday", ["AM"], new(new(9, 30), new(9, 45)), default, new(12, 0)),
        ],
        Timetables = [new("Tuesdays", [new("tuesday", ["AM", "PM"])]), new("Thursday only", [new("thursday", ["AM"]), new("friday", ["AM"])])],
    };

    private static readonly SchoolCalendar Calendar = Autumn2026.CalendarOf(Provider);

    [Fact]
    public void A_provider_meets_on_the_days_of_its_own_week_and_by_its_own_times()
    {
        Calendar.Sessions(On("Tue 8 Sep 2026")).ShouldBe([Session.Am, Session.Pm]);
        Calendar.Sessions(On("Thu 10 Sep 2026")).ShouldBe([Session.Am]);
        Calendar.Sessions(On("Wed 9 Sep 2026")).ShouldBeEmpty();
        Calendar.KindOf(On("Wed 9 Sep 2026")).ShouldBeOfType<DayKind.NotThatWeekday>();
        Calendar.SessionStarts(Am("Tue 8 Sep 2026")).ShouldBe(At("Tue 8 Sep 2026 10:00"));
        Calendar.RegistrationCloses(Pm("Tue 8 Sep 2026")).ShouldBe(At("Tue 8 Sep 2026 13:45"));
        Calendar.DayEnds(On("Thu 10 Sep 2026")).ShouldBe(At("Thu 10 Sep 2026 12:00"));
    }

    [Fact]
    public void School_days_of_a_provider_are_the_days_on_which_it_meets() =>
        Calendar.Day(On("Tue 8 Sep 2026"), 3).ShouldBe(On("Tue 15 Sep 2026"));

    [Fact]
    public void A_pupil_with_a_timetable_has_its_sessions_as_far_as_the_provider_holds_them()
    {
        var own = Calendar.For("10", "Thursday only");

        own.Sessions(On("Thu 10 Sep 2026")).ShouldBe([Session.Am]);
        own.Sessions(On("Fri 11 Sep 2026")).ShouldBeEmpty("the provider is closed");
        own.Sessions(On("Tue 8 Sep 2026")).ShouldBeEmpty();
        own.IsSchoolDay(On("Tue 8 Sep 2026")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Nobody published this")]
    public void Whose_timetable_nobody_knows_is_expected_the_whole_week(string? timetable) =>
        Calendar.For("10", timetable).Sessions(On("Tue 8 Sep 2026")).ShouldBe([Session.Am, Session.Pm]);

    [Fact]
    public void Without_hours_of_its_own_a_school_meets_from_Monday_to_Friday() =>
        Autumn2026.Calendar.Sessions(On("Wed 9 Sep 2026")).ShouldBe([Session.Am, Session.Pm]);

    public static TheoryData<SchoolYearDocument, string, string> Wrong => new()
    {
        { Provider with { Week = [new("sunday", ["AM"], new(new(9, 0), new(9, 15)), default, new(12, 0))] }, "/week/0/day", "unknown-weekday" },
        { Provider with { Week = [Provider.Week[0], Provider.Week[0]] }, "/week/1/day", "weekday-twice" },
        { Provider with { Week = [Provider.Week[0] with { Pm = new(new(10, 10), new(10, 20)) }] }, "/week/0/pm/start", "pm-before-am" },
        { Provider with { Week = [Provider.Week[1] with { DayEnds = new(9, 40) }] }, "/week/0/dayEnds", "day-ends-early" },
        { Provider with { Week = [Provider.Week[1] with { Am = new(new(9, 0), new(9, 40)) }] }, "/week/0/am/registrationCloses", "open-too-long" },
        { Provider with { Timetables = [new("", [new("monday", ["AM"])])] }, "/timetables/0/name", "timetable-name-missing" },
        { Provider with { Timetables = [Provider.Timetables[0], Provider.Timetables[0]] }, "/timetables/1/name", "timetable-twice" },
        { Provider with { Timetables = [new("None", [new("monday", [])])] }, "/timetables/0/days", "timetable-empty" },
        { Provider with { Timetables = [new("Odd", [new("monday", ["EVENING"])])] }, "/timetables/0/days/0/sessions", "unknown-session" },
        { Provider with { Lessons = [new("", new(9, 0), ["10A"])] }, "/lessons/0/name", "lesson-name-missing" },
        { Provider with { Lessons = [new("P1", new(9, 0), ["10A"]), new("P1", new(10, 0), ["10A"])] }, "/lessons/1/name", "lesson-twice" },
        { Provider with { Lessons = [new("P1", new(9, 0), ["10A", "10A"])] }, "/lessons/0/groups", "lesson-groups" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_told_with_its_place(SchoolYearDocument year, string place, string code) =>
        SchoolCalendar.Check(year).ShouldContain(fault => fault.Place == place && fault.Code == code);
}
