using Cme.Domain;
using Cme.Storage.Duties;

namespace Cme.Web.Hosting.OnOrleans;

/// <summary>
/// Wakes what fell due while nobody could: at the start, when the database is back, and in a cluster whenever a silo has left. Orleans itself does not
/// make up for a tick that it missed or that failed, but waits for the reminder's next period, which is a minute.
/// </summary>
internal sealed partial class MissedTicks(
    IReminderTurns reminders, IDuties duties, SiloTable silos, DatabaseWatch database, ClusterSettings cluster,
    [FromKeyedServices(Clock.System)] TimeProvider clock, ILogger<MissedTicks> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Of no version of the silos.</summary>
    private static readonly (int Silos, int Returns) Nothing = (-1, 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!cluster.IsClient) { await TryAsync(reminders.WhenQuietAsync, stoppingToken); }
        using var timer = new PeriodicTimer(Every, clock);
        // The silo of one machine has no table of silos: its version is 0 and stays so, and the start was handled.
        var (handled, seen) = cluster.IsClient ? (Nothing, Nothing) : ((0, 0), (0, 0));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!duties.AreMine)
            {
                handled = Nothing;                                   // Whoever takes the duties anew wakes what its predecessor may not have.
                continue;
            }
            await TryAsync(
                async cancel =>
                {
                    var now = (await silos.VersionAsync(cancel), database.Returns);
                    // A change of silos comes in several steps. What they left behind is woken when they have been taken.
                    if (now == seen && now != handled)
                    {
                        await reminders.WhenQuietAsync(cancel);
                        handled = now;
                    }
                    seen = now;
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
