using System.Collections.Immutable;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Wording;
using SessionTimes = Cme.Contracts.Schools.SessionTimes;

namespace Cme.Web.Pages.Calendars;

/// <summary>A school's own hours, part-week timetables and lessons as lines of text: what is written so is read back.</summary>
internal static class WeekText
{
    private const string None = "none";

    public static string Write(WeekdayHours hours) =>
        string.Join(", ", [Labels.Sentence(hours.Day), .. Held(hours, "AM", hours.Am), .. Held(hours, "PM", hours.Pm), Times.Clock(hours.DayEnds)]);

    public static string Write(Timetable timetable) =>
        $"{timetable.Name}: {string.Join(", ", timetable.Days.Where(day => !day.Sessions.IsEmpty).Select(day => $"{Labels.Sentence(day.Day)} {string.Join(' ', day.Sessions)}"))}";

    public static string Write(Lesson lesson) => $"{lesson.Name}, {Times.Clock(lesson.Start)}, {string.Join(' ', lesson.Groups)}";

    /// <summary>Such as "Monday, 9:30am, 9:45am, none, none, 12:00pm"; null if it is not like that.</summary>
    public static DayHours? Hours(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries) is [var day, var am, var amCloses, var pm, var pmCloses, var ends] && Day(day) is { } weekday
        && WhenDone.ReadTime(ends) is { } dayEnds && Session(am, amCloses) is (true, var morning) && Session(pm, pmCloses) is (true, var afternoon)
            ? new DayHours { Day = weekday, Am = morning, Pm = afternoon, DayEnds = dayEnds } : null;

    /// <summary>Such as "Mornings: Monday AM, Tuesday AM PM"; null if it is not like that.</summary>
    public static PartWeek? Timetable(string line) =>
        line.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var days]
        && days.Split(',', StringSplitOptions.TrimEntries).Select(PartDay).ToArray() is var read && read.All(day => day is not null)
            ? new PartWeek { Name = name, Days = [.. read!] } : null;

    /// <summary>Such as "Period 1, 9:00am, 10A 10B"; null if it is not like that.</summary>
    public static LessonTime? Lesson(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var start, var groups] && WhenDone.ReadTime(start) is { } time
            ? new LessonTime { Name = name, Start = time, Groups = [.. groups.Split(' ', StringSplitOptions.RemoveEmptyEntries)] } : null;

    private static IEnumerable<string> Held(WeekdayHours hours, string session, Domain.Calendars.SessionTimes times) =>
        hours.Sessions.Contains(session) ? [Times.Clock(times.Start), Times.Clock(times.RegistrationCloses)] : [None, None];

    private static PartWeekDay? PartDay(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var day, .. { Length: > 0 } sessions] && Day(day) is { } weekday
            ? new PartWeekDay(weekday, [.. sessions.Select(session => session.ToUpperInvariant())]) : null;

    private static string? Day(string text) => Weekdays.Names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static (bool Read, SessionTimes? Times) Session(string starts, string closes) =>
        starts.Equals(None, StringComparison.OrdinalIgnoreCase) && closes.Equals(None, StringComparison.OrdinalIgnoreCase) ? (true, null)
        : WhenDone.ReadTime(starts) is { } start && WhenDone.ReadTime(closes) is { } close ? (true, new SessionTimes(start, close))
        : (false, null);
}
