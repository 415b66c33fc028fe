using Cme.Runtime.Embedded.Reminders;

namespace Cme.Web.Hosting.Embedded;

/// <inheritdoc/>
internal sealed class ReminderTurns(ReminderService reminders) : IReminderTurns
{
    public void Poke() => reminders.Poke();

    public Task WhenQuietAsync(CancellationToken cancel) => reminders.WhenQuietAsync(cancel);
}
