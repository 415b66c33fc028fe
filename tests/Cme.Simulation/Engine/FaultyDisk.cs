using Cme.Simulation.Store;
using Cme.Storage;

namespace Cme.Simulation.Engine;

/// <summary>What goes wrong with a write.</summary>
internal enum Fault
{
    /// <summary>PostgreSQL cannot be reached: nothing is written.</summary>
    Refused,

    /// <summary>It is written, and nobody is told.</summary>
    LandsUnknown,

    /// <summary>The program dies before it is written.</summary>
    DiesBefore,

    /// <summary>The program dies when it has been written, and before anybody is told.</summary>
    DiesAfter,
}

/// <summary>Carries out reads and writes when the order of turns comes to them, and lets them go wrong as the plan says.</summary>
internal sealed class FaultyDisk(TurnOrder order) : IDisk
{
    private (Fault Fault, int Writes)? _next;

    /// <summary>The program is to die now.</summary>
    public bool Dying { get; private set; }

    /// <summary>Faults that came to pass.</summary>
    public int Faults { get; private set; }

    /// <summary>After so many more writes, one goes wrong.</summary>
    public void Plan(Fault fault, int writes) => _next = (fault, writes);

    /// <summary>No more faults, and the program is alive (again).</summary>
    public void Calm() => (_next, Dying) = (null, false);

    public Task<T> Read<T>(Func<T> read) => Later(read);

    public Task<T> Write<T>(string what, Func<T> write) => Later(() =>
    {
        order.Trace.Add(what);
        if (_next is not { } planned)
        {
            return write();
        }
        if (planned.Writes > 0)
        {
            _next = (planned.Fault, planned.Writes - 1);
            return write();
        }
        (_next, Faults) = (null, Faults + 1);
        return GoWrong(planned.Fault, write);
    });

    private T GoWrong<T>(Fault fault, Func<T> write)
    {
        switch (fault)
        {
            case Fault.Refused:
                throw new StorageUnavailableException("Simulated: nothing was written.");
            case Fault.LandsUnknown:
                write();
                throw new CommitUnknownException("Simulated: it was written, and nobody is told.");
            case Fault.DiesAfter:
                write();
                break;
        }
        Dying = true;
        throw new StorageUnavailableException("Simulated: the program dies.");
    }

    private Task<T> Later<T>(Func<T> work)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        order.Add(() =>
        {
            try
            {
                answer.SetResult(work());
            }
#pragma warning disable CA1031 // Whatever it was belongs to whoever awaits.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                answer.SetException(fault);
            }
        });
        return answer.Task;
    }
}
