using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cme.Domain.Calendars;

/// <summary>
/// When one school meets for its pupils: terms less weekends, bank holidays, INSET days and closures, over the school years
/// that it has published. Immutable.
/// </summary>
/// <remarks>
/// Outside what is published no day is a school day; questions that look ahead into it fail with the remedy
/// (<see cref="CalendarTooShortException"/>) rather than answer too late. Source: FACTS A8 and C5.
/// </remarks>
public sealed class SchoolCalendar
{
    private static readonly ImmutableArray<Session> BothSessions = [Session.Am, Session.Pm];
    private static readonly ImmutableArray<string> BothNames = [.. BothSessions.Select(SessionNames.Of)];

    private readonly ImmutableArray<SchoolYear> _years;
    private readonly BankHolidays _bankHolidays;
    private readonly FrozenDictionary<DateOnly, ImmutableArray<Session>> _exceptions;
    private readonly FrozenDictionary<string, SchoolCalendar> _yearGroups;
    private readonly Timetable? _timetable;
    private readonly ConcurrentDictionary<(string? YearGroup, string Timetable), SchoolCalendar> _partWeeks = [];
    private readonly FrozenSet<DateOnly> _lastDaysOfTerms;
    private readonly DateOnly[] _openDays;

    private SchoolCalendar(
        string name, int version, ImmutableArray<SchoolYear> years, BankHolidays bankHolidays, string? yearGroup, Timetable? timetable = null)
    {
        _timetable = timetable;
        Name = name;
        Version = version;
        _years = years;
        _bankHolidays = bankHolidays;
        var exceptions = years.SelectMany(year => year.Document.YearGroupExceptions).ToLookup(day => day.YearGroup);
        _exceptions = yearGroup is null
            ? FrozenDictionary<DateOnly, ImmutableArray<Session>>.Empty
            : exceptions[yearGroup].ToFrozenDictionary(day => day.Date, day => SessionsOf(day));
        _yearGroups = yearGroup is null && timetable is null
            ? exceptions.Select(group => group.Key).ToFrozenDictionary(
                group => group, group => new SchoolCalendar(name, version, years, bankHolidays, group))
            : FrozenDictionary<string, SchoolCalendar>.Empty;
        _openDays = [.. years.SelectMany(year => year.Document.Terms).SelectMany(DaysOf).Where(IsOpen)];
        _lastDaysOfTerms = years.SelectMany(year => year.Document.Terms).Select(LastOpenDay).OfType<DateOnly>().ToFrozenSet();
        Holidays = [.. _lastDaysOfTerms.Order().Select(HolidayAfter)];
    }

    /// <summary>Of a record that no school has a part in: no day is a school day, and no holiday stops or hands over anything.</summary>
    public static SchoolCalendar None { get; } = new("no school", 0, [], BankHolidays.England, yearGroup: null);

    /// <summary>True of <see cref="None"/>.</summary>
    public bool IsNone => _years.IsEmpty;

    /// <summary>As messages call it, such as the school's name.</summary>
    public string Name { get; }

    /// <summary>Grows with every publication by the school, of whatever year; kept with what was derived from it.</summary>
    public int Version { get; }

    /// <summary>First day of the first published term.</summary>
    public DateOnly PublishedFrom => _years[0].From;

    /// <summary>Last day of the last published term.</summary>
    public DateOnly PublishedTo => _years[^1].To;

    /// <summary>The holidays and half terms, in order: one after each published term.</summary>
    public ImmutableArray<Holiday> Holidays { get; }

    /// <summary>Puts published school years together. Each year once; the order does not matter.</summary>
    /// <exception cref="ArgumentException">No year was given, or one twice.</exception>
    public static SchoolCalendar Of(string name, int version, IEnumerable<SchoolYear> years, BankHolidays bankHolidays)
    {
        ImmutableArray<SchoolYear> ordered = [.. years.OrderBy(year => year.StartYear)];
        if (ordered.IsEmpty || ordered.DistinctBy(year => year.StartYear).Count() < ordered.Length)
        {
            throw new ArgumentException("A calendar is made of one or more different school years.", nameof(years));
        }

        return new SchoolCalendar(name, version, ordered, bankHolidays, yearGroup: null);
    }

    /// <summary>The calendar of one published school year, or null and the faults that prevent it.</summary>
    public static (SchoolCalendar? Calendar, ImmutableArray<CalendarFault> Faults) Parse(
        string name, int version, SchoolYearDocument document, BankHolidays bankHolidays)
    {
        var (year, faults) = SchoolYear.Parse(document);
        return (year is null ? null : Of(name, version, [year], bankHolidays), faults);
    }

    /// <summary>What is wrong, or looks wrong, with a school year before it is published.</summary>
    public static ImmutableArray<CalendarFault> Check(SchoolYearDocument document) => SchoolYearCheck.Of(document);

    /// <summary>This calendar as a year group lives it. Itself if the year group has no exceptions.</summary>
    public SchoolCalendar For(string? yearGroup) =>
        yearGroup is not null && _yearGroups.TryGetValue(yearGroup, out var own) ? own : this;

    /// <summary>
    /// This calendar as a pupil lives it who comes for a part of the week; as the year group does for one who has no timetable, or one
    /// that the school has not published: whose timetable nobody knows is expected.
    /// </summary>
    public SchoolCalendar For(string? yearGroup, string? timetable) =>
        timetable is not null && TimetableOf(timetable) is { } part
            ? _partWeeks.GetOrAdd((yearGroup, timetable), _ => new SchoolCalendar(Name, Version, _years, _bankHolidays, yearGroup, part))
            : For(yearGroup);

    /// <summary>The lessons of a school day, in order; none on any other day.</summary>
    public ImmutableArray<Lesson> LessonsOf(DateOnly date) =>
        IsSchoolDay(date) ? [.. PublishedYearOf(date).Document.Lessons.OrderBy(lesson => lesson.Start)] : [];

    /// <summary>Whether the day lies between the first and the last published term, with no school year missing.</summary>
    public bool Covers(DateOnly date) => !IsNone && date >= PublishedFrom && date <= PublishedTo && YearOf(date) is not null;

    /// <summary>Whether the school meets for pupils. False outside what is published.</summary>
    public bool IsSchoolDay(DateOnly date) => Array.BinarySearch(_openDays, date) >= 0;

    /// <summary>What kind of day it is, so that a message can say why the school is closed.</summary>
    public DayKind KindOf(DateOnly date) => YearOf(date) switch
    {
        _ when !Covers(date) => new DayKind.NotPublished(),
        _ when date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday => new DayKind.Weekend(),
        _ when _bankHolidays.TitleOf(date) is { } title => new DayKind.BankHoliday(title),
        { } year when year.Document.Closures.FirstOrDefault(closure => closure.Date == date) is { Code: not null } closure
            => new DayKind.Closed(closure.Code),
        { } year when year.Document.Inset.Contains(date) => new DayKind.Inset(),
        { } year when !year.Document.Terms.Any(term => term.Start <= date && date <= term.End) => new DayKind.BetweenTerms(),
        _ when _exceptions.TryGetValue(date, out var sessions) && sessions.IsEmpty => new DayKind.YearGroupAtHome(),
        _ when Usual(date).IsEmpty => new DayKind.NotThatWeekday(),
        _ => new DayKind.SchoolDay(),
    };

    /// <summary>The sessions of a day in order; none if it is no school day (for this year group, if one is named).</summary>
    public ImmutableArray<Session> Sessions(DateOnly date, string? yearGroup = null) =>
        For(yearGroup) is var own && !own.IsSchoolDay(date) ? []
        : own._exceptions.TryGetValue(date, out var sessions) ? sessions
        : own.Usual(date);

    /// <summary>Whether the school holds this session (for this year group, if one is named).</summary>
    public bool Holds(SessionOf session, string? yearGroup = null) => Sessions(session.Date, yearGroup).Contains(session.Session);

    /// <summary>When a session starts, by the times of its school year; the day need not be a school day.</summary>
    /// <exception cref="CalendarTooShortException">Its school year is not published.</exception>
    public DateTimeOffset SessionStarts(SessionOf session) => London.At(session.Date, TimesOf(session).Start);

    /// <summary>When registration closes, by the times of its school year; the day need not be a school day.</summary>
    /// <exception cref="CalendarTooShortException">Its school year is not published.</exception>
    public DateTimeOffset RegistrationCloses(SessionOf session) => London.At(session.Date, TimesOf(session).RegistrationCloses);

    /// <summary>When the school day ends, by the times of its school year; the day need not be a school day.</summary>
    /// <exception cref="CalendarTooShortException">Its school year is not published.</exception>
    public DateTimeOffset DayEnds(DateOnly date) => London.At(date, HoursOf(date)?.DayEnds ?? PublishedYearOf(date).Document.DayEnds);

    /// <summary>
    /// School day <paramref name="n"/> of an absence: day 1 is <paramref name="first"/> itself if it is a school day, else the
    /// next one.
    /// </summary>
    /// <param name="first">The first day missing.</param>
    /// <param name="n">1 or more.</param>
    /// <exception cref="CalendarTooShortException">The published calendar ends before the answer.</exception>
    /// <remarks>Source: FACTS C5, the worked check.</remarks>
    public DateOnly Day(DateOnly first, int n) => After(first.AddDays(-1), new SchoolDays(n));

    /// <summary>The school day that is <paramref name="days"/> school days after <paramref name="from"/>.</summary>
    /// <param name="from">Any date, open or not. It is day zero, so it is never counted.</param>
    /// <param name="days">1 or more.</param>
    /// <exception cref="CalendarTooShortException">The published calendar ends before the answer.</exception>
    /// <remarks>Source: FACTS A8, "school day".</remarks>
    public DateOnly After(DateOnly from, SchoolDays days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days.Count, 1);
        var answer = IndexAfter(from) + days.Count - 1;
        if (answer >= _openDays.Length)
        {
            throw CalendarTooShortException.EndsBefore(Name, PublishedTo);
        }

        ThrowIfAYearIsMissing(from.AddDays(1), _openDays[answer]);
        return _openDays[answer];
    }

    /// <summary>The first school day after <paramref name="date"/>.</summary>
    /// <exception cref="CalendarTooShortException">The published calendar ends before the answer.</exception>
    public DateOnly NextSchoolDay(DateOnly date) => After(date, new SchoolDays(1));

    /// <summary>The last school day before <paramref name="date"/>, or null if none is published.</summary>
    public DateOnly? PreviousSchoolDay(DateOnly date) =>
        IndexAfter(date.AddDays(-1)) is > 0 and var next ? _openDays[next - 1] : null;

    /// <summary>How many published school days there are from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    /// <returns>0 or more; 0 if <paramref name="to"/> is earlier. Never fails: days that nobody has published do not count.</returns>
    public SchoolDays SchoolDaysBetween(DateOnly from, DateOnly to) => new(Math.Max(0, IndexAfter(to) - IndexAfter(from.AddDays(-1))));

    /// <summary>The next session that the school holds.</summary>
    /// <exception cref="CalendarTooShortException">The published calendar ends before the answer.</exception>
    public SessionOf NextSession(SessionOf session)
    {
        var today = Sessions(session.Date).Where(other => other > session.Session).ToList();
        if (today.Count > 0)
        {
            return session with { Session = today[0] };
        }

        var next = NextSchoolDay(session.Date);
        return new SessionOf(next, Sessions(next)[0]);
    }

    /// <summary>The session that the school held before this one, or null if none is published.</summary>
    public SessionOf? PreviousSession(SessionOf session)
    {
        var today = Sessions(session.Date).Where(other => other < session.Session).ToList();
        return today.Count > 0 ? session with { Session = today[^1] }
            : PreviousSchoolDay(session.Date) is { } day ? new SessionOf(day, Sessions(day)[^1])
            : null;
    }

    /// <summary>Whether this is the last session before a holiday: the last one of a published term or half term.</summary>
    public bool IsLastSessionOfTerm(SessionOf session) =>
        _lastDaysOfTerms.Contains(session.Date) && Sessions(session.Date)[^1] == session.Session;

    private static ImmutableArray<Session> SessionsOf(YearGroupDay day) =>
        [.. BothSessions.Where(session => day.Sessions.Contains(SessionNames.Of(session)))];

    private static IEnumerable<DateOnly> DaysOf(Term term)
    {
        for (var date = term.Start; date <= term.End; date = date.AddDays(1))
        {
            yield return date;
        }
    }

    private bool IsOpen(DateOnly date) => KindOf(date) is DayKind.SchoolDay;

    // Of a term without a single open day this is the last one of an earlier term, which is in the set already.
    private DateOnly? LastOpenDay(Term term) => PreviousSchoolDay(term.End.AddDays(1));

    private Holiday HolidayAfter(DateOnly last)
    {
        var lastSession = new SessionOf(last, Sessions(last)[^1]);
        var next = IndexAfter(last) is var index && index < _openDays.Length && MissingYear(last, _openDays[index]) is null ? _openDays[index] : (DateOnly?)null;
        return new Holiday(
            SessionStarts(lastSession), DayEnds(last), last,
            next is { } back ? SessionStarts(new SessionOf(back, Sessions(back)[0])) : null, next);
    }

    private int IndexAfter(DateOnly date)
    {
        var at = Array.BinarySearch(_openDays, date);
        return at >= 0 ? at + 1 : ~at;
    }

    private SchoolYear? YearOf(DateOnly date)
    {
        var number = SchoolYear.NumberOf(date);
        foreach (var year in _years)
        {
            if (year.StartYear == number)
            {
                return year;
            }
        }

        return null;
    }

    private SchoolYear PublishedYearOf(DateOnly date) =>
        YearOf(date) ?? throw CalendarTooShortException.Lacks(Name, SchoolYear.NameOf(SchoolYear.NumberOf(date)));

    private SessionTimes TimesOf(SessionOf session)
    {
        var (year, own) = (PublishedYearOf(session.Date).Document, HoursOf(session.Date));
        var isHeld = own is not null && own.Sessions.Contains(SessionNames.Of(session.Session));
        return session.Session == Session.Am ? (isHeld ? own!.Am : year.Am) : isHeld ? own!.Pm : year.Pm;
    }

    /// <summary>The school's own hours on that day of the week; null where it has none, or does not meet on it.</summary>
    private WeekdayHours? HoursOf(DateOnly date) => YearOf(date)?.Document.Week.FirstOrDefault(hours => hours.Day == Weekdays.Of(date));

    /// <summary>The sessions that are usual on that day of the week, for the school and for a pupil with a timetable.</summary>
    private ImmutableArray<Session> Usual(DateOnly date)
    {
        var week = YearOf(date)?.Document.Week ?? [];
        if (week.IsEmpty && _timetable is null) { return BothSessions; }
        var held = week.IsEmpty ? BothNames : HoursOf(date)?.Sessions ?? [];
        var own = _timetable is null ? BothNames : _timetable.Days.FirstOrDefault(day => day.Day == Weekdays.Of(date))?.Sessions ?? [];
        return [.. BothSessions.Where(session => SessionNames.Of(session) is var name && held.Contains(name) && own.Contains(name))];
    }

    // The one published last, should two years name one: a pupil has one timetable.
    private Timetable? TimetableOf(string name) => _years.SelectMany(year => year.Document.Timetables).LastOrDefault(timetable => timetable.Name == name);

    private void ThrowIfAYearIsMissing(DateOnly from, DateOnly to)
    {
        if (MissingYear(from, to) is { } number)
        {
            throw CalendarTooShortException.Lacks(Name, SchoolYear.NameOf(number));
        }
    }

    private int? MissingYear(DateOnly from, DateOnly to)
    {
        for (var number = SchoolYear.NumberOf(from); number <= SchoolYear.NumberOf(to); number++)
        {
            if (!_years.Any(year => year.StartYear == number))
            {
                return number;
            }
        }

        return null;
    }
}
