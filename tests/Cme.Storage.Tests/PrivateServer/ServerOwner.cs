using System.Diagnostics;
using System.Globalization;
using Cme.Storage.PrivateServer;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cme.Storage.Tests.PrivateServer;

/// <summary>A program of its own that owns a private server, so that a test can kill it.</summary>
internal sealed class ServerOwner : IDisposable
{
    private readonly Process _program;

    private ServerOwner(Process program, int serverId, string connectionString) =>
        (_program, ServerId, ConnectionString) = (program, serverId, connectionString);

    public int Id => _program.Id;

    public int ServerId { get; }

    public string ConnectionString { get; }

    public static async Task<ServerOwner> StartAsync(string directory)
    {
        var how = new ProcessStartInfo("dotnet", ["exec", typeof(ServerOwner).Assembly.Location, directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var program = Process.Start(how)!;
        var serverId = await program.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The owner ended before its server was ready.");
        return new ServerOwner(program, int.Parse(serverId, CultureInfo.InvariantCulture), (await program.StandardOutput.ReadLineAsync())!);
    }

    /// <summary>Kill -9 of the program alone, and of nothing it has started.</summary>
    public Task KillAsync()
    {
        _program.Kill(entireProcessTree: false);
        return _program.WaitForExitAsync();
    }

    public void Dispose()
    {
        _program.Kill();
        _program.Dispose();
    }

    // What the program does: its server's process id and connection string on a line each, then nothing until it is killed.
    internal static async Task Main(string[] arguments)
    {
        var options = new PrivateServerOptions { DataDirectory = arguments[0], SocketRoot = arguments[0], Fsync = false };
        await using var server = await PrivatePostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System);
        Console.WriteLine(server.ProcessId);
        Console.WriteLine(server.ConnectionString);
        await Console.In.ReadToEndAsync();
    }
}
