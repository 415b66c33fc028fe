using Cme.Domain.Calendars;

namespace Cme.Domain.Procedures;

/// <summary>Who hears of a late obligation, and when (DESIGN 5, "Climbing").</summary>
public static class Climbing
{
    private static readonly TimeOnly WorkingMorning = new(9, 0);

    /// <summary>The level that an obligation has from the instant it turns overdue.</summary>
    public static int LevelWhenOverdue(StepClass stepClass) => stepClass == StepClass.Day ? Levels.Owner : Levels.Dsl;

    /// <summary>The steps up after that, each with its instant (UTC), lowest first.</summary>
    /// <param name="stepClass">The class of the step.</param>
    /// <param name="actBy">When it turned overdue, UTC.</param>
    /// <param name="authority">The authority's working days, for day-class steps.</param>
    public static IEnumerable<(int Level, DateTimeOffset At)> Steps(StepClass stepClass, DateTimeOffset actBy, WorkingCalendar authority) =>
        stepClass switch
        {
            StepClass.Hour =>
            [
                (Levels.Head, actBy.AddMinutes(30)), (Levels.DutyDesk, actBy.AddMinutes(60)), (Levels.CmeLead, actBy.AddMinutes(120)),
            ],
            StepClass.Referral => [(Levels.DutyDesk, actBy), (Levels.CmeLead, actBy.AddMinutes(120))],
            _ => WorkingMornings(actBy, authority),
        };

    private static IEnumerable<(int Level, DateTimeOffset At)> WorkingMornings(DateTimeOffset actBy, WorkingCalendar authority)
    {
        var morning = actBy;
        for (var level = Levels.Dsl; level <= Levels.CmeLead; level++)
        {
            morning = authority.NextWorkingMorning(morning, WorkingMorning);
            yield return (level, morning);
        }
    }
}
