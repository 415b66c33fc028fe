using Cme.Domain;
using Cme.Grains.Hosting;
using Npgsql;

namespace Cme.Web.Hosting;

/// <summary>Asks the database every second whether it answers, so that boards and health tell an outage at once.</summary>
public sealed partial class DatabaseWatch(
    NpgsqlDataSource database, [FromKeyedServices(Clock.System)] TimeProvider clock, ILogger<DatabaseWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private volatile bool _isUp = true;
    private volatile int _returns;

    /// <summary>Whether the database answered when it was asked last.</summary>
    public bool IsUp => _isUp;

    /// <summary>How often it has come back after it did not answer.</summary>
    public int Returns => _returns;

    /// <summary>Asks now.</summary>
    public async Task<bool> AskAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await using var ask = database.CreateCommand("select 1");
            await ask.ExecuteScalarAsync(either.Token);
            return true;
        }
        catch (Exception failure) when ((failure is OperationCanceledException && !cancel.IsCancellationRequested) || StorageFaults.IsAway(failure))
        {
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var was = _isUp;
            _isUp = await AskAsync(stoppingToken);
            if (was && !_isUp) { LogAway(logger); }
            if (!was && _isUp)
            {
                _returns++;
                LogBack(logger);
            }
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "The database does not answer. Requests are refused with 503 and boards are shown as stale until it does.")]
    private static partial void LogAway(ILogger logger);

    [LoggerMessage(1202, LogLevel.Information, "The database answers again.")]
    private static partial void LogBack(ILogger logger);
}
