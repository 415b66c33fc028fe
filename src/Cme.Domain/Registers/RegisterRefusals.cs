using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>Why a register cannot be taken at all.</summary>
internal static class RegisterRefusals
{
    public static RegisterRefusal? Of(Sheet? held, Submission submission, SchoolCalendar? calendar, DateTimeOffset now)
    {
        var session = submission.Session;
        if (calendar is null || calendar.KindOf(session.Date) is DayKind.NotPublished)
        {
            return new("no-calendar",
                $"The school has published no term dates for {session.Date:O}. Publish its calendar of "
                + $"{SchoolYear.NameOf(SchoolYear.NumberOf(session.Date))}, then send the register again.");
        }

        return NotASchoolDay(calendar.KindOf(session.Date), session.Date) is { } because
            ? new("not-a-school-day", because)
            : NotYet(session, calendar.SessionStarts(session), now)
            ?? (submission.Correction && held is null ? NotTaken(session) : null);
    }

    private static string? NotASchoolDay(DayKind kind, DateOnly date) => kind switch
    {
        DayKind.SchoolDay => null,
        DayKind.Weekend => $"{date:O} is a {date.DayOfWeek}. Check the date.",
        DayKind.BankHoliday holiday => $"{date:O} is a bank holiday ({holiday.Title}). Check the date.",
        DayKind.Inset => $"{date:O} is an INSET day: the school does not meet for pupils. If it did, correct the calendar first.",
        DayKind.NotThatWeekday => $"By its own hours the school does not meet on a {date.DayOfWeek}. If it did, correct the calendar first.",
        DayKind.Closed closed => $"The school is closed on {date:O} (code {closed.Code}). If it opened, correct the calendar first.",
        _ => $"{date:O} lies between terms. Check the date, or correct the calendar first.",
    };

    private static RegisterRefusal? NotYet(SessionOf session, DateTimeOffset starts, DateTimeOffset now) =>
        starts <= now
            ? null
            : new("session-in-future",
                $"{session} starts at {London.TimeOf(starts):HH\\:mm} on {session.Date:O}, which has not come yet. Send its register then.");

    private static RegisterRefusal NotTaken(SessionOf session) =>
        new("register-not-taken", $"No register of {session} was taken yet. Send the register itself before correcting it.");
}
