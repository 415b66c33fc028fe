using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers.Counts;

namespace Cme.Domain.Registers;

/// <summary>
/// The registers of a school from one day on, and who of its pupils they leave unexplained. A cache: it can be rebuilt from the
/// stored sheets at any time, and then says the same. Immutable.
/// </summary>
/// <remarks>
/// The change from one window to the next says whom to signal: see <see cref="RegisterSignals"/>. Sessions that the calendar
/// does not hold are kept and skipped, because a corrected calendar may hold them again.
/// </remarks>
public sealed class AbsenceWindow
{
    private ImmutableArray<(SessionOf Session, DoubtedRegister Hold)> _doubted;

    internal AbsenceWindow(
        Roll roll, SchoolCalendar calendar, DateOnly from, DateTimeOffset asAt,
        ImmutableArray<RecordedSession> sessions, PupilWatch watch)
    {
        Roll = roll;
        Calendar = calendar;
        From = from;
        AsAt = asAt;
        Sessions = sessions;
        Watch = watch;
    }

    public Roll Roll { get; }

    public SchoolCalendar Calendar { get; }

    /// <summary>Every register of this day and later is in the window.</summary>
    public DateOnly From { get; }

    /// <summary>The instant of which it speaks: registration that closed by then has closed.</summary>
    public DateTimeOffset AsAt { get; }

    /// <summary>The pupils who are unexplained now, by school pupil id.</summary>
    public IEnumerable<KeyValuePair<string, AbsenceRun>> Standing =>
        Watch.Standing.Select(entry => KeyValuePair.Create(Roll[entry.Key].Id, entry.Value));

    /// <summary>
    /// The next instant at which somebody may become unexplained although nothing is sent: registration closes over blanks, or
    /// the hold of a doubted register ends (see <see cref="RegisterSignals.At"/>). Null if there is none.
    /// </summary>
    public DateTimeOffset? NextChange
    {
        get
        {
            DateTimeOffset? next = Doubted.IsEmpty ? null : Doubted.Min(doubted => doubted.Hold.Until);
            foreach (var session in Sessions)
            {
                if (session.Closes > AsAt && !(session.Closes >= next) && session.Sheet.Codes.Contains(AttendanceCode.Blank.Number))
                {
                    next = session.Closes;
                }
            }

            return next;
        }
    }

    /// <summary>Why the register held of a session looks wrong, once registration has closed; null if it does not, or none is held.</summary>
    /// <remarks>Speaks of the register as it is, also after its hold has ended: <see cref="DoubtedRegister.IsHeldAt"/>.</remarks>
    public DoubtedRegister? DoubtOf(SessionOf session) => IndexOf(session) is >= 0 and var index ? DoubtOf(index) : null;

    /// <summary>
    /// Whether a run that stands, or another count of its pupil, reaches back to where the window begins, so that its first day
    /// may be earlier. Whoever read the sheets reads older ones, until this is false or there are none.
    /// </summary>
    public bool RunsMayBeginEarlier =>
        Watch.Standing.Keys.Any(position => Counting.MayBeginEarlier([.. MarksOf(position)], Roll[position].Leaves));

    internal ImmutableArray<RecordedSession> Sessions { get; }

    internal PupilWatch Watch { get; }

    /// <summary>Of everybody who is unexplained, whether that was told or is held back.</summary>
    internal ImmutableDictionary<string, bool> Told =>
        Watch.Standing.Keys.Select(position => KeyValuePair.Create(Roll[position].Id, true))
            .Concat(Watch.HeldBack.Select(position => KeyValuePair.Create(Roll[position].Id, false))).ToImmutableDictionary();

    /// <summary>The first session of each run that was told of last, for those that stand and those whose marks were taken away.</summary>
    internal ImmutableDictionary<string, SessionOf> FirstSessions => Watch.Unaccounted
        .Concat(Watch.Standing.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Sessions[0].Session)))
        .ToImmutableDictionary(entry => Roll[entry.Key].Id, entry => entry.Value);

    // A register is held for a quarter of an hour after the close or after it came, so all but the last one or two are passed over.
    private ImmutableArray<(SessionOf Session, DoubtedRegister Hold)> Doubted
    {
        get
        {
            if (_doubted.IsDefault)
            {
                _doubted = [.. from index in Enumerable.Range(0, Sessions.Length)
                               let session = Sessions[index]
                               where session.MayBeHeldAt(AsAt)
                               let hold = DoubtOf(index)
                               where hold is not null && hold.IsHeldAt(AsAt)
                               select (session.Sheet.Session, hold)];
            }

            return _doubted;
        }
    }

    /// <summary>Reads a window from the latest revision of every stored sheet.</summary>
    /// <param name="from">The first day of which all sheets were read.</param>
    /// <param name="sheets">In any order; of two sheets of a session the later in the list counts.</param>
    /// <param name="asAt">Now (business clock).</param>
    public static AbsenceWindow Of(
        Roll roll, SchoolCalendar calendar, DateOnly from, IEnumerable<Sheet> sheets, DateTimeOffset asAt) =>
        Of(roll, calendar, from, sheets, asAt, ImmutableDictionary<string, bool>.Empty);

    /// <param name="told">Whether it has been told of a pupil that the pupil is unexplained, where that is known: no doubt takes it back.</param>
    internal static AbsenceWindow Of(
        Roll roll, SchoolCalendar calendar, DateOnly from, IEnumerable<Sheet> sheets, DateTimeOffset asAt, ImmutableDictionary<string, bool> told)
    {
        var latest = new SortedDictionary<SessionOf, Sheet>();
        foreach (var sheet in sheets)
        {
            latest[sheet.Session] = sheet.On(roll);
        }

        var sessions = latest.Values.Select(sheet => RecordedSession.Of(sheet, calendar)).ToImmutableArray();
        var unwatched = new AbsenceWindow(roll, calendar, from, asAt, sessions, PupilWatch.Nobody(roll));
        return unwatched.With(PupilWatch.Of(unwatched, told));
    }

    /// <summary>The window with older days: a correction may come for any day of the past.</summary>
    /// <param name="from">The first day of which all sheets were read, before <see cref="From"/>.</param>
    /// <param name="older">The sheets from that day to the day before <see cref="From"/>.</param>
    public AbsenceWindow Extended(DateOnly from, IEnumerable<Sheet> older) =>
        Of(Roll, Calendar, from, [.. older, .. Sessions.Select(session => session.Sheet)], AsAt, Told).Awaiting(FirstSessions);

    /// <summary>
    /// The window that also waits for whoever of these pupils neither is unexplained nor is accounted for by a mark: the marks
    /// that made the child missing were taken away, and the child's case may be open. The registers do not tell that by themselves.
    /// </summary>
    /// <param name="cases">By school pupil id, the first session of the run that each was told of last.</param>
    public AbsenceWindow Awaiting(IReadOnlyDictionary<string, SessionOf> cases)
    {
        var unaccounted = from entry in cases
                          let position = Roll.Find(entry.Key)
                          where position is not null && !Watch.Standing.ContainsKey(position.Value) && !Watch.HeldBack.Contains(position.Value)
                              && AccountOf(position.Value, entry.Value) is { Stands: false, Explained: null }
                          select KeyValuePair.Create(position.Value, entry.Value);
        return unaccounted.ToImmutableDictionary() is { IsEmpty: false } waited ? With(Watch.Awaiting(waited)) : this;
    }

    /// <summary>The register that is held of a session, or null.</summary>
    public Sheet? Find(SessionOf session) => IndexOf(session) is >= 0 and var index ? Sessions[index].Sheet : null;

    /// <summary>Whether the pupil is unexplained now.</summary>
    public bool IsStanding(string pupil) => Roll.Find(pupil) is { } position && Watch.Standing.ContainsKey(position);

    /// <summary>The run of a pupil; empty for a pupil whom the roll does not know.</summary>
    public AbsenceRun RunOf(string pupil) => Roll.Find(pupil) is { } position ? AbsenceRun.Of(MarksOf(position)) : AbsenceRun.Empty;

    /// <summary>
    /// The window without the days before the last <paramref name="keep"/> school days, but with every session of every run that
    /// stands and of its pupil's other counts, and the mark before them, so that nobody asks again whether they began earlier:
    /// neither the first day missing nor the day on which a count was reached may wander.
    /// </summary>
    public AbsenceWindow Trimmed(SchoolDays keep)
    {
        var first = London.DateOf(AsAt);
        for (var left = keep.Count; left > 1 && Calendar.PreviousSchoolDay(first) is { } before; left--)
        {
            first = before;
        }

        if (first > From)
        {
            foreach (var position in Watch.Standing.Keys.Concat(Watch.HeldBack.Where(position => StandingRunOf(position) is not null)))
            {
                var needed = Sessions[Math.Max(0, CountsFrom(position, CalendarOf(position)) - 1)].Sheet.Session.Date;
                first = needed < first ? needed : first;
            }
        }

        return first <= From
            ? this
            : new AbsenceWindow(Roll, Calendar, first, AsAt, Sessions.RemoveAll(session => session.Sheet.Session.Date < first), Watch);
    }

    /// <summary>The calendar as the pupil lives it: by year group, and by timetable.</summary>
    private SchoolCalendar CalendarOf(int position) => Calendar.For(Roll[position].YearGroup, Roll[position].Timetable);

    /// <summary>What the registers say of the pupil at that position, oldest first.</summary>
    /// <param name="from">The first of the window's sessions to read.</param>
    internal IEnumerable<RecordedMark> MarksOf(int position, int from = 0)
    {
        var calendar = CalendarOf(position);
        for (var index = from; index < Sessions.Length; index++)
        {
            if (ReadingOf(position, index, calendar) is not null && Sessions[index].Sheet[position] is { } mark)
            {
                yield return new RecordedMark(Sessions[index].Sheet.Session, Sessions[index].Closes, mark);
            }
        }
    }

    /// <summary>The run that stands, or null. Reads no further back than the mark before it.</summary>
    internal AbsenceRun? StandingRunOf(int position)
    {
        var (stands, from) = (false, 0);
        var calendar = CalendarOf(position);
        for (var index = Sessions.Length - 1; index >= 0; index--)
        {
            var reading = ReadingOf(position, index, calendar);
            stands |= reading == MarkReading.Starts;
            if (reading == MarkReading.Explains)
            {
                from = index + 1;
                break;
            }
        }

        return stands ? AbsenceRun.Of(MarksOf(position, from)) with { Reached = ReachedBy(position, calendar) } : null;
    }

    private ImmutableArray<CountReached> ReachedBy(int position, SchoolCalendar own) =>
        Counting.Reached(MarksOf(position, CountsFrom(position, own)), own, Roll[position].Leaves);

    /// <summary>
    /// The first session that a run which stands, or another count of its pupil, may rest on: the one after the last mark that
    /// breaks them all, or the return from leave. Most runs are a session long, and then this looks little further back.
    /// </summary>
    private int CountsFrom(int position, SchoolCalendar own)
    {
        var returns = Roll[position].Leaves.Where(leave => leave.From <= London.DateOf(AsAt)).MaxBy(leave => leave.From)?.ExpectedReturn;
        var from = Sessions.Length;
        while (from > 0 && (Sessions[from - 1].Sheet.Session.Date >= returns || !BreaksEveryRun(position, from - 1, own)))
        {
            from--;
        }

        return from;
    }

    // What explains an absence and breaks the irregular count breaks ground i too.
    private bool BreaksEveryRun(int position, int index, SchoolCalendar own) =>
        ReadingOf(position, index, own) == MarkReading.Explains
        && CountRules.Irregular(AttendanceCode.Numbered(Sessions[index].Sheet.Codes[position]), onLeave: false) == CountEffect.Broke;

    /// <summary>
    /// Whether a run that nobody has been told of stays untold for now, because the register with which it began is doubted. A
    /// flagged child's never does.
    /// </summary>
    internal bool IsInDoubt(int position, AbsenceRun run) => DoubtAbout(position, run) is not null;

    /// <summary>Whether such a run was told before its register began to look wrong, by what the marks say.</summary>
    internal bool WasToldBefore(int position, AbsenceRun run) =>
        DoubtAbout(position, run) is not { } hold || run.Sessions[0].KnownAt < hold.Since;

    /// <summary>How the pupil, in whose case no run stands, is accounted for from that session on.</summary>
    internal AbsenceRun AccountOf(int position, SessionOf since) =>
        AbsenceRun.Of(MarksOf(position, IndexOf(since) is >= 0 and var index ? index : ~IndexOf(since)), since);

    /// <summary>What the newest mark of the pupil says that says anything; skipped if there is none.</summary>
    internal MarkReading LastReadingOf(int position)
    {
        var calendar = CalendarOf(position);
        for (var index = Sessions.Length - 1; index >= 0; index--)
        {
            if (ReadingOf(position, index, calendar) is { } reading and not MarkReading.Skipped)
            {
                return reading;
            }
        }

        return MarkReading.Skipped;
    }

    internal AbsenceWindow With(PupilWatch watch) => new(Roll, Calendar, From, AsAt, Sessions, watch);

    /// <summary>The window with this sheet instead of the one held of its session, watching the same pupils as before.</summary>
    internal AbsenceWindow With(Sheet sheet, DateTimeOffset asAt)
    {
        var recorded = RecordedSession.Of(sheet.On(Roll), Calendar);
        var index = IndexOf(sheet.Session);
        var sessions = index >= 0 ? Sessions.SetItem(index, recorded) : Sessions.Insert(~index, recorded);
        return new AbsenceWindow(Roll, Calendar, From, asAt, sessions, Watch);
    }

    internal AbsenceWindow With(DateTimeOffset asAt) => new(Roll, Calendar, From, asAt, Sessions, Watch);

    // A blank is a mark once registration has closed, and only for a pupil who was on roll. The school's calendar was asked
    // when the sheet came in; only a year group with a calendar of its own asks again. Nobody is unexplained on granted leave.
    private MarkReading? ReadingOf(int position, int index, SchoolCalendar own)
    {
        var (sheet, closes, isHeld) = Sessions[index];
        var code = AttendanceCode.Numbered(sheet.Codes[position]);
        var isMark = isHeld && code != AttendanceCode.None
            && (code != AttendanceCode.Blank || (closes <= AsAt && Roll.WasOnRoll(position, sheet.Session.Date)))
            && (ReferenceEquals(own, Calendar) || own.Holds(sheet.Session));
        return !isMark ? null
            : code.Reading(sheet.NoteOf(position)?.ReportedBy) is var reading
                && reading == MarkReading.Starts && Roll.WasOnLeave(position, sheet.Session.Date) ? null
            : reading;
    }

    private DoubtedRegister? DoubtAbout(int position, AbsenceRun run)
    {
        if (Doubted.IsEmpty || Roll[position].IsFlagged)
        {
            return null;
        }

        foreach (var (session, hold) in Doubted)
        {
            if (session == run.Sessions[0].Session)
            {
                return hold;
            }
        }

        return null;
    }

    private DoubtedRegister? DoubtOf(int index)
    {
        var (sheet, closes, _) = Sessions[index];
        if (sheet.CountOfUnexplained < MassError.FewestOfAYearGroup)
        {
            return null;
        }

        var missing = new List<(string YearGroup, DateTimeOffset KnownAt)>();
        var closed = AsAt < closes ? With(closes) : this;
        for (var position = 0; position < Roll.Count; position++)
        {
            if (closed.IsNewlyUnexplained(position, index))
            {
                var known = sheet.TakingOf(position).KnownAt;
                var isBlank = sheet.Codes[position] == AttendanceCode.Blank.Number;
                missing.Add((Roll[position].YearGroup, isBlank && known < closes ? closes : known));
            }
        }

        return MassError.Of(closes, missing, yearGroup => Roll.CountExpected(yearGroup, sheet.Session.Date));
    }

    private bool IsNewlyUnexplained(int position, int index)
    {
        var calendar = CalendarOf(position);
        if (ReadingOf(position, index, calendar) != MarkReading.Starts)
        {
            return false;
        }

        for (var before = index - 1; before >= 0; before--)
        {
            switch (ReadingOf(position, before, calendar))
            {
                case MarkReading.Starts: return false;
                case MarkReading.Explains: return true;
                default: break;
            }
        }

        return true;
    }

    private int IndexOf(SessionOf session)
    {
        var (low, high) = (0, Sessions.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (Sessions[middle].Sheet.Session.CompareTo(session))
            {
                case 0: return middle;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return ~low;
    }
}

/// <summary>A sheet in a window, with what the calendar says of its session.</summary>
internal readonly record struct RecordedSession(Sheet Sheet, DateTimeOffset Closes, bool IsHeld)
{
    /// <summary>Whether so little time has passed since the register came, and since registration closed, that it may be held.</summary>
    public bool MayBeHeldAt(DateTimeOffset instant) =>
        IsHeld && instant - (Closes > Sheet.ReceivedAt ? Closes : Sheet.ReceivedAt) < MassError.HeldFor;

    public static RecordedSession Of(Sheet sheet, SchoolCalendar calendar) =>
        calendar.Covers(sheet.Session.Date)
            ? new(sheet, calendar.RegistrationCloses(sheet.Session), calendar.Holds(sheet.Session))
            : new(sheet, DateTimeOffset.MaxValue, IsHeld: false);
}
