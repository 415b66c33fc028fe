using Npgsql;

namespace Cme.Storage.Batching;

/// <summary>
/// Lets writes that wait share a commit. It takes what is there and never waits to fill a batch, so a lone write goes at once and
/// many share the disk.
/// </summary>
/// <remarks>
/// Of writes to one row (<c>row</c> finds them equal) the first must be answered before the next goes. A batch is sorted by row, so
/// that two cannot lock each other out. A write that PostgreSQL refuses is found by halving the batch, and only that one fails.
/// </remarks>
public sealed class GroupCommit<TItem, TResult> : IAsyncDisposable
{
    private readonly Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> _commit;
    private readonly IComparer<TItem> _order;
    private readonly GroupCommitOptions _options;
    private readonly Task[] _writers;

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private readonly HashSet<TItem> _underWay;
    private readonly Stack<TaskCompletionSource> _idle = [];
    private bool _stopping;

    /// <param name="commit">Writes a batch in one transaction and answers each item in order, or throws with nothing written.</param>
    /// <param name="row">Finds two writes to the same row equal.</param>
    /// <param name="order">The order in which a batch touches rows.</param>
    public GroupCommit(
        Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> commit, IEqualityComparer<TItem> row, IComparer<TItem> order,
        GroupCommitOptions options)
    {
        (_commit, _order, _options) = (commit, order, options);
        _underWay = new HashSet<TItem>(row);
        // They work for everybody, and must not take over on whose behalf the first of them asked.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _writers = [.. Enumerable.Range(0, options.Writers).Select(_ => Task.Run(WriteAsync))];
        }
    }

    /// <summary>Stores the item with others. It is committed when the task completes.</summary>
    /// <exception cref="StorageUnavailableException">Too many are waiting, or the commit could not begin.</exception>
    /// <exception cref="CommitUnknownException">The connection was lost during the commit.</exception>
    public Task<TResult> AddAsync(TItem item)
    {
        var waiting = new Waiting(item);
        TaskCompletionSource? writer;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (_waiting.Count >= _options.Capacity)
            {
                throw new StorageUnavailableException("PostgreSQL does not keep up with what is to be written. Nothing was stored; try again shortly.");
            }
            _waiting.AddLast(waiting);
            _idle.TryPop(out writer);
        }
        writer?.SetResult();
        return waiting.Answer.Task;
    }

    /// <summary>Writes what is waiting, then stops. Nothing may be added any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            while (_idle.TryPop(out var writer))
            {
                writer.SetResult();
            }
        }
        await Task.WhenAll(_writers);
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            List<Waiting> batch;
            TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                batch = Take();
                if (batch.Count == 0)
                {
                    if (_stopping)
                    {
                        return;
                    }
                    _idle.Push(woken);
                }
            }
            if (batch.Count == 0)
            {
                await woken.Task;
                continue;
            }
            await CommitAsync(batch, 0, batch.Count);
            lock (_gate)
            {
                batch.ForEach(one => _underWay.Remove(one.Item));
            }
            batch.ForEach(one => one.Tell());
        }
    }

    // The oldest first, leaving each whose row is being written: it keeps its place for the next batch.
    private List<Waiting> Take()
    {
        List<Waiting> batch = [];
        for (var node = _waiting.First; node is not null && batch.Count < _options.LargestBatch;)
        {
            var (current, next) = (node, node.Next);
            if (_underWay.Add(current.Value.Item))
            {
                batch.Add(current.Value);
                _waiting.Remove(current);
            }
            node = next;
        }
        batch.Sort((one, other) => _order.Compare(one.Item, other.Item));
        return batch;
    }

    private async Task CommitAsync(List<Waiting> batch, int from, int count)
    {
        try
        {
            var results = await _commit(batch.GetRange(from, count).ConvertAll(one => one.Item));
            for (var i = 0; i < count; i++)
            {
                batch[from + i].Succeed(results[i]);
            }
        }
        catch (PostgresException) when (count > 1)
        {
            // Refused as a whole, so nothing was written: halve it until the one at fault stands alone.
            await CommitAsync(batch, from, count / 2);
            await CommitAsync(batch, from + (count / 2), count - (count / 2));
        }
#pragma warning disable CA1031 // Whatever it was, those who wait must hear of it; the writer goes on for others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            for (var i = 0; i < count; i++)
            {
                batch[from + i].Fail(fault);
            }
        }
    }

    private sealed class Waiting(TItem item)
    {
        private TResult? _result;
        private Exception? _fault;

        public TItem Item { get; } = item;

        public TaskCompletionSource<TResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Succeed(TResult result) => _result = result;

        public void Fail(Exception fault) => _fault = fault;

        // After the row has been freed, so that whoever writes it again on hearing the answer finds the way open.
        public void Tell()
        {
            if (_fault is null)
            {
                Answer.SetResult(_result!);
            }
            else
            {
                Answer.SetException(_fault);
            }
        }
    }
}
