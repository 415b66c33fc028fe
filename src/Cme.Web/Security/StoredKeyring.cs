using System.Collections.Concurrent;
using Cme.Domain;
using Cme.Storage.Access;

namespace Cme.Web.Security;

/// <summary>
/// Asks the store whose a key is, and remembers the answer for a few seconds: a morning's registers come a thousand a second
/// from the same few hundred keys. A revoked key is refused everywhere within that time.
/// </summary>
internal sealed class StoredKeyring(IApiKeys keys, [FromKeyedServices(Clock.System)] TimeProvider clock) : IKeyring
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    /// <summary>So many different keys, known or not, and the memory is emptied: guesses must not fill it.</summary>
    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<string, (long AskedAt, Viewer? Viewer)> _known = new(StringComparer.Ordinal);

    public event Action<string>? Ended;

    public void Forget(Guid id)
    {
        var revoked = IdOf(id);
        foreach (var (key, held) in _known)
        {
            if (held.Viewer?.Id == revoked) { _known.TryRemove(key, out _); }
        }
        Ended?.Invoke(revoked);
    }

    public async ValueTask<Viewer?> FindAsync(string key, CancellationToken cancelled)
    {
        if (_known.TryGetValue(key, out var held) && clock.GetElapsedTime(held.AskedAt) < KeptFor) { return held.Viewer; }
        var viewer = await keys.FindAsync(key, cancelled) is { } record ? ViewerOf(record) : null;
        if (_known.Count >= MostKept) { _known.Clear(); }
        _known[key] = (clock.GetTimestamp(), viewer);
        return viewer;
    }

    private static Viewer ViewerOf(ApiKeyRecord record) => new(
        ViewerKind.Key, record.Grant.Authority, record.Grant.Urn, "", [.. record.Grant.Scopes], record.Grant.Label, IdOf(record.Id));

    private static string IdOf(Guid key) => $"key-{key:n}";
}
