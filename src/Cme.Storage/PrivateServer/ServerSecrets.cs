using System.Security.Cryptography;

namespace Cme.Storage.PrivateServer;

/// <summary>The passwords of the server's two roles, in a file that libpq reads too (PGPASSFILE).</summary>
internal sealed record ServerSecrets(string OfAdmin, string OfApp)
{
    /// <summary>The role that made the server. Only the supervisor uses it.</summary>
    public const string Admin = "postgres";

    /// <summary>The role the product connects as: owns its databases and roles, but is no superuser, so row-level security can bind it.</summary>
    public const string App = "cme";

    /// <summary>New random secrets, written for the eyes of the program's own user only.</summary>
    public static ServerSecrets Create(string path)
    {
        var secrets = new ServerSecrets(Random(), Random());
        var onlyOwner = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        File.Delete(path);
        using var file = new StreamWriter(path, onlyOwner);
        file.Write($"*:*:*:{Admin}:{secrets.OfAdmin}\n*:*:*:{App}:{secrets.OfApp}\n");
        return secrets;
    }

    /// <summary>The secrets the data was made with.</summary>
    /// <exception cref="PrivateServerException">The file is missing or does not hold them.</exception>
    public static ServerSecrets Read(string path)
    {
        try
        {
            var byRole = File.ReadLines(path).Select(line => line.Split(':')).ToDictionary(fields => fields[3], fields => fields[4]);
            return new ServerSecrets(byRole[Admin], byRole[App]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new PrivateServerException(
                $"The passwords of the private PostgreSQL server cannot be read from '{path}' ({wrong.Message}). Put the file back from a backup.", wrong);
        }
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
