using Cme.Domain.Calendars;

namespace Cme.Domain.Procedures;

/// <summary>What an episode is judged by: its pack, its school's calendar and its authority's.</summary>
/// <param name="School"><see cref="SchoolCalendar.None"/> for a record that the authority leads: its days are the authority's working days.</param>
public sealed record Ruleset(ProcedurePack Pack, SchoolCalendar School, WorkingCalendar Authority)
{
    /// <summary>The version of this arithmetic, stored with every obligation. It grows whenever a deadline may come out differently.</summary>
    public const int EngineVersion = 1;

    /// <summary>Which day of the ladder an instant falls on: the first day missing is day 1.</summary>
    public int LadderDay(DateOnly firstDayMissing, DateTimeOffset at) =>
        School.SchoolDaysBetween(firstDayMissing, London.DateOf(at)).Count;
}
