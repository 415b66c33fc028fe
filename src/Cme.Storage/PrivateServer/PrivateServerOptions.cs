namespace Cme.Storage.PrivateServer;

/// <summary>Where the private PostgreSQL server of one machine keeps its data, and how patient its keeper is.</summary>
public sealed record PrivateServerOptions
{
    /// <summary>Holds the data (<c>pg15/</c>, named after the major version), the secrets and the lock that keeps a second program out.</summary>
    /// <remarks>Started by root, every directory above it must be open to the user the server runs as; root's home is not.</remarks>
    public required string DataDirectory { get; init; }

    /// <summary>The database named in <see cref="PrivatePostgres.ConnectionString"/>, created when absent.</summary>
    /// <value>A lower-case letter, then lower-case letters, digits and underscores, at most 63.</value>
    public string Database { get; init; } = "cme";

    /// <summary>Where the directory of the Unix socket is made. Null chooses <c>/run</c> or a temp directory.</summary>
    /// <value>Short: the whole path of the socket has at most 107 bytes.</value>
    public string? SocketRoot { get; init; }

    /// <summary>Where the distribution keeps one directory of server programs for each major version.</summary>
    public string BinariesRoot { get; init; } = "/usr/lib/postgresql";

    /// <summary>False lets PostgreSQL acknowledge what the disk does not hold yet: for databases that a test throws away.</summary>
    public bool Fsync { get; init; } = true;

    /// <summary>How many clients may be connected at once.</summary>
    /// <value>10 to 1,000; 100 unless told otherwise. Each costs about 10 MB.</value>
    public int MaxConnections { get; init; } = 100;

    /// <summary>How long a start may take, the recovery after a crash and the end of an older server included.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a fast shutdown may take before the server is stopped at once, to recover at its next start.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(20);
}
