using Cme.Storage.Connections;
using Cme.Storage.PrivateServer;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cme.Benchmarks.Start;

/// <summary>The bare framework with the same private PostgreSQL: what a start costs before the product does anything.</summary>
internal static class HelloWorld
{
    /// <summary>The first argument that makes this program be it.</summary>
    public const string Mode = "hello-world";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        var starting = PrivatePostgres.StartAsync(
            new PrivateServerOptions { DataDirectory = builder.Configuration["Data:Directory"]! }, NullLogger.Instance, TimeProvider.System);
        var app = builder.Build();
        await using var postgres = await starting;
        await using var source = DataSources.Create(postgres.ConnectionString);
        app.MapGet("/health/ready", async () =>
        {
            await using var ask = source.CreateCommand("select 'ready'");
            return (string)(await ask.ExecuteScalarAsync())!;
        });
        await app.RunAsync();
        return 0;
    }
}
