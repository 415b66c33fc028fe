using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;

namespace Cme.Domain.Tests.Registers;

/// <summary>A small school with its roll, and registers as one writes them on paper.</summary>
internal static class School
{
    public static readonly SchoolCalendar Calendar = Autumn2026.Calendar;

    /// <summary>Amina, Ben, Cara, Dan and Ewa, all in year 7 since 2 September. Dan's UPN is H801200001001.</summary>
    public static readonly Roll Pupils = new(
        new[] { "amina", "ben", "cara", "dan", "ewa" }.Select(id => new RollPupil(id, "7", new DateOnly(2026, 9, 2))
        {
            Upn = id == "dan" ? "H801200001001" : null,
        }));

    /// <summary>A register such as <c>Register(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), "amina N", "ben /")</c>.</summary>
    public static Submission Register(SessionOf session, DateTimeOffset asOf, params string[] marks) =>
        new() { Session = session, AsOf = asOf, Complete = true, Marks = marks.Select(Mark).ToArray() };

    /// <summary>The same, of which pupils are left out.</summary>
    public static Submission Part(SessionOf session, DateTimeOffset asOf, params string[] marks) =>
        Register(session, asOf, marks) with { Complete = false };

    public static SubmittedMark Mark(string mark) =>
        mark.Split(' ') switch
        {
            [var pupil, var code] => new(pupil, ByUpn: false, code),
            [var pupil, var code, var by] => new(pupil, ByUpn: false, code, new MarkNote(null, "as told", ReporterNames.Parse(by))),
            _ => new(mark, ByUpn: false, ""),
        };

    public static SheetChange Take(Sheet? held, Submission submission, DateTimeOffset? now = null, SchoolCalendar? calendar = null) =>
        Sheet.Merge(held, submission, Pupils, calendar ?? Calendar, now ?? submission.AsOf);

    /// <summary>The codes held, such as <c>"amina N, ben /"</c>; a blank shows as <c>blank</c>.</summary>
    public static string Held(Sheet? sheet) =>
        sheet is null ? "" : string.Join(", ", sheet.Marks().Select(mark => $"{mark.Key} {mark.Value.Code}"));
}
