using Cme.Grains.Hosting;
using Cme.Storage.Connections;
using Cme.Storage.Migrations;
using Cme.Storage.PrivateServer;

namespace Cme.Silo;

/// <summary>
/// The PostgreSQL of a cluster on one machine, for as long as this process runs: <c>Cme.Silo database --Data:Directory=…</c>. Where it is
/// reached stands in the file <c>connection</c> of that directory once its tables have their shape.
/// </summary>
internal static class DatabaseOfCluster
{
    /// <summary>Each process of the product takes up to 32 connections, and Orleans' own questions come from the same pools.</summary>
    private const int Connections = 400;

    public static bool IsAsked(string[] args) => args is ["database", ..];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration)
    {
        if (configuration["Data:Directory"] is not { Length: > 0 } directory)
        {
            await Console.Error.WriteLineAsync("Say where the data is kept: --Data:Directory=…");
            return 1;
        }
        try
        {
            await ServeAsync(Path.GetFullPath(directory));
            return 0;
        }
        catch (Exception failure) when (failure is PrivateServerException or MigrationException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(string directory)
    {
        using var loggers = LoggerFactory.Create(Logs.Configure);
        var options = new PrivateServerOptions { DataDirectory = directory, MaxConnections = Connections };
        await using var server = await PrivatePostgres.StartAsync(options, loggers.CreateLogger<PrivatePostgres>(), TimeProvider.System);
        await using (var owner = DataSources.Create(server.ConnectionString))
        {
            await new MigrationRunner(owner, loggers.CreateLogger<MigrationRunner>()).RunAsync();
        }
        var file = Path.Combine(options.DataDirectory, "connection");
        WriteForOwner(file, server.ConnectionString);
        using var host = Host.CreateEmptyApplicationBuilder(null).Build();
        await host.RunAsync();
        File.Delete(file);
    }

    private static void WriteForOwner(string file, string text)
    {
        File.Delete(file);
#pragma warning disable CA1416 // The private server is Linux' alone.
        using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
#pragma warning restore CA1416
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }
}
