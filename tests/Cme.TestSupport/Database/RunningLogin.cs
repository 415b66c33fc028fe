using Cme.Storage.PrivateServer;
using Cme.TestSupport.Service;
using Npgsql;

namespace Cme.TestSupport.Database;

/// <summary>The login of silos and web nodes, which owns nothing, as <c>deploy/postgres/roles.sql</c> makes it.</summary>
public static class RunningLogin
{
    private const string Password = "run";

    /// <summary>Makes the roles of the product on a server of the tests. May be done again.</summary>
    public static async Task MakeAsync(PrivatePostgres server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        // A test may end sessions of the product's, and look at what they hold, as the owner.
        var sql = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy/postgres/roles.sql"))
            + $"alter role cme_run password '{Password}'; grant cme_run to current_user";
#pragma warning disable CA2100 // A file of this repository.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The same database, reached by that login.</summary>
    public static string For(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = "cme_run", Password = Password }.ConnectionString;
}
