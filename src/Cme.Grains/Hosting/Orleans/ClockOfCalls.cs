using Cme.Storage.Demo;
using Orleans;
using Orleans.Runtime;

namespace Cme.Grains.Hosting;

/// <summary>
/// Every call carries how far the demo's clock is ahead where it began, and whoever takes the call follows: what was sent after the clock was put
/// forward is never worked on at an earlier time (ADR 0326).
/// </summary>
internal sealed class ClockOfCalls(ClockOfDemo clock) : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    private const string Key = "cme.ahead";

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(Key, clock.Ahead.Ticks);
        return context.Invoke();
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (RequestContext.Get(Key) is long ahead) { clock.Follow(new(ahead)); }
        return context.Invoke();
    }
}
