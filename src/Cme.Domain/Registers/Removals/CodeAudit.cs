using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers.Counts;

namespace Cme.Domain.Registers.Removals;

/// <summary>What a session's code does to the run that a removal rests on.</summary>
public enum CodeVerdict
{
    /// <summary>It is one of the codes that the ground counts.</summary>
    Belongs,

    /// <summary>The school was closed to the pupil: it counts for nothing, and ends nothing.</summary>
    Skipped,

    /// <summary>No register, or no code: nothing shows what the session was.</summary>
    Missing,

    /// <summary>Any other code: the run begins anew after it.</summary>
    Breaks,
}

/// <summary>One session of the absence, and whether it belongs in the run.</summary>
/// <param name="Code">Empty where there is none.</param>
public sealed record AuditedSession(SessionOf Session, string Code, CodeVerdict Verdict)
{
    /// <summary>Whether whoever wants to remove the pupil must see to it.</summary>
    public bool IsInTheWay => Verdict is CodeVerdict.Missing or CodeVerdict.Breaks;
}

/// <summary>
/// Session by session, which codes of an absence belong in the run that a removal on ground h or i rests on. Source: FACTS B4 (regulation 9
/// of SI 2024/208): ground i asks for G, N or O in every session, ground h for no attendance.
/// </summary>
public static class CodeAudit
{
    /// <param name="days">The days of the absence, oldest first, each with its marks.</param>
    /// <param name="calendar">The school's as the pupil's year group lives it.</param>
    /// <param name="asAt">A session whose registration has not closed by then, and that has no mark yet, is none.</param>
    public static ImmutableArray<AuditedSession> Of(
        RemovalGround ground, IEnumerable<CountedDay> days, SchoolCalendar calendar, IReadOnlyList<LeaveOfAbsence> leaves, DateTimeOffset asAt) =>
    [
        .. from day in days
           let onLeave = leaves.Any(leave => leave.Covers(day.Date))
           from session in calendar.Sessions(day.Date)
           let held = new SessionOf(day.Date, session)
           let mark = day.Marks.Where(recorded => recorded.Session == held).Select(recorded => (AttendanceCode?)recorded.Mark.Code).FirstOrDefault()
           where mark is not null || calendar.RegistrationCloses(held) <= asAt
           select new AuditedSession(held, CodeOf(mark), VerdictOf(ground, mark, onLeave)),
    ];

    /// <summary>The sessions since the last that ended the run: those that a removal would rest on.</summary>
    public static IEnumerable<AuditedSession> Standing(ImmutableArray<AuditedSession> sessions) =>
        sessions.Skip(sessions.Select((session, index) => session.Verdict == CodeVerdict.Breaks ? index + 1 : 0).DefaultIfEmpty(0).Max());

    private static string CodeOf(AttendanceCode? code) => code is { Category: not AttendanceCategory.None } known ? known.Text : "";

    private static CodeVerdict VerdictOf(RemovalGround ground, AttendanceCode? mark, bool onLeave)
    {
        if (mark is not { Category: not AttendanceCategory.None } code)
        {
            return CodeVerdict.Missing;
        }
        var effect = ground.Letter != "h" ? CountRules.GroundI(code, onLeave) : onLeave ? CountEffect.Skipped : CountRules.GroundH(code);
        return effect switch
        {
            CountEffect.Counted => CodeVerdict.Belongs,
            CountEffect.Broke => CodeVerdict.Breaks,
            _ => CodeVerdict.Skipped,
        };
    }
}
