using System.Collections.Concurrent;
using System.Diagnostics;

namespace Cme.Storage.PrivateServer;

/// <summary>The one thread that starts servers.</summary>
/// <remarks>
/// Linux tells a process of its parent's death when the thread that started it dies, not the program. A thread of the pool may die at
/// any quiet moment and would take the server with it; this one lives exactly as long as the program.
/// </remarks>
internal static class LaunchThread
{
    private static readonly BlockingCollection<Action> Launches = [];

    static LaunchThread() => new Thread(LaunchForEver) { IsBackground = true, Name = "postgres-launch" }.Start();

    public static Task<Process> StartAsync(ProcessStartInfo how)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Launches.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(how)!);
            }
#pragma warning disable CA1031 // Whatever went wrong belongs to the caller; this thread must live.
            catch (Exception wrong)
#pragma warning restore CA1031
            {
                started.SetException(wrong);
            }
        });
        return started.Task;
    }

    private static void LaunchForEver()
    {
        foreach (var launch in Launches.GetConsumingEnumerable())
        {
            launch();
        }
    }
}
