using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Procedures;

/// <summary>Turns a pack's deadlines into instants, on the pupil's own school's calendar, the authority's, or the clock's.</summary>
public static class Deadlines
{
    private static readonly TimeSpan HourClassGrace = TimeSpan.FromMinutes(30);

    /// <summary>When a start's deadline falls, when it turns overdue, and when it alerts.</summary>
    /// <param name="start">The numbers and units.</param>
    /// <param name="due">The deadline that applies to this child: <see cref="Start.Due"/>, or that of a flagged child.</param>
    /// <param name="step">Whose it is, and the class that decides the grace for what was known late.</param>
    /// <param name="anchorAt">The instant counted from, UTC.</param>
    /// <param name="firstDayMissing">Day 1 of the absence.</param>
    /// <param name="knownAt">When the cause was known here, UTC.</param>
    /// <param name="rules">The calendars.</param>
    /// <remarks>A deadline beyond the published calendar says so and does not block nearer ones (DESIGN 6).</remarks>
    public static DueInstants Of(
        Start start, Deadline due, Step step, DateTimeOffset anchorAt, DateOnly firstDayMissing, DateTimeOffset knownAt, Ruleset rules)
    {
        try
        {
            var dueAt = At(due, step, anchorAt, firstDayMissing, rules);
            var overdueAt = start.OverdueAfter is { } later ? At(later, step, anchorAt, firstDayMissing, rules) : dueAt;
            var reading = new Reading(due, dueAt);
            if (start.AlsoRead is not { } also)
            {
                return new DueInstants(dueAt, dueAt, ActBy(step.Class, overdueAt, knownAt, rules), [reading]);
            }
            var other = new Reading(also, At(also, step, anchorAt, firstDayMissing, rules));
            var (alertAt, toDesk) = Alert(other.At < dueAt ? other.At : dueAt, step, rules);
            return new DueInstants(dueAt, alertAt, ActBy(step.Class, overdueAt, knownAt, rules), [reading, other]) { AlertsDesk = toDesk };
        }
        catch (CalendarTooShortException tooShort)
        {
            var end = rules.School.IsNone ? EndOf(rules.Authority.PublishedTo, rules) : rules.School.DayEnds(rules.School.PublishedTo);
            return new DueInstants(end, end, end, [new Reading(due, end)], tooShort.Message);
        }
    }

    /// <summary>The instant of a deadline, UTC.</summary>
    /// <exception cref="CalendarTooShortException">The published calendar ends before it.</exception>
    public static DateTimeOffset At(Deadline deadline, Step step, DateTimeOffset anchorAt, DateOnly firstDayMissing, Ruleset rules)
    {
        var day = London.DateOf(anchorAt);
        return deadline.Unit switch
        {
            DeadlineUnit.Minutes => anchorAt.AddMinutes(deadline.Number),
            DeadlineUnit.Hours => anchorAt.AddHours(deadline.Number),
            DeadlineUnit.WorkingHours => rules.Authority.AfterHours(anchorAt, deadline.Number),
            DeadlineUnit.AbsenceDay => rules.School.DayEnds(rules.School.Day(firstDayMissing, deadline.Number)),
            DeadlineUnit.AbsenceCalendarDay => EndOfDay(firstDayMissing.AddDays(deadline.Number - 1), step, rules),
            DeadlineUnit.SchoolDays => rules.School.DayEnds(rules.School.After(day, new SchoolDays(deadline.Number))),
            DeadlineUnit.WorkingDays => London.At(rules.Authority.After(day, new WorkingDays(deadline.Number)), rules.Authority.Closes),
            DeadlineUnit.CalendarDays => EndOfDay(day.AddDays(deadline.Number), step, rules),
            DeadlineUnit.Weeks => EndOfDay(day.AddDays(7 * deadline.Number), step, rules),
            _ => throw new ArgumentOutOfRangeException(nameof(deadline), deadline.Unit, "This unit has no arithmetic."),
        };
    }

    /// <summary>When the day of a deadline begins, from which on the step may be done; null beyond the published calendar.</summary>
    public static DateTimeOffset? Opens(Deadline deadline, Step step, DateTimeOffset anchorAt, DateOnly firstDayMissing, Ruleset rules)
    {
        try
        {
            var at = At(deadline, step, anchorAt, firstDayMissing, rules);
            return deadline.Unit is DeadlineUnit.Minutes or DeadlineUnit.Hours or DeadlineUnit.WorkingHours
                ? at : London.At(London.DateOf(at), TimeOnly.MinValue);
        }
        catch (CalendarTooShortException)
        {
            return null;
        }
    }

    /// <summary>
    /// When the earlier of two readings alerts. One that would fall while its owner is closed comes at the last open moment
    /// before, and goes to the duty desk too (DESIGN 5, "Readings").
    /// </summary>
    private static (DateTimeOffset At, bool ToDesk) Alert(DateTimeOffset earlier, Step step, Ruleset rules)
    {
        var day = London.DateOf(earlier);
        if (Roles.IsAuthority(step.Who))
        {
            return rules.Authority.LastWorkingDay(day) is var open && open < day ? (London.At(open, rules.Authority.Closes), true) : (earlier, false);
        }
        return rules.School.IsSchoolDay(day) || rules.School.PreviousSchoolDay(day) is not { } before
            ? (earlier, false)
            : (rules.School.DayEnds(before), true);
    }

    /// <summary>By day n means by the end of its owner's day, also of a day on which its owner is closed (FACTS C5).</summary>
    private static DateTimeOffset EndOfDay(DateOnly date, Step step, Ruleset rules) =>
        Roles.IsAuthority(step.Who) ? London.At(date, rules.Authority.Closes)
        : rules.School.Covers(date) ? rules.School.DayEnds(date)
        : London.At(date, London.TimeOf(rules.School.DayEnds(rules.School.PublishedTo)));

    /// <summary>
    /// The later of the instant given and when the cause was known plus grace; no grace if it was known before that instant less
    /// the grace. Grace is 30 minutes for hour-class steps, the end of the next day on which its keeper is open for day-class ones, none
    /// for referrals.
    /// </summary>
    private static DateTimeOffset ActBy(StepClass stepClass, DateTimeOffset overdueAt, DateTimeOffset knownAt, Ruleset rules)
    {
        var withGrace = stepClass switch
        {
            StepClass.Hour when knownAt > overdueAt - HourClassGrace => knownAt + HourClassGrace,
            StepClass.Day when knownAt > OneDayBefore(overdueAt, rules) => EndOfNextDay(knownAt, rules) ?? overdueAt,
            _ => overdueAt,
        };
        return withGrace > overdueAt ? withGrace : overdueAt;
    }

    /// <summary>
    /// Of a school, the next school day; of a record that the authority leads, the next working day. Null on the last day that is
    /// published: a deadline that is known must not be lost with a grace that is not.
    /// </summary>
    private static DateTimeOffset? EndOfNextDay(DateTimeOffset knownAt, Ruleset rules)
    {
        var day = London.DateOf(knownAt);
        if (rules.School.IsNone)
        {
            return EndOf(rules.Authority.NextWorkingDay(day), rules);
        }
        try
        {
            return rules.School.DayEnds(rules.School.NextSchoolDay(day));
        }
        catch (CalendarTooShortException)
        {
            return null;
        }
    }

    private static DateTimeOffset OneDayBefore(DateTimeOffset dueAt, Ruleset rules)
    {
        var day = London.DateOf(dueAt);
        return rules.School.IsNone ? EndOf(rules.Authority.LastWorkingDay(day.AddDays(-1)), rules)
            : rules.School.PreviousSchoolDay(day) is { } before ? rules.School.DayEnds(before)
            : DateTimeOffset.MinValue;
    }

    private static DateTimeOffset EndOf(DateOnly workingDay, Ruleset rules) => London.At(workingDay, rules.Authority.Closes);
}
