using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cme.Domain.Episodes;

namespace Cme.Grains.Children;

/// <summary>Where the references of new episodes come from. A simulation gives its own, so that a run can be replayed.</summary>
public interface IReferences
{
    EpisodeReference New();
}

/// <summary>Random references: none leads to the next, and none is guessed.</summary>
internal sealed class RandomReferences(NewEpisodes fresh) : IReferences
{
    public EpisodeReference New()
    {
        var reference = EpisodeReference.Create(RandomNumberGenerator.GetBytes(8));
        fresh.Add(reference.Key);
        return reference;
    }
}

/// <summary>
/// References that were made up here a moment ago: there is no row to read when their grain wakes. Were there one all the same, the first
/// write would conflict with it and nothing would be stored. (Orleans reads all the same.)
/// </summary>
internal sealed class NewEpisodes
{
    private const int Most = 10_000;                                 // What was given up before it was opened is forgotten, the oldest first.

    private readonly ConcurrentDictionary<string, bool> _fresh = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _oldest = new();

    public void Add(string reference)
    {
        _fresh[reference] = true;
        _oldest.Enqueue(reference);
        if (_oldest.Count > Most && _oldest.TryDequeue(out var oldest))
        {
            _fresh.TryRemove(oldest, out _);
        }
    }

    /// <summary>True once for a reference that was made up here.</summary>
    public bool Take(string reference) => _fresh.TryRemove(reference, out _);
}
