using Cme.Runtime.Embedded.Calls;
using Cme.Runtime.Embedded.Simulation;

namespace Cme.Runtime.Embedded.Activation;

/// <summary>Runs everything of one activation one after another: calls as they begin, and what follows their awaits.</summary>
/// <param name="queue">Where turns wait for a thread; null for the thread pool.</param>
/// <remarks>Code after an await comes back here unless it says <c>ConfigureAwait(false)</c>, just as in Orleans.</remarks>
internal sealed class TurnScheduler(ITurnQueue? queue) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Turns taken before others get the thread. A simulation chooses anew after each.</summary>
    private readonly int _turnsAtOnce = queue is null ? 32 : 1;

    [ThreadStatic] private static TurnScheduler? _onThisThread;

    private readonly Queue<object> _turns = new();
    private bool _scheduled;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Lets a call begin when its time comes.</summary>
    public void Begin(Call call) => Add(call);

    /// <inheritdoc/>
    public void Execute()
    {
        _onThisThread = this;
        try
        {
            for (var taken = 0; taken < _turnsAtOnce; taken++)
            {
                if (!TryTake(out var turn))
                {
                    return;
                }

                Take(turn);
            }
        }
        finally
        {
            _onThisThread = null;
        }

        WaitForAThread();
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(_onThisThread, this) && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_turns)
        {
            return [.. _turns.OfType<Task>()];
        }
    }

    private void Add(object turn)
    {
        lock (_turns)
        {
            _turns.Enqueue(turn);
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        WaitForAThread();
    }

    private void WaitForAThread()
    {
        if (queue is not null)
        {
            queue.Add(this);
            return;
        }

        // First come, first served. A thread takes the newest of its own work first, and on a busy machine two grains in
        // conversation then keep a third waiting; it was no faster either.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryTake(out object turn)
    {
        lock (_turns)
        {
            _scheduled = _turns.TryDequeue(out turn!);
            return _scheduled;
        }
    }

    // A call becomes a task only here, on a bare thread, so that nothing ambient of its caller comes along.
    private void Take(object turn)
    {
        if (turn is Task task)
        {
            TryExecuteTask(task);
        }
        else
        {
            new Task(static call => _ = ((Call)call!).Activation!.Carry((Call)call), turn).RunSynchronously(this);
        }
    }
}
