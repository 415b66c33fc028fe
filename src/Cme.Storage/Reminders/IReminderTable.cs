using System.Collections.Immutable;

namespace Cme.Storage.Reminders;

/// <summary>The reminder rows, the same that Orleans uses on a cluster.</summary>
public interface IReminderTable
{
    /// <summary>Creates or replaces a reminder; shares commits with others. Durable when it returns.</summary>
    /// <returns>The new version of the row.</returns>
    /// <exception cref="StorageUnavailableException">Nothing was written.</exception>
    /// <exception cref="CommitUnknownException">It may or may not have been written; writing it again is safe.</exception>
    Task<int> UpsertAsync(ReminderRow reminder, CancellationToken cancel = default);

    Task<ImmutableArray<ReminderRow>> ReadAllAsync(CancellationToken cancel = default);

    Task<ImmutableArray<ReminderRow>> ReadAsync(string grainId, CancellationToken cancel = default);

    Task<ReminderRow?> ReadAsync(string grainId, string name, CancellationToken cancel = default);

    /// <summary>Removes a reminder if it still has that version (null: whatever its version).</summary>
    /// <returns>False if there was none of that version.</returns>
    Task<bool> DeleteAsync(string grainId, string name, int? version = null, CancellationToken cancel = default);
}

/// <param name="GrainId"><c>type/key</c>.</param>
/// <param name="StartAt">Business clock, UTC.</param>
/// <param name="Hash">Orleans' uniform hash of the grain id, by which a cluster divides reminders among its silos.</param>
/// <param name="Version">Not written: the store counts.</param>
public sealed record ReminderRow(string GrainId, string Name, DateTimeOffset StartAt, TimeSpan Period, int Hash = 0, int Version = 0);
