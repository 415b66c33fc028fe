using System.Globalization;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

// An authority takes thousands of registers in a quarter of an hour, nearly all of whose marks say "present". Allocation is
// counted instead of time: it is the same on every machine.
public class RegisterCostTests
{
    private const int Size = 372;

    private static readonly Roll Roll = new(
        Enumerable.Range(0, Size).Select(n => new RollPupil(n.ToString("D5", CultureInfo.InvariantCulture), "7", new DateOnly(2026, 9, 2))));

    [Fact]
    public void A_register_of_presents_with_nobody_missing_signals_nobody_and_allocates_next_to_nothing()
    {
        var window = SixtySheetsOfPresents();
        var now = At("Mon 19 Oct 2026 09:00");
        var sheet = Present(Am("Mon 19 Oct 2026"), now);
        RegisterSignals.After(window, sheet, now);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var change = RegisterSignals.After(window, sheet, now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        change.Signals.ShouldBeEmpty();
        allocated.ShouldBeLessThan(6_000, "the list of sixty sheets is copied, and nothing a pupil");
    }

    [Fact]
    public void A_sheet_of_presents_takes_little_more_than_a_byte_a_pupil()
    {
        var submission = Submission(Am("Mon 19 Oct 2026"), At("Mon 19 Oct 2026 09:00"));
        Sheet.Merge(null, submission, Roll, Autumn2026.Calendar, submission.AsOf);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Sheet.Merge(null, submission, Roll, Autumn2026.Calendar, submission.AsOf);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2_000);
    }

    private static AbsenceWindow SixtySheetsOfPresents()
    {
        var day = On("Mon 7 Sep 2026");
        var sheets = new List<Sheet>();
        for (var n = 0; n < 30; n++)
        {
            sheets.Add(Present(new(day, Session.Am), London.At(day, new(9, 0))));
            sheets.Add(Present(new(day, Session.Pm), London.At(day, new(13, 5))));
            day = Autumn2026.Calendar.NextSchoolDay(day);
        }

        return AbsenceWindow.Of(Roll, Autumn2026.Calendar, On("Mon 7 Sep 2026"), sheets, At("Fri 16 Oct 2026 16:00"));
    }

    private static Sheet Present(SessionOf session, DateTimeOffset now) =>
        Sheet.Merge(null, Submission(session, now), Roll, Autumn2026.Calendar, now).Sheet!;

    private static Submission Submission(SessionOf session, DateTimeOffset asOf) => new()
    {
        Session = session,
        AsOf = asOf,
        Complete = true,
        Marks = Enumerable.Range(0, Size)
            .Select(n => new SubmittedMark(Roll[n].Id, ByUpn: false, session.Session == Session.Am ? "/" : "\\")).ToArray(),
    };
}
