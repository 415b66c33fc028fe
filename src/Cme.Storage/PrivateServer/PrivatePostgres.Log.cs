using Microsoft.Extensions.Logging;

namespace Cme.Storage.PrivateServer;

public sealed partial class PrivatePostgres
{
    [LoggerMessage(3013, LogLevel.Information, "Making the data directory of PostgreSQL {Major} at {Cluster}")]
    private static partial void LogCreating(ILogger logger, int major, string cluster);

    [LoggerMessage(3014, LogLevel.Information, "PostgreSQL {Major} on {Cluster} is ready (process {Pid}, {Milliseconds:0} ms)")]
    private static partial void LogReady(ILogger logger, int major, string cluster, int pid, double milliseconds);

    [LoggerMessage(3015, LogLevel.Information, "PostgreSQL (process {Pid}) has stopped")]
    private static partial void LogStopped(ILogger logger, int pid);

    [LoggerMessage(3016, LogLevel.Error, "PostgreSQL (process {Pid}) ended by itself with exit code {ExitCode}: starting it again. It said: {LastWords}")]
    private static partial void LogCrashed(ILogger logger, int pid, int exitCode, string lastWords);

    [LoggerMessage(3017, LogLevel.Error, "PostgreSQL did not start again; the next try is in {Seconds:0.0} s")]
    private static partial void LogRestartFailed(ILogger logger, double seconds, Exception failed);
}
