using Cme.Storage.History;

namespace Cme.Storage.States;

/// <summary>Writes grain states durably, many in one commit. The episodes among them become rows in that commit.</summary>
public interface IStateWriter
{
    /// <summary>
    /// Stores the payload if the stored version is still <see cref="StateWrite.ExpectedVersion"/>. Durable when it returns.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Nothing was written.</exception>
    /// <exception cref="CommitUnknownException">It may or may not have been written: read again before anything else.</exception>
    /// <exception cref="Npgsql.PostgresException">This payload cannot be stored; nothing of it was.</exception>
    Task<StateWritten> WriteAsync(StateWrite write, CancellationToken cancel = default);

    /// <summary>Empties the row but keeps counting its versions. Null when the version was another.</summary>
    Task<StateWritten> ClearAsync(string stateName, string key, int? expectedVersion, CancellationToken cancel = default);
}

/// <summary>Reads grain states.</summary>
public interface IStateReader
{
    /// <summary>The row, or null if there is none. A cleared row has no payload and still has its version.</summary>
    Task<StoredState?> ReadAsync(string stateName, string key, CancellationToken cancel = default);
}

/// <summary>One state to store.</summary>
/// <param name="ExpectedVersion">Null for the first write of a key.</param>
/// <param name="Payload">What the row is to keep.</param>
public readonly record struct StateWrite(string StateName, string Key, int? ExpectedVersion, byte[] Payload)
{
    /// <summary>Of an episode's state: what becomes rows of its own. Null for any other state.</summary>
    public EpisodeWrite? Episode { get; private init; }

    /// <summary>The write of an episode's state: head, events and obligations as rows, the rest as what its row keeps.</summary>
    /// <param name="write">With its head.</param>
    public static StateWrite Of(string key, int? expectedVersion, EpisodeWrite write) =>
        new(StateWriter.EpisodeState, key, expectedVersion, EpisodeColumns.Kept(write)) { Episode = write };
}

/// <summary>The version now stored, or null: someone else wrote in between and nothing was written.</summary>
public readonly record struct StateWritten(int? NewVersion)
{
    public bool Conflict => NewVersion is null;
}

public sealed record StoredState(int Version, byte[]? Payload);
