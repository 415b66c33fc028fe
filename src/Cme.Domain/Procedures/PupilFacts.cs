using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;

namespace Cme.Domain.Procedures;

/// <summary>What a school's rolls and registers say of a pupil, with an episode or without.</summary>
public sealed record PupilFacts
{
    /// <summary>The day on which the name was entered in the admission register.</summary>
    public DateOnly? Entered { get; init; }

    /// <summary>The day on which the name was deleted from it.</summary>
    public DateOnly? Removed { get; init; }

    /// <summary>The counts that have come to a number that a rule names.</summary>
    public ImmutableArray<CountReached> Reached { get; init; } = [];

    /// <summary>
    /// The facts that returns are made of. The regulation leaves out who enters the most junior class when the school year begins, and
    /// who leaves the most senior one when it is over.
    /// </summary>
    /// <param name="removed">The last day of a pupil who has left; null of one who is there.</param>
    /// <param name="yearGroup">The pupil's.</param>
    /// <param name="yearGroups">All that the school has, in any order.</param>
    /// <param name="days">The pupil's days, each with what it did to the counts.</param>
    /// <remarks>Source: FACTS B5 (regulation 13).</remarks>
    public static PupilFacts Of(
        DateOnly entered, DateOnly? removed, string yearGroup, IReadOnlyCollection<string> yearGroups, IEnumerable<CountedDay> days, SchoolCalendar school) => new()
    {
        Entered = Rank(yearGroup) == yearGroups.Min(Rank) && BeginsWith(entered, school) ? null : entered,
        Removed = removed is { } last && Rank(yearGroup) == yearGroups.Max(Rank) && EndsWith(last, school) ? null : removed,
        Reached =
        [
            .. from day in days
               from count in day.Counts
               where count.Effect == CountEffect.Counted
               select new CountReached(count.Count, count.Days, day.Date, day.Marks.Max(mark => mark.Mark.KnownAt)),
        ],
    };

    /// <summary>Of these facts what came about on those days, both included; null if nothing did.</summary>
    public PupilFacts? Within(DateOnly from, DateOnly to)
    {
        var within = new PupilFacts
        {
            Entered = Entered >= from && Entered <= to ? Entered : null,
            Removed = Removed >= from && Removed <= to ? Removed : null,
            Reached = Reached.RemoveAll(reached => reached.On < from || reached.On > to),
        };
        return within is { Entered: null, Removed: null, Reached.IsEmpty: true } ? null : within;
    }

    /// <summary>Whether no school day of its school year is before the day.</summary>
    private static bool BeginsWith(DateOnly day, SchoolCalendar school) =>
        school.PreviousSchoolDay(day) is not { } before || SchoolYear.NumberOf(before) != SchoolYear.NumberOf(day);

    /// <summary>Whether no school day of its school year is after the day. A calendar that is not published to the summer does not say.</summary>
    private static bool EndsWith(DateOnly day, SchoolCalendar school) =>
        school.PreviousSchoolDay(new DateOnly(SchoolYear.NumberOf(day) + 1, 8, 31)) is { Month: 6 or 7 or 8 } last && last <= day;

    /// <summary>Year groups from the youngest: nursery, reception and the numbered ones.</summary>
    private static int Rank(string yearGroup) =>
        int.TryParse(yearGroup, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : yearGroup.StartsWith('N') ? -1 : 0;
}
