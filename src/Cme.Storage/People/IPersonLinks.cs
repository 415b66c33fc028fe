using System.Collections.Immutable;

namespace Cme.Storage.People;

/// <summary>Links that let one person set a password, once: invitations, and the way back for somebody who is locked out.</summary>
public interface IPersonLinks
{
    /// <summary>Makes a link and revokes the person's earlier ones. Its secret is in the answer and nowhere else.</summary>
    /// <param name="madeBy">The id of whoever makes it.</param>
    Task<string> MakeAsync(string person, string madeBy, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancel = default);

    /// <summary>The link of a secret while it can be used; null if it is unknown, used, revoked or too old.</summary>
    Task<PersonLink?> FindAsync(string secret, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>Uses a link up. Of two who come together one gets the answer true.</summary>
    Task<bool> UseAsync(string secret, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>Ends every link of a person that could still be used.</summary>
    Task RevokeAsync(string person, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>The links that can be used now, of everybody in an authority.</summary>
    Task<ImmutableArray<PersonLink>> OpenAsync(string authority, DateTimeOffset now, CancellationToken cancel = default);
}

public sealed record PersonLink(string Person, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);
