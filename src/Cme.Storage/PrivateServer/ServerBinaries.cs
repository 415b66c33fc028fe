using System.Globalization;

namespace Cme.Storage.PrivateServer;

/// <summary>The programs of one installed major version of PostgreSQL.</summary>
internal sealed record ServerBinaries(int Major, string Directory)
{
    private const int OldestMajor = 15;

    public string Postgres => Path.Combine(Directory, "postgres");

    public string Initdb => Path.Combine(Directory, "initdb");

    /// <summary>The version that wrote the data already there, or the newest installed for an empty directory.</summary>
    /// <exception cref="PrivateServerException">Nothing new enough is installed, or not the version that wrote the data.</exception>
    public static ServerBinaries For(string dataDirectory, string root)
    {
        var installed = Installed(root);
        if (ClusterDirectory.NewestMajorIn(dataDirectory) is { } written)
        {
            return installed.FirstOrDefault(one => one.Major == written)
                ?? throw new PrivateServerException(
                    $"The data in '{ClusterDirectory.PathOf(dataDirectory, written)}' was written by PostgreSQL {written}, which is not installed. "
                    + $"Data is never upgraded silently. Install that version: sudo apt-get install -y postgresql-{written}");
        }
        return installed.Where(one => one.Major >= OldestMajor).MaxBy(one => one.Major) ?? throw Missing(root, installed);
    }

    private static List<ServerBinaries> Installed(string root) =>
        System.IO.Directory.Exists(root)
            ? [.. from directory in System.IO.Directory.EnumerateDirectories(root)
                  let name = Path.GetFileName(directory)
                  where int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                  let bin = Path.Combine(directory, "bin")
                  where File.Exists(Path.Combine(bin, "postgres")) && File.Exists(Path.Combine(bin, "initdb"))
                  select new ServerBinaries(int.Parse(name, CultureInfo.InvariantCulture), bin)]
            : [];

    private static PrivateServerException Missing(string root, List<ServerBinaries> tooOld)
    {
        var found = tooOld.Count == 0 ? "none" : $"only version {tooOld.Max(one => one.Major)}";
        return new PrivateServerException(
            $"A PostgreSQL server of version {OldestMajor} or later is needed, and {found} was found under '{root}'. "
            + "Install it: sudo apt-get update && sudo apt-get install -y postgresql "
            + "(where the distribution's own is older: sudo apt-get install -y postgresql-common && "
            + $"sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y && sudo apt-get install -y postgresql-{OldestMajor}). "
            + "Or give the connection string of a server of your own as ConnectionStrings:Cme.");
    }
}
