using System.Globalization;

namespace Cme.Storage.PrivateServer;

/// <summary>The directory PostgreSQL writes to: one for each major version, made by <c>initdb</c> at the first start.</summary>
internal static class ClusterDirectory
{
    private const string Prefix = "pg";

    public static string PathOf(string dataDirectory, int major) =>
        Path.Combine(dataDirectory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{major}"));

    /// <summary>The newest major version that has written data here, or null.</summary>
    public static int? NewestMajorIn(string dataDirectory) =>
        Directory.Exists(dataDirectory)
            ? (from directory in Directory.EnumerateDirectories(dataDirectory, Prefix + "*")
               let suffix = Path.GetFileName(directory)[Prefix.Length..]
               where int.TryParse(suffix, NumberStyles.None, CultureInfo.InvariantCulture, out _)
               select (int?)int.Parse(suffix, CultureInfo.InvariantCulture)).Max()
            : null;

    /// <summary>Runs <c>initdb</c> beside the final place and moves the result there, so that half a directory is never taken for a whole one.</summary>
    /// <remarks>
    /// Byte order for text (C.UTF-8): fast, and no upgrade of a library can change it under an index. What people read in order
    /// says its collation in the query.
    /// </remarks>
    public static async Task CreateAsync(
        string path, ServerBinaries binaries, ServerAccount account, string adminPassword, string secretDirectory, bool fsync, CancellationToken cancellation)
    {
        DeleteUnfinished(path);
        var unfinished = $"{path}.new-{Guid.NewGuid():n}";
        await account.OwnDirectoryAsync(unfinished, cancellation);
        var passwordFile = Path.Combine(secretDirectory, "initdb");
        await account.WriteSecretAsync(passwordFile, adminPassword, cancellation);
        try
        {
            await ServerCommand.RunAsync(
                account.Run(binaries.Initdb, [
                    "--pgdata", unfinished, "--username", ServerSecrets.Admin, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", .. fsync ? Array.Empty<string>() : ["--no-sync"]]),
                "", cancellation);
        }
        finally
        {
            File.Delete(passwordFile);
        }
        Directory.Move(unfinished, path);
    }

    /// <summary>
    /// What earlier, killed starts left. An initdb that outlived its start may still be writing there: it has a directory of its
    /// own, and what cannot be deleted now is deleted by a later start.
    /// </summary>
    private static void DeleteUnfinished(string path)
    {
        foreach (var leftover in Directory.EnumerateDirectories(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".new*"))
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (IOException)
            {
                // Somebody writes there still.
            }
        }
    }
}
