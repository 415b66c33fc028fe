using System.Collections.Immutable;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Wording;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using SessionTimes = Cme.Contracts.Schools.SessionTimes;

namespace Cme.Web.Pages.Calendars;

/// <summary>A school year as it is typed into a form: six terms at most, one line for each other day.</summary>
public sealed class YearForm
{
    /// <summary>Terms and half terms that a year can have.</summary>
    public const int Terms = 6;

    public List<TermText> Term { get; set; } = [];
    /// <summary>One day a line.</summary>
    public string? Inset { get; set; }
    /// <summary>One day a line, with its code.</summary>
    public string? Closures { get; set; }
    public string? AmStart { get; set; }
    public string? AmCloses { get; set; }
    public string? PmStart { get; set; }
    public string? PmCloses { get; set; }
    public string? DayEnds { get; set; }
    /// <summary>One a line: year group, day, AM, PM or none.</summary>
    public string? YearGroups { get; set; }
    /// <summary>One day of the week a line: the day, when morning and afternoon start and registration closes, and when the day ends.</summary>
    public string? Week { get; set; }
    /// <summary>One a line: the name, and after a colon the days with their sessions.</summary>
    public string? Timetables { get; set; }
    /// <summary>One a line: the name, when it starts, its teaching groups.</summary>
    public string? Lessons { get; set; }

    /// <summary>Filled in as a year is published; empty for null.</summary>
    public static YearForm Of(SchoolYearDocument? year) => year is null ? new() : new()
    {
        Term = [.. year.Terms.Select(term => new TermText { From = DayText.Write(term.Start), To = DayText.Write(term.End) })],
        Inset = string.Join('\n', year.Inset.Select(DayText.Write)),
        Closures = string.Join('\n', year.Closures.Select(closure => $"{DayText.Write(closure.Date)} {closure.Code}")),
        AmStart = Times.Clock(year.Am.Start),
        AmCloses = Times.Clock(year.Am.RegistrationCloses),
        PmStart = Times.Clock(year.Pm.Start),
        PmCloses = Times.Clock(year.Pm.RegistrationCloses),
        DayEnds = Times.Clock(year.DayEnds),
        YearGroups = string.Join('\n', year.YearGroupExceptions.Select(day => $"{day.YearGroup}, {DayText.Write(day.Date)}, {(day.Sessions.IsEmpty ? "none" : string.Join(' ', day.Sessions))}")),
        Week = string.Join('\n', year.Week.Select(WeekText.Write)),
        Timetables = string.Join('\n', year.Timetables.Select(WeekText.Write)),
        Lessons = string.Join('\n', year.Lessons.Select(WeekText.Write)),
    };

    /// <summary>The year as it is sent to the school; what cannot be read is told beside its field.</summary>
    public SchoolYearCalendar ToWire(string schoolYear, ModelStateDictionary wrong) => new()
    {
        SchoolYear = schoolYear,
        Terms = ReadTerms(wrong),
        Inset = ReadDays(Inset, nameof(Inset), wrong),
        Closures = [.. Read(Closures, nameof(Closures), Closure, "Write each closure as a day and its code, such as 12 January 2027 Y4", wrong)],
        Am = new SessionTimes(Time(AmStart, nameof(AmStart), wrong), Time(AmCloses, nameof(AmCloses), wrong)),
        Pm = new SessionTimes(Time(PmStart, nameof(PmStart), wrong), Time(PmCloses, nameof(PmCloses), wrong)),
        DayEnds = Time(DayEnds, nameof(DayEnds), wrong),
        YearGroupExceptions = [.. Read(YearGroups, nameof(YearGroups), YearGroup, "Write each line as a year group, a day, and AM, PM or none, such as 11, 25 June 2027, none", wrong)],
        Week = [.. Read(Week, nameof(Week), WeekText.Hours, "Write each line as a day and five times, such as Monday, 9:30am, 9:45am, 1:00pm, 1:15pm, 2:30pm; none none for a session that is not held", wrong)],
        Timetables = [.. Read(Timetables, nameof(Timetables), WeekText.Timetable, "Write each line as a name and its days, such as Mornings: Monday AM, Tuesday AM PM", wrong)],
        Lessons = [.. Read(Lessons, nameof(Lessons), WeekText.Lesson, "Write each line as a name, a time and groups, such as Period 1, 9:00am, 10A 10B", wrong)],
    };

    /// <summary>Days, one a line.</summary>
    internal static ImmutableArray<DateOnly> ReadDays(string? typed, string field, ModelStateDictionary wrong) =>
        [.. Read(typed, field, Day, "Write one day a line, such as 4 September 2026", wrong).Select(day => day.Date).Distinct().Order()];

    /// <summary>A time of day.</summary>
    internal static TimeOnly Time(string? typed, string field, ModelStateDictionary wrong)
    {
        if (WhenDone.ReadTime(typed) is { } time) { return time; }
        wrong.AddModelError(field, "Enter a time, such as 8:50am");
        return default;
    }

    private ImmutableArray<TermDates> ReadTerms(ModelStateDictionary wrong)
    {
        var terms = ImmutableArray.CreateBuilder<TermDates>();
        for (var at = 0; at < Term.Count; at++)
        {
            var (from, to) = (Term[at].From, Term[at].To);
            if (string.IsNullOrWhiteSpace(from) && string.IsNullOrWhiteSpace(to)) { continue; }
            if (DayText.Read(from) is { } start && DayText.Read(to) is { } end) { terms.Add(new TermDates(start, end)); }
            else { wrong.AddModelError(nameof(Term), $"Term {at + 1}: enter its first and last day, such as 3 September 2026"); }
        }
        if (terms.Count == 0 && wrong.IsValid) { wrong.AddModelError(nameof(Term), "Enter at least one term"); }
        return terms.DrainToImmutable();
    }

    /// <summary>What the lines of a box say; a line that cannot be read is told, with how to write it.</summary>
    private static List<T> Read<T>(string? typed, string field, Func<string, T?> read, string remedy, ModelStateDictionary wrong) where T : class
    {
        var values = new List<T>();
        foreach (var line in DayText.Lines(typed))
        {
            if (read(line) is { } value) { values.Add(value); }
            else { wrong.AddModelError(field, $"“{line}” cannot be read. {remedy}"); }
        }
        return values;
    }

    private static ClosureDay? Day(string line) => DayText.Read(line) is { } day ? new ClosureDay(day, "") : null;

    private static ClosureDay? Closure(string line) =>
        line.LastIndexOf(' ') is > 0 and var space && DayText.Read(line[..space].TrimEnd(',')) is { } day ? new ClosureDay(day, line[(space + 1)..].ToUpperInvariant()) : null;

    private static YearGroupException? YearGroup(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries) is [var group, var day, var sessions] && DayText.Read(day) is { } date
            ? new YearGroupException
            {
                YearGroup = group, Date = date,
                Sessions = sessions.Equals("none", StringComparison.OrdinalIgnoreCase) ? []
                    : [.. sessions.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            }
            : null;
}

/// <summary>The first and last day of a term, as typed.</summary>
public sealed class TermText
{
    public string? From { get; set; }
    public string? To { get; set; }
}
