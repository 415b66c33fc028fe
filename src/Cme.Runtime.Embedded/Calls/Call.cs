using System.Diagnostics;
using Cme.Runtime.Embedded.Activation;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Calls;

/// <summary>One call on its way to a grain, waiting for its turn, or under way.</summary>
internal abstract class Call(CallPlan plan, GrainId target, CallFrame? caller)
{
    private static readonly ActivitySource Spans = new("Cme.Runtime.Embedded");

    // A turn begins with nothing ambient, so that the call itself carries whose span it belongs to.
    private readonly ActivityContext? _sentIn = Spans.HasListeners() ? Activity.Current?.Context : null;

    public CallPlan Plan { get; } = plan;

    public GrainId Target { get; } = target;

    /// <summary>The call that made this one; null if it came from outside.</summary>
    public CallFrame? Caller { get; } = caller;

    /// <summary>What the grain's code runs in.</summary>
    public CallFrame Frame { get; } = new(target, plan.Name, caller, holdsTheTurn: !plan.Interleaves);

    public object?[] Arguments { get; set; } = [];

    /// <summary>When it was sent, as a timestamp of the system clock.</summary>
    public long SentAt { get; set; }

    /// <summary>The activation that carries it out, once one has begun to.</summary>
    public GrainActivation? Activation { get; set; }

    /// <summary>Begins the span of the call under that of whoever sent it; null if nobody traces what sent it.</summary>
    public Activity? BeginSpan() => _sentIn is { } sender ? Spans.StartActivity(Plan.Name, ActivityKind.Internal, sender) : null;

    /// <summary>Runs the grain's method and keeps its result. Throws what the method throws.</summary>
    public abstract Task Run(object grain);

    /// <summary>Gives the caller the result.</summary>
    public abstract void Succeed();

    /// <summary>Gives the caller an exception.</summary>
    public abstract void Fail(Exception failure);

    /// <inheritdoc/>
    public override string ToString() => $"{Target} {Plan.Name}";
}

/// <inheritdoc cref="Call"/>
internal sealed class Call<TResult>(CallPlan<TResult> plan, GrainId target, CallFrame? caller, CallCopier copier)
    : Call(plan, target, caller)
{
    // The caller goes on in a turn of its own, never inside the grain that answers.
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult _result = default!;

    public Task<TResult> Task => _answer.Task;

    public override async Task Run(object grain)
    {
        var running = plan.Invoke(grain, Arguments);
        if (running is Task<TResult> answering)
        {
            _result = copier.CopyResult(plan, await answering);
        }
        else
        {
            await running;
        }
    }

    public override void Succeed() => _answer.TrySetResult(_result);

    public override void Fail(Exception failure) => _answer.TrySetException(failure);
}
