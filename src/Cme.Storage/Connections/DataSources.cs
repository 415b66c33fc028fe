using Npgsql;

namespace Cme.Storage.Connections;

/// <summary>How this product connects to PostgreSQL, in one place.</summary>
public static class DataSources
{
    /// <summary>A pool of connections with the product's settings over whatever the connection string says of where and who.</summary>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "cme",
            MaxPoolSize = 32,
            // Preparing what recurs doubles the writes a second (ORLEANS, "Numbers to expect").
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            // No code here changes a session's settings, so there is nothing to reset between users of a connection.
            NoResetOnClose = true,
            // A PostgreSQL that has stopped answering is noticed in seconds; nothing that the product asks takes so long.
            Timeout = 5,
            CommandTimeout = 5,
            CancellationTimeout = 500,
        };
        return NpgsqlDataSource.Create(settings);
    }
}
