using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>What is to be told of one pupil: the run as it is now, or the mark that explains the one that was.</summary>
/// <param name="Pupil">School pupil id.</param>
public sealed record PupilSignal(string Pupil, AbsenceRun Run);

/// <summary>A window after a change, and whom to tell.</summary>
/// <param name="Signals">In the order of the roll. Empty when nobody's situation changed.</param>
public sealed record WindowChange(AbsenceWindow Window, ImmutableArray<PupilSignal> Signals);

/// <summary>
/// Whose situation a change of the registers changes: a run began, grew, moved its first session or ended, or another mark
/// explains it.
/// </summary>
public static class RegisterSignals
{
    /// <summary>Takes a new or confirmed revision of a sheet into the window.</summary>
    /// <param name="now">Business clock; not before the window's own instant.</param>
    /// <exception cref="ArgumentException">The sheet is older than the window: read one that reaches further back first.</exception>
    public static WindowChange After(AbsenceWindow before, Sheet sheet, DateTimeOffset now)
    {
        if (sheet.Session.Date < before.From)
        {
            throw new ArgumentException($"The window begins on {before.From:O}. Read the sheets from {sheet.Session.Date:O} on first.", nameof(sheet));
        }

        var passed = At(before, now);
        var after = passed.Window.With(sheet, now);
        var change = Change(passed.Window, after, sheet.Session);
        return change with { Signals = Latest(passed.Signals, change.Signals) };
    }

    /// <summary>
    /// Lets time pass: where registration has closed, blanks become unexplained; where the hold of a doubted register has ended,
    /// its unexplained are believed.
    /// </summary>
    public static WindowChange At(AbsenceWindow before, DateTimeOffset now)
    {
        var (window, signals) = Believe(before.With(now));
        foreach (var session in before.Sessions)
        {
            if (session.Closes > before.AsAt && session.Closes <= now)
            {
                var change = Change(before, window, session.Sheet.Session);
                (window, signals) = (change.Window, Latest(signals, change.Signals));
            }
        }

        return new WindowChange(window, signals);
    }

    /// <summary>
    /// Moves the window to a changed roll or calendar. Everybody who is, or was, unexplained is compared; this reads all marks
    /// again. Who is unexplained hears of another version of the calendar all the same: deadlines rest on it.
    /// </summary>
    public static WindowChange On(AbsenceWindow before, Roll roll, SchoolCalendar calendar)
    {
        var were = before.Standing.ToDictionary(entry => entry.Key, entry => entry.Value);
        var since = before.FirstSessions;
        var after = AbsenceWindow.Of(
            roll, calendar, before.From, before.Sessions.Select(session => session.Sheet), before.AsAt, before.Told).Awaiting(since);
        var are = after.Standing.ToDictionary(entry => entry.Key, entry => entry.Value);
        var signals = from pupil in since.Keys.Union(are.Keys)
                      let position = roll.Find(pupil)
                      where position is not null
                      orderby position
                      let was = were.GetValueOrDefault(pupil, AbsenceRun.Empty)
                      let run = are.GetValueOrDefault(pupil) ?? after.AccountOf(position.Value, since[pupil])
                      where run != was || (run.Stands && calendar.Version != before.Calendar.Version)
                      select new PupilSignal(pupil, run);
        return new WindowChange(after, [.. signals]);
    }

    /// <summary>
    /// How things stand now with everybody who is unexplained, and with those who were: for a change that may have been stored by
    /// a call that failed before anybody was told. Who heard of it then hears nothing new.
    /// </summary>
    /// <param name="were">The first session of the run that each was told of last, by school pupil id; none before the window.</param>
    public static WindowChange Again(AbsenceWindow window, IReadOnlyDictionary<string, SessionOf> were)
    {
        window = window.Awaiting(were);
        var are = window.Standing.ToDictionary(entry => entry.Key, entry => entry.Value);
        var signals = from pupil in are.Keys.Union(were.Keys)
                      let position = window.Roll.Find(pupil)
                      where position is not null
                      orderby position
                      select new PupilSignal(pupil, are.GetValueOrDefault(pupil) ?? window.AccountOf(position.Value, since: were[pupil]));
        return new WindowChange(window, [.. signals]);
    }

    private static WindowChange Change(AbsenceWindow before, AbsenceWindow after, SessionOf session)
    {
        List<(int Position, AbsenceRun Run)>? changed = null;
        var heldBack = after.Watch.HeldBack;
        var scan = new Scan(before.Find(session), after.Find(session)!, hasClosed: before.AsAt != after.AsAt);
        var waiting = after.Watch.Waiting;
        for (var position = 0; position < waiting.Length; position++)
        {
            if (!scan.IsChanged(position)
                || !(waiting[position] || heldBack.Contains(position) || scan.MayMatterToAnybody(position)))
            {
                continue;
            }

            var run = after.StandingRunOf(position);
            if (run is not null && !before.Watch.Standing.ContainsKey(position) && after.IsInDoubt(position, run))
            {
                heldBack = heldBack.Add(position);
                continue;
            }

            heldBack = heldBack.Remove(position);
            if (Signal(before, after, position, run, session, scan.IsCorrected(position)) is { } told)
            {
                (changed ??= []).Add((position, told));
            }
        }

        var change = Told(after, changed ?? [], heldBack);
        var believed = Believe(change.Window);
        return believed.Signals.IsEmpty ? change with { Window = believed.Window }
            : new WindowChange(believed.Window, InOrder(after.Roll, [.. change.Signals, .. believed.Signals]));
    }

    /// <summary>Tells of those held back whose register is doubted no longer: it was corrected, or its hold has ended.</summary>
    private static WindowChange Believe(AbsenceWindow after)
    {
        if (after.Watch.HeldBack.IsEmpty)
        {
            return new WindowChange(after, []);
        }

        var runs = from position in after.Watch.HeldBack
                   let run = after.StandingRunOf(position)
                   where run is null || !after.IsInDoubt(position, run)
                   select (Position: position, Run: run);
        var believed = runs.ToList();
        return Told(
            after, [.. believed.Where(entry => entry.Run is not null).Select(entry => (entry.Position, entry.Run!))],
            after.Watch.HeldBack.Except(believed.Select(entry => entry.Position)));
    }

    private static WindowChange Told(AbsenceWindow after, List<(int Position, AbsenceRun Run)> changed, ImmutableSortedSet<int> heldBack) =>
        changed.Count == 0 && heldBack == after.Watch.HeldBack
            ? new WindowChange(after, [])
            : new WindowChange(
                after.With(after.Watch.After(changed, heldBack)),
                [.. changed.Select(entry => new PupilSignal(after.Roll[entry.Position].Id, entry.Run))]);

    private static ImmutableArray<PupilSignal> InOrder(Roll roll, IEnumerable<PupilSignal> signals) =>
        [.. signals.OrderBy(signal => roll.Find(signal.Pupil))];

    private static AbsenceRun? Signal(
        AbsenceWindow before, AbsenceWindow after, int position, AbsenceRun? run, SessionOf session, bool corrected)
    {
        if (before.Watch.Standing.TryGetValue(position, out var stood))
        {
            return run is null ? after.AccountOf(position, since: stood.Sessions[0].Session)
                : run == stood ? null
                : run;
        }

        if (run is not null)
        {
            return run;
        }

        if (before.Watch.Unaccounted.TryGetValue(position, out var first))
        {
            return after.AccountOf(position, first) is { Explained: not null } account ? account : null;
        }

        if (before.Watch.Waiting[position])
        {
            // A mark that holds was the last account. Only one that explains is news, and only if none that holds is newer.
            return after.LastReadingOf(position) == MarkReading.Explains ? after.AccountOf(position, since: session) : null;
        }

        return corrected ? ExplainedOtherwise(before, after, position) : null;
    }

    // An episode that a mark has closed must hear when that mark, or the run itself, turns out to be another.
    private static AbsenceRun? ExplainedOtherwise(AbsenceWindow before, AbsenceWindow after, int position)
    {
        var was = AbsenceRun.Of(before.MarksOf(position));
        var now = AbsenceRun.Of(after.MarksOf(position));
        var isSame = was.Ended == now.Ended && (now.Ended is null || was.Explained == now.Explained);
        return isSame ? null : after.AccountOf(position, since: (was.Ended ?? now.Ended)!.Value);
    }

    private static ImmutableArray<PupilSignal> Latest(ImmutableArray<PupilSignal> earlier, ImmutableArray<PupilSignal> later) =>
        earlier.IsEmpty ? later : [.. earlier.Where(signal => !later.Any(other => other.Pupil == signal.Pupil)), .. later];

    /// <summary>Compares two revisions of a register, a byte a pupil: a whole register costs no more than a few looks into an array.</summary>
    private readonly ref struct Scan(Sheet? old, Sheet sheet, bool hasClosed)
    {
        private readonly ReadOnlySpan<byte> _was = old is null ? [] : old.Codes;
        private readonly ReadOnlySpan<byte> _is = sheet.Codes;
        private readonly bool _hasNotes = sheet.HasNotes || old is { HasNotes: true };

        public bool IsCorrected(int position) => !_was.IsEmpty && _was[position] != 0;

        public bool IsChanged(int position) =>
            _was.IsEmpty
            || _was[position] != _is[position]
            || (hasClosed && _is[position] == AttendanceCode.Blank.Number)
            || (_hasNotes && old!.NoteOf(position) != sheet.NoteOf(position));

        // A first mark that leaves nobody unexplained matters only to those who are waited for: nearly nobody.
        public bool MayMatterToAnybody(int position) => IsCorrected(position) || CodeTable.Starts[_is[position]];
    }
}
