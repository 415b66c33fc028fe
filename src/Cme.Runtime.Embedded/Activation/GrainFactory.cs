using Cme.Runtime.Embedded.Calls;
using Orleans;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Activation;

/// <inheritdoc/>
internal sealed class GrainFactory(GrainCatalogue catalogue, Lazy<GrainDirectory> directory) : IGrainFactory
{
    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => grainClassNamePrefix is null
            ? GrainProxy.Create<TGrainInterface>(directory.Value, GrainId.Create(catalogue.TypeFor(typeof(TGrainInterface)), primaryKey))
            : throw new NotSupportedException("One class serves an interface here, so a class name prefix has nothing to choose from.");

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        typeof(TGrainInterface).IsAssignableFrom(catalogue.ClassOf(grainId.Type).Type)
            ? GrainProxy.Create<TGrainInterface>(directory.Value, grainId)
            : throw new ArgumentException($"{grainId} does not implement {typeof(TGrainInterface)}.", nameof(grainId));
}
