using System.Collections.Immutable;

namespace Cme.Storage.Boards;

/// <summary>What will become overdue in an authority unless somebody acts.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IForecasts
{
    /// <summary>How many open steps become overdue on each day in London; a day without any is left out.</summary>
    Task<ImmutableArray<DueDay>> DueByDayAsync(string authority, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel = default);

    /// <summary>Those steps one by one, the soonest first.</summary>
    Task<ImmutableArray<DueStep>> DueBetweenAsync(string authority, DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancel = default);
}

public sealed record DueDay(DateOnly Day, int Steps);

/// <summary>A step of an open episode, and when it becomes overdue.</summary>
public sealed record DueStep(
    string Reference, string Forename, string Surname, string YearGroup, string Urn, string SchoolName, string? ClaimedBy, string Step, string Clause,
    string Role, DateTimeOffset ActBy);
