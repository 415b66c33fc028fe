using System.Runtime.InteropServices;

namespace Cme.Storage.PrivateServer;

/// <summary>The signals PostgreSQL's postmaster understands, and the system call that sends them: .NET can only kill.</summary>
internal static class Signals
{
    /// <summary>Fast shutdown: sessions are ended, what they did is rolled back, everything is written.</summary>
    public const int Interrupt = 2;

    /// <summary>Immediate shutdown: the next start recovers from the write-ahead log.</summary>
    public const int Quit = 3;

    /// <summary>Sends it; a process that is already gone is as good as told.</summary>
    public static void Send(int pid, int signal) => _ = Kill(pid, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
