using System.Collections.Immutable;

namespace Cme.Domain.Calendars;

/// <summary>Everything that can be wrong with a published school year, each with its place and what to do.</summary>
internal static class SchoolYearCheck
{
    private static readonly TimeSpan LongestRegistration = TimeSpan.FromMinutes(30);

    public static ImmutableArray<CalendarFault> Of(SchoolYearDocument year) =>
    [
        .. Name(year), .. Terms(year), .. Inset(year), .. Closures(year),
        .. Registration("sessions/am", year.Am), .. Registration("sessions/pm", year.Pm), .. Day(year), .. YearGroups(year),
        .. WeekCheck.Of(year), .. LessonCheck.Of(year),
    ];

    private static IEnumerable<CalendarFault> Name(SchoolYearDocument year)
    {
        if (!SchoolYear.TryParseName(year.SchoolYear, out _))
        {
            yield return new("/schoolYear", "school-year-format",
                $"'{year.SchoolYear}' is no school year. Write two consecutive years, such as 2026-27.");
        }
    }

    private static IEnumerable<CalendarFault> Terms(SchoolYearDocument year)
    {
        if (year.Terms.IsEmpty)
        {
            yield return new("/terms", "no-terms", "Give at least one term with its start and end.");
        }

        for (var i = 0; i < year.Terms.Length; i++)
        {
            var term = year.Terms[i];
            if (term.End < term.Start)
            {
                yield return new($"/terms/{i}/end", "end-before-start",
                    $"The term ends on {term.End:O}, before it starts on {term.Start:O}. Correct one of the two dates.");
            }

            foreach (var fault in InYear(year, term.Start, $"/terms/{i}/start").Concat(InYear(year, term.End, $"/terms/{i}/end")))
            {
                yield return fault;
            }

            var earlier = year.Terms.Take(i).FirstOrDefault(other => term.Start <= other.End && other.Start <= term.End);
            if (earlier != default)
            {
                yield return new($"/terms/{i}", "terms-overlap",
                    $"The term from {term.Start:O} to {term.End:O} overlaps the one from {earlier.Start:O} to {earlier.End:O}.");
            }
        }
    }

    private static IEnumerable<CalendarFault> Inset(SchoolYearDocument year)
    {
        for (var i = 0; i < year.Inset.Length; i++)
        {
            var date = year.Inset[i];
            if (IsWeekend(date))
            {
                yield return new($"/inset/{i}", "inset-on-weekend", $"{date:O} is a {date.DayOfWeek}. Check the date.", IsWarning: true);
            }
            else if (!InTerm(year, date))
            {
                yield return new($"/inset/{i}", "inset-outside-term", $"{date:O} lies in no term. Check the date.", IsWarning: true);
            }
        }
    }

    private static IEnumerable<CalendarFault> Closures(SchoolYearDocument year)
    {
        for (var i = 0; i < year.Closures.Length; i++)
        {
            var (date, code) = year.Closures[i];
            if (!IsClosureCode(code))
            {
                yield return new($"/closures/{i}/code", "closure-code", $"'{code}' does not close a school. Use #, X or Y1 to Y7.");
            }

            foreach (var fault in InYear(year, date, $"/closures/{i}/date"))
            {
                yield return fault;
            }

            if (year.Closures.Take(i).Any(other => other.Date == date && other.Code != code))
            {
                yield return new($"/closures/{i}", "closure-twice", $"{date:O} is closed twice with different codes. Keep one.");
            }
        }
    }

    internal static IEnumerable<CalendarFault> Registration(string session, SessionTimes times)
    {
        var open = times.RegistrationCloses.ToTimeSpan() - times.Start.ToTimeSpan();
        if (open < TimeSpan.Zero)
        {
            yield return new($"/{session}/registrationCloses", "closes-before-start",
                $"Registration closes at {times.RegistrationCloses:HH\\:mm}, before the session starts at {times.Start:HH\\:mm}.");
        }
        else if (open > LongestRegistration)
        {
            yield return new($"/{session}/registrationCloses", "open-too-long",
                $"Registration is open for {open.TotalMinutes:0} minutes. It may be open for 30 at most.");
        }
    }

    private static IEnumerable<CalendarFault> Day(SchoolYearDocument year)
    {
        if (year.Pm.Start <= year.Am.Start || year.Pm.Start < year.Am.RegistrationCloses)
        {
            yield return new("/sessions/pm/start", "pm-before-am",
                $"The afternoon starts at {year.Pm.Start:HH\\:mm}, before morning registration is over.");
        }

        if (year.DayEnds < year.Pm.RegistrationCloses)
        {
            yield return new("/dayEnds", "day-ends-early",
                $"The day ends at {year.DayEnds:HH\\:mm}, before afternoon registration closes at {year.Pm.RegistrationCloses:HH\\:mm}.");
        }
    }

    private static IEnumerable<CalendarFault> YearGroups(SchoolYearDocument year)
    {
        for (var i = 0; i < year.YearGroupExceptions.Length; i++)
        {
            var exception = year.YearGroupExceptions[i];
            if (string.IsNullOrWhiteSpace(exception.YearGroup))
            {
                yield return new($"/yearGroupExceptions/{i}/yearGroup", "year-group-missing", "Name the year group as on the roll.");
            }

            if (exception.Sessions.FirstOrDefault(session => !SessionNames.TryParse(session, out _)) is { } unknown)
            {
                yield return new($"/yearGroupExceptions/{i}/sessions", "unknown-session", $"'{unknown}' is no session. Use AM and PM.");
            }

            if (!InTerm(year, exception.Date))
            {
                yield return new($"/yearGroupExceptions/{i}/date", "exception-outside-term",
                    $"{exception.Date:O} lies in no term. Check the date.", IsWarning: true);
            }

            if (year.YearGroupExceptions.Take(i).Any(other => other.Date == exception.Date && other.YearGroup == exception.YearGroup))
            {
                yield return new($"/yearGroupExceptions/{i}", "exception-twice",
                    $"Year group {exception.YearGroup} has two exceptions on {exception.Date:O}. Keep one.");
            }
        }
    }

    private static IEnumerable<CalendarFault> InYear(SchoolYearDocument year, DateOnly date, string pointer)
    {
        if (SchoolYear.TryParseName(year.SchoolYear, out var startYear) && SchoolYear.NumberOf(date) != startYear)
        {
            yield return new(pointer, "outside-school-year",
                $"{date:O} does not lie in the school year {year.SchoolYear}, which runs from 1 August to 31 July.");
        }
    }

    private static bool IsClosureCode(string? code) => code is "#" or "X" or "Y1" or "Y2" or "Y3" or "Y4" or "Y5" or "Y6" or "Y7";

    private static bool InTerm(SchoolYearDocument year, DateOnly date) => year.Terms.Any(term => term.Start <= date && date <= term.End);

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
