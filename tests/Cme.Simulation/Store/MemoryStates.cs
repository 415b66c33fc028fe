using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.States;

namespace Cme.Simulation.Store;

/// <summary>Grain states; an episode's write becomes rows, as under <c>cme.write_states</c>.</summary>
internal sealed class MemoryStates(MemoryDatabase database, IDisk disk) : IStateWriter, IStateReader
{
    public Task<StateWritten> WriteAsync(StateWrite write, CancellationToken cancel = default) =>
        disk.Write($"state {write.Key}", () => Write(write));

    public Task<StateWritten> ClearAsync(string stateName, string key, int? expectedVersion, CancellationToken cancel = default) =>
        disk.Write($"clear {key}", () => Clear(stateName, key, expectedVersion));

    public Task<StoredState?> ReadAsync(string stateName, string key, CancellationToken cancel = default) =>
        disk.Read(() => database.States.GetValueOrDefault((stateName, key)));

    private StateWritten Write(StateWrite write)
    {
        if (write is { StateName: StateWriter.EpisodeState, Episode: null })
        {
            write = StateWrite.Of(write.Key, write.ExpectedVersion, StateJson.Read<EpisodeWrite>(write.Payload));
        }
        var held = database.States.GetValueOrDefault((write.StateName, write.Key));
        if (held?.Version != write.ExpectedVersion)
        {
            return new StateWritten(null);
        }
        if (write.Episode is { } episode)
        {
            Check(write.Key, episode);
            Store(write.Key, write.ExpectedVersion is not null, episode);
        }
        var version = (held?.Version ?? 0) + 1;
        database.States[(write.StateName, write.Key)] = new StoredState(version, write.Payload);
        return new StateWritten(version);
    }

    private StateWritten Clear(string stateName, string key, int? expected)
    {
        if (database.States.GetValueOrDefault((stateName, key)) is not { } held || held.Version != expected)
        {
            return new StateWritten(null);
        }
        database.States[(stateName, key)] = new StoredState(held.Version + 1, null);
        return new StateWritten(held.Version + 1);
    }

    // What PostgreSQL's constraints refuse, before anything has changed.
    private void Check(string reference, EpisodeWrite write)
    {
        var head = write.Head ?? throw new InvalidOperationException("A write of an episode has no head.");
        var versions = database.HistoryOf(reference).Select(row => row.Version).ToHashSet();
        if (write.Pending.Any(happened => happened.Version < 1 || !versions.Add(happened.Version)))
        {
            throw new InvalidOperationException($"Episode {reference} has an event of that number already.");
        }
        if (database.Episodes.TryGetValue(reference, out var before)
            && (before.Authority, before.Urn, before.ChildId, before.Kind) != (head.Authority, head.Urn, head.ChildId, head.Kind))
        {
            throw new InvalidOperationException($"Episode {reference} belongs to another child, school or kind: open another episode and link the two.");
        }
    }

    private void Store(string reference, bool existed, EpisodeWrite write)
    {
        if (!database.Events.TryGetValue(reference, out var history))
        {
            database.Events.Add(reference, history = []);
        }
        history.AddRange(write.Pending.Select(happened => new EventRow(
            reference, happened.Version, happened.Type, happened.Schema, happened.HappenedAt, happened.KnownAt, happened.Actor,
            happened.Data, database.Now)));
        StoreObligations(reference, existed, write);
        database.Episodes[reference] = RowOf(reference, write, database.Episodes.GetValueOrDefault(reference));
        var authority = write.Head!.Authority;
        database.Unpublished.AddRange(write.Pending.IsEmpty
            ? [(authority, reference, null)]
            : write.Pending.Select(happened => (authority, reference, (long?)happened.Version)).Order());
    }

    private void StoreObligations(string reference, bool existed, EpisodeWrite write)
    {
        var listed = write.Obligations.Select(owed => owed.Id).ToHashSet();
        var gone = existed ? database.ObligationsOf(reference).Where(owed => !listed.Contains(owed.Id)).ToList() : [];
        foreach (var owed in gone)
        {
            database.Put(reference, owed with { State = "superseded", NextAt = null });
        }
        foreach (var owed in write.Obligations)
        {
            database.Put(reference, owed);
        }
    }

    /// <summary>The head as listed. When it was opened never changes: lists are paged by it.</summary>
    private static EpisodeRow RowOf(string reference, EpisodeWrite write, EpisodeRow? before)
    {
        var head = write.Head!;
        return new EpisodeRow
        {
            Reference = reference, Authority = head.Authority, Urn = head.Urn, ChildId = head.ChildId, Kind = head.Kind, Status = head.Status,
            Stage = head.Stage, FirstDayMissing = head.FirstDayMissing, OpenedAt = before?.OpenedAt ?? head.OpenedAt, ClosedAt = head.ClosedAt,
            Closure = head.Closure, Pack = head.Pack, PackVersion = head.PackVersion, Flags = head.Flags, Flagged = head.Flagged, Owner = head.Owner,
            ClaimedBy = head.ClaimedBy, LastCode = head.LastCode, Level = head.Level, OverdueCount = head.OverdueCount, NextAt = head.NextAt,
            NextObligation = head.NextObligation?.GetRawText(), Version = write.Version, UpdatedAt = head.UpdatedAt,
        };
    }
}
