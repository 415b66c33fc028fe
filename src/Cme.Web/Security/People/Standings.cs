using System.Collections.Concurrent;
using Cme.Domain;
using Cme.Storage;
using Cme.Storage.People;

namespace Cme.Web.Security.People;

/// <summary>
/// Whether sessions still hold. Asked on every request, so the answer is remembered for a few seconds: what ends a session on
/// this node is told here and counts at once, and what ends it on another counts when the memory is asked again.
/// </summary>
public sealed class Standings(IPeople people, [FromKeyedServices(Clock.System)] TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, (long AskedAt, Standing? Standing)> _known = new(StringComparer.Ordinal);

    /// <summary>Raised with the ids of people whose sessions may have ended on this node.</summary>
    public event Action<string>? Ended;

    /// <summary>Whether a session that was begun under a stamp still holds.</summary>
    public async ValueTask<bool> HoldAsync(string person, string stamp, CancellationToken cancel) =>
        await FindAsync(person, cancel) is { Ended: false } standing && standing.Stamp == stamp;

    /// <summary>Ends the person's sessions on this node now, where what is stored no longer holds them.</summary>
    public void Forget(string person)
    {
        _known.TryRemove(person, out _);
        Ended?.Invoke(person);
    }

    private async ValueTask<Standing?> FindAsync(string person, CancellationToken cancel)
    {
        var held = _known.TryGetValue(person, out var remembered);
        if (held && clock.GetElapsedTime(remembered.AskedAt) < KeptFor) { return remembered.Standing; }
        try
        {
            var standing = await people.StandingsAsync([person], cancel) is [var one] ? one : null;
            // Only who exists is remembered, so that the memory has no more entries than there are people.
            if (standing is not null) { _known[person] = (clock.GetTimestamp(), standing); }
            return standing;
        }
        catch (StorageUnavailableException) when (held)
        {
            // While the database is away nothing can be read or done. The page that says so needs nobody signed out.
            return remembered.Standing;
        }
    }
}
