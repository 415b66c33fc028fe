namespace Cme.Web.Security;

/// <summary>Knows whose a bearer key is.</summary>
public interface IKeyring
{
    /// <summary>The viewer whose key this is, or null if there is no such key or it was revoked.</summary>
    /// <param name="key">The whole key as sent, <c>cme_…</c>. It is never logged or stored.</param>
    /// <param name="cancelled">Ends the wait when the caller has gone.</param>
    ValueTask<Viewer?> FindAsync(string key, CancellationToken cancelled);
}
