using System.Globalization;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Crashes;

/// <summary>
/// kill -9 of the real program, its PostgreSQL going down with it, while 200 registers, corrections and actions are posted at
/// once and deadlines fall due. Whatever was acknowledged is there once after the restart (DESIGN 9.1, 9.2, 9.7).
/// </summary>
public sealed class KilledWhileItWorks
{
    private const int Concurrent = 16;

    /// <summary>How often it is killed: twice in the ordinary run; CME_KILLS says otherwise.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CME_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 2;

    [Fact]
    public async Task Whatever_was_acknowledged_before_kill_9_is_there_exactly_once_after_the_restart()
    {
        await using var service = await ServiceProcess.StartAsync();
        await Town.SettleAsync(service);
        await TownRecord.OpenEpisodesAsync(service);
        for (var round = 0; round < Kills; round++)
        {
            var acknowledged = await WorkUntilKilledAsync(service, round);
            await service.StartAgainAsync();
            await acknowledged.HoldsAsync(service);
        }
    }

    private static async Task<TownRecord> WorkUntilKilledAsync(ServiceProcess service, int round)
    {
        var killAfter = new Random(round).Next(20, TownRecord.Requests - 20);
        var acknowledged = new TownRecord();
        var answered = 0;
        var killed = false;
        var start = await Town.NowAsync(service);
        var references = await TownRecord.ReferencesAsync(service);
        var time = MoveTimeAsync(service, start);
        await Parallel.ForEachAsync(Enumerable.Range(0, TownRecord.Requests), new ParallelOptions { MaxDegreeOfParallelism = Concurrent }, async (index, _) =>
        {
            try
            {
                await acknowledged.SendAsync(service, index, round, references);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
            {
                return;                                              // Not acknowledged: it may be there or not.
            }
            if (Interlocked.Increment(ref answered) == killAfter)
            {
                await service.KillAsync();
                killed = true;
            }
        });
        await time;
        killed.ShouldBeTrue($"Only {answered} of {TownRecord.Requests} were acknowledged, so it was never killed.\n{service.Output}");
        return acknowledged;
    }

    /// <summary>Ten minutes at a time, so that calls and assessments fall due while everything else is posted.</summary>
    private static async Task MoveTimeAsync(ServiceProcess service, DateTimeOffset from)
    {
        try
        {
            for (var step = 1; step <= 6; step++)
            {
                await Town.MoveToAsync(service, from.AddMinutes(10 * step).ToString("O", CultureInfo.InvariantCulture));
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            // It was killed meanwhile; the clock goes on from what it stored.
        }
    }
}
