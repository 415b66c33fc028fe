using Microsoft.Extensions.Hosting;

namespace Cme.Storage.Demo;

/// <summary>
/// Keeps the demo's clock where the database has it: from the start, and while another process of the cluster puts it forward (ADR 0326).
/// </summary>
/// <param name="system">The machine's own clock.</param>
public sealed class ClockKeeper(ClockOfDemo clock, IDemoClockStore store, TimeProvider system) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes the clock from where the last run of this demo left it, or to its beginning.</summary>
    public async Task ResumeAsync(CancellationToken cancel)
    {
        var stored = await store.ReadOffsetAsync(cancel);
        clock.Ahead = stored != TimeSpan.Zero ? stored : clock.AheadFor(ClockOfDemo.Beginning);
        if (stored == TimeSpan.Zero) { await store.SaveOffsetAsync(clock.Ahead, cancel); }
    }

    /// <summary>Puts the clock forward in this process, if another has.</summary>
    public async Task FollowAsync(CancellationToken cancel)
    {
        if (await store.ReadOffsetAsync(cancel) is var stored && stored != TimeSpan.Zero) { clock.Follow(stored); }
    }

    /// <summary>Before anything else runs: reminders that look at a clock not yet set would find everything due.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ResumeAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, system);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (StorageUnavailableException)
            {
                // Nobody can put it forward meanwhile.
            }
        }
    }
}
