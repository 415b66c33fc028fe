using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers.Counts;

// The numbers that rules name: 10 days of irregular attendance, 20 of ground i, 10 of ground h. A school's signal carries them.
public class ReachedTests
{
    [Fact]
    public void Ten_days_of_irregular_attendance_and_twenty_of_ground_i_are_reached_once_and_stay()
    {
        var window = Missing("Mon 7 Sep 2026", days: 9);
        ReachedBy(window).ShouldBeEmpty();

        window = Missing("Mon 7 Sep 2026", days: 10);
        ReachedBy(window).ShouldBe([new(CountName.Irregular, 10, On("Fri 18 Sep 2026"), At("Fri 18 Sep 2026 09:00"))]);

        window = Missing("Mon 7 Sep 2026", days: 24);
        ReachedBy(window).ShouldBe(
        [
            new(CountName.Irregular, 10, On("Fri 18 Sep 2026"), At("Fri 18 Sep 2026 09:00")),
            new(CountName.GroundI, 20, On("Fri 2 Oct 2026"), At("Fri 2 Oct 2026 13:05")),
        ]);
    }

    [Fact]
    public void B4_Ground_h_is_reached_ten_school_days_after_the_expected_return()
    {
        var roll = OnLeave(new LeaveOfAbsence("leave-1", On("Mon 7 Sep 2026"), On("Mon 14 Sep 2026")));
        var window = Missing("Mon 7 Sep 2026", days: 14, roll);
        ReachedBy(window).ShouldBeEmpty();
        window.RunOf("amina").Sessions[0].Session.ShouldBe(Am("Mon 14 Sep 2026"), "DOR-13: the clock starts at the expected return");

        ReachedBy(Missing("Mon 7 Sep 2026", days: 15, roll)).ShouldBe(
        [
            new(CountName.Irregular, 10, On("Fri 25 Sep 2026"), At("Fri 25 Sep 2026 09:00")),
            new(CountName.GroundH, 10, On("Fri 25 Sep 2026"), At("Fri 25 Sep 2026 09:00")),
        ]);
    }

    [Fact]
    public void B4_Ground_h_reaches_back_past_illness_to_the_expected_return()
    {
        var window = Take([], OnLeave(new LeaveOfAbsence("leave-1", On("Mon 7 Sep 2026"), On("Mon 14 Sep 2026"))));
        for (var (day, n) = (On("Mon 14 Sep 2026"), 0); n < 10; day = Calendar.NextSchoolDay(day), n++)
        {
            window = Marked(Marked(window, new(day, Session.Am), n < 5 ? "I" : "N"), new(day, Session.Pm), n < 5 ? "I" : "N");
        }

        ReachedBy(window).Select(reached => (reached.Count, reached.On)).ShouldBe([(CountName.GroundH, On("Fri 25 Sep 2026"))]);
    }

    [Fact]
    public void A_correction_that_takes_a_count_below_its_number_takes_it_back_and_tells_so()
    {
        var window = Missing("Mon 7 Sep 2026", days: 10);
        var corrected = Correct(window, Pm("Mon 7 Sep 2026"), "\\", At("Mon 21 Sep 2026 08:00"));

        var signal = corrected.Signals.ShouldHaveSingleItem();
        signal.Run.Stands.ShouldBeTrue();
        signal.Run.Reached.ShouldBeEmpty();

        var back = Correct(corrected.Window, Pm("Mon 7 Sep 2026"), "N", At("Mon 21 Sep 2026 08:30"));
        back.Signals.ShouldHaveSingleItem().Run.Reached.Select(reached => (reached.Count, reached.On)).ShouldBe([(CountName.Irregular, On("Fri 18 Sep 2026"))]);
    }

    [Fact]
    public void A_correction_that_changes_a_count_and_not_the_run_is_told_too()
    {
        var window = Take([(Am("Mon 7 Sep 2026"), "N"), (Pm("Mon 7 Sep 2026"), "U")], Pupils);
        window = Play(window, "Tue 8 Sep 2026", days: 9);
        ReachedBy(window).ShouldHaveSingleItem().On.ShouldBe(On("Fri 18 Sep 2026"));

        var corrected = Correct(window, Am("Mon 7 Sep 2026"), "/", At("Mon 21 Sep 2026 08:00"));
        corrected.Signals.ShouldBeEmpty("U of the afternoon still counts for the day");
        Correct(corrected.Window, Pm("Mon 7 Sep 2026"), "\\", At("Mon 21 Sep 2026 08:05"))
            .Signals.ShouldHaveSingleItem().Run.Reached.ShouldBeEmpty();
    }

    [Fact]
    public void The_day_on_which_a_count_was_reached_does_not_wander_as_the_window_moves_on()
    {
        // Ten days late after the register closed, which end the whereabouts run each time, and then missing.
        var window = Take([], Pupils);
        for (var (day, n) = (On("Mon 7 Sep 2026"), 0); n < 30; day = Calendar.NextSchoolDay(day), n++)
        {
            window = Marked(window, new(day, Session.Am), n < 10 ? "U" : "N").Trimmed(new SchoolDays(15));
            window = Marked(window, new(day, Session.Pm), n < 10 ? "U" : "N").Trimmed(new SchoolDays(15));
        }

        window.RunOf("amina").Sessions[0].Session.ShouldBe(Am("Mon 21 Sep 2026"));
        ReachedBy(window).ShouldContain(reached => reached.Count == CountName.Irregular && reached.On == On("Fri 18 Sep 2026"));
    }

    [Fact]
    public void A_window_that_does_not_reach_back_to_where_a_count_began_says_so()
    {
        var late = Take([(Am("Fri 11 Sep 2026"), "U"), (Am("Mon 14 Sep 2026"), "N")], Pupils);
        late.RunsMayBeginEarlier.ShouldBeTrue("U ends the run, and not the irregular attendance");

        Take([(Am("Fri 11 Sep 2026"), "/"), (Am("Mon 14 Sep 2026"), "N")], Pupils).RunsMayBeginEarlier.ShouldBeFalse();
    }

    [Fact]
    public void A_leave_that_is_granted_changed_or_cancelled_tells_who_is_missing_anew()
    {
        var window = Missing("Mon 7 Sep 2026", days: 5);
        var leave = new LeaveOfAbsence("leave-1", On("Mon 7 Sep 2026"), On("Thu 10 Sep 2026"));

        var granted = RegisterSignals.On(window, OnLeave(leave), Calendar);
        granted.Signals.ShouldHaveSingleItem().Run.Sessions[0].Session.ShouldBe(Am("Thu 10 Sep 2026"));

        var extended = RegisterSignals.On(granted.Window, OnLeave(leave with { ExpectedReturn = On("Mon 14 Sep 2026") }), Calendar);
        extended.Signals.ShouldHaveSingleItem().Run.Stands.ShouldBeFalse();

        var cancelled = RegisterSignals.On(extended.Window, Pupils, Calendar);
        cancelled.Signals.ShouldHaveSingleItem().Run.Sessions[0].Session.ShouldBe(Am("Mon 7 Sep 2026"));
    }

    [Fact]
    public void A_count_is_known_when_the_last_mark_that_it_rests_on_is()
    {
        var late = Correct(Missing("Mon 7 Sep 2026", days: 10), Am("Tue 8 Sep 2026"), "O", At("Fri 18 Sep 2026 14:00")).Window;
        late = Correct(late, Pm("Tue 8 Sep 2026"), "O", At("Fri 18 Sep 2026 14:30")).Window;
        ReachedBy(late).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            reached => reached.On.ShouldBe(On("Fri 18 Sep 2026")), reached => reached.KnownAt.ShouldBe(At("Fri 18 Sep 2026 14:00")));
    }

    private static ImmutableArray<CountReached> ReachedBy(AbsenceWindow window) =>
        window.Standing.Single(entry => entry.Key == "amina").Value.Reached;

    private static AbsenceWindow Missing(string from, int days, Roll? roll = null) => Play(Take([], roll ?? Pupils), from, days);

    private static AbsenceWindow Play(AbsenceWindow window, string from, int days)
    {
        for (var (day, n) = (On(from), 0); n < days; day = Calendar.NextSchoolDay(day), n++)
        {
            window = Marked(Marked(window, new(day, Session.Am), "N"), new(day, Session.Pm), "N");
        }

        return window;
    }

    private static AbsenceWindow Take((SessionOf Session, string Code)[] marks, Roll roll) => marks.Aggregate(
        AbsenceWindow.Of(roll, Calendar, On("Fri 4 Sep 2026"), [], At("Fri 4 Sep 2026 08:00")),
        (window, mark) => Marked(window, mark.Session, mark.Code));

    private static AbsenceWindow Marked(AbsenceWindow window, SessionOf session, string code) =>
        Correct(window, session, code, London.At(session.Date, session.Session == Session.Am ? new(9, 0) : new(13, 5))).Window;

    private static WindowChange Correct(AbsenceWindow window, SessionOf session, string code, DateTimeOffset now) => RegisterSignals.After(
        window, Sheet.Merge(window.Find(session), Part(session, now, $"amina {code}"), window.Roll, Calendar, now).Sheet!, now);

    private static Roll OnLeave(LeaveOfAbsence leave) => new(Enumerable.Range(0, Pupils.Count)
        .Select(position => Pupils[position] with { Leaves = Pupils[position].Id == "amina" ? [leave] : [] }));
}
