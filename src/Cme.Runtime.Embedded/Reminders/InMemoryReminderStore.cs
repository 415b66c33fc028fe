using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Reminders;

/// <summary>Reminders for simulations and specs: they survive a runtime that is given the same store, and are gone with the process.</summary>
public sealed class InMemoryReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<(GrainId, string), StoredReminder> _rows = new();

    /// <summary>What is stored now.</summary>
    public IReadOnlyCollection<StoredReminder> All => [.. _rows.Values];

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredReminder> ReadAllAsync(CancellationToken cancellationToken) => All.ToAsyncEnumerable();

    /// <inheritdoc/>
    public Task UpsertAsync(StoredReminder reminder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        _rows[(reminder.Grain, reminder.Name)] = reminder;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(GrainId grain, string name, CancellationToken cancellationToken)
    {
        _rows.TryRemove((grain, name), out _);
        return Task.CompletedTask;
    }
}
