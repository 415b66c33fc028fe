using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Storage.Registers;
using Microsoft.Extensions.Logging;

namespace Cme.Grains.Schools;

internal sealed partial class SchoolGrain
{
    /// <summary>
    /// What is stored and not yet delivered, child by child in order. A signal never overtakes an older one of the same child: an
    /// explanation that found nothing open would be forgotten, and the absence that it explained would open an episode after it.
    /// </summary>
    private readonly Dictionary<string, ImmutableQueue<SignalRecord>> _owed = [];

    private void Owe(ImmutableArray<SignalRecord> signals)
    {
        foreach (var signal in signals)
        {
            _owed[signal.ChildId] = _owed.GetValueOrDefault(signal.ChildId, []).Enqueue(signal);
        }
    }

    /// <summary>
    /// Hands what is owed to some children's grains, several children at once and each child's in order. A delivery that fails
    /// takes nothing back: the signal is durable, stays owed, and is delivered with the child's next one, or by the delivery loop.
    /// </summary>
    private async Task Deliver(ImmutableArray<string> children)
    {
        var done = (await Task.WhenAll(children.Select(DeliverTo))).SelectMany(sequences => sequences).ToList();
        if (done.Count == 0)
        {
            return;
        }
        try
        {
            await registers.MarkDeliveredAsync(_key.Authority, _key.Urn, done);
        }
        catch (Exception why) when (why is not OutOfMemoryException)
        {
            LogNotMarked(logger, why, _key.Urn, done.Count);         // They come again when the grain wakes, and change nothing.
        }
    }

    private async Task<List<long>> DeliverTo(string childId)
    {
        var done = new List<long>();
        try
        {
            while (_owed.TryGetValue(childId, out var owed) && !owed.IsEmpty)
            {
                await GrainFactory.GetGrain<IChildGrain>(Keys.Child(childId)).Signal(RegisterWire.FromRecord(owed.Peek()));
                done.Add(owed.Peek().Sequence);
                _owed[childId] = owed.Dequeue();
            }
            _owed.Remove(childId);
        }
        catch (Exception why) when (why is not OutOfMemoryException)
        {
            LogNotDelivered(logger, why, _key.Urn, _owed[childId].Count());
        }
        return done;
    }

    [LoggerMessage(2101, LogLevel.Warning, "School {Urn}: {Count} signals were not delivered; they stay owed.")]
    private static partial void LogNotDelivered(ILogger logger, Exception why, string urn, int count);

    [LoggerMessage(2102, LogLevel.Warning, "School {Urn}: {Count} signals were delivered and could not be marked so; they come again.")]
    private static partial void LogNotMarked(ILogger logger, Exception why, string urn, int count);
}
