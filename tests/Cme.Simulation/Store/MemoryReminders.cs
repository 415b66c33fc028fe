using System.Collections.Immutable;
using Cme.Storage.Reminders;

namespace Cme.Simulation.Store;

/// <summary>The reminder rows.</summary>
internal sealed class MemoryReminders(MemoryDatabase database, IDisk disk) : IReminderTable
{
    public Task<int> UpsertAsync(ReminderRow reminder, CancellationToken cancel = default) =>
        disk.Write($"reminder {reminder.GrainId}", () =>
        {
            var version = (database.Reminders.GetValueOrDefault((reminder.GrainId, reminder.Name))?.Version ?? 0) + 1;
            database.Reminders[(reminder.GrainId, reminder.Name)] = reminder with { Version = version };
            return version;
        });

    public Task<ImmutableArray<ReminderRow>> ReadAllAsync(CancellationToken cancel = default) =>
        disk.Read(() => database.Reminders.Values.ToImmutableArray());

    public Task<ImmutableArray<ReminderRow>> ReadAsync(string grainId, CancellationToken cancel = default) =>
        disk.Read(() => database.Reminders.Values.Where(row => row.GrainId == grainId).ToImmutableArray());

    public Task<ReminderRow?> ReadAsync(string grainId, string name, CancellationToken cancel = default) =>
        disk.Read(() => database.Reminders.GetValueOrDefault((grainId, name)));

    public Task<bool> DeleteAsync(string grainId, string name, int? version = null, CancellationToken cancel = default) =>
        disk.Write($"no reminder {grainId}", () =>
            database.Reminders.TryGetValue((grainId, name), out var held)
            && (version is null || held.Version == version)
            && database.Reminders.Remove((grainId, name)));
}
