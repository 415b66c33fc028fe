namespace Cme.Web.Security;

/// <summary>Knows whose a bearer key is.</summary>
public interface IKeyring
{
    /// <summary>The viewer whose key this is, or null if there is no such key or it was revoked.</summary>
    /// <param name="key">The whole key as sent, <c>cme_…</c>. It is never logged or stored.</param>
    /// <param name="cancelled">Ends the wait when the caller has gone.</param>
    ValueTask<Viewer?> FindAsync(string key, CancellationToken cancelled);

    /// <summary>Raised with the id of a viewer whose key was revoked on this node.</summary>
    event Action<string>? Ended;

    /// <summary>Asks the store again about a key that was revoked, so that it is refused on this node at once.</summary>
    void Forget(Guid id);
}
