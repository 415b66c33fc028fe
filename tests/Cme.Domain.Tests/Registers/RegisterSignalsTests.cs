using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

public class RegisterSignalsTests
{
    private const string Day = "Tue 8 Sep 2026";

    private AbsenceWindow _window = AbsenceWindow.Of(Pupils, Calendar, On("Mon 7 Sep 2026"), [], At("Mon 7 Sep 2026 08:00"));

    [Fact]
    public void A_register_signals_who_becomes_unexplained_and_nobody_else() =>
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /", "cara I", "dan B", "ewa #").ShouldBe("amina: AM N");

    [Fact]
    public void The_same_register_again_signals_nobody()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /", "cara /", "dan /", "ewa /");

        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /", "cara /", "dan /", "ewa /").ShouldBe("");
        Send(Am(Day), $"{Day} 09:05", "amina N", "ben /", "cara /", "dan /", "ewa /").ShouldBe("");
    }

    [Fact]
    public void A_run_that_grows_is_signalled_whole_and_its_end_with_the_mark_that_explains()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /", "cara /", "dan /", "ewa /");

        Send(Pm(Day), $"{Day} 13:05", "amina N", "ben \\", "cara \\", "dan \\", "ewa \\").ShouldBe("amina: AM N, PM N");
        Send(Am("Wed 9 Sep 2026"), "Wed 9 Sep 2026 08:55", "amina /", "ben /", "cara /", "dan /", "ewa /").ShouldBe("amina: ended by /");
        Send(Pm("Wed 9 Sep 2026"), "Wed 9 Sep 2026 13:05", "amina \\", "ben \\", "cara \\", "dan \\", "ewa \\").ShouldBe("");
    }

    [Fact]
    public void A_correction_ends_the_run_and_a_correction_back_brings_it_back()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /", "cara /", "dan /", "ewa /");

        Correct(Am(Day), $"{Day} 10:00", "amina I known-contact").ShouldBe("amina: ended by I known-contact");
        Correct(Am(Day), $"{Day} 11:00", "amina N").ShouldBe("amina: AM N");
        _window.RunOf("amina").Sessions[0].KnownAt.ShouldBe(At($"{Day} 11:00"), "a corrected mark is known when the correction arrives");
    }

    [Fact]
    public void A_first_day_correction_moves_the_run_to_the_session_that_is_then_its_first()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N");
        Send(Pm(Day), $"{Day} 13:05", "amina N");

        Correct(Am(Day), $"{Day} 14:00", "amina /").ShouldBe("amina: PM N");
        Correct(Am(Day), $"{Day} 15:00", "amina N").ShouldBe("amina: AM N, PM N");
    }

    [Fact]
    public void A_middle_correction_leaves_what_comes_after_it()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N");
        Send(Pm(Day), $"{Day} 13:05", "amina N");
        Send(Am("Wed 9 Sep 2026"), "Wed 9 Sep 2026 08:55", "amina N");

        Correct(Pm(Day), "Wed 9 Sep 2026 10:00", "amina M staff").ShouldBe("amina: AM N");
    }

    [Fact]
    public void A_late_register_of_an_earlier_session_lengthens_the_run_backwards()
    {
        Send(Pm(Day), $"{Day} 13:05", "amina N");

        Send(Am(Day), $"{Day} 13:30", "amina N").ShouldBe("amina: AM N, PM N");
        Send(Am("Mon 7 Sep 2026"), $"{Day} 13:40", "amina /", "ben N").ShouldBe("ben: AM N");
        Send(Pm("Mon 7 Sep 2026"), $"{Day} 13:50", "ben \\").ShouldBe("ben: ended by \\");
    }

    [Fact]
    public void A_late_absence_before_a_session_in_which_the_child_was_seen_tells_nobody()
    {
        Send(Pm(Day), $"{Day} 13:05", "amina \\");

        Send(Am(Day), $"{Day} 13:30", "amina N").ShouldBe("");
    }

    [Fact]
    public void A_run_that_a_later_mark_holds_still_stands_and_the_mark_is_told_once()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N");

        Send(Pm(Day), $"{Day} 13:05", "amina B").ShouldBe("amina: AM N held by B");
        Send(Pm(Day), $"{Day} 13:10", "amina B").ShouldBe("");
    }

    [Fact]
    public void A_doubtful_reason_is_told_as_such_and_then_the_mark_that_settles_it()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N");

        Correct(Am(Day), $"{Day} 10:00", "amina I unknown").ShouldBe("amina: held by I unknown");
        Send(Pm(Day), $"{Day} 13:05", "amina B").ShouldBe("", "nothing is settled by that");
        Send(Am("Wed 9 Sep 2026"), "Wed 9 Sep 2026 08:55", "amina /", "ben /").ShouldBe("amina: ended by /");
        Send(Pm("Wed 9 Sep 2026"), "Wed 9 Sep 2026 13:05", "amina \\").ShouldBe("");
    }

    [Fact]
    public void Marks_that_are_simply_taken_away_leave_nothing_that_explains()
    {
        Send(Am("Mon 7 Sep 2026"), "Mon 7 Sep 2026 08:55", "amina /");
        Send(Am(Day), $"{Day} 08:55", "amina N");

        Correct(Am(Day), $"{Day} 10:00", "amina #").ShouldBe("amina: ended");
    }

    [Fact]
    public void Another_mark_that_explains_an_ended_run_is_told()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /");
        Send(Pm(Day), $"{Day} 13:05", "amina \\", "ben \\");

        Correct(Pm(Day), $"{Day} 14:00", "amina I known-contact", "ben I known-contact").ShouldBe("amina: ended by I known-contact");
        Correct(Pm(Day), $"{Day} 15:00", "amina I unknown").ShouldBe("amina: AM N held by I", "no known reason ends the run any more");
    }

    [Fact]
    public void Blanks_become_unexplained_when_registration_closes()
    {
        Send(Am(Day), $"{Day} 08:55", complete: true, "amina N", "ben /", "cara /", "dan /").ShouldBe("amina: AM N");
        _window.NextChange.ShouldBe(At($"{Day} 09:20"));

        Pass($"{Day} 09:19").ShouldBe("");
        Pass($"{Day} 09:20").ShouldBe("ewa: AM blank");
        _window.NextChange.ShouldBeNull();
        Pass($"{Day} 09:21").ShouldBe("");
    }

    [Fact]
    public void A_register_that_arrives_after_another_s_close_tells_of_both()
    {
        Send(Am(Day), $"{Day} 08:55", complete: true, "amina N", "ben /", "cara /", "dan /");

        Send(Pm(Day), $"{Day} 13:05", "amina \\", "ewa N").ShouldBe("amina: ended by \\; ewa: AM blank, PM N");
    }

    [Fact]
    public void A_pupil_who_turns_out_to_have_left_is_not_missing_any_more()
    {
        Send(Am(Day), $"{Day} 09:30", complete: true, "amina /", "ben /", "cara /", "dan /").ShouldBe("ewa: AM blank");
        var roll = new Roll(Enumerable.Range(0, Pupils.Count).Select(position =>
            Pupils[position] with { Until = position == 4 ? On("Mon 7 Sep 2026") : null }));

        Signals(RegisterSignals.On(_window, roll, Calendar)).ShouldBe("ewa: ended");
    }

    [Fact]
    public void A_day_that_is_closed_afterwards_ends_the_runs_that_began_on_it()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /");
        Send(Am("Wed 9 Sep 2026"), "Wed 9 Sep 2026 08:55", "amina N", "ben N");
        var closed = Autumn2026.CalendarOf(Autumn2026.Document with { Closures = [new(On(Day), "Y4")] }, version: 2);

        var change = RegisterSignals.On(_window, Pupils, closed);

        change.Signals.Single(signal => signal.Pupil == "amina").Run.Sessions.ShouldHaveSingleItem().Session.ShouldBe(Am("Wed 9 Sep 2026"));
        RegisterSignals.On(change.Window, Pupils, Calendar).Signals.Single(signal => signal.Pupil == "amina").Run.Sessions.Length.ShouldBe(2);
    }

    [Fact]
    public void Another_version_of_the_calendar_is_told_of_whoever_is_unexplained_since_deadlines_rest_on_it()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /");

        Signals(RegisterSignals.On(_window, Pupils, Autumn2026.CalendarOf(Autumn2026.Document, version: 2))).ShouldBe("amina: AM N");
        Signals(RegisterSignals.On(_window, Pupils, Calendar)).ShouldBe("");
    }

    [Fact]
    public void A_day_that_is_closed_afterwards_takes_with_it_the_mark_that_held_a_run()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N");
        Send(Am("Wed 9 Sep 2026"), "Wed 9 Sep 2026 08:55", "amina B").ShouldBe("amina: AM N held by B");
        var closed = Autumn2026.CalendarOf(Autumn2026.Document with { Closures = [new(On("Wed 9 Sep 2026"), "Y4")] }, version: 2);

        Signals(RegisterSignals.On(_window, Pupils, closed)).ShouldBe("amina: AM N");
    }

    [Fact]
    public void A_correction_from_before_the_window_asks_for_a_longer_one() =>
        Should.Throw<ArgumentException>(() => Send(Am("Fri 4 Sep 2026"), $"{Day} 09:00", "amina N"))
            .Message.ShouldContain("Read the sheets from 2026-09-04 on first.");

    [Fact]
    public void A_window_read_again_from_the_stored_sheets_says_the_same()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /", "cara G", "dan I unknown");
        Send(Pm(Day), $"{Day} 13:05", "amina N", "ben \\", "cara G known-contact");

        var again = AbsenceWindow.Of(Pupils, Calendar, _window.From, [_window.Find(Pm(Day))!, _window.Find(Am(Day))!], _window.AsAt);

        again.Standing.ShouldBe(_window.Standing);
        again.Standing.Select(entry => entry.Key).ShouldBe(["amina"]);
    }

    private string Send(SessionOf session, string now, params string[] marks) => Send(session, now, complete: false, marks);

    private string Send(SessionOf session, string now, bool complete, params string[] marks)
    {
        var change = Take(_window.Find(session), Register(session, At(now), marks) with { Complete = complete });
        return Remember(RegisterSignals.After(_window, change.Sheet!, At(now)));
    }

    private string Correct(SessionOf session, string now, params string[] marks) => Send(session, now, complete: false, marks);

    private string Pass(string now) => Remember(RegisterSignals.At(_window, At(now)));

    private string Remember(WindowChange change)
    {
        _window = change.Window;
        return Signals(change);
    }

    private static string Signals(WindowChange change) => string.Join("; ", change.Signals.Select(signal => $"{signal.Pupil}: {Told(signal.Run)}"));

    private static string Told(AbsenceRun run) =>
        run.Stands ? string.Join(", ", run.Sessions.Select(session => $"{SessionNames.Of(session.Session.Session)} {session.Code}"))
            + (run.HeldBy is { } held ? $" held by {held.Code}" : "")
        : run.Explained is not { } mark ? "ended"
        : $"{(mark.Reading == MarkReading.Explains ? "ended" : "held")} by {mark.Code}"
            + (mark.ReportedBy is { } by ? $" {ReporterNames.Of(by)}" : "");
}
