using System.Collections.Immutable;
using Cme.Domain.Concerns;

namespace Cme.Storage.Concerns;

/// <summary>What people of the public told an authority of a child, with what was done about it.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IConcerns
{
    /// <summary>Stores a concern. Nothing of any child is looked for, so that neither answer nor time can tell whether one is known.</summary>
    /// <param name="reporter">Who reported, sealed; null for somebody who said nothing of themselves.</param>
    /// <returns>The reference: of a sending that came before, the one that it got then.</returns>
    Task<string> AddAsync(ConcernRecord concern, byte[]? reporter, CancellationToken cancel = default);

    /// <summary>One concern; null if the authority has none so.</summary>
    Task<ConcernRecord?> GetAsync(string authority, string reference, CancellationToken cancel = default);

    /// <summary>Concerns, newest first. The order rests on what never changes.</summary>
    /// <param name="open">True for open ones, false for closed ones, null for all.</param>
    /// <param name="before">Where the page before ended.</param>
    Task<ImmutableArray<ConcernRecord>> ListAsync(
        string authority, bool? open, (DateTimeOffset ReceivedAt, string Reference)? before, int limit, CancellationToken cancel = default);

    /// <summary>The concerns that an authority knows to be about a child, newest first.</summary>
    Task<ImmutableArray<ConcernRecord>> OfChildAsync(string authority, string child, int limit, CancellationToken cancel = default);

    /// <summary>Adds a deed to a concern that stands at <paramref name="version"/>, with the episode that a match joins it to.</summary>
    /// <param name="after">The concern with the deed.</param>
    /// <param name="episode">Of a match: the open episode that is to hear of it, or null.</param>
    /// <returns>False if somebody was quicker: nothing was stored then.</returns>
    Task<bool> ActAsync(string authority, string reference, long version, Concern after, string? episode, CancellationToken cancel = default);

    /// <summary>Who reported, sealed; null if they said nothing of themselves, or the present reader need not know.</summary>
    Task<byte[]?> ReporterAsync(string authority, string reference, CancellationToken cancel = default);

    /// <summary>Open concerns that a person works on.</summary>
    Task<ImmutableArray<string>> HeldByAsync(string authority, string person, CancellationToken cancel = default);

    /// <summary>The episode has heard of it; or null: it had closed before it could.</summary>
    Task JoinedAsync(string reference, string? episode, DateTimeOffset at, CancellationToken cancel = default);

    /// <summary>Concerns whose episode may not have heard of them.</summary>
    Task<ImmutableArray<UnjoinedConcern>> UnjoinedAsync(CancellationToken cancel = default);
}

/// <summary>A concern that an episode has yet to hear of.</summary>
/// <param name="MatchedBy">Who said which child it is.</param>
public readonly record struct UnjoinedConcern(string Reference, string Episode, string MatchedBy);

/// <summary>A concern as stored.</summary>
public sealed record ConcernRecord
{
    public string Reference { get; init; } = "";
    public string Authority { get; init; } = "";
    public string? Sending { get; init; }
    /// <summary>The officer who wrote it down; empty for the public itself.</summary>
    public string RecordedBy { get; init; } = "";
    /// <summary>JSON, without anything of who reported.</summary>
    public byte[] Body { get; init; } = [];
    /// <summary>A machine may have filled in the form.</summary>
    public bool Suspect { get; init; }
    /// <summary>Nothing is known of who reported; only when read.</summary>
    public bool Anonymous { get; init; }
    public required Concern Concern { get; init; }
    public string? Episode { get; init; }
    public DateTimeOffset? JoinedAt { get; init; }
    /// <summary>The number of the last deed; 0 before the first.</summary>
    public long Version { get; init; }
    /// <summary>What is known of its child from elsewhere; only when read.</summary>
    public ChildFacts Child { get; init; }
    /// <summary>The child's address must not be shown; only when read.</summary>
    public bool AddressHidden { get; init; }
}

/// <summary>Forms of the public that are being filled in, sealed by the edge, each under a hash of what its visitor has.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IConcernDrafts
{
    /// <param name="expiresAt">System clock, UTC.</param>
    Task KeepAsync(byte[] id, byte[] content, DateTimeOffset expiresAt, CancellationToken cancel = default);

    /// <summary>The form as kept last; null if there is none, or no longer.</summary>
    Task<byte[]?> GetAsync(byte[] id, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>Forgets a form; fine if there is none.</summary>
    Task ForgetAsync(byte[] id, CancellationToken cancel = default);

    /// <summary>Forgets what has expired.</summary>
    Task PurgeAsync(DateTimeOffset now, CancellationToken cancel = default);
}
