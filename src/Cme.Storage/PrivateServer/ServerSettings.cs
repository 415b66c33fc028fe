using System.Globalization;

namespace Cme.Storage.PrivateServer;

/// <summary>PostgreSQL's settings for a small machine. They go on the command line: no file in the data directory can differ from them.</summary>
internal static class ServerSettings
{
    public static IEnumerable<string> Arguments(PrivateServerOptions options, string socketDirectory) =>
        from setting in Of(options, socketDirectory)
        from argument in new[] { "-c", $"{setting.Name}={setting.Value}" }
        select argument;

    private static IEnumerable<(string Name, string Value)> Of(PrivateServerOptions options, string socketDirectory) =>
    [
        // Reached by this machine's program only.
        ("listen_addresses", ""),
        ("port", SocketDirectory.Port.ToString(CultureInfo.InvariantCulture)),
        ("unix_socket_directories", socketDirectory),
        ("unix_socket_permissions", "0700"),
        ("password_encryption", "scram-sha-256"),
        ("max_connections", options.MaxConnections.ToString(CultureInfo.InvariantCulture)),

        // Acknowledged means durable. Without fsync a commit still survives the death of the server, though not the machine's.
        ("synchronous_commit", "on"),
        ("fsync", options.Fsync ? "on" : "off"),
        ("full_page_writes", options.Fsync ? "on" : "off"),

        // A machine with 2 GB: room in memory for the working set, checkpoints seldom and spread, a log that stays small.
        ("shared_buffers", "128MB"),
        ("effective_cache_size", "512MB"),
        ("work_mem", "8MB"),
        ("maintenance_work_mem", "64MB"),
        ("wal_compression", "on"),
        ("min_wal_size", "80MB"),
        ("max_wal_size", "1GB"),
        ("checkpoint_timeout", "15min"),
        ("random_page_cost", "1.1"),
        ("jit", "off"),

        // A transaction that someone forgot must not hold rows, or vacuum, for ever.
        ("idle_in_transaction_session_timeout", "5min"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        ("cluster_name", "cme"),

        // Statements and the details of errors hold names and birth dates: the program logs its own errors, the server only its health.
        ("log_destination", "stderr"),
        ("logging_collector", "off"),
        ("log_line_prefix", ""),
        ("log_min_messages", "log"),
        ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"),
        ("log_checkpoints", "off"),
        ("log_autovacuum_min_duration", "-1"),
    ];
}
