using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>
/// What a provider reports every day to the school or authority that placed its pupils: absence and attendance (SUF-11). It is made of the
/// registers of the day, and owed by the end of it; which are owed, and whether they came, is reckoned whenever somebody asks.
/// </summary>
public static class DailyReturns
{
    /// <summary>Not attending is reported within so long after a session begins (SUF-15), and who comes later than that counts as absent (SUF-10).</summary>
    public static readonly TimeSpan ReportWithin = TimeSpan.FromMinutes(15);

    /// <summary>So many absent sessions in <see cref="PatternDays"/> are a pattern that raises concern (SUF-11, which gives no number).</summary>
    public const int PatternSessions = 3;

    /// <summary>The school days over which a pattern is looked for, the day of the return among them.</summary>
    public const int PatternDays = 10;

    /// <summary>The return of a day; null for one on which the provider does not meet, and owes none.</summary>
    /// <param name="received">Registers of that day; others are passed over.</param>
    public static DailyReturn? Of(SchoolCalendar calendar, DateOnly date, IEnumerable<ReceivedRegister> received, DateTimeOffset now)
    {
        if (calendar.Sessions(date) is not { IsEmpty: false } held) { return null; }
        var bySession = received.Where(register => register.Session.Date == date).ToDictionary(register => register.Session);
        return new(
            date,
            [
                .. from session in held
                   let which = new SessionOf(date, session)
                   select new ReturnSession(which, calendar.SessionStarts(which), bySession.GetValueOrDefault(which), now),
            ],
            calendar.DayEnds(date), now);
    }

    /// <summary>Whether a mark says that the pupil was absent, or so late that it counts as absence (SUF-10).</summary>
    /// <param name="minutesLate">Null if nobody said.</param>
    public static bool IsAbsent(AttendanceCode code, int? minutesLate) =>
        code == AttendanceCode.Blank || code.Category is AttendanceCategory.Authorised or AttendanceCategory.Unauthorised || IsLate(minutesLate);

    /// <summary>Whether somebody came more than fifteen minutes late.</summary>
    public static bool IsLate(int? minutesLate) => minutesLate > ReportWithin.TotalMinutes;

    /// <summary>The first of the days over which a pattern is looked for.</summary>
    public static DateOnly PatternFrom(SchoolCalendar calendar, DateOnly date)
    {
        var from = date;
        for (var left = PatternDays - 1; left > 0 && calendar.PreviousSchoolDay(from) is { } before; left--) { from = before; }
        return from;
    }
}

/// <summary>How it stands with a day's return.</summary>
public enum ReturnState
{
    /// <summary>The day is not over, and not everything has come.</summary>
    Awaited,

    /// <summary>Every register of the day has come, and is whole.</summary>
    Made,

    /// <summary>The day is over, and something is missing.</summary>
    Overdue,
}

/// <summary>The return of one day as it stands at <paramref name="Now"/>. All instants UTC.</summary>
/// <param name="DueAt">When the day ends.</param>
public sealed record DailyReturn(DateOnly Date, ImmutableArray<ReturnSession> Sessions, DateTimeOffset DueAt, DateTimeOffset Now)
{
    public ReturnState State => Sessions.All(session => session.Received is { Complete: true }) ? ReturnState.Made : Now < DueAt ? ReturnState.Awaited : ReturnState.Overdue;
}

/// <summary>A session of a return.</summary>
/// <param name="Received">Null if nothing has come.</param>
public sealed record ReturnSession(SessionOf Session, DateTimeOffset Starts, ReceivedRegister? Received, DateTimeOffset Now)
{
    /// <summary>By then not attending is to be reported (SUF-15).</summary>
    public DateTimeOffset ReportBy => Starts + DailyReturns.ReportWithin;

    /// <summary>Whether it was reported in time; null while it still can be.</summary>
    public bool? InTime => Received is { } received ? received.ReceivedAt <= ReportBy : Now <= ReportBy ? null : false;
}
