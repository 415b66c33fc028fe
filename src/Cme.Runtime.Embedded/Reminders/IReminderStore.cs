using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Reminders;

/// <summary>Where reminders are kept, so that they survive a restart.</summary>
/// <remarks>Called concurrently, from as many grains as set a reminder at one moment; an implementation may gather them into one commit.</remarks>
public interface IReminderStore
{
    /// <summary>Every reminder, in any order.</summary>
    IAsyncEnumerable<StoredReminder> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Stores a reminder, replacing the one of the same grain and name. Durable once this returns.</summary>
    Task UpsertAsync(StoredReminder reminder, CancellationToken cancellationToken);

    /// <summary>Deletes a reminder; nothing happens if there is none.</summary>
    Task DeleteAsync(GrainId grain, string name, CancellationToken cancellationToken);
}

/// <summary>A reminder as stored. Its ticks are not: later ones follow from start and period.</summary>
/// <param name="Grain">Stored as "type/key".</param>
/// <param name="Name">Its name within the grain.</param>
/// <param name="StartAt">The first tick, on the business clock.</param>
/// <param name="Period">Between later ticks.</param>
public sealed record StoredReminder(GrainId Grain, string Name, DateTimeOffset StartAt, TimeSpan Period);
