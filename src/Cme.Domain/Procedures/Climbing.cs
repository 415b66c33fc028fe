using Cme.Domain.Calendars;

namespace Cme.Domain.Procedures;

/// <summary>Who hears of a late obligation, and when (DESIGN 5, "Climbing").</summary>
public static class Climbing
{
    private static readonly TimeOnly WorkingMorning = new(9, 0);

    /// <summary>The level that an obligation has from the instant it turns overdue.</summary>
    public static int LevelWhenOverdue(Step step) => LevelWhenOverdue(step.Class, step.Who);

    /// <inheritdoc cref="LevelWhenOverdue(Step)"/>
    public static int LevelWhenOverdue(StepClass stepClass, string who) =>
        stepClass == StepClass.Lead ? Levels.CmeLead
        : stepClass == StepClass.Day || Roles.IsAuthority(who) ? Levels.Owner : Levels.Dsl;

    /// <summary>
    /// The steps up after that, each with its instant (UTC), lowest first. What the authority owes climbs within the authority: a
    /// school's head is not told that its officer is late.
    /// </summary>
    /// <param name="step">Its class and its owner.</param>
    /// <param name="actBy">When it turned overdue, UTC.</param>
    /// <param name="authority">The authority's working days, for day-class steps.</param>
    public static IEnumerable<(int Level, DateTimeOffset At)> Steps(Step step, DateTimeOffset actBy, WorkingCalendar authority) =>
        Steps(step.Class, step.Who, actBy, authority);

    /// <inheritdoc cref="Steps(Step, DateTimeOffset, WorkingCalendar)"/>
    public static IEnumerable<(int Level, DateTimeOffset At)> Steps(StepClass stepClass, string who, DateTimeOffset actBy, WorkingCalendar authority)
    {
        var first = Roles.IsAuthority(who) ? Levels.DutyDesk : Levels.Dsl;
        return stepClass switch
        {
            StepClass.Hour => InHours(actBy).Where(up => up.Level >= first),
            StepClass.Lead => [],
            StepClass.Referral => [(Levels.DutyDesk, actBy), (Levels.CmeLead, actBy.AddMinutes(120))],
            _ => WorkingMornings(first, actBy, authority),
        };
    }

    private static (int Level, DateTimeOffset At)[] InHours(DateTimeOffset actBy) =>
        [(Levels.Head, actBy.AddMinutes(30)), (Levels.DutyDesk, actBy.AddMinutes(60)), (Levels.CmeLead, actBy.AddMinutes(120))];

    private static IEnumerable<(int Level, DateTimeOffset At)> WorkingMornings(int first, DateTimeOffset actBy, WorkingCalendar authority)
    {
        var morning = actBy;
        for (var level = first; level <= Levels.CmeLead; level++)
        {
            morning = authority.NextWorkingMorning(morning, WorkingMorning);
            yield return (level, morning);
        }
    }
}
