using System.Collections.Immutable;

namespace Cme.Storage.Removals;

/// <summary>
/// What schools asked about taking a pupil off the roll and what they were told, and which names came off: kept for whoever looks it up later.
/// </summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IRemovals
{
    /// <exception cref="CommitUnknownException">It was lost during the commit.</exception>
    Task AddAsync(RemovalAsked asked, CancellationToken cancel = default);

    /// <summary>Names that came off a roll, or are back on it, of which that has not been noted.</summary>
    /// <param name="school">Of one school; null for every school.</param>
    /// <param name="today">Whose last day on roll is later has not left.</param>
    Task<ImmutableArray<UnnotedRemoval>> UnnotedAsync((string Authority, string Urn)? school, DateOnly today, CancellationToken cancel = default);

    /// <summary>Notes a removal; safe to repeat.</summary>
    Task NoteAsync(RemovalRecord removal, CancellationToken cancel = default);

    /// <summary>Notes that the name is on the roll again; safe to repeat.</summary>
    Task PutBackAsync(UnnotedRemoval removal, DateTimeOffset at, CancellationToken cancel = default);

    /// <summary>How many names are off a roll though a condition was not met.</summary>
    /// <param name="urn">Of one school; null for the whole authority.</param>
    Task<int> AllTheSameAsync(string authority, string? urn, CancellationToken cancel = default);

    /// <summary>Removals that were noted, the newest first.</summary>
    /// <param name="urn">Of one school; null for the whole authority.</param>
    /// <param name="childId">Of one child; null for every child.</param>
    /// <param name="allTheSame">True for those alone that a condition stood against, and that stand.</param>
    /// <param name="before">Where the page before ended.</param>
    Task<ImmutableArray<RemovalRecord>> ListAsync(
        string authority, string? urn, string? childId, bool allTheSame, (DateTimeOffset NotedAt, string Urn, string Pupil)? before, int limit,
        CancellationToken cancel = default);
}

/// <summary>One question and its answer.</summary>
public sealed record RemovalAsked
{
    public string Authority { get; init; } = "";
    public string Urn { get; init; } = "";
    public string Id { get; init; } = "";
    public string SchoolPupilId { get; init; } = "";
    public string ChildId { get; init; } = "";
    /// <summary>The letter of regulation 9's ground.</summary>
    public string Ground { get; init; } = "";
    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public string Gate { get; init; } = "closed";
    /// <summary>JSON as sent.</summary>
    public string Evidence { get; init; } = "{}";
    /// <summary>JSON as answered.</summary>
    public string Conditions { get; init; } = "[]";
    /// <summary>Business clock, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }
    /// <summary>The key that asked.</summary>
    public string AskedBy { get; init; } = "";
}

/// <summary>A name that came off a roll and has not been noted, or, if <paramref name="PutBack"/>, that is on it again.</summary>
/// <param name="LeftOn">The last day on roll.</param>
/// <param name="Episode">The open episode about the child's whereabouts at that school; null if there is none.</param>
public sealed record UnnotedRemoval(
    string Authority, string Urn, string SchoolPupilId, string ChildId, DateOnly LeftOn, string Ground, string? Episode, bool PutBack);

/// <summary>A name that came off a roll, as it was judged when that was known.</summary>
public sealed record RemovalRecord
{
    public string Authority { get; init; } = "";
    public string Urn { get; init; } = "";
    public string SchoolPupilId { get; init; } = "";
    public string ChildId { get; init; } = "";
    /// <summary>The last day on roll.</summary>
    public DateOnly LeftOn { get; init; }
    public string Ground { get; init; } = "";
    public string? Episode { get; init; }
    /// <summary>The conditions that were not met; none for a lawful removal.</summary>
    public ImmutableArray<string> Unmet { get; init; } = [];
    public string? Referral { get; init; }
    /// <summary>Business clock, UTC.</summary>
    public DateTimeOffset NotedAt { get; init; }
    public DateTimeOffset? PutBackAt { get; init; }
    /// <summary>The names and the year group are only read.</summary>
    public string Forename { get; init; } = "";
    public string Surname { get; init; } = "";
    public string YearGroup { get; init; } = "";
    public string SchoolName { get; init; } = "";
}
