using Cme.Domain;
using Cme.Storage.Duties;
using Cme.Web.Api.Removals;

namespace Cme.Web.Hosting;

/// <summary>
/// Notes removals whose last day on roll has come since the roll was sent, and those that a process that died left unnoted.
/// </summary>
internal sealed partial class RemovalNoting(
    RemovalWatch watch, [FromKeyedServices(Clock.System)] TimeProvider clock, IDuties duties, ILogger<RemovalNoting> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!duties.AreMine) { continue; }
            try
            {
                await watch.NoteAsync(null, stoppingToken);
            }
            catch (Exception why) when (why is not OperationCanceledException)
            {
                LogLater(logger, why);
            }
        }
    }

    [LoggerMessage(1303, LogLevel.Warning, "Removals wait to be noted.")]
    private static partial void LogLater(ILogger logger, Exception why);
}
