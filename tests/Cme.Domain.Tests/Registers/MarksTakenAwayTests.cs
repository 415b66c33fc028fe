using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

/// <summary>
/// Marks that made a child missing may be taken away: by a leaving date, a leave or a day closed afterwards. Nobody has seen the
/// child by that, and the case may be open: the next mark that says anything is news.
/// </summary>
public sealed class MarksTakenAwayTests
{
    private const string Monday = "Mon 7 Sep 2026";
    private const string Tuesday = "Tue 8 Sep 2026";
    private const string Wednesday = "Wed 9 Sep 2026";

    private AbsenceWindow _window = AbsenceWindow.Of(Pupils, Calendar, On(Monday), [], At($"{Monday} 08:00"));

    public MarksTakenAwayTests()
    {
        Send(Am(Monday), $"{Monday} 08:55", "amina /");
        Send(Am(Tuesday), $"{Tuesday} 09:30", "amina").ShouldBe("amina: missing since Tuesday");
    }

    [Theory]
    [InlineData("/", "amina: /")]
    [InlineData("B", "amina: B")]
    [InlineData("#", "")]
    public void Who_was_missing_when_a_leaving_date_came_is_heard_of_at_the_first_mark_that_says_anything(string code, string told)
    {
        Remember(RegisterSignals.On(_window, Left("amina", Monday), Calendar)).ShouldBe("amina: nothing");

        Send(Am(Wednesday), $"{Wednesday} 08:55", $"amina {code}", "ben /").ShouldBe(told);
    }

    [Fact]
    public void And_only_at_the_first()
    {
        Remember(RegisterSignals.On(_window, Left("amina", Monday), Calendar));
        Send(Am(Wednesday), $"{Wednesday} 08:55", "amina /").ShouldBe("amina: /");

        Send(Pm(Wednesday), $"{Wednesday} 13:05", "amina \\").ShouldBe("");
    }

    [Fact]
    public void It_is_so_after_another_change_of_the_roll_and_with_older_days()
    {
        Remember(RegisterSignals.On(_window, Left("amina", Monday), Calendar));
        Remember(RegisterSignals.On(_window, Left("amina", "Fri 4 Sep 2026"), Calendar)).ShouldBe("");
        _window = _window.Extended(On("Thu 3 Sep 2026"), []);

        Send(Am(Wednesday), $"{Wednesday} 08:55", "amina /").ShouldBe("amina: /");
    }

    [Fact]
    public void A_leaving_date_taken_back_leaves_the_child_missing_as_before()
    {
        Remember(RegisterSignals.On(_window, Left("amina", Monday), Calendar));

        Remember(RegisterSignals.On(_window, Pupils, Calendar)).ShouldBe("amina: missing since Tuesday");
        Send(Am(Wednesday), $"{Wednesday} 08:55", "amina /").ShouldBe("amina: /");
        Send(Pm(Wednesday), $"{Wednesday} 13:05", "amina \\").ShouldBe("");
    }

    [Fact]
    public void A_window_read_anew_waits_for_the_pupils_of_open_cases_whom_no_mark_accounts_for()
    {
        Remember(RegisterSignals.On(_window, Left("amina", Monday), Calendar));
        Sheet[] stored = [_window.Find(Am(Monday))!, _window.Find(Am(Tuesday))!];
        var read = AbsenceWindow.Of(Left("amina", Monday), Calendar, _window.From, stored, _window.AsAt);

        _window = read.Awaiting(new Dictionary<string, SessionOf> { ["amina"] = Am(Tuesday) });
        Send(Am(Wednesday), $"{Wednesday} 08:55", "amina /").ShouldBe("amina: /");

        _window = read.Awaiting(new Dictionary<string, SessionOf> { ["amina"] = Am(Monday) });
        Send(Am(Wednesday), $"{Wednesday} 08:55", "amina /").ShouldBe("", "Monday's mark accounts for a case that began on Monday");
    }

    [Fact]
    public void Told_again_of_how_things_stand_they_are_waited_for_too()
    {
        Remember(RegisterSignals.On(_window, Left("amina", Monday), Calendar));
        Sheet[] stored = [_window.Find(Am(Monday))!, _window.Find(Am(Tuesday))!];
        _window = AbsenceWindow.Of(Left("amina", Monday), Calendar, _window.From, stored, _window.AsAt);

        Remember(RegisterSignals.Again(_window, new Dictionary<string, SessionOf> { ["amina"] = Am(Tuesday) })).ShouldBe("amina: nothing");
        Send(Am(Wednesday), $"{Wednesday} 08:55", "amina /").ShouldBe("amina: /");
    }

    private static Roll Left(string pupil, string lastDay) => new(Enumerable.Range(0, Pupils.Count).Select(position =>
        Pupils[position] with { Until = Pupils[position].Id == pupil ? On(lastDay) : null }));

    private string Send(SessionOf session, string now, params string[] marks)
    {
        var change = Sheet.Merge(_window.Find(session), Register(session, At(now), marks) with { Complete = false }, _window.Roll, _window.Calendar, At(now));
        return change.Sheet is null ? "" : Remember(RegisterSignals.After(_window, change.Sheet, At(now)));
    }

    private string Remember(WindowChange change)
    {
        _window = change.Window;
        return string.Join("; ", change.Signals.Select(signal =>
            $"{signal.Pupil}: {(signal.Run.Stands ? $"missing since {signal.Run.Sessions[0].Session.Date.DayOfWeek}" : signal.Run.Explained?.Code.ToString() ?? "nothing")}"));
    }
}
