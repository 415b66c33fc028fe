using Cme.Domain;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Cme.Grains.Hosting;

/// <summary>
/// Sends a reminder's tick again when it was lost, or when the database was away. Orleans itself would send the next one a period later, and what
/// fell due in the second in which PostgreSQL was restarted would be recorded more than a minute late.
/// </summary>
internal sealed class TicksAcrossFailover([FromKeyedServices(Clock.System)] TimeProvider clock) : IOutgoingGrainCallFilter
{
    /// <summary>A little less than a period, after which the next tick comes anyway.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(50);

    // Thousands may fail together, and must not all be at a database's door while it starts.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(5);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IRemindable))
        {
            await context.Invoke();
            return;
        }
        var since = clock.GetTimestamp();
        for (var pause = Shortest; await FailureOf(context) is { } lost; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            if (clock.GetElapsedTime(since) > GiveUp) { throw lost; }
            await Task.Delay(pause, clock);
        }
    }

    private static async Task<Exception?> FailureOf(IOutgoingGrainCallContext tick)
    {
        try
        {
            return await LostCalls.FailureOf(tick) ?? (StorageFaults.IsAway(tick.Response?.Exception) ? tick.Response!.Exception : null);
        }
        catch (Exception away) when (StorageFaults.IsAway(away))
        {
            return away;
        }
    }
}
