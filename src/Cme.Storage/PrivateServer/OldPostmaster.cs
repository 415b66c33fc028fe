using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Cme.Storage.PrivateServer;

/// <summary>What <c>postmaster.pid</c> in a data directory tells: whether a server of an earlier run is still there, or this one is ready.</summary>
internal static partial class OldPostmaster
{
    // Far above the highest number Linux gives.
    private const string NobodysPid = "2147483647";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    // The earlier program's death has asked it to stop. These are for one that was not told, and for one that hangs.
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InsistAfter = TimeSpan.FromSeconds(40);

    /// <summary>Whether the server with this process id says that it accepts connections.</summary>
    public static bool IsReady(string cluster, int pid) =>
        Read(cluster) is [var first, _, _, _, _, _, _, var status, ..]
        && first == pid.ToString(CultureInfo.InvariantCulture) && status.Trim() == "ready";

    /// <summary>Waits until no server works on the directory, and clears the number of a process which is none.</summary>
    /// <remarks>The caller holds the directory's lock, so any server found has lost its program.</remarks>
    /// <exception cref="PrivateServerException">It did not stop within <paramref name="patience"/>.</exception>
    public static async Task WaitUntilGoneAsync(string cluster, TimeSpan patience, TimeProvider clock, ILogger logger, CancellationToken cancellation)
    {
        if (PidIn(cluster) is not { } pid)
        {
            return;
        }
        if (!IsPostmasterOf(cluster, pid))
        {
            ForgetReusedPid(cluster, pid);
            return;
        }
        LogWaiting(logger, pid);
        var since = clock.GetTimestamp();
        var (asked, insisted) = (false, false);
        while (IsPostmasterOf(cluster, pid))
        {
            var waited = clock.GetElapsedTime(since);
            if (waited > patience)
            {
                throw new PrivateServerException($"The PostgreSQL server of an earlier run (process {pid}) on '{cluster}' does not stop. End it: sudo kill -QUIT {pid}");
            }
            asked = asked || SignalAfter(AskAfter, Signals.Interrupt);
            insisted = insisted || SignalAfter(InsistAfter, Signals.Quit);
            await Task.Delay(LookEvery, clock, cancellation);

            bool SignalAfter(TimeSpan wait, int signal)
            {
                if (waited < wait)
                {
                    return false;
                }
                Signals.Send(pid, signal);
                return true;
            }
        }
    }

    // PostgreSQL takes any living process of its user for the old server, and after a restart of the machine the number often
    // belongs to another program. Only the number goes: by the lines below it PostgreSQL finds sessions that a killed server
    // left at work, and without them it would start beside those and destroy the data.
    private static void ForgetReusedPid(string cluster, int pid)
    {
        if (Directory.Exists($"/proc/{pid}"))
        {
            File.WriteAllLines(PidFile(cluster), [NobodysPid, .. Read(cluster).Skip(1)]);
        }
    }

    private static bool IsPostmasterOf(string cluster, int pid)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return Path.GetFileName(arguments[0]) == "postgres" && arguments.Contains(cluster);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int? PidIn(string cluster) =>
        Read(cluster) is [var first, ..] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;

    private static string[] Read(string cluster)
    {
        try
        {
            return File.ReadAllLines(PidFile(cluster));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    [LoggerMessage(3010, LogLevel.Information, "Waiting for the PostgreSQL server of an earlier run (process {Pid}) to stop")]
    private static partial void LogWaiting(ILogger logger, int pid);
}
