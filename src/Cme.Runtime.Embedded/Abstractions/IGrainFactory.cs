using Orleans.Runtime;

namespace Orleans;

/// <summary>Gives references to grains. A reference costs nothing: the grain is activated by the first call.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain with this key.</summary>
    /// <param name="primaryKey">Starts with a word that is not hexadecimal, e.g. <c>child-…</c> (SUBSET.md, keys).</param>
    /// <param name="grainClassNamePrefix">Not supported here: one interface has one class. Leave it out.</param>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>A reference to the grain with this identity, seen through one of its interfaces.</summary>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;
}
