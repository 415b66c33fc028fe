using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Storage.Registers;

namespace Cme.Grains.Schools;

/// <summary>The school's registers of the last 30 school days, with what is needed to number what comes next. A cache of rows.</summary>
internal sealed class RegisterBook
{
    private static readonly SchoolDays Kept = new(30);

    private readonly (string Authority, string Urn) _school;

    private RegisterBook((string Authority, string Urn) school, AbsenceWindow window, long lastSequence) =>
        (_school, Window, LastSequence) = (school, window, lastSequence);

    public AbsenceWindow Window { get; private set; }

    /// <summary>The sequence of the school's last signal.</summary>
    public long LastSequence { get; }

    /// <summary>
    /// Reads the window as it stood when the last register arrived, so that a close of registration that passed while nobody was
    /// awake is noticed when time passes next.
    /// </summary>
    public static async Task<RegisterBook> Read(
        IRegisters registers, (string Authority, string Urn) school, SchoolRoll roll, SchoolCalendar calendar, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        var from = FirstKept(calendar, today);
        while (true)
        {
            var read = await registers.ReadWindowAsync(school.Authority, school.Urn, from, DateOnly.MaxValue);
            var asAt = read.Sheets.IsEmpty ? now : read.Sheets.Max(sheet => sheet.ReceivedAt);
            var window = AbsenceWindow.Of(roll.Roll, calendar, from, read.Sheets.Select(sheet => RegisterWire.ToSheet(sheet, roll.Roll)), asAt);
            var earlier = FirstKept(calendar, from);
            if (!window.RunsMayBeginEarlier || earlier == from)      // No school day is before the year's first, though INSET days may be.
            {
                return new RegisterBook(school, window, read.LastSequence);
            }
            from = earlier;
        }
    }

    /// <summary>An earlier day from which on to read the registers; null if the book has them from the first school day on.</summary>
    public DateOnly? FurtherBack => FirstKept(Window.Calendar, Window.From) is var earlier && earlier < Window.From ? earlier : null;

    /// <summary>Waits for these pupils too: each has an open case that began with that session.</summary>
    public void Await(IReadOnlyDictionary<string, SessionOf> cases) => Window = Window.Awaiting(cases);

    /// <summary>Makes sure that the window holds the day: a correction may come for any day of the past.</summary>
    public async Task ReachBack(IRegisters registers, DateOnly day)
    {
        if (day >= Window.From)
        {
            return;
        }
        var older = await registers.ReadWindowAsync(_school.Authority, _school.Urn, day, Window.From.AddDays(-1));
        Window = Window.Extended(day, older.Sheets.Select(sheet => RegisterWire.ToSheet(sheet, Window.Roll)));
    }

    public BookChange Take(Sheet sheet, DateTimeOffset now)
    {
        var confirmed = Window.Find(sheet.Session) is { } held && held.Revision == sheet.Revision;
        var change = RegisterSignals.After(Window, sheet, now);
        return After(change, RegisterWire.ToRecord(sheet, confirmed, change.Window.DoubtOf(sheet.Session)));
    }

    public BookChange PassTime(DateTimeOffset now) => After(RegisterSignals.At(Window, now), null);

    /// <summary>The same book after signals that no register caused.</summary>
    public RegisterBook After(int signals) => new(_school, Window, LastSequence + signals);

    /// <param name="places">The pupils whose place on the list is to be told.</param>
    public BookChange On(SchoolRoll roll, SchoolCalendar calendar, ImmutableArray<string> places) =>
        After(RegisterSignals.On(Window, roll.Roll, calendar), null, places);

    /// <param name="were">The first session of the run that each pupil was told of last; the book reaches back to all of them.</param>
    /// <param name="places">The pupils whose place on the list is to be told.</param>
    public BookChange Again(IReadOnlyDictionary<string, SessionOf> were, ImmutableArray<string> places) =>
        After(RegisterSignals.Again(Window, were), null, places);

    private BookChange After(WindowChange change, SheetRecord? sheet, ImmutableArray<string>? places = null)
    {
        var changed = places ?? [];
        return new BookChange(
            new RegisterBook(_school, change.Window.Trimmed(Kept), LastSequence + changed.Length + change.Signals.Length),
            sheet, change.Signals, LastSequence)
        {
            Places = changed,
            MayBeginEarlier = change.Signals.Any(signal => signal.Run.Stands) && change.Window.RunsMayBeginEarlier,
        };
    }

    private static DateOnly FirstKept(SchoolCalendar calendar, DateOnly day)
    {
        for (var left = Kept.Count; left > 0 && calendar.PreviousSchoolDay(day) is { } before; left--)
        {
            day = before;
        }
        return day;
    }
}

/// <summary>The book after a change, what is to be stored of it, and whom to signal.</summary>
/// <param name="Book">What the grain holds once the change is durable.</param>
/// <param name="Sheet">The revision to append; null when only time, the roll or the calendar changed.</param>
/// <param name="Signals">In the order of the roll.</param>
/// <param name="LastSequence">The sequence before the first of these signals.</param>
internal sealed record BookChange(RegisterBook Book, SheetRecord? Sheet, ImmutableArray<PupilSignal> Signals, long LastSequence)
{
    /// <summary>
    /// The pupils whose place on the list changed, signalled before anything else: an episode must know that a child is off roll
    /// before it hears that the marks are gone.
    /// </summary>
    public ImmutableArray<string> Places { get; init; } = [];

    /// <summary>Pupils who were seen here and are missing elsewhere, signalled last.</summary>
    public ImmutableArray<PupilSeen> Seen { get; private init; } = [];

    /// <summary>The same change with these signals too.</summary>
    public BookChange With(ImmutableArray<PupilSeen> seen) => seen.IsEmpty ? this : this with { Seen = seen, Book = Book.After(seen.Length) };

    /// <summary>A run or a count that is told of reaches back to where the book begins, and may have begun before.</summary>
    public bool MayBeginEarlier { get; init; }
}

/// <summary>A mark that says that a pupil was seen.</summary>
internal sealed record PupilSeen(string Pupil, SessionOf Session, Mark Mark);
