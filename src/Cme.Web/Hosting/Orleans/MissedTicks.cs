using Cme.Domain;
using Cme.Storage.Duties;

namespace Cme.Web.Hosting.OnOrleans;

/// <summary>
/// Wakes what fell due while nobody could: at the start, and in a cluster whenever a silo has left. Orleans itself does not make up for a tick
/// that it missed, but waits for the reminder's next period.
/// </summary>
internal sealed partial class MissedTicks(
    IReminderTurns reminders, IDuties duties, SiloTable silos, ClusterSettings cluster, [FromKeyedServices(Clock.System)] TimeProvider clock,
    ILogger<MissedTicks> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!cluster.IsClient)
        {
            await TryAsync(reminders.WhenQuietAsync, stoppingToken);
            return;
        }
        using var timer = new PeriodicTimer(Every, clock);
        int? handled = null, seen = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!duties.AreMine)
            {
                handled = null;                                      // Whoever takes the duties anew wakes what its predecessor may not have.
                continue;
            }
            await TryAsync(
                async cancel =>
                {
                    var version = await silos.VersionAsync(cancel);
                    // A change of silos comes in several steps. What they left behind is woken when they have been taken.
                    if (version == seen && version != handled)
                    {
                        await reminders.WhenQuietAsync(cancel);
                        handled = version;
                    }
                    seen = version;
                },
                stoppingToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> wake, CancellationToken stopping)
    {
        try
        {
            await wake(stopping);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            LogNotWoken(logger, failure);
        }
    }

    [LoggerMessage(1072, LogLevel.Warning, "What fell due while we were down was not woken at once; the next period or the auditor looks again")]
    private static partial void LogNotWoken(ILogger logger, Exception failure);
}
