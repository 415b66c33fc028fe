using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Calls;

/// <summary>One call under way, and the call that made it. Follows the code through awaits, so that a call knows its whole chain.</summary>
/// <param name="grain">The grain that is called.</param>
/// <param name="method">Its method, for people.</param>
/// <param name="caller">The call that made this one; null if it came from outside.</param>
/// <param name="holdsTheTurn">False for calls that interleave: they keep nobody waiting.</param>
internal sealed class CallFrame(GrainId grain, string method, CallFrame? caller, bool holdsTheTurn)
{
    private static readonly AsyncLocal<CallFrame?> _current = new();

    // Work that a grain left running after its call is no part of that call, and must not keep old chains alive.
    private readonly CallFrame? _caller = Unfinished(caller);
    private volatile bool _finished;

    /// <summary>The call that this code runs in, or null outside grains.</summary>
    public static CallFrame? Current
    {
        get => Unfinished(_current.Value);
        set => _current.Value = value;
    }

    /// <summary>The call has returned; it holds nothing any more.</summary>
    public void Finish() => _finished = true;

    /// <summary>True if this call, or one that led to it, still holds the turn of <paramref name="target"/>.</summary>
    public bool WaitsFor(GrainId target)
    {
        for (var frame = this; frame is not null; frame = frame._caller)
        {
            if (frame.HoldsTheTurn && !frame._finished && frame.Grain.Equals(target))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The chain in the order of its calls: "school/… Receive → child/… Absent".</summary>
    public override string ToString() => _caller is null ? $"{Grain} {method}" : $"{_caller} → {Grain} {method}";

    private GrainId Grain { get; } = grain;

    private bool HoldsTheTurn { get; } = holdsTheTurn;

    private static CallFrame? Unfinished(CallFrame? frame)
    {
        while (frame is { _finished: true })
        {
            frame = frame._caller;
        }

        return frame;
    }
}
