using Cme.Storage.Duties;
using Cme.Storage.Migrations;
using Cme.Telemetry;
using Npgsql;

namespace Cme.Silo;

/// <summary>Brings the database to its shape and runs the silo; if it cannot start, says in one line what to do.</summary>
internal static class Start
{
    /// <param name="owner">Whoever owns the tables.</param>
    /// <param name="onlyMigrate">True to end when the database has its shape: for what installs a new version.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplication app, NpgsqlDataSource owner, bool onlyMigrate)
    {
        try
        {
            await new MigrationRunner(owner, app.Services.GetRequiredService<ILogger<MigrationRunner>>()).RunAsync();
            if (!onlyMigrate) { await app.RunAsync(); }
            return 0;
        }
        catch (Exception failure) when (failure is MigrationException or OtherBuildException or TelemetryException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync(failure is not NpgsqlException ? failure.Message : $"The database of ConnectionStrings:Cme cannot be used: {failure.Message}");
            return 1;
        }
    }
}
