using System.Collections.Immutable;

namespace Cme.Storage.Referrals;

/// <summary>What somebody reported of a child, stored whole.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IReferrals
{
    /// <summary>Stores a referral with the child and the open episode that it is about, as far as they can be told.</summary>
    /// <returns>What is held: of a sending that came before, what it stored then.</returns>
    Task<ReferralRecord> AddAsync(ReferralRecord referral, Recognition child, CancellationToken cancel = default);

    /// <summary>The episode has heard of it; or null: it had closed before it could.</summary>
    Task JoinedAsync(string reference, string? episode, DateTimeOffset at, CancellationToken cancel = default);

    /// <summary>One referral; null unless the authority has it and, with an organisation, that organisation made it.</summary>
    Task<ReferralRecord?> GetAsync(string authority, string? organisation, string reference, CancellationToken cancel = default);

    /// <summary>Referrals, newest first. The order rests on what never changes.</summary>
    /// <param name="organisation">Only those that it made; null for all of the authority.</param>
    /// <param name="unmatched">True for those of which nobody knows yet which child they are about.</param>
    /// <param name="before">Where the page before ended.</param>
    Task<ImmutableArray<ReferralRecord>> ListAsync(
        string authority, string? organisation, bool unmatched, (DateTimeOffset ReceivedAt, string Reference)? before, int limit,
        CancellationToken cancel = default);

    /// <summary>The referrals that an authority knows to be about a child, newest first.</summary>
    Task<ImmutableArray<ReferralRecord>> OfChildAsync(string authority, string child, int limit, CancellationToken cancel = default);

    /// <summary>How many referrals wait for somebody to find out whom they are about.</summary>
    Task<int> WaitingAsync(string authority, CancellationToken cancel = default);

    /// <summary>A person says which child it is; the open episode that it belongs to goes with it and has yet to hear of it.</summary>
    /// <param name="at">Business clock.</param>
    /// <returns>What is held now; null if there is no such referral that waits, because somebody was quicker.</returns>
    Task<ReferralRecord?> MatchAsync(string authority, string reference, string child, string by, DateTimeOffset at, CancellationToken cancel = default);

    /// <summary>A person has looked and found nobody whom it could be about. It goes on waiting.</summary>
    /// <param name="at">Business clock.</param>
    Task UnknownAsync(string authority, string reference, string by, DateTimeOffset at, CancellationToken cancel = default);

    /// <summary>Referrals whose episode may not have heard of them.</summary>
    Task<ImmutableArray<ReferralRecord>> UnjoinedAsync(CancellationToken cancel = default);
}

/// <summary>By what a child can be recognised: a UPN, or forename, surname and birth date together.</summary>
public sealed record Recognition(string? Upn, string? Forename, string? Surname, DateOnly? Born);

/// <summary>A referral as stored.</summary>
public sealed record ReferralRecord
{
    public string Reference { get; init; } = "";
    public string Authority { get; init; } = "";
    /// <summary>Who referred: a URN, or the authority's code.</summary>
    public string Organisation { get; init; } = "";
    public string? Sending { get; init; }
    public string Kind { get; init; } = "";
    /// <summary>Business clock, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
    public string RecordedBy { get; init; } = "";
    /// <summary>JSON.</summary>
    public byte[] Body { get; init; } = [];
    public string? ChildId { get; init; }
    /// <summary><c>upn</c>, <c>name</c>, <c>person</c>, or null while nobody knows who the child is.</summary>
    public string? MatchedBy { get; init; }
    public string? Episode { get; init; }
    /// <summary>The episode's school; only when read.</summary>
    public string? EpisodeUrn { get; init; }
    /// <summary>The child's address must not be shown; only when read.</summary>
    public bool AddressHidden { get; init; }
    public DateTimeOffset? JoinedAt { get; init; }
    /// <summary>The person who said which child it is, or looked last and found nobody.</summary>
    public string? DecidedBy { get; init; }
    /// <summary>Business clock.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
}
