using Cme.Runtime.Embedded.Simulation;

namespace Cme.Simulation.Engine;

/// <summary>
/// Everything that is ready to run, on one thread: turns of grains, answers of the disk, callers that go on. Which comes next its
/// chance decides, so that the same chance gives the same order, and another one another.
/// </summary>
internal sealed class TurnOrder : ITurnQueue
{
    private readonly List<object> _ready = [];

    public TurnOrder() => Outside = new OutsideScheduler(this);

    /// <summary>Where code outside grains runs: whoever calls them.</summary>
    public TaskScheduler Outside { get; }

    /// <summary>Decides what comes next.</summary>
    public Chance Chance { get; set; } = new(0);

    /// <summary>Every choice so far, as a number: two runs with the same trace took the same course.</summary>
    public Trace Trace { get; } = new();

    public bool IsQuiet => _ready.Count == 0;

    public void Add(IThreadPoolWorkItem turn) => _ready.Add(turn);

    public void Add(Action work) => _ready.Add(work);

    /// <summary>Starts something outside grains. It runs when it is chosen.</summary>
    public Task<T> Start<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Outside).Unwrap();

    /// <summary>Runs one of the things that are ready. False if there is none.</summary>
    public bool RunOne()
    {
        if (_ready.Count == 0)
        {
            return false;
        }
        var chosen = Chance.Next(_ready.Count);
        Trace.Add(_ready.Count, chosen);
        var next = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        switch (next)
        {
            case IThreadPoolWorkItem turn:
                turn.Execute();
                break;
            case Action work:
                work();
                break;
            case Task task:
                ((OutsideScheduler)Outside).Run(task);
                break;
        }
        return true;
    }

    /// <summary>The program died: nothing that was ready will ever run.</summary>
    public void CutOff() => _ready.Clear();

    private sealed class OutsideScheduler(TurnOrder order) : TaskScheduler
    {
        public override int MaximumConcurrencyLevel => 1;

        public void Run(Task task) => TryExecuteTask(task);

        protected override void QueueTask(Task task) => order._ready.Add(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => order._ready.OfType<Task>();
    }
}

/// <summary>The course of a run in one number (FNV-1a).</summary>
internal sealed class Trace
{
    public ulong Hash { get; private set; } = 14695981039346656037UL;

    public void Add(params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            Hash = unchecked((Hash ^ (uint)number) * 1099511628211UL);
        }
    }

    public void Add(string text)
    {
        foreach (var character in text)
        {
            Hash = unchecked((Hash ^ character) * 1099511628211UL);
        }
    }
}
