using System.Collections.Immutable;

namespace Cme.Storage.Access;

/// <summary>Keys of organisations' own systems. Only a hash of each is stored.</summary>
public interface IApiKeys
{
    /// <summary>Makes a key. Its text is in the answer and nowhere else.</summary>
    Task<NewApiKey> CreateAsync(ApiKeyGrant grant, CancellationToken cancel = default);

    /// <summary>Stores a key whose text is already known to its holder, such as a demo's; the same text again changes nothing.</summary>
    Task ImportAsync(string key, ApiKeyGrant grant, CancellationToken cancel = default);

    /// <summary>The key's record, or null if it is unknown or revoked.</summary>
    Task<ApiKeyRecord?> FindAsync(string key, CancellationToken cancel = default);

    /// <summary>Every key of an authority, revoked ones included, latest first.</summary>
    Task<ImmutableArray<ApiKeyRecord>> ListAsync(string authority, CancellationToken cancel = default);

    /// <returns>False if the authority has no such key that still works.</returns>
    Task<bool> RevokeAsync(string authority, Guid id, CancellationToken cancel = default);
}

/// <param name="Kind"><c>authority</c> or <c>school</c>.</param>
/// <param name="Urn">The school, for a school's key.</param>
/// <param name="Label">What people call it, such as <c>MIS nightly job</c>.</param>
public sealed record ApiKeyGrant(string Kind, string Authority, string? Urn, ImmutableArray<string> Scopes, string Label);

public sealed record ApiKeyRecord(Guid Id, ApiKeyGrant Grant, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <param name="Key"><c>cme_</c> and 256 random bits in base64url.</param>
public sealed record NewApiKey(Guid Id, string Key);
