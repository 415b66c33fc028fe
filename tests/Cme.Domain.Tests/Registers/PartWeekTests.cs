using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

/// <summary>A pupil who comes for a part of the week: Amina on Tuesdays and Thursdays, in the morning. Ben comes the whole week.</summary>
public sealed class PartWeekTests
{
    private static readonly SchoolCalendar Calendar = Autumn2026.CalendarOf(
        Autumn2026.Document with { Timetables = [new("Two mornings", [new("tuesday", ["AM"]), new("thursday", ["AM"])])] });

    private static readonly Roll Pupils = new(
        [new RollPupil("amina", "7", new(2026, 9, 2)) { Timetable = "Two mornings" }, new RollPupil("ben", "7", new(2026, 9, 2))]);

    private AbsenceWindow _window = AbsenceWindow.Of(Pupils, Calendar, On("Mon 7 Sep 2026"), [], At("Mon 7 Sep 2026 08:00"));

    [Theory]
    [InlineData("Mon 7 Sep 2026 AM")]
    [InlineData("Tue 8 Sep 2026 PM")]
    [InlineData("Wed 9 Sep 2026 AM")]
    public void A_part_week_pupil_is_not_missing_in_a_session_for_which_the_pupil_does_not_come(string session)
    {
        Send(session, "ben /").ShouldBeEmpty("left out of a complete register, and not blank");
        Send(session, "amina N", "ben /").ShouldBeEmpty("and no slip of the source makes it so");
    }

    [Fact]
    public void A_part_week_pupil_is_missing_in_a_session_for_which_the_pupil_comes() => Send("Tue 8 Sep 2026 AM", "amina N", "ben /").ShouldBe(["amina"]);

    [Fact]
    public void A_run_goes_on_over_the_days_between_and_they_do_not_count_in_it()
    {
        Send("Tue 8 Sep 2026 AM", "amina N", "ben /");
        Send("Wed 9 Sep 2026 AM", "amina N", "ben /");
        var change = Take("Thu 10 Sep 2026 AM", "amina N", "ben /");

        change.Signals.ShouldHaveSingleItem().Run.Sessions.Select(session => session.Session.Date.DayOfWeek).ShouldBe([DayOfWeek.Tuesday, DayOfWeek.Thursday]);
    }

    [Fact]
    public void Nothing_changes_for_who_comes_the_whole_week() => Send("Wed 9 Sep 2026 AM", "amina X", "ben N").ShouldBe(["ben"]);

    /// <summary>Sends a complete register, and tells who became unexplained by it.</summary>
    private string[] Send(string session, params string[] marks) => [.. Take(session, marks).Signals.Select(signal => signal.Pupil)];

    private WindowChange Take(string session, params string[] marks)
    {
        var which = session.EndsWith("AM", StringComparison.Ordinal) ? Am(session[..^3]) : Pm(session[..^3]);
        var at = Calendar.RegistrationCloses(which).AddMinutes(5);
        var taken = Sheet.Merge(_window.Find(which), School.Register(which, at, marks), Pupils, Calendar, at).Sheet!;
        var change = RegisterSignals.After(_window, taken, at);
        _window = change.Window;
        return change;
    }
}
