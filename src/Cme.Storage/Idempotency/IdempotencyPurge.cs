using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cme.Storage.Idempotency;

/// <summary>Forgets keys and answers whose time is over: they may hold what was said of a child.</summary>
/// <param name="clock">System clock.</param>
public sealed partial class IdempotencyPurge(IIdempotency idempotency, TimeProvider clock, ILogger<IdempotencyPurge> logger) : BackgroundService
{
    /// <summary>An answer lies here at most so much longer than it is recognised.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await idempotency.PurgeAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception why) when (why is StorageUnavailableException or CommitUnknownException)
            {
                LogLater(logger, why.Message);
            }
        }
    }

    [LoggerMessage(3401, LogLevel.Warning, "Old answers were not purged, and will be next time: {Why}")]
    private static partial void LogLater(ILogger logger, string why);
}
