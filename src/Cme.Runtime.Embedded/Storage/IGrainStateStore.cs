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
/// <param name="StateName">The name in [PersistentState].</param>
/// <param name="GrainKey">The grain's string key.</param>
/// <param name="ExpectedVersion">The version that the grain read or wrote last; null if it knows of no row.</param>
/// <param name="Payload">As the serializer wrote it. Never changed afterwards.</param>
public sealed record StateWrite(string StateName, string GrainKey, int? ExpectedVersion, ReadOnlyMemory<byte> Payload);
