using Cme.Contracts;
using Cme.Contracts.Boards;
using Orleans;

namespace Cme.Web.Api.Concerns;

/// <summary>
/// Tells the duty desk's board that something was reported, or done about it. It waits for nothing: what was stored is stored, and a board
/// that cannot be told looks by itself a few seconds later.
/// </summary>
public sealed partial class ConcernBell(IGrainFactory grains, ILogger<ConcernBell> logger)
{
    public void Ring(string authority) => _ = grains.GetGrain<IBoardGrain>(Keys.Desk(authority)).Recount().ContinueWith(
        static (task, log) => LogNotTold((ILogger)log!, task.Exception!), logger, CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    [LoggerMessage(1103, LogLevel.Information, "The duty desk's board could not be told of a concern; it looks by itself.")]
    private static partial void LogNotTold(ILogger logger, Exception failure);
}
