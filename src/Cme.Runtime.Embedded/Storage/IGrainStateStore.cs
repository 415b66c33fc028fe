using Orleans.Storage;

namespace Cme.Runtime.Embedded.Storage;

/// <summary>Where grain state is kept. A row is named by state name and grain key (not by grain class, as in Orleans' own table).</summary>
/// <remarks>
/// Called concurrently, from as many grains as write at one moment; an implementation may gather writes into one commit, but never waits to fill
/// a batch. Acknowledged means durable. Any other exception than <see cref="InconsistentStateException"/> means "unknown: it may have landed".
/// </remarks>
public interface IGrainStateStore
{
    /// <summary>The stored row, or null if there is none.</summary>
    Task<StoredState?> ReadAsync(string stateName, string grainKey, CancellationToken cancellationToken);

    /// <summary>Stores a row if it is still at the version expected.</summary>
    /// <returns>The new version.</returns>
    /// <exception cref="InconsistentStateException">The row is at another version, or exists though none was expected. Nothing was written.</exception>
    Task<int> WriteAsync(StateWrite write, CancellationToken cancellationToken);

    /// <summary>Deletes a row if it is still at the version expected. The next write of it is a first write.</summary>
    /// <exception cref="InconsistentStateException">As for <see cref="WriteAsync"/>.</exception>
    Task ClearAsync(string stateName, string grainKey, int expectedVersion, CancellationToken cancellationToken);
}

/// <summary>A row as read.</summary>
/// <param name="Version">1 or more; grows with every write.</param>
/// <param name="Payload">As the serializer wrote it.</param>
public sealed record StoredState(int Version, ReadOnlyMemory<byte> Payload);

/// <summary>One write.</summary>
public sealed class StateWrite
{
    private readonly Func<ReadOnlyMemory<byte>> _serialize;
    private ReadOnlyMemory<byte>? _payload;

    /// <param name="stateName">The name in [PersistentState].</param>
    /// <param name="grainKey">The grain's string key.</param>
    /// <param name="expectedVersion">The version that the grain read or wrote last; null if it knows of no row.</param>
    /// <param name="state">The state itself.</param>
    /// <param name="serialize">Writes it as the serializer does.</param>
    public StateWrite(string stateName, string grainKey, int? expectedVersion, object? state, Func<ReadOnlyMemory<byte>> serialize) =>
        (StateName, GrainKey, ExpectedVersion, State, _serialize) = (stateName, grainKey, expectedVersion, state, serialize);

    /// <summary>A write of bytes.</summary>
    public StateWrite(string stateName, string grainKey, int? expectedVersion, ReadOnlyMemory<byte> payload)
        : this(stateName, grainKey, expectedVersion, state: null, () => payload)
    {
    }

    /// <summary>The name in [PersistentState].</summary>
    public string StateName { get; }

    /// <summary>The grain's string key.</summary>
    public string GrainKey { get; }

    /// <summary>The version that the grain read or wrote last; null if it knows of no row.</summary>
    public int? ExpectedVersion { get; }

    /// <summary>
    /// The state, for a store that keeps some states in a form of its own instead of the payload; null if only bytes were given. The grain
    /// may change it once <see cref="IGrainStateStore.WriteAsync"/> has returned its task: take from it what is needed before.
    /// </summary>
    public object? State { get; }

    /// <summary>As the serializer writes it, done when first asked for: before the first wait of the store.</summary>
    public ReadOnlyMemory<byte> Payload => _payload ??= _serialize();
}
