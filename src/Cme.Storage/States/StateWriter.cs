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

    // Itself, what is written of every state (5), heads (26), events (8), obligations (16).
    private static readonly string Write = $"select cme.store_states({string.Join(", ", Enumerable.Range(1, 55).Select(number => $"${number}"))})";
    private const string Clear = "select cme.clear_state($1, $2, $3, $4)";
    private const string Read = "select version, payload from cme.grain_state where service_id = $1 and state_name = $2 and key = $3";

    private readonly StorageDatabase _database;
    private readonly ISequencerPoke _sequencer;
    private readonly GroupCommit<StateWrite, StateWritten> _commits;

    public StateWriter(StorageDatabase database, ISequencerPoke sequencer, GroupCommitOptions options)
    {
        (_database, _sequencer) = (database, sequencer);
        _commits = new GroupCommit<StateWrite, StateWritten>(CommitAsync, RowOfState.Instance, RowOfState.Instance, options);
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
    public Task<StoredState?> ReadAsync(string stateName, string key, CancellationToken cancel = default) =>
        _database.ReadOneAsync(
            Read,
            parameters => parameters.AddText(ServiceId).AddText(stateName).AddText(key),
            row => new StoredState(row.GetInt32(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1)),
            cancel);

    /// <summary>Writes what is waiting, then stops.</summary>
    public ValueTask DisposeAsync() => _commits.DisposeAsync();

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

    private sealed class RowOfState : IEqualityComparer<StateWrite>, IComparer<StateWrite>
    {
        public static readonly RowOfState Instance = new();

        public bool Equals(StateWrite one, StateWrite other) => one.Key == other.Key && one.StateName == other.StateName;

        public int GetHashCode(StateWrite write) => HashCode.Combine(write.StateName, write.Key);

        public int Compare(StateWrite one, StateWrite other) =>
            string.CompareOrdinal(one.StateName, other.StateName) is not 0 and var byName ? byName : string.CompareOrdinal(one.Key, other.Key);
    }
}
