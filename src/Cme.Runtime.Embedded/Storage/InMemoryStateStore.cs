using System.Globalization;
using Orleans.Storage;

namespace Cme.Runtime.Embedded.Storage;

/// <summary>Grain state for simulations and specs: versions and conflicts as in the database, and gone with the process.</summary>
public sealed class InMemoryStateStore : IGrainStateStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string StateName, string GrainKey), StoredState> _rows = [];

    /// <summary>Writes and deletions that were accepted.</summary>
    public long Commits { get; private set; }

    /// <inheritdoc/>
    public Task<StoredState?> ReadAsync(string stateName, string grainKey, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_rows.GetValueOrDefault((stateName, grainKey)));
        }
    }

    /// <inheritdoc/>
    public Task<int> WriteAsync(StateWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        lock (_gate)
        {
            if (Conflict(write.StateName, write.GrainKey, write.ExpectedVersion) is { } conflict)
            {
                return Task.FromException<int>(conflict);
            }

            var version = (write.ExpectedVersion ?? 0) + 1;
            _rows[(write.StateName, write.GrainKey)] = new StoredState(version, write.Payload);
            Commits++;
            return Task.FromResult(version);
        }
    }

    /// <inheritdoc/>
    public Task ClearAsync(string stateName, string grainKey, int expectedVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Conflict(stateName, grainKey, expectedVersion) is { } conflict)
            {
                return Task.FromException(conflict);
            }

            _rows.Remove((stateName, grainKey));
            Commits++;
            return Task.CompletedTask;
        }
    }

    // Under the gate.
    private InconsistentStateException? Conflict(string stateName, string grainKey, int? expected)
    {
        var stored = _rows.GetValueOrDefault((stateName, grainKey))?.Version;
        return stored == expected
            ? null
            : new InconsistentStateException(
                $"State '{stateName}' of '{grainKey}' is not at the version that the grain read.",
                stored?.ToString(CultureInfo.InvariantCulture),
                expected?.ToString(CultureInfo.InvariantCulture));
    }
}
