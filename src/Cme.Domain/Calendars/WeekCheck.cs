namespace Cme.Domain.Calendars;

/// <summary>What is wrong with a school's own hours and with part-week timetables.</summary>
internal static class WeekCheck
{
    private static readonly string[] Sessions = [SessionNames.Of(Session.Am), SessionNames.Of(Session.Pm)];

    public static IEnumerable<CalendarFault> Of(SchoolYearDocument year) =>
        Days(year.Week.Select(hours => (hours.Day, (IReadOnlyList<string>)hours.Sessions)), "/week")
            .Concat(year.Week.SelectMany(Hours))
            .Concat(year.Timetables.SelectMany((timetable, at) => Timetable(year, timetable, at)));

    private static IEnumerable<CalendarFault> Hours(WeekdayHours hours, int at)
    {
        var (am, pm) = (hours.Sessions.Contains(Sessions[0]), hours.Sessions.Contains(Sessions[1]));
        foreach (var fault in (am ? SchoolYearCheck.Registration($"week/{at}/am", hours.Am) : []).Concat(pm ? SchoolYearCheck.Registration($"week/{at}/pm", hours.Pm) : []))
        {
            yield return fault;
        }
        if (am && pm && hours.Pm.Start < hours.Am.RegistrationCloses)
        {
            yield return new($"/week/{at}/pm/start", "pm-before-am", $"On {hours.Day} the afternoon starts at {hours.Pm.Start:HH\\:mm}, before morning registration is over.");
        }
        if ((pm ? hours.Pm : hours.Am).RegistrationCloses > hours.DayEnds)
        {
            yield return new($"/week/{at}/dayEnds", "day-ends-early", $"On {hours.Day} the day ends at {hours.DayEnds:HH\\:mm}, before registration closes.");
        }
    }

    private static IEnumerable<CalendarFault> Timetable(SchoolYearDocument year, Timetable timetable, int at)
    {
        if (string.IsNullOrWhiteSpace(timetable.Name))
        {
            yield return new($"/timetables/{at}/name", "timetable-name-missing", "Name the timetable, as the roll is to name it.");
        }
        else if (year.Timetables.Take(at).Any(other => other.Name == timetable.Name))
        {
            yield return new($"/timetables/{at}/name", "timetable-twice", $"The timetable '{timetable.Name}' is given twice. Keep one.");
        }
        if (timetable.Days.All(day => day.Sessions.IsEmpty))
        {
            yield return new($"/timetables/{at}/days", "timetable-empty", "Give at least one session of the week: a pupil who comes for none is not on roll.");
        }
        foreach (var fault in Days(timetable.Days.Select(day => (day.Day, (IReadOnlyList<string>)day.Sessions)), $"/timetables/{at}/days")) { yield return fault; }
    }

    private static IEnumerable<CalendarFault> Days(IEnumerable<(string Day, IReadOnlyList<string> Sessions)> days, string place)
    {
        var seen = new HashSet<string>();
        foreach (var (at, (day, sessions)) in days.Index())
        {
            if (!Weekdays.Names.Contains(day)) { yield return new($"{place}/{at}/day", "unknown-weekday", $"'{day}' is no day of a school week. Write monday to friday."); }
            else if (!seen.Add(day)) { yield return new($"{place}/{at}/day", "weekday-twice", $"{day} is given twice. Keep one."); }
            if (sessions.Any(session => !Sessions.Contains(session))) { yield return new($"{place}/{at}/sessions", "unknown-session", "A session is AM or PM."); }
        }
    }
}
