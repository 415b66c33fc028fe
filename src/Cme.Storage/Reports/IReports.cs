using System.Collections.Immutable;

namespace Cme.Storage.Reports;

/// <summary>
/// What the reports to the safeguarding partnership and of the year count (DOR-50 to DOR-58, SUF-17), worked out by PostgreSQL: no child can
/// be read from here, but for small numbers, which whoever shows them hides.
/// </summary>
/// <remarks>Throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IReports
{
    /// <summary>Counts the episodes opened from <paramref name="from"/> on and before <paramref name="before"/> (days in Europe/London).</summary>
    /// <param name="urn">A school; null for the whole authority.</param>
    /// <param name="today">Until then an open episode has lasted.</param>
    Task<ImmutableArray<ReportCount>> CountAsync(string authority, string? urn, DateOnly from, DateOnly before, DateOnly today, CancellationToken cancel = default);
}

/// <param name="Part">What is counted, such as <c>age</c>: see <c>Counted.sql</c>.</param>
/// <param name="Name">Which of them, such as <c>5</c> for five to seven; empty where the part is one number, or nobody knows.</param>
/// <param name="Number">Never nought: what there is none of is not listed, but for parts of one number.</param>
public sealed record ReportCount(string Part, string Name, int Number);
