using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Domain;
using Cme.Storage.Duties;
using Cme.Storage.Registers;
using Cme.Web.Measures;
using Orleans;

namespace Cme.Web.Hosting;

/// <summary>
/// Has schools deliver the signals that are stored and were not delivered: those of a process that died, and those whose
/// delivery failed. A signal is a fact of a register that was acknowledged, so it is never given up.
/// </summary>
internal sealed partial class SignalDelivery(
    IRegisters registers, IGrainFactory grains, [FromKeyedServices(Clock.System)] TimeProvider clock, IDuties duties, ILogger<SignalDelivery> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // At the start everything that is undelivered was left behind; later, what is younger may be on its way.
        var olderThan = TimeSpan.Zero;
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                if (duties.AreMine) { await DeliverAsync(olderThan, stoppingToken); }
                olderThan = Every;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                WebMeasures.FailedDeliveries.Add(WebMeasures.Delivery.Signals);
                LogFailed(logger, failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Delivers what has waited for so long.</summary>
    /// <returns>How many schools had something to deliver.</returns>
    public async Task<int> DeliverAsync(TimeSpan olderThan, CancellationToken cancel)
    {
        var owing = await registers.SchoolsWithUndeliveredAsync(olderThan, cancel);
        if (owing.IsEmpty) { return 0; }
        LogDelivering(logger, owing.Length);
        await Task.WhenAll(owing.Select(school => grains.GetGrain<ISchoolGrain>(Keys.School(school.Authority, school.Urn)).DeliverSignals()));
        return owing.Length;
    }

    [LoggerMessage(1211, LogLevel.Information, "Delivering signals that {Schools} schools stored earlier.")]
    private static partial void LogDelivering(ILogger logger, int schools);

    [LoggerMessage(1212, LogLevel.Warning, "Signals could not be delivered ({Cause}); they are kept and tried again in five seconds.")]
    private static partial void LogFailed(ILogger logger, string cause);
}
