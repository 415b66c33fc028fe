using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers.Counts;

/// <summary>
/// Works out the five counts of one pupil from the pupil's marks, always from the beginning: a correction, of whatever day and in
/// whatever order it came, needs no rule of its own (DESIGN 9.6).
/// </summary>
/// <remarks>
/// Marks are as <see cref="RecordedMark"/> says: of sessions that the pupil's year group has, and a blank only once registration
/// has closed. They must reach back to where a run broke; <see cref="MayBeginEarlier"/> says whether they do.
/// </remarks>
public static class Counting
{
    /// <summary>Every school day from the first to the last given, and what it did.</summary>
    /// <param name="marks">Oldest first. Those before <paramref name="from"/> are counted and not listed.</param>
    /// <param name="calendar">The school's calendar as the pupil's year group lives it.</param>
    /// <param name="leaves">Leave granted to the pupil, in any order.</param>
    public static ImmutableArray<CountedDay> Days(
        IEnumerable<RecordedMark> marks, SchoolCalendar calendar, IReadOnlyList<LeaveOfAbsence> leaves, DateOnly from, DateOnly to)
    {
        var byDay = marks.ToLookup(mark => mark.Session.Date);
        var fold = new CountFold(calendar, leaves);
        var days = ImmutableArray.CreateBuilder<CountedDay>();
        for (var date = FirstOf(byDay, from); date <= to; date = date.AddDays(1))
        {
            if (calendar.IsSchoolDay(date))
            {
                ImmutableArray<RecordedMark> ofDay = [.. byDay[date]];
                var counts = fold.Take(date, ofDay);
                if (date >= from)
                {
                    days.Add(new CountedDay(date, ofDay, counts));
                }
            }
        }

        return days.DrainToImmutable();
    }

    /// <summary>The counts at the end of a day, or by now if it is today. The day need not be a school day.</summary>
    public static AttendanceCounts On(
        DateOnly day, IEnumerable<RecordedMark> marks, SchoolCalendar calendar, IReadOnlyList<LeaveOfAbsence> leaves)
    {
        var fold = new CountFold(calendar, leaves);
        foreach (var ofDay in marks.Where(mark => mark.Session.Date <= day).GroupBy(mark => mark.Session.Date))
        {
            fold.Take(ofDay.Key, [.. ofDay]);
        }

        return fold.On(day);
    }

    /// <summary>The first day of the longest run that stands at the end of these days, or the given day if that is earlier.</summary>
    /// <remarks>Sickness has no first day: it adds up over the year.</remarks>
    public static DateOnly Earliest(IReadOnlyList<CountedDay> days, DateOnly day) => days
        .SelectMany(one => one.Counts.Select(count => (one.Date, count)))
        .Where(one => one.count.Count != CountName.Sickness)
        .GroupBy(one => one.count.Count)
        .Where(run => run.Last().count.Days > 0)
        .Select(run => run.Last(one => one.count is { Effect: CountEffect.Counted, Days: 1 }).Date)
        .Append(day).Min();

    /// <summary>
    /// How many days inside the run of ground i that stands have a session of which no code is recorded: they were left out of the
    /// count, and whoever rests a removal on it must see to them first.
    /// </summary>
    public static int UncodedOfGroundI(IReadOnlyList<CountedDay> days, SchoolCalendar calendar)
    {
        var effects = days.Select(day => (Day: day, Count: day.Counts.First(count => count.Count == CountName.GroundI))).ToList();
        var last = effects.FindLastIndex(one => one.Count.Effect == CountEffect.Counted);
        var first = effects.FindLastIndex(one => one.Count is { Effect: CountEffect.Counted, Days: 1 });
        return effects.Count == 0 || effects[^1].Count.Days == 0
            ? 0
            : effects[first..(last + 1)].Count(one => !calendar.Sessions(one.Day.Date).All(session => IsCoded(session, one.Day.Marks)));
    }

    /// <summary>
    /// Whether a count that stands reaches back to the first of the marks, or to a leave before it, so that it may be longer.
    /// Whoever read them reads older ones, until this is false or there are none.
    /// </summary>
    public static bool MayBeginEarlier(IReadOnlyList<RecordedMark> marks, IReadOnlyList<LeaveOfAbsence> leaves) =>
        marks.Count > 0
        && (!marks.Any(recorded => CountRules.Irregular(recorded.Mark.Code, onLeave: false) == CountEffect.Broke
                && recorded.Mark.Reading == MarkReading.Explains)
            || (leaves.Any(leave => leave.ExpectedReturn < marks[0].Session.Date)
                && !marks.Any(recorded => CountRules.GroundH(recorded.Mark.Code) == CountEffect.Broke)));

    /// <summary>Which counts of the run that stands have come to a number that a rule names: 10, 20 and 10 school days.</summary>
    internal static ImmutableArray<CountReached> Reached(
        IEnumerable<RecordedMark> marks, SchoolCalendar calendar, IReadOnlyList<LeaveOfAbsence> leaves)
    {
        var fold = new CountFold(calendar, leaves);
        foreach (var ofDay in marks.GroupBy(mark => mark.Session.Date))
        {
            fold.Take(ofDay.Key, [.. ofDay]);
        }

        return fold.Reached;
    }

    /// <summary>Whether the day's session has a code: a blank, a mark that could not be taken and a register never taken have none.</summary>
    internal static bool IsCoded(Session session, ImmutableArray<RecordedMark> marks) =>
        marks.Any(recorded => recorded.Session.Session == session && recorded.Mark.Code.Category != AttendanceCategory.None);

    private static DateOnly FirstOf(ILookup<DateOnly, RecordedMark> byDay, DateOnly from) =>
        byDay.Select(day => day.Key).Append(from).Min();
}
