using System.Globalization;

namespace Cme.Storage.PrivateServer;

/// <summary>Keeps a second program off the data directory. The kernel lets go of it however the program ends.</summary>
internal static class DataDirectoryLock
{
    /// <exception cref="PrivateServerException">Another program holds it.</exception>
    public static FileStream Take(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "lock");
        try
        {
            var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(HolderFile(dataDirectory), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch (IOException taken) when (File.Exists(path))
        {
            throw new PrivateServerException(
                $"The data directory '{dataDirectory}' is in use by another running copy of this program (process {Holder(dataDirectory)}). Stop that one, or choose another directory: --data DIR", taken);
        }
        catch (UnauthorizedAccessException closed)
        {
            throw new PrivateServerException(
                $"'{path}' may not be written by the user '{Environment.UserName}'. Run as the user who started it first, or choose another directory: --data DIR", closed);
        }
    }

    /// <summary>Whether another program holds it now.</summary>
    public static bool IsTaken(string dataDirectory)
    {
        if (!File.Exists(Path.Combine(dataDirectory, "lock"))) { return false; }
        try
        {
            using var free = new FileStream(Path.Combine(dataDirectory, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string Holder(string dataDirectory) =>
        File.Exists(HolderFile(dataDirectory)) ? File.ReadAllText(HolderFile(dataDirectory)) : "unknown";

    // Beside the lock: .NET cannot even read a file that another process has locked.
    private static string HolderFile(string dataDirectory) => Path.Combine(dataDirectory, "lock.pid");
}
