using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cme.Storage.Registers;

namespace Cme.Simulation.Store;

/// <summary>Every revision of every register, with the signals it caused.</summary>
internal sealed class MemoryRegisters(MemoryDatabase database, IDisk disk) : IRegisters
{
    public Task<bool> AppendAsync(RegisterAppend append, CancellationToken cancel = default) =>
        disk.Write($"register {append.Urn} {append.Sheet?.Date:O} {append.Sheet?.Session}", () => Append(append));

    public Task<RegisterWindow> ReadWindowAsync(
        string authority, string urn, DateOnly from, DateOnly to, CancellationToken cancel = default) =>
        disk.Read(() => new RegisterWindow
        {
            Sheets = [.. Of(authority, urn).Sheets.Where(session => session.Key.Date >= from && session.Key.Date <= to).Select(session => session.Value[^1].Sheet)],
            LastSequence = Of(authority, urn).LastSequence,
        });

    public Task<SheetRecord?> ReadAsync(
        string authority, string urn, DateOnly date, string session, int? revision = null, CancellationToken cancel = default) =>
        disk.Read(() => Of(authority, urn).Sheets.GetValueOrDefault((date, session), [])
            .FindLast(kept => revision is null || kept.Sheet.Revision == revision)?.Sheet);

    public Task<ImmutableArray<SignalRecord>> UndeliveredAsync(string authority, string urn, CancellationToken cancel = default) =>
        disk.Read(() => Of(authority, urn) is var shelf
            ? shelf.Undelivered.Select(sequence => shelf.Signals[sequence].Signal).ToImmutableArray()
            : []);

    public Task<ImmutableArray<string>> ToldOwingAsync(string authority, string urn, CancellationToken cancel = default) =>
        disk.Read(() => Of(authority, urn).Signals.Values.Select(kept => (kept.Signal, Body: JsonNode.Parse(kept.Signal.Payload)!))
            .Where(kept => (bool?)kept.Body["ofPlaceOnly"] == true)
            .GroupBy(kept => kept.Signal.ChildId).Select(child => child.MaxBy(kept => kept.Signal.Sequence))
            .Where(last => (bool)last.Body["place"]!["owes"]!).Select(last => last.Signal.ChildId).ToImmutableArray());

    public Task MarkDeliveredAsync(string authority, string urn, IReadOnlyList<long> sequences, CancellationToken cancel = default) =>
        disk.Write($"delivered {urn}", () =>
        {
            Of(authority, urn).Undelivered.ExceptWith(sequences);
            return true;
        });

    public Task<ImmutableArray<SchoolKey>> SchoolsWithUndeliveredAsync(TimeSpan olderThan, CancellationToken cancel = default) =>
        disk.Read(() => database.Registers
            .Where(school => school.Value.Undelivered.Any(sequence => school.Value.Signals[sequence].StoredAt <= database.Now - olderThan))
            .Select(school => school.Key).ToImmutableArray());

    private bool Append(RegisterAppend append)
    {
        var shelf = Of(append.Authority, append.Urn);
        var confirmation = append.Sheet is { } sheet ? ConfirmationOf(shelf, sheet) : 0;
        if (confirmation is null || append.Signals.Any(signal => shelf.Signals.ContainsKey(signal.Sequence)))
        {
            return false;
        }
        LookNext(new SchoolKey(append.Authority, append.Urn), append.NextLookAt);
        if (append.Sheet is { } taken)
        {
            Keep(shelf, new KeptSheet(taken with { Confirms = false }, confirmation.Value));
        }
        foreach (var signal in append.Signals)
        {
            shelf.Signals.Add(signal.Sequence, new KeptSignal(signal, database.Now));
            shelf.Undelivered.Add(signal.Sequence);
            shelf.LastSequence = Math.Max(shelf.LastSequence, signal.Sequence);
        }
        return true;
    }

    private void LookNext(SchoolKey school, DateTimeOffset? at)
    {
        if (at is { } next)
        {
            database.NextLooks[school] = next;
        }
        else
        {
            database.NextLooks.Remove(school);
        }
    }

    // Null: that revision is held already. A confirmation is the next of its revision.
    private static int? ConfirmationOf(RegisterShelf shelf, SheetRecord sheet)
    {
        var held = shelf.Sheets.GetValueOrDefault((sheet.Date, sheet.Session), [])
            .FindLast(kept => kept.Sheet.Revision == sheet.Revision)?.Confirmation;
        return sheet.Confirms ? held + 1 ?? throw new InvalidOperationException("A revision that was never stored cannot be confirmed.")
            : held is null ? 0
            : null;
    }

    private static void Keep(RegisterShelf shelf, KeptSheet kept)
    {
        var key = (kept.Sheet.Date, kept.Sheet.Session);
        if (!shelf.Sheets.TryGetValue(key, out var revisions))
        {
            shelf.Sheets.Add(key, revisions = []);
        }
        revisions.Add(kept);
        revisions.Sort(static (a, b) => (a.Sheet.Revision, a.Confirmation).CompareTo((b.Sheet.Revision, b.Confirmation)));
    }

    private RegisterShelf Of(string authority, string urn)
    {
        var school = new SchoolKey(authority, urn);
        if (!database.Registers.TryGetValue(school, out var shelf))
        {
            database.Registers.Add(school, shelf = new RegisterShelf());
        }
        return shelf;
    }
}
