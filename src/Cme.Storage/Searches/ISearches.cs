using System.Collections.Immutable;
using Cme.Storage.Episodes;

namespace Cme.Storage.Searches;

/// <summary>Looks for children within the caller's scope. Criteria name children, so they lie here for minutes only, and never in an address.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface ISearches
{
    /// <summary>Keeps criteria under an id that says nothing, until they expire.</summary>
    /// <param name="now">System clock.</param>
    Task<string> AddAsync(CallerScope scope, SearchCriteria criteria, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>The criteria of a search of the caller's own organisation; null if there are none, or no longer.</summary>
    Task<(SearchCriteria Criteria, DateTimeOffset ExpiresAt)?> GetAsync(CallerScope scope, string id, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>Pupils who fit all criteria, those on a list first.</summary>
    Task<ImmutableArray<FoundPupil>> FindAsync(CallerScope scope, SearchCriteria criteria, int limit, CancellationToken cancel = default);

    /// <summary>Forgets what has expired.</summary>
    Task<int> PurgeAsync(DateTimeOffset now, CancellationToken cancel = default);
}

/// <summary>Whom to look for; at least one is given, and all that are given must fit.</summary>
public sealed record SearchCriteria
{
    /// <summary>How long a search can be read.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(15);

    /// <summary>As one text, for the log's commitment to what was sought.</summary>
    public string AsText() => System.Text.Encoding.UTF8.GetString(History.StateJson.Write(this));

    /// <summary>Beginnings of forename and surname, in any order.</summary>
    public string? Name { get; init; }
    public string? Upn { get; init; }
    /// <summary>An episode's.</summary>
    public string? Reference { get; init; }
    public string? Postcode { get; init; }
    public DateOnly? DateOfBirth { get; init; }
}

/// <summary>A pupil record that a search found.</summary>
public sealed record FoundPupil(
    string Urn, string SchoolName, string SchoolPupilId, string ChildId, string? Upn, string Forename, string Surname, DateOnly DateOfBirth,
    string YearGroup, bool OnList);
