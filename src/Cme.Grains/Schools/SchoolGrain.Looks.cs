using Orleans;
using Orleans.Runtime;

namespace Cme.Grains.Schools;

/// <summary>When a school must look at its registers though nothing is sent: registration closes over blanks, or a hold ends.</summary>
internal sealed partial class SchoolGrain
{
    private const string NextChange = "registration-closes";              // Named after what it was first for; reminders outlive a release.
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _remindedAt;

    public async Task Look()
    {
        await PassTime();
        if (_book is not null)
        {
            await Keep(_book.PassTime(clock.GetUtcNow()), clock.GetUtcNow(), isLook: true);
        }
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await PassTime();
        if (_book?.Window.NextChange is null && await this.GetReminder(NextChange) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
            _remindedAt = null;
        }
    }

    /// <summary>
    /// Where registration has closed since we last looked, blanks have become unexplained, and where a hold has ended, a doubted
    /// register is believed: at that instant, however late we look.
    /// </summary>
    private async Task PassTime()
    {
        while (_book?.Window.NextChange is { } at && at <= clock.GetUtcNow())
        {
            await Keep(await Reaching(book => book.PassTime(at)), at);
        }
    }

    /// <returns>When the reminder is set for.</returns>
    private async Task<DateTimeOffset?> RemindAtChange(DateTimeOffset? next)
    {
        if (next is { } at && at != _remindedAt)
        {
            var wait = at - clock.GetUtcNow();
            await this.RegisterOrUpdateReminder(NextChange, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Again);
            _remindedAt = at;
        }
        return _remindedAt;
    }
}
