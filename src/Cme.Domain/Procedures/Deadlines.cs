using Cme.Domain.Calendars;

namespace Cme.Domain.Procedures;

/// <summary>Turns a pack's deadline into instants, on the pupil's own school's calendar, the authority's, or the clock's.</summary>
public static class Deadlines
{
    private static readonly TimeSpan HourClassGrace = TimeSpan.FromMinutes(30);

    /// <summary>When the deadline falls and when it turns overdue.</summary>
    /// <param name="deadline">Number and unit.</param>
    /// <param name="stepClass">Decides the grace for what was known late.</param>
    /// <param name="anchorAt">The instant counted from, UTC.</param>
    /// <param name="firstDayMissing">Day 1 of the absence.</param>
    /// <param name="knownAt">When the cause was known here, UTC.</param>
    /// <param name="rules">The calendars.</param>
    /// <remarks>A deadline beyond the published calendar says so and does not block nearer ones (DESIGN 6).</remarks>
    public static DueInstants Of(
        Deadline deadline, StepClass stepClass, DateTimeOffset anchorAt, DateOnly firstDayMissing, DateTimeOffset knownAt, Ruleset rules)
    {
        try
        {
            var dueAt = DueAt(deadline, anchorAt, firstDayMissing, rules);
            return new DueInstants(dueAt, dueAt, ActBy(stepClass, dueAt, knownAt, rules.School));
        }
        catch (CalendarTooShortException tooShort)
        {
            var end = rules.School.DayEnds(rules.School.PublishedTo);
            return new DueInstants(end, end, end, tooShort.Message);
        }
    }

    private static DateTimeOffset DueAt(Deadline deadline, DateTimeOffset anchorAt, DateOnly firstDayMissing, Ruleset rules)
    {
        var day = London.DateOf(anchorAt);
        return deadline.Unit switch
        {
            DeadlineUnit.Minutes => anchorAt.AddMinutes(deadline.Number),
            DeadlineUnit.Hours => anchorAt.AddHours(deadline.Number),
            DeadlineUnit.AbsenceDay => rules.School.DayEnds(rules.School.Day(firstDayMissing, deadline.Number)),
            DeadlineUnit.SchoolDays => rules.School.DayEnds(rules.School.After(day, new SchoolDays(deadline.Number))),
            DeadlineUnit.WorkingDays => London.At(rules.Authority.After(day, new WorkingDays(deadline.Number)), rules.Authority.Closes),
            DeadlineUnit.CalendarDays => London.At(day.AddDays(deadline.Number + 1), TimeOnly.MinValue),
            DeadlineUnit.Weeks => London.At(day.AddDays((7 * deadline.Number) + 1), TimeOnly.MinValue),
            _ => throw new ArgumentOutOfRangeException(nameof(deadline), deadline.Unit, "This unit has no arithmetic."),
        };
    }

    /// <summary>
    /// The later of the deadline and when the cause was known plus grace; no grace if it was known before the deadline less
    /// the grace. Grace is 30 minutes for hour-class steps, the end of the next school day for day-class ones, none for referrals.
    /// </summary>
    private static DateTimeOffset ActBy(StepClass stepClass, DateTimeOffset dueAt, DateTimeOffset knownAt, SchoolCalendar school)
    {
        var withGrace = stepClass switch
        {
            StepClass.Hour when knownAt > dueAt - HourClassGrace => knownAt + HourClassGrace,
            StepClass.Day when knownAt > OneSchoolDayBefore(dueAt, school) => EndOfNextSchoolDay(knownAt, school) ?? dueAt,
            _ => dueAt,
        };
        return withGrace > dueAt ? withGrace : dueAt;
    }

    /// <summary>Null on the last day that is published: a deadline that is known must not be lost with a grace that is not.</summary>
    private static DateTimeOffset? EndOfNextSchoolDay(DateTimeOffset knownAt, SchoolCalendar school)
    {
        try
        {
            return school.DayEnds(school.NextSchoolDay(London.DateOf(knownAt)));
        }
        catch (CalendarTooShortException)
        {
            return null;
        }
    }

    private static DateTimeOffset OneSchoolDayBefore(DateTimeOffset dueAt, SchoolCalendar school) =>
        school.PreviousSchoolDay(London.DateOf(dueAt)) is { } before ? school.DayEnds(before) : DateTimeOffset.MinValue;
}
