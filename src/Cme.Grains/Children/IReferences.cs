using System.Security.Cryptography;
using Cme.Domain.Episodes;

namespace Cme.Grains.Children;

/// <summary>Where the references of new episodes come from. A simulation gives its own, so that a run can be replayed.</summary>
public interface IReferences
{
    EpisodeReference New();
}

/// <summary>Random references: none leads to the next, and none is guessed.</summary>
internal sealed class RandomReferences : IReferences
{
    public EpisodeReference New() => EpisodeReference.Create(RandomNumberGenerator.GetBytes(8));
}
