using System.Collections.Immutable;

namespace Cme.Storage.Pictures;

/// <summary>
/// Counts over many episodes, worked out by PostgreSQL: no child can be read from here. Every question is bounded by an authority, perhaps one
/// of its schools, and by time. Days are days in Europe/London, weeks begin on Monday.
/// </summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IPictures
{
    /// <summary>
    /// How long children were missing: episodes closed from <paramref name="since"/> on, and those open now, by calendar days from the
    /// first day missing to the closing (or to <paramref name="today"/>).
    /// </summary>
    /// <returns>One for each of <see cref="TimeMissing.Upto"/>, none left out, the shortest first.</returns>
    Task<ImmutableArray<TimeMissing>> TimeMissingAsync(string authority, string? urn, DateOnly since, DateOnly today, CancellationToken cancel = default);

    /// <summary>Episodes opened and closed, week by week, weeks without any among them.</summary>
    /// <param name="from">A Monday.</param>
    Task<ImmutableArray<OpenedAndClosed>> WeeksAsync(string authority, string? urn, DateOnly from, DateOnly today, CancellationToken cancel = default);

    /// <summary>What came of calls home, week by week, weeks without any among them. A call that was corrected counts as what it became.</summary>
    /// <param name="from">A Monday.</param>
    Task<ImmutableArray<CallsOfWeek>> CallsAsync(string authority, string? urn, DateOnly from, DateOnly today, CancellationToken cancel = default);

    /// <summary>Episodes opened, school by school and month by month, by the schools' names; schools and months without any among them.</summary>
    /// <param name="from">The first of a month.</param>
    Task<ImmutableArray<OpenedInMonth>> SchoolsAsync(string authority, DateOnly from, DateOnly today, CancellationToken cancel = default);
}

/// <param name="Bucket">Which of <see cref="Upto"/>, from 0; the last has no end.</param>
/// <param name="Closed">Episodes closed after so many days.</param>
/// <param name="Open">Episodes open for so many days.</param>
public sealed record TimeMissing(int Bucket, int Closed, int Open)
{
    /// <summary>The last calendar day of each bucket after the first day missing; 84 days are the twelve weeks of the national figures.</summary>
    public static ImmutableArray<int> Upto { get; } = [0, 1, 4, 9, 20, 84, int.MaxValue];
}

public sealed record OpenedAndClosed(DateOnly Week, int Opened, int Closed);

/// <param name="Safe">The parent or carer has the child safe.</param>
/// <param name="Answered">Somebody answered, and it was not that.</param>
/// <param name="Unanswered">Nobody was reached.</param>
public sealed record CallsOfWeek(DateOnly Week, int Safe, int Answered, int Unanswered);

public sealed record OpenedInMonth(string Urn, string School, DateOnly Month, int Opened);
