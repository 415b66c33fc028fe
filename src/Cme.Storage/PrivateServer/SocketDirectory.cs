using System.Security.Cryptography;
using System.Text;

namespace Cme.Storage.PrivateServer;

/// <summary>The short, closed directory of the server's Unix socket. Its name follows from the data directory, so a later start finds it again.</summary>
internal static class SocketDirectory
{
    /// <summary>The number in the socket's name. Nothing listens on TCP, so it never collides.</summary>
    public const int Port = 5432;

    // The kernel's sockaddr_un holds 108 bytes, the closing zero among them.
    private const int LongestSocketPath = 107;

    /// <summary>Where the socket of the server on <paramref name="dataDirectory"/> goes.</summary>
    /// <exception cref="PrivateServerException">Every place that may be written to makes too long a path.</exception>
    public static string For(string dataDirectory, string? root)
    {
        var name = "cme-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..12];
        string[] roots = root is null ? [.. UsualRoots().Where(MayWrite)] : [Path.GetFullPath(root)];
        var places = roots.Select(one => Path.Combine(one, name)).ToArray();
        return places.FirstOrDefault(place => Length(place) <= LongestSocketPath)
            ?? throw new PrivateServerException(
                places.Length == 0
                    ? "No directory for PostgreSQL's Unix socket can be written to: tried /run and the temp directory. Set TMPDIR to one that can."
                    : $"The path of PostgreSQL's Unix socket would have {Length(places[0])} bytes, and {LongestSocketPath} is the most that Linux takes: "
                      + $"'{SocketIn(places[0])}'. Choose a shorter directory (TMPDIR=/tmp).");
    }

    /// <summary>Removes what a killed server left: PostgreSQL takes its lock for that of a living one when the number is in use again.</summary>
    public static void Clear(string directory)
    {
        foreach (var left in Directory.EnumerateFiles(directory))
        {
            File.Delete(left);
        }
    }

    private static string SocketIn(string directory) => Path.Combine(directory, $".s.PGSQL.{Port}");

    private static int Length(string directory) => Encoding.UTF8.GetByteCount(SocketIn(directory));

    private static IEnumerable<string> UsualRoots()
    {
        if (Environment.IsPrivilegedProcess)
        {
            yield return "/run";
        }
        else if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } own)
        {
            yield return own;
        }
        yield return Path.GetFullPath(Path.GetTempPath());
        yield return "/tmp";
    }

    private static bool MayWrite(string root)
    {
        try
        {
            var probe = Path.Combine(root, ".cme-" + Guid.NewGuid().ToString("n"));
            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
            return true;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
