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
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            return held;
        }
        catch (IOException taken) when (File.Exists(path))
        {
            throw new PrivateServerException(
                $"The data directory '{dataDirectory}' is in use by another running copy of this program (process {Holder(path)}). Stop that one, or choose another directory: --data DIR", taken);
        }
        catch (UnauthorizedAccessException closed)
        {
            throw new PrivateServerException(
                $"'{path}' may not be written by the user '{Environment.UserName}'. Run as the user who started it first, or choose another directory: --data DIR", closed);
        }
    }

    private static string Holder(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
