using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using FsCheck;
using FsCheck.Fluent;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

// Registers of six sessions over a weekend, in any order, whole and in part, corrected any number of times.
public class RunLaws
{
    private static readonly SessionOf[] Sessions =
        [Am("Thu 10 Sep 2026"), Pm("Thu 10 Sep 2026"), Am("Fri 11 Sep 2026"), Pm("Fri 11 Sep 2026"), Am("Mon 14 Sep 2026"), Pm("Mon 14 Sep 2026")];

    private static readonly string[] Codes =
        ["/", "/", "N", "N", "O", "G", "G known-contact", "I", "I unknown", "B", "#", "Y5", "L", ""];

    private static readonly DateTimeOffset Before = At("Thu 10 Sep 2026 08:00");
    private static readonly DateTimeOffset Later = At("Mon 14 Sep 2026 15:00");

    private static readonly Arbitrary<Step[]> Histories =
        (from count in Gen.Choose(1, 14)
         from steps in Steps.ArrayOf(count)
         select steps).ToArbitrary();

    private static Gen<Step> Steps =>
        from session in Gen.Elements(Sessions)
        from codes in Gen.Elements(Codes).ArrayOf(Pupils.Count)
        from listed in Gen.Elements(true, true, false).ArrayOf(Pupils.Count)
        from complete in Gen.Elements(true, false)
        select new Step(session, complete, [.. codes.Select((code, position) => $"{Pupils[position].Id} {code}").Where((_, position) => listed[position])]);

    [Fact]
    public void A_run_is_what_the_slow_and_obvious_reading_says() =>
        Prop.ForAll(Histories, steps =>
            Play(steps).All(moment => Everybody.All(pupil => Text(moment.After.RunOf(pupil)) == Obvious(moment.After, pupil))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_s_run_changes_is_signalled_with_the_run_as_it_is_now() =>
        Prop.ForAll(Histories, steps =>
            Play(steps).All(moment => Everybody.All(pupil =>
            {
                var signal = moment.Signals.SingleOrDefault(signal => signal.Pupil == pupil);
                var (was, now) = (moment.Before.RunOf(pupil), moment.After.RunOf(pupil));
                return was.Sessions.SequenceEqual(now.Sessions) && was.HeldBy == now.HeldBy
                    ? signal is null || !now.Stands
                    : signal is not null && signal.Run.Sessions.SequenceEqual(now.Sessions) && signal.Run.HeldBy == now.HeldBy;
            }))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_window_kept_up_to_date_says_what_one_read_again_says() =>
        Prop.ForAll(Histories, steps =>
            Play(steps).All(moment =>
            {
                var sheets = Sessions.Select(moment.After.Find).OfType<Sheet>();
                var again = AbsenceWindow.Of(Pupils, Calendar, moment.After.From, sheets, moment.After.AsAt);
                return again.Standing.OrderBy(entry => entry.Key).SequenceEqual(moment.After.Standing.OrderBy(entry => entry.Key));
            })).QuickCheckThrowOnFailure();

    // What a child's episode makes of the signals: open while a run stands, and closed by a mark that explains, or when the
    // marks were taken away. Whatever came in whatever order, it must not stay open for a child who has been seen since.
    [Fact]
    public void Signals_alone_tell_who_is_missing() =>
        Prop.ForAll(Histories, steps =>
        {
            var open = new HashSet<string>();
            foreach (var moment in Play(steps))
            {
                foreach (var signal in moment.Signals)
                {
                    _ = signal.Run.Stands ? open.Add(signal.Pupil)
                        : signal.Run.Explained is not { Reading: MarkReading.Holds } && open.Remove(signal.Pupil);
                }

                if (!Everybody.All(pupil => Agrees(open.Contains(pupil), Readings(moment.After, pupil).LastOrDefault(), moment.After.RunOf(pupil))))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<string> Everybody => Enumerable.Range(0, Pupils.Count).Select(position => Pupils[position].Id);

    private static bool Agrees(bool isOpen, MarkReading last, AbsenceRun run) =>
        run.Stands ? isOpen : last != MarkReading.Explains || !isOpen;

    private static IEnumerable<Moment> Play(Step[] steps)
    {
        var window = AbsenceWindow.Of(Pupils, Calendar, On("Thu 10 Sep 2026"), [], Before);
        var now = Later;
        foreach (var step in steps)
        {
            now = now.AddMinutes(20);
            var submission = Register(step.Session, now, step.Marks) with { Complete = step.Complete };
            var sheet = Take(window.Find(step.Session), submission, now).Sheet!;
            var change = RegisterSignals.After(window, sheet, now);
            var believed = RegisterSignals.At(change.Window, now + MassError.HeldFor);
            yield return new Moment(window, believed.Window, [.. change.Signals, .. believed.Signals]);
            window = believed.Window;
        }
    }

    private static string Text(AbsenceRun run) => string.Join(", ", run.Sessions.Select(session => $"{session.Session} {session.Code}"));

    private static string Obvious(AbsenceWindow window, string pupil)
    {
        var marks = Sessions.Select(session => (Session: session, Mark: MarkOf(window, session, pupil))).ToList();
        var accounted = marks.FindLastIndex(entry => entry.Mark?.Reading == MarkReading.Explains);
        return string.Join(", ", marks.Skip(accounted + 1)
            .Where(entry => entry.Mark?.Reading == MarkReading.Starts).Select(entry => $"{entry.Session} {entry.Mark!.Value.Code}"));
    }

    private static IEnumerable<MarkReading> Readings(AbsenceWindow window, string pupil) =>
        Sessions.Select(session => MarkOf(window, session, pupil)?.Reading).OfType<MarkReading>().Where(reading => reading != MarkReading.Skipped);

    // All of these sessions have closed, so that a blank counts.
    private static Mark? MarkOf(AbsenceWindow window, SessionOf session, string pupil) =>
        window.Find(session)?.Marks().Where(mark => mark.Key == pupil).Select(mark => (Mark?)mark.Value).SingleOrDefault();

    private sealed record Step(SessionOf Session, bool Complete, string[] Marks);

    private sealed record Moment(AbsenceWindow Before, AbsenceWindow After, PupilSignal[] Signals);
}
