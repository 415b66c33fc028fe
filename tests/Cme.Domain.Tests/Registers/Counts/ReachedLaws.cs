using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using FsCheck;
using FsCheck.Fluent;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers.Counts;

// Five weeks in which Amina is nearly always missing, so that counts come to their numbers, and corrections in any order.
public class ReachedLaws
{
    private const int Days = 25;

    private static readonly Roll OnLeave = new(Enumerable.Range(0, Pupils.Count).Select(position => Pupils[position] with
    {
        Leaves = [new LeaveOfAbsence("leave-1", On("Mon 7 Sep 2026"), On("Thu 10 Sep 2026"))],
    }));

    private static readonly Arbitrary<(string[] Codes, (int At, string Code)[] Corrections, bool OnLeave)> Histories =
        (from codes in Codes("N", 60).ArrayOf(2 * Days)
         from count in Gen.Choose(1, 4)
         from corrections in (from at in Gen.Choose(0, (2 * Days) - 1) from code in Codes("N", 6) select (at, code)).ArrayOf(count)
         from onLeave in Gen.Elements(true, false)
         select (codes, corrections, onLeave)).ToArbitrary();

    [Fact]
    public void Counts_are_what_they_would_be_had_the_register_been_right_from_the_start() =>
        Prop.ForAll(Histories, history =>
        {
            var (codes, corrections, onLeave) = history;
            var roll = onLeave ? OnLeave : Pupils;
            var late = corrections.Aggregate(Played(codes, roll), (window, correction) => Correct(window, SessionAt(correction.At), correction.Code));
            string[] right = [.. codes];
            foreach (var (at, code) in corrections)
            {
                right[at] = code;
            }

            return Told(late) == Told(Played(right, roll));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Corrections_that_come_in_another_order_leave_the_same_counts() =>
        Prop.ForAll(Histories, history =>
        {
            var (codes, corrections, onLeave) = history;
            var window = Played(codes, onLeave ? OnLeave : Pupils);
            var once = corrections.DistinctBy(correction => correction.At).ToList();
            return Told(once.Aggregate(window, (now, correction) => Correct(now, SessionAt(correction.At), correction.Code)))
                == Told(Enumerable.Reverse(once).Aggregate(window, (now, correction) => Correct(now, SessionAt(correction.At), correction.Code)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_window_kept_up_to_date_says_what_one_read_again_says() =>
        Prop.ForAll(Histories, history =>
        {
            var (codes, corrections, onLeave) = history;
            var window = corrections.Aggregate(
                Played(codes, onLeave ? OnLeave : Pupils), (now, correction) => Correct(now, SessionAt(correction.At), correction.Code));
            var sheets = Enumerable.Range(0, 2 * Days).Select(SessionAt).Select(window.Find).OfType<Sheet>();
            var again = AbsenceWindow.Of(window.Roll, Calendar, window.From, sheets, window.AsAt);
            return again.Standing.SequenceEqual(window.Standing);
        }).QuickCheckThrowOnFailure();

    private static Gen<string> Codes(string often, int times) =>
        Gen.Elements([.. Enumerable.Repeat(often, times), "/", "U", "I", "B", "O", "G", "D", "Y1", ""]);

    private static AbsenceWindow Played(string[] codes, Roll roll) => codes.Index().Aggregate(
        AbsenceWindow.Of(roll, Calendar, On("Mon 7 Sep 2026"), [], At("Mon 7 Sep 2026 08:00")),
        (window, code) => Correct(window, SessionAt(code.Index), code.Item));

    private static AbsenceWindow Correct(AbsenceWindow window, SessionOf session, string code)
    {
        var ends = Calendar.DayEnds(session.Date);
        var now = window.AsAt >= ends ? window.AsAt.AddMinutes(1) : ends;
        return RegisterSignals.After(window, Sheet.Merge(window.Find(session), Part(session, now, $"amina {code}"), window.Roll, Calendar, now).Sheet!, now).Window;
    }

    private static SessionOf SessionAt(int index) => new(Calendar.Day(On("Mon 7 Sep 2026"), 1 + (index / 2)), (Session)(index % 2));

    // When a mark was known differs, of course.
    private static string Told(AbsenceWindow window) => string.Join("; ", window.Standing.Select(entry =>
        $"{string.Join(", ", entry.Value.Sessions.Select(missed => missed.Session))}: {string.Join(", ", entry.Value.Reached.Select(reached => (reached.Count, reached.On)))}"));
}
