namespace Cme.Storage.Forms;

/// <summary>
/// Forms that could not be sent because the session had ended, kept for the person who filled them in. What lies here is sealed by
/// the edge: the database cannot read it.
/// </summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IKeptForms
{
    /// <summary>Keeps a form, in the place of one kept before.</summary>
    /// <param name="expiresAt">System clock, UTC.</param>
    Task KeepAsync(FormKey key, byte[] content, DateTimeOffset expiresAt, CancellationToken cancel = default);

    /// <summary>The form as kept last; null if there is none, or no longer.</summary>
    /// <param name="now">System clock, UTC.</param>
    Task<byte[]?> GetAsync(FormKey key, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>Forgets a form; fine if there is none.</summary>
    Task ForgetAsync(FormKey key, CancellationToken cancel = default);

    /// <summary>Forgets what has expired.</summary>
    Task<int> PurgeAsync(DateTimeOffset now, CancellationToken cancel = default);
}

/// <summary>Whose form it is, about what.</summary>
/// <param name="Person">Stable and without personal data.</param>
/// <param name="Form">Such as <c>call</c>.</param>
public readonly record struct FormKey(string Authority, string Person, string Episode, string Form);
