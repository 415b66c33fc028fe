using Cme.Storage.PrivateServer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cme.TestSupport.Database;

/// <summary>A private PostgreSQL server that a test may stop, kill and start again, on a directory that goes when the test process does.</summary>
/// <remarks>It does not flush to the disk: what is on it need not outlive the machine. Killed processes lose nothing by that.</remarks>
public static class TestServer
{
    /// <summary>Starts a server of the test's own. For an ordinary database use <see cref="TestDatabase"/>, which shares one.</summary>
    public static Task<PrivatePostgres> StartAsync(ILogger? logger = null)
    {
        var directory = ThrowAwayDirectory.Create();
        return PrivatePostgres.StartAsync(
            new PrivateServerOptions { DataDirectory = directory, SocketRoot = directory, Fsync = false, MaxConnections = 300 },
            logger ?? NullLogger.Instance, TimeProvider.System);
    }
}
