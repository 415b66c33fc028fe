using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers.Counts;

/// <summary>One pupil's marks, as one writes them in a register: a day is "N /", a session without a record is a dot.</summary>
internal static class Week
{
    public static readonly SchoolCalendar Calendar = Autumn2026.Calendar;

    /// <summary>The marks of school days one after the other, from a day on. <c>I:unknown</c> says who told the school.</summary>
    public static List<RecordedMark> Marks(string from, params IEnumerable<string> days)
    {
        var marks = new List<RecordedMark>();
        var date = On(from);
        foreach (var day in days)
        {
            var codes = day.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var session = Session.Am; session <= Session.Pm; session++)
            {
                if (codes[(int)session] != ".")
                {
                    marks.Add(Mark(new SessionOf(date, session), codes[(int)session]));
                }
            }

            date = Calendar.NextSchoolDay(date);
        }

        return marks;
    }

    public static RecordedMark Mark(SessionOf session, string code) => code.Split(':') is [var bare, var by]
        ? Mark(session, bare, new MarkNote(null, null, ReporterNames.Parse(by)))
        : Mark(session, code, null);

    public static IEnumerable<string> Times(int days, string day) => Enumerable.Repeat(day, days);

    public static AttendanceCounts CountsOf(IEnumerable<RecordedMark> marks, params LeaveOfAbsence[] leaves) =>
        marks.ToList() is var read ? Counting.On(read[^1].Session.Date, read, Calendar, leaves) : AttendanceCounts.None;

    /// <summary>What each day did to one count, such as <c>counted counted broke</c>.</summary>
    public static string Effects(string count, IReadOnlyList<RecordedMark> marks, params LeaveOfAbsence[] leaves) => string.Join(" ",
        Counting.Days(marks, Calendar, leaves, marks[0].Session.Date, marks[^1].Session.Date)
            .Select(day => day.Counts.Single(one => one.Count == count).Effect.ToString().ToLowerInvariant()));

    public static int Of(this AttendanceCounts counts, string count) => count switch
    {
        CountName.Whereabouts => counts.WhereaboutsDays,
        CountName.Irregular => counts.IrregularDays,
        CountName.GroundI => counts.GroundI,
        CountName.GroundH => counts.GroundH,
        _ => counts.Sickness,
    };

    private static RecordedMark Mark(SessionOf session, string code, MarkNote? note) =>
        new(session, Calendar.RegistrationCloses(session),
            new Mark(AttendanceCode.Stored(code == "blank" ? "" : code), Calendar.SessionStarts(session), Calendar.SessionStarts(session), note));
}
