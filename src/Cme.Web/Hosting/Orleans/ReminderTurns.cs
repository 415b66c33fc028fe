using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain;
using Cme.Web.Measures;
using Orleans.Runtime;
using IReminderTable = Cme.Storage.Reminders.IReminderTable;
using ReminderRow = Cme.Storage.Reminders.ReminderRow;

namespace Cme.Web.Hosting.OnOrleans;

/// <summary>
/// Orleans' own timers know nothing of a clock that is moved. So whoever moves it wakes what is due by the rows themselves; that
/// Orleans ticks as well, later, changes nothing.
/// </summary>
internal sealed partial class ReminderTurns(
    IReminderTable reminders, IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider clock, ILogger<ReminderTurns> logger)
    : IReminderTurns
{
    /// <summary>How many grains are woken at once: those that wait would do so at the silos, and give up before they had their turn.</summary>
    private const int AtOnce = 128;

    public void Poke()
    {
    }

    public async Task WhenQuietAsync(CancellationToken cancel)
    {
        var woken = ImmutableHashSet<ReminderRow>.Empty;
        // A grain that was woken moves its reminder on, perhaps to an instant that is due, too. A row that stays as it was has had its tick.
        while (await Due(cancel) is var due && due.Except(woken) is { IsEmpty: false } waiting)
        {
            await Parallel.ForEachAsync(waiting, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, (row, _) => new ValueTask(Tick(row)));
            woken = woken.Union(waiting);
        }
    }

    private async Task<ImmutableHashSet<ReminderRow>> Due(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return [.. (await reminders.ReadAllAsync(cancel)).Where(row => row.StartAt <= now)];
    }

    private async Task Tick(ReminderRow row)
    {
        try
        {
            await grains.GetGrain<IRemindable>(GrainId.Parse(row.GrainId, CultureInfo.InvariantCulture))
                .ReceiveReminder(row.Name, new TickStatus(row.StartAt.UtcDateTime, row.Period, clock.GetUtcNow().UtcDateTime));
            WebMeasures.Ticks.Add(WebMeasures.Tick.Woken);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            WebMeasures.Ticks.Add(WebMeasures.Tick.Failed);
            LogTickFailed(logger, failure, row.GrainId, row.Name);   // A grain that fails must not silence the others; Orleans ticks again.
        }
    }

    [LoggerMessage(1071, LogLevel.Warning, "The tick of {Grain}'s reminder '{Name}' failed; its next period or the auditor looks again")]
    private static partial void LogTickFailed(ILogger logger, Exception failure, string grain, string name);
}
