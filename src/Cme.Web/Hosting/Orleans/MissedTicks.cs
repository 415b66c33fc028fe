namespace Cme.Web.Hosting.OnOrleans;

/// <summary>
/// Wakes, at the start, what fell due while this machine was down. Orleans itself does not make up for a tick that it missed, but
/// waits for the reminder's next period.
/// </summary>
internal sealed partial class MissedTicks(IReminderTurns reminders, ILogger<MissedTicks> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await reminders.WhenQuietAsync(stoppingToken);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
        {
            LogNotWoken(logger, failure);
        }
    }

    [LoggerMessage(1072, LogLevel.Warning, "What fell due while we were down was not woken at once; the next period or the auditor looks again")]
    private static partial void LogNotWoken(ILogger logger, Exception failure);
}
