using System.Collections.Immutable;

namespace Cme.Storage.Records;

/// <summary>What the lists of schools mean for the records that authorities lead. It is asked again and again: nothing has to be remembered.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IRecords
{
    /// <summary>
    /// Children whose name a school has taken off its list on a ground, who are on no other list of their authority, and of whom the
    /// authority has opened no record since.
    /// </summary>
    /// <param name="today">Business clock, Europe/London.</param>
    Task<ImmutableArray<LeftRoll>> LeftAsync(DateOnly today, CancellationToken cancel = default);

    /// <summary>Open records whose child a school has put on its list since they began, and that have not heard of it.</summary>
    /// <param name="today">Business clock, Europe/London.</param>
    Task<ImmutableArray<PutOnRoll>> PlacedAsync(DateOnly today, CancellationToken cancel = default);
}

/// <summary>A child whose name came off a roll.</summary>
/// <param name="LastDay">The last day on roll.</param>
/// <param name="Ground">The letter of regulation 9.</param>
/// <param name="Episode">The child's open whereabouts episode at that school; null if there is none.</param>
public sealed record LeftRoll(
    string Authority, string ChildId, string YearGroup, string? FirstLanguage, DateOnly LastDay, string Ground, string? Destination, string? Episode);

/// <summary>A school that has the child of a record on its list.</summary>
public sealed record PutOnRoll(string Reference, string Urn, DateOnly From);
