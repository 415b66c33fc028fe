using Microsoft.Extensions.Logging;

namespace Cme.Storage.Sequencer;

/// <summary>
/// Tells the listener what was published, one authority at a time and apart from the publishing: a slow board delays neither
/// numbers nor other authorities for longer than its own call, and what comes meanwhile is told in one call.
/// </summary>
internal sealed partial class Announcer(IPublishedListener listener, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Published> _toTell = new(StringComparer.Ordinal);
    private Task _telling = Task.CompletedTask;

    public void Add(Published published, CancellationToken cancel)
    {
        lock (_gate)
        {
            _toTell[published.Authority] = _toTell.TryGetValue(published.Authority, out var before) ? Together(before, published) : published;
            if (_telling.IsCompleted)
            {
                _telling = Task.Run(() => TellAsync(cancel), CancellationToken.None);
            }
        }
    }

    /// <summary>Completes when everything added so far was told.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _telling;
        }
    }

    private static Published Together(Published before, Published after) => after with
    {
        Urns = [.. before.Urns.Union(after.Urns, StringComparer.Ordinal)],
        Desk = before.Desk || after.Desk,
        Lead = before.Lead || after.Lead,
    };

    private async Task TellAsync(CancellationToken cancel)
    {
        while (true)
        {
            Published[] batch;
            lock (_gate)
            {
                if (_toTell.Count == 0 || cancel.IsCancellationRequested)
                {
                    // Within the gate, so that whoever adds now sees that nobody is telling.
                    _telling = Task.CompletedTask;
                    return;
                }
                batch = [.. _toTell.Values];
                _toTell.Clear();
            }
            await Task.WhenAll(batch.Select(one => TellAsync(one, cancel)));
        }
    }

    private async Task TellAsync(Published published, CancellationToken cancel)
    {
        try
        {
            await listener.PublishedAsync(published, cancel);
        }
#pragma warning disable CA1031 // A board reads by number: the next call brings what this one did not.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogNotTold(logger, published.Authority, published.Number, fault);
        }
    }

    [LoggerMessage(3021, LogLevel.Warning, "Boards of authority {Authority} could not be told of number {Number}")]
    private static partial void LogNotTold(ILogger logger, string authority, long number, Exception fault);
}
