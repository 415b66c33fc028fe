using System.Runtime.CompilerServices;
using Cme.Runtime.Embedded.Reminders;
using Cme.Storage.Reminders;
using Orleans.Runtime;

namespace Cme.Grains.Hosting;

/// <summary>Reminders in the table that Orleans reads, too.</summary>
internal sealed class PostgresReminderStore(IReminderTable table) : IReminderStore
{
    public async IAsyncEnumerable<StoredReminder> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in await table.ReadAllAsync(cancellationToken))
        {
            yield return new StoredReminder(GrainId.Parse(row.GrainId), row.Name, row.StartAt, row.Period);
        }
    }

    public Task UpsertAsync(StoredReminder reminder, CancellationToken cancellationToken) =>
        table.UpsertAsync(
            new ReminderRow(
                reminder.Grain.ToString(), reminder.Name, reminder.StartAt, reminder.Period, unchecked((int)reminder.Grain.GetUniformHashCode())),
            cancellationToken);

    public Task DeleteAsync(GrainId grain, string name, CancellationToken cancellationToken) =>
        table.DeleteAsync(grain.ToString(), name, null, cancellationToken);
}
