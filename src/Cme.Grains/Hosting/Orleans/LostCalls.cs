using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Storage;

namespace Cme.Grains.Hosting;

/// <summary>Tells a call that was lost from one that was answered.</summary>
internal static class LostCalls
{
    /// <summary>Makes the call.</summary>
    /// <returns>Why it was lost; null if somebody answered, an exception of the grain's own included.</returns>
    public static async Task<Exception?> FailureOf(IOutgoingGrainCallContext call)
    {
        try
        {
            await call.Invoke();
            return call.Response?.Exception is { } carried && IsLost(carried, call) ? carried : null;
        }
        catch (Exception lost) when (IsLost(lost, call))
        {
            return lost;
        }
    }

    /// <summary>Nobody answered, nobody was found to ask, or whoever answered was the grain's owner no longer, and its write was refused by version.</summary>
    private static bool IsLost(Exception failure, IOutgoingGrainCallContext call) => failure
        is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or GatewayTooBusyException or TimeoutException
        or InconsistentStateException
        // A silo gave up a call before it had found the grain a place; its caller had not.
        || (failure is OperationCanceledException && !call.Request.GetCancellationToken().IsCancellationRequested);
}
