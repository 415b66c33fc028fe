using System.Collections.Immutable;
using Cme.Domain.Calendars;

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
    /// The next instant at which registration closes over blanks, when somebody may become unexplained although nothing is sent
    /// (see <see cref="RegisterSignals.At"/>); null if there is none.
    /// </summary>
    public DateTimeOffset? NextClose
    {
        get
        {
            var waiting = Sessions.Where(session => session.Closes > AsAt && session.Sheet.Codes.Contains(AttendanceCode.Blank.Number));
            return waiting.Any() ? waiting.Min(session => session.Closes) : null;
        }
    }

    /// <summary>
    /// Whether a run that stands reaches back to where the window begins, so that its first day may be earlier. Whoever read
    /// the sheets reads older ones, until this is false or there are none.
    /// </summary>
    public bool RunsMayBeginEarlier =>
        Watch.Standing.Any(entry => !MarksOf(entry.Key).Any(
            recorded => recorded.Mark.Reading == MarkReading.Explains && recorded.Session < entry.Value.Sessions[0].Session));

    internal ImmutableArray<RecordedSession> Sessions { get; }

    internal PupilWatch Watch { get; }

    /// <summary>Reads a window from the latest revision of every stored sheet.</summary>
    /// <param name="from">The first day of which all sheets were read.</param>
    /// <param name="sheets">In any order; of two sheets of a session the later in the list counts.</param>
    /// <param name="asAt">Now (business clock).</param>
    public static AbsenceWindow Of(
        Roll roll, SchoolCalendar calendar, DateOnly from, IEnumerable<Sheet> sheets, DateTimeOffset asAt)
    {
        var latest = new SortedDictionary<SessionOf, Sheet>();
        foreach (var sheet in sheets)
        {
            latest[sheet.Session] = sheet.On(roll);
        }

        var sessions = latest.Values.Select(sheet => RecordedSession.Of(sheet, calendar)).ToImmutableArray();
        var unwatched = new AbsenceWindow(roll, calendar, from, asAt, sessions, PupilWatch.Nobody(roll));
        return unwatched.With(PupilWatch.Of(unwatched));
    }

    /// <summary>The window with older days: a correction may come for any day of the past.</summary>
    /// <param name="from">The first day of which all sheets were read, before <see cref="From"/>.</param>
    /// <param name="older">The sheets from that day to the day before <see cref="From"/>.</param>
    public AbsenceWindow Extended(DateOnly from, IEnumerable<Sheet> older) =>
        Of(Roll, Calendar, from, [.. older, .. Sessions.Select(session => session.Sheet)], AsAt);

    /// <summary>The register that is held of a session, or null.</summary>
    public Sheet? Find(SessionOf session) => IndexOf(session) is >= 0 and var index ? Sessions[index].Sheet : null;

    /// <summary>The run of a pupil; empty for a pupil whom the roll does not know.</summary>
    public AbsenceRun RunOf(string pupil) => Roll.Find(pupil) is { } position ? AbsenceRun.Of(MarksOf(position)) : AbsenceRun.Empty;

    /// <summary>
    /// The window without the days before the last <paramref name="keep"/> school days, but with every session of every run that
    /// stands: the first day missing of a long absence must not wander.
    /// </summary>
    public AbsenceWindow Trimmed(SchoolDays keep)
    {
        var first = London.DateOf(AsAt);
        for (var left = keep.Count; left > 1 && Calendar.PreviousSchoolDay(first) is { } before; left--)
        {
            first = before;
        }

        foreach (var run in Watch.Standing.Values)
        {
            first = run.Sessions[0].Session.Date < first ? run.Sessions[0].Session.Date : first;
        }

        return first <= From
            ? this
            : new AbsenceWindow(Roll, Calendar, first, AsAt, Sessions.RemoveAll(session => session.Sheet.Session.Date < first), Watch);
    }

    /// <summary>What the registers say of the pupil at that position, oldest first.</summary>
    /// <param name="from">The first of the window's sessions to read.</param>
    internal IEnumerable<RecordedMark> MarksOf(int position, int from = 0)
    {
        var calendar = Calendar.For(Roll[position].YearGroup);
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
        var calendar = Calendar.For(Roll[position].YearGroup);
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

        return stands ? AbsenceRun.Of(MarksOf(position, from)) : null;
    }

    /// <summary>How the pupil, in whose case no run stands, is accounted for from that session on.</summary>
    internal AbsenceRun AccountOf(int position, SessionOf since) =>
        AbsenceRun.Of(MarksOf(position, IndexOf(since) is >= 0 and var index ? index : ~IndexOf(since)), since);

    /// <summary>What the newest mark of the pupil says that says anything; skipped if there is none.</summary>
    internal MarkReading LastReadingOf(int position)
    {
        var calendar = Calendar.For(Roll[position].YearGroup);
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
    // when the sheet came in; only a year group with a calendar of its own asks again.
    private MarkReading? ReadingOf(int position, int index, SchoolCalendar own)
    {
        var (sheet, closes, isHeld) = Sessions[index];
        var code = AttendanceCode.Numbered(sheet.Codes[position]);
        var isMark = isHeld && code != AttendanceCode.None
            && (code != AttendanceCode.Blank || (closes <= AsAt && Roll.WasOnRoll(position, sheet.Session.Date)))
            && (ReferenceEquals(own, Calendar) || own.Holds(sheet.Session));
        return isMark ? code.Reading(sheet.NoteOf(position)?.ReportedBy) : null;
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
    public static RecordedSession Of(Sheet sheet, SchoolCalendar calendar) =>
        calendar.Covers(sheet.Session.Date)
            ? new(sheet, calendar.RegistrationCloses(sheet.Session), calendar.Holds(sheet.Session))
            : new(sheet, DateTimeOffset.MaxValue, IsHeld: false);
}
