using System.Net.Sockets;
using Cme.Storage.Duties;
using Cme.Storage.Migrations;
using Cme.Storage.PrivateServer;
using Cme.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cme.Web.Hosting;

/// <summary>Runs the program, and if it cannot start says in one line what to do instead of showing where in our code it stopped.</summary>
internal static class Start
{
    /// <param name="work">What the program does once its database is ready.</param>
    /// <returns>The exit code of the work, or 1 if it could not start.</returns>
    public static async Task<int> RunAsync(WebApplication app, Database database, Func<Task<int>> work)
    {
        var configuration = app.Configuration;                       // A program that could not start has put its services away.
        try
        {
            await database.ReadyAsync();
            return await work();
        }
        catch (Exception failure) when (Remedy(failure, configuration) is { } remedy)
        {
            await Console.Error.WriteLineAsync($"\n{remedy}");
            return 1;
        }
    }

    private static string? Remedy(Exception failure, IConfiguration configuration) => failure switch
    {
        StartupException or PrivateServerException or MigrationException or OtherBuildException or TelemetryException => failure.Message,
        OptionsValidationException invalid => $"The configuration is not valid: {string.Join(" ", invalid.Failures)}",
        ArgumentException { Source: "Npgsql" } malformed => $"ConnectionStrings:Cme cannot be read: {malformed.Message}",
        IOException { InnerException: AddressInUseException or SocketException } =>
            $"{configuration["Urls"]} is in use. Stop the program that holds it, or choose another port with --port.",
        PostgresException refused => $"The database of ConnectionStrings:Cme refuses us: {refused.MessageText} ({refused.SqlState}). Check its user, password and database.",
        NpgsqlException unreachable => $"The database of ConnectionStrings:Cme cannot be reached: {unreachable.Message} Start it, or correct the connection string.",
        _ => null,
    };
}
