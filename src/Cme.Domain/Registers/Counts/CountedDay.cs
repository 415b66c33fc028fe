using System.Collections.Immutable;

namespace Cme.Domain.Registers.Counts;

/// <summary>One school day of one pupil, and what it did to each of the five counts.</summary>
/// <param name="Marks">The marks of its sessions, in order. A session without a record has none.</param>
/// <param name="Counts">In the order of <see cref="CountName.All"/>.</param>
public sealed record CountedDay(DateOnly Date, ImmutableArray<RecordedMark> Marks, ImmutableArray<DayCount> Counts);

/// <summary>What a day did to one count.</summary>
/// <param name="Count">One of <see cref="CountName.All"/>.</param>
/// <param name="Clause">The rule by which it did: <c>B5</c>, or <c>product</c> for the product's own.</param>
/// <param name="Days">The count at the end of the day. A day on which a run ended and another began is counted, as day 1.</param>
public readonly record struct DayCount(string Count, CountEffect Effect, string Clause, int Days);

/// <summary>The five counts of one pupil as of one day, in school days. Source: DESIGN 5, "The five counts".</summary>
public sealed record AttendanceCounts(int WhereaboutsDays, int IrregularDays, int GroundI, int GroundH, int Sickness)
{
    /// <summary>Of a pupil of whom nothing is recorded.</summary>
    public static AttendanceCounts None { get; } = new(0, 0, 0, 0, 0);
}
