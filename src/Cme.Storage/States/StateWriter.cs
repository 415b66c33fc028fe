using Cme.Storage.Batching;
using Cme.Storage.Connections;
using Cme.Storage.History;
using Cme.Storage.Sequencer;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.States;

/// <summary>Writes grain states through <c>cme.store_states</c>, many in one call.</summary>
public sealed class StateWriter : IStateWriter, IStateReader, IAsyncDisposable
{
    /// <summary>The name under which an episode's state is stored: the state function turns its payload into rows.</summary>
    public const string EpisodeState = "episode";

    /// <summary>Orleans' name for what shares a table: the same on both runtimes, or a database could not move between them.</summary>
    public const string ServiceId = "cme";

    // Of every state (5), heads with what each owes (30), events (8).
    private static readonly string Write = $"select cme.store_states({string.Join(", ", Enumerable.Range(1, 43).Select(number => $"${number}"))})";
    private const string Clear = "select cme.clear_state($1, $2, $3, $4)";
    private const string Read = "select place, version, payload from cme.read_states($1, $2, $3)";

    private readonly StorageDatabase _database;
    private readonly ISequencerPoke _sequencer;
    private readonly GroupCommit<StateWrite, StateWritten> _commits;
    private readonly GroupCommit<StateKey, StoredState?> _reads;

    public StateWriter(StorageDatabase database, ISequencerPoke sequencer, GroupCommitOptions options)
    {
        (_database, _sequencer) = (database, sequencer);
        _commits = new GroupCommit<StateWrite, StateWritten>(CommitAsync, RowOfState.Instance, RowOfState.Instance, options);
        _reads = new GroupCommit<StateKey, StoredState?>(
            ReadAsync, EqualityComparer<StateKey>.Default, Comparer<StateKey>.Create((one, other) => string.CompareOrdinal(one.Key, other.Key)), options.OneAtATime);
    }

    /// <inheritdoc/>
    public Task<StateWritten> WriteAsync(StateWrite write, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return _commits.AddAsync(
            write is { StateName: EpisodeState, Episode: null }      // A caller that has it as one payload.
                ? StateWrite.Of(write.Key, write.ExpectedVersion, StateJson.Read<EpisodeWrite>(write.Payload))
                : write);
    }

    /// <inheritdoc/>
    public async Task<StateWritten> ClearAsync(string stateName, string key, int? expectedVersion, CancellationToken cancel = default)
    {
        var versions = await _database.WriteAsync(
            Clear,
            parameters =>
            {
                parameters.AddText(ServiceId).AddText(stateName).AddText(key);
                parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)expectedVersion ?? DBNull.Value });
            },
            row => row.IsDBNull(0) ? (int?)null : row.GetInt32(0),
            cancel);
        return new StateWritten(versions is [var version] ? version : null);
    }

    /// <inheritdoc/>
    /// <remarks>A morning wakes thousands of grains at once, most of which have no row: reads that wait share a round trip, as writes do.</remarks>
    public Task<StoredState?> ReadAsync(string stateName, string key, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return _reads.AddAsync(new StateKey(stateName, key));
    }

    /// <summary>Writes what is waiting, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _commits.DisposeAsync();
        await _reads.DisposeAsync();
    }

    private async Task<IReadOnlyList<StateWritten>> CommitAsync(IReadOnlyList<StateWrite> batch)
    {
        var versions = (await _database.WriteAsync(
            Write,
            parameters =>
            {
                parameters.AddText(ServiceId).AddTexts(batch.Select(one => one.StateName)).AddTexts(batch.Select(one => one.Key))
                    .AddArray(NpgsqlDbType.Integer, batch.Select(one => one.ExpectedVersion))
                    .AddArray(NpgsqlDbType.Bytea, batch.Select(one => one.Payload));
                EpisodeColumns.Add(parameters, batch);
            },
            row => row.GetFieldValue<int?[]>(0),
            CancellationToken.None))[0];
        if (batch.Any(one => one.Episode is not null))
        {
            _sequencer.Poke();
        }
        return [.. versions.Select(version => new StateWritten(version))];
    }

    private async Task<IReadOnlyList<StoredState?>> ReadAsync(IReadOnlyList<StateKey> keys)
    {
        var states = new StoredState?[keys.Count];
        await _database.ReadAsync(
            Read,
            parameters => parameters.AddText(ServiceId).AddTexts(keys.Select(one => one.StateName)).AddTexts(keys.Select(one => one.Key)),
            row => states[row.GetInt32(0) - 1] = new StoredState(row.GetInt32(1), row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2)),
            CancellationToken.None);
        return states;
    }

    private readonly record struct StateKey(string StateName, string Key);

    private sealed class RowOfState : IEqualityComparer<StateWrite>, IComparer<StateWrite>
    {
        public static readonly RowOfState Instance = new();

        public bool Equals(StateWrite one, StateWrite other) => one.Key == other.Key && one.StateName == other.StateName;

        public int GetHashCode(StateWrite write) => HashCode.Combine(write.StateName, write.Key);

        public int Compare(StateWrite one, StateWrite other) =>
            string.CompareOrdinal(one.StateName, other.StateName) is not 0 and var byName ? byName : string.CompareOrdinal(one.Key, other.Key);
    }
}
