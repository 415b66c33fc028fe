namespace Cme.Storage.Removals;

/// <summary>What schools asked about taking a pupil off the roll, and what they were told. Kept for whoever looks it up later.</summary>
public interface IRemovals
{
    /// <exception cref="StorageUnavailableException">PostgreSQL cannot be reached.</exception>
    /// <exception cref="CommitUnknownException">It was lost during the commit.</exception>
    Task AddAsync(RemovalAsked asked, CancellationToken cancel = default);
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
