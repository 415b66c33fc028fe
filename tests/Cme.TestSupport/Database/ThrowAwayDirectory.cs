using System.Diagnostics;

namespace Cme.TestSupport.Database;

/// <summary>Directories that are removed when the test process ends, however it ends.</summary>
/// <remarks>
/// A small shell outlives the process: its input ends when the process does, kill -9 included. No handler inside the process could do
/// that, and the test host gives its handlers a tenth of a second.
/// </remarks>
public static class ThrowAwayDirectory
{
    // A server that has just lost its process is shutting down; nobody needs what it would still write.
    private const string RemoveWhenInputEnds =
        """
        cat >/dev/null
        for pid in $(head -q -n 1 "$1"/pg*/postmaster.pid 2>/dev/null); do
            kill -QUIT "$pid" 2>/dev/null
            tries=0
            while kill -0 "$pid" 2>/dev/null && [ "$((tries += 1))" -lt 100 ]; do sleep 0.1; done
        done
        rm -rf -- "$1"
        """;

    // Kept so that the pipes to the shells stay open as long as the process lives.
    private static readonly List<Process> Removers = [];

    /// <summary>A new empty directory with a short path, which any user may enter: PostgreSQL does not run as root.</summary>
    /// <param name="under">Where it is made. The usual place is in memory on some machines: whoever measures a disk names another.</param>
    public static string Create(string under = "/tmp")
    {
        // Not TMPDIR, which may be closed to PostgreSQL's user and too long for the path of a socket.
        var directory = $"{under}/cme-test-" + Guid.NewGuid().ToString("n")[..12];
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_001_001);
        var shell = new ProcessStartInfo("setsid", ["sh", "-c", RemoveWhenInputEnds, "sh", directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        lock (Removers)
        {
            Removers.Add(Process.Start(shell)!);
        }
        return directory;
    }
}
