using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

/// <summary>Whom a change concerns, when nothing else tells: a call that failed halfway, time that passed unseen, an edge of the window.</summary>
public class ToldAgainTests
{
    private const string Day = "Tue 8 Sep 2026";

    private AbsenceWindow _window = AbsenceWindow.Of(Pupils, Calendar, On("Mon 7 Sep 2026"), [], At("Mon 7 Sep 2026 08:00"));

    [Fact]
    public void After_a_call_that_failed_everybody_who_is_or_was_missing_is_told_how_things_stand()
    {
        Send(Am(Day), $"{Day} 08:55", "amina N", "ben /", "dan N");
        Send(Pm(Day), $"{Day} 13:05", "amina \\", "cara \\");

        var again = RegisterSignals.Again(_window, new Dictionary<string, SessionOf> { ["amina"] = Am(Day), ["erased"] = Am(Day) });

        Told(again).ShouldBe("amina explained by \\; dan missing since AM");
        again.Window.ShouldBeSameAs(_window);
    }

    [Fact]
    public void Who_was_missing_in_a_session_of_which_no_register_is_held_is_accounted_for_by_what_came_after_it()
    {
        Send(Am("Mon 7 Sep 2026"), "Mon 7 Sep 2026 08:55", "amina /");
        Send(Am(Day), $"{Day} 08:55", "amina I");

        Told(RegisterSignals.Again(_window, new Dictionary<string, SessionOf> { ["amina"] = Pm("Mon 7 Sep 2026") })).ShouldBe("amina explained by I");
        Told(RegisterSignals.Again(_window, new Dictionary<string, SessionOf> { ["amina"] = Pm(Day) })).ShouldBe("amina explained by nothing");
    }

    [Fact]
    public void A_register_that_arrives_late_tells_of_what_time_has_brought_meanwhile_too()
    {
        Send(Am(Day), $"{Day} 08:55", complete: true, "amina /", "ben /", "cara /", "dan /");

        Told(Send(Pm(Day), $"{Day} 13:05", "amina N")).ShouldBe("ewa missing since AM; amina missing since PM");
        Told(Send(Pm(Day), $"{Day} 13:06", "ben N")).ShouldBe("ben missing since PM");
    }

    [Fact]
    public void The_last_day_of_the_window_may_still_be_corrected() =>
        Told(Send(Am("Mon 7 Sep 2026"), $"{Day} 08:00", "amina N")).ShouldBe("amina missing since AM");

    [Fact]
    public void A_stored_sheet_is_read_mark_by_mark_in_any_order_and_without_those_who_were_erased()
    {
        var sheet = Sheet.Merge(null, Register(Am(Day), At($"{Day} 08:55"), "amina N", "ben I known-contact", "cara /", "dan L"), Pupils, Calendar, At($"{Day} 08:56")).Sheet!;

        foreach (var marks in new[] { sheet.Marks(), sheet.Marks().Reverse(), sheet.Marks().OrderBy(mark => mark.Key[1]) })
        {
            var reading = new SheetReading(Pupils);
            foreach (var (pupil, mark) in marks)
            {
                reading.Take(System.Text.Encoding.UTF8.GetBytes(pupil), mark.Code, mark.AsOf, mark.KnownAt, mark.Note);
                reading.Take("erased"u8, mark.Code, mark.AsOf, mark.KnownAt, mark.Note);
            }

            var read = reading.ToSheet(sheet.Session, sheet.Revision, sheet.AsOf, sheet.ReceivedAt, sheet.Complete);
            read.Marks().ShouldBe(sheet.Marks());
            (read.Session, read.Revision, read.AsOf, read.ReceivedAt, read.Complete)
                .ShouldBe((sheet.Session, sheet.Revision, sheet.AsOf, sheet.ReceivedAt, sheet.Complete));
        }
    }

    [Theory]
    [InlineData(true, null, false, false, false)]
    [InlineData(true, null, true, false, false)]
    [InlineData(true, "Mon 7 Sep 2026", false, true, true)]
    [InlineData(true, "Tue 8 Sep 2026", false, true, false)]
    [InlineData(true, "Mon 7 Sep 2026", true, false, true)]
    [InlineData(false, null, false, true, true)]
    [InlineData(false, null, true, true, true)]
    [InlineData(false, "Wed 9 Sep 2026", true, false, true)]
    [InlineData(false, "Wed 9 Sep 2026", false, true, true)]
    public void B4_A_school_owes_ground_and_destination_of_whom_its_list_loses(bool onList, string? leaving, bool details, bool owes, bool offRoll)
    {
        var place = new RollPlace(onList, leaving is null ? null : On(leaving), details);

        (place.Owes, place.IsOffRollOn(On(Day))).ShouldBe((owes, offRoll));
    }

    private WindowChange Send(SessionOf session, string now, params string[] marks) => Send(session, now, complete: false, marks);

    private WindowChange Send(SessionOf session, string now, bool complete, params string[] marks)
    {
        var sheet = Take(_window.Find(session), Register(session, At(now), marks) with { Complete = complete }).Sheet!;
        var change = RegisterSignals.After(_window, sheet, At(now));
        _window = change.Window;
        return change;
    }

    private static string Told(WindowChange change) => string.Join("; ", change.Signals.Select(signal => signal.Run.Stands
        ? $"{signal.Pupil} missing since {SessionNames.Of(signal.Run.Sessions[0].Session.Session)}"
        : $"{signal.Pupil} explained by {signal.Run.Explained?.Code.ToString() ?? "nothing"}"));
}
