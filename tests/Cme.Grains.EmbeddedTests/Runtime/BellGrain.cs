using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Cme.Grains.EmbeddedTests.Runtime;

/// <summary>A grain that notes when it is reminded. A reminder named "hold…" waits at a gate, "fail…" fails, "again…" sets itself anew.</summary>
public interface IBellGrain : IGrainWithStringKey
{
    Task<string> Set(string name, TimeSpan due, TimeSpan period);

    Task Unset(string name);

    Task<string?> Find(string name);

    Task<string> All();
}

public sealed class BellGrain(Stage stage) : Grain, IBellGrain, IRemindable
{
    public async Task<string> Set(string name, TimeSpan due, TimeSpan period) =>
        (await this.RegisterOrUpdateReminder(name, due, period)).ReminderName;

    public async Task Unset(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<string?> Find(string name) => (await this.GetReminder(name))?.ReminderName;

    public async Task<string> All() => string.Join(' ', (await this.GetReminders()).Select(r => r.ReminderName).Order());

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        stage.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{this.GetPrimaryKeyString()} {reminderName} {status.CurrentTickTime:HH:mm:ss} first {status.FirstTickTime:HH:mm:ss} {status.CurrentTickTime.Kind}"));
        if (reminderName.StartsWith("hold", StringComparison.Ordinal))
        {
            stage.Reach(this.GetPrimaryKeyString());
            await stage.At(reminderName);
        }
        else if (reminderName.StartsWith("again", StringComparison.Ordinal))
        {
            await this.RegisterOrUpdateReminder(reminderName, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));
        }
        else if (reminderName.StartsWith("fail", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The procedure is missing.");
        }
    }
}

/// <summary>A grain that sets a reminder though it cannot be reminded.</summary>
public interface IDeafGrain : IGrainWithStringKey
{
    Task Set();
}

public sealed class DeafGrain : Grain, IDeafGrain
{
    public Task Set() => this.RegisterOrUpdateReminder("look", TimeSpan.Zero, TimeSpan.FromHours(1));
}
