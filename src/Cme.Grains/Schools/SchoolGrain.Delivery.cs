using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Storage.Registers;
using Microsoft.Extensions.Logging;

namespace Cme.Grains.Schools;

internal sealed partial class SchoolGrain
{
    /// <summary>
    /// Hands signals to the children's grains, several children at once and each child's in order. A delivery that fails takes
    /// nothing back: the signal is durable, stays owed, and is delivered again by the delivery loop or the auditor.
    /// </summary>
    private async Task Deliver(ImmutableArray<SignalRecord> signals)
    {
        if (signals.IsEmpty)
        {
            return;
        }
        var delivered = await Task.WhenAll(signals.GroupBy(signal => signal.ChildId).Select(ofChild => DeliverTo(ofChild.Key, [.. ofChild])));
        var done = delivered.SelectMany(sequences => sequences).ToList();
        if (done.Count > 0)
        {
            try
            {
                await registers.MarkDeliveredAsync(_key.Authority, _key.Urn, done);
            }
            catch (Exception why) when (why is not OutOfMemoryException)
            {
                LogNotMarked(logger, why, _key.Urn, done.Count);     // They come again, and change nothing.
            }
        }
    }

    private async Task<IEnumerable<long>> DeliverTo(string childId, ImmutableArray<SignalRecord> signals)
    {
        var done = new List<long>();
        try
        {
            foreach (var signal in signals.OrderBy(signal => signal.Sequence))
            {
                await GrainFactory.GetGrain<IChildGrain>(Keys.Child(childId)).Signal(RegisterWire.FromRecord(signal));
                done.Add(signal.Sequence);
            }
        }
        catch (Exception why) when (why is not OutOfMemoryException)
        {
            LogNotDelivered(logger, why, _key.Urn, signals.Length - done.Count);
        }
        return done;
    }

    [LoggerMessage(2101, LogLevel.Warning, "School {Urn}: {Count} signals were not delivered; they stay owed.")]
    private static partial void LogNotDelivered(ILogger logger, Exception why, string urn, int count);

    [LoggerMessage(2102, LogLevel.Warning, "School {Urn}: {Count} signals were delivered and could not be marked so; they come again.")]
    private static partial void LogNotMarked(ILogger logger, Exception why, string urn, int count);
}
