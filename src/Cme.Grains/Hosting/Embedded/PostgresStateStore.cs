using System.Runtime.InteropServices;
using Cme.Grains.Children;
using Cme.Runtime.Embedded.Storage;
using Cme.Storage.History;
using Cme.Storage.States;
using Orleans.Storage;
using StateWrite = Cme.Runtime.Embedded.Storage.StateWrite;
using StoredState = Cme.Runtime.Embedded.Storage.StoredState;

namespace Cme.Grains.Hosting;

/// <summary>State rows in PostgreSQL; writes of many grains share commits (<see cref="IStateWriter"/>).</summary>
internal sealed class PostgresStateStore(IStateReader reader, IStateWriter writer, NewEpisodes fresh) : IGrainStateStore
{
    public async Task<StoredState?> ReadAsync(string stateName, string grainKey, CancellationToken cancellationToken) =>
        !(stateName == StateWriter.EpisodeState && fresh.Take(grainKey))
        && await reader.ReadAsync(stateName, grainKey, cancellationToken) is { Payload: { } payload } row
            ? new StoredState(row.Version, payload) : null;

    public async Task<int> WriteAsync(StateWrite write, CancellationToken cancellationToken)
    {
        // An episode is not written as JSON to be taken apart again: what its rows hold goes as it is.
        var written = await writer.WriteAsync(
            write.State is EpisodeWrite episode
                ? Cme.Storage.States.StateWrite.Of(write.GrainKey, write.ExpectedVersion, episode)
                : new(write.StateName, write.GrainKey, write.ExpectedVersion, Bytes(write.Payload)),
            cancellationToken);
        return written.NewVersion ?? throw Conflict(write.StateName, write.GrainKey);
    }

    public async Task ClearAsync(string stateName, string grainKey, int expectedVersion, CancellationToken cancellationToken)
    {
        if ((await writer.ClearAsync(stateName, grainKey, expectedVersion, cancellationToken)).Conflict)
        {
            throw Conflict(stateName, grainKey);
        }
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : payload.ToArray();

    private static InconsistentStateException Conflict(string stateName, string grainKey) =>
        new($"The row '{stateName}' of {grainKey} was written by somebody else since it was read.");
}
