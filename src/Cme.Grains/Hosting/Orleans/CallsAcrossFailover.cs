using System.Collections.Concurrent;
using System.Reflection;
using Cme.Contracts;
using Cme.Domain;
using Cme.Grains.Measures;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Cme.Grains.Hosting;

/// <summary>
/// Sends a call of this client again when the silo that had it is lost, if the call says that it may be repeated; every other call fails as
/// <see cref="GrainsUnreachableException"/>.
/// </summary>
internal sealed class CallsAcrossFailover([FromKeyedServices(Clock.System)] TimeProvider clock) : IOutgoingGrainCallFilter
{
    /// <summary>After so long nobody waits for the answer any more.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private static readonly ConcurrentDictionary<MethodInfo, bool> Marked = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            if (await LostCalls.FailureOf(context) is not { } lost) { return; }
            if (!MayRepeat(context) || clock.GetElapsedTime(since) > GiveUp)
            {
                GrainMeasures.Calls.Add(GrainMeasures.CallOutcome.Refused);
                throw new GrainsUnreachableException($"{context.InterfaceName}.{context.MethodName} of {context.TargetId} was not answered.", lost);
            }
            GrainMeasures.Calls.Add(GrainMeasures.CallOutcome.Repeated);
            await Task.Delay(Between, clock);
        }
    }

    private static bool MayRepeat(IOutgoingGrainCallContext call) =>
        Marked.GetOrAdd(call.InterfaceMethod, method =>
            method.IsDefined(typeof(SafeToRepeatAttribute)) || method.DeclaringType == typeof(IRemindable) || method.DeclaringType == typeof(IManagementGrain))
        && Arguments(call.Request).OfType<ITellsRepeats>().All(told => told.IsSafeToRepeat);

    private static IEnumerable<object?> Arguments(IInvokable request) => Enumerable.Range(0, request.GetArgumentCount()).Select(request.GetArgument);
}
