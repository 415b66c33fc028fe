using System.Globalization;
using Cme.Runtime.Embedded.Activation;
using Cme.Runtime.Embedded.Simulation;
using Orleans;
using Orleans.Core;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Storage;

/// <summary>What the stored rows of all grains share.</summary>
internal sealed record GrainStorage(IGrainStateStore Store, IGrainStateSerializer Serializer, ChaosMonkey? Chaos);

/// <summary>One stored row of an activation.</summary>
internal abstract class PersistentState
{
    /// <summary>Reads the row, as done before the grain is activated.</summary>
    public abstract Task ReadStateAsync(CancellationToken cancellationToken);
}

/// <inheritdoc cref="IPersistentState{TState}"/>
internal sealed class PersistentState<TState>(IActivationContext activation, GrainStorage storage, string name)
    : PersistentState, IPersistentState<TState>
{
    private readonly string _key = activation.GrainId.Key.ToString();
    private int? _version;

    public TState State { get; set; } = default!;

    public string? Etag => _version?.ToString(CultureInfo.InvariantCulture);

    public bool RecordExists => _version is not null;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public override async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        var stored = await storage.Store.ReadAsync(name, _key, cancellationToken);
        State = stored is null ? Empty() : storage.Serializer.Deserialize<TState>(stored.Payload);
        _version = stored?.Version;
    }

    public Task WriteStateAsync(CancellationToken cancellationToken) => OrDie(async () =>
    {
        var state = State;
        var write = new StateWrite(name, _key, _version, state, () => storage.Serializer.Serialize(state));
        storage.Chaos?.BeforeWrite(activation.GrainId, Etag);
        var version = await storage.Store.WriteAsync(write, cancellationToken);
        storage.Chaos?.AfterWrite(activation.GrainId);
        _version = version;
    });

    public Task ClearStateAsync(CancellationToken cancellationToken) => OrDie(async () =>
    {
        if (_version is { } version)
        {
            await storage.Store.ClearAsync(name, _key, version, cancellationToken);
        }

        (_version, State) = (null, Empty());
    });

    // After a conflict the memory is stale; after anything else only the store knows. A fresh activation reads what is there.
    private async Task OrDie(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            activation.Deactivate(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, failure, $"State '{name}' could not be written."));
            throw;
        }
    }

    private static TState Empty() => Activator.CreateInstance<TState>();
}
