using Npgsql;

namespace Cme.Storage.Tests.PrivateServer;

/// <summary>One statement on a connection of its own, so that no pool hides a server that went away.</summary>
internal static class Sql
{
    public static async Task<T> AskAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timeout=5");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static Task DoAsync(string connectionString, string sql) => AskAsync<object?>(connectionString, $"{sql}; select 1");
}
