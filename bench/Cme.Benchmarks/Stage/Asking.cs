using Npgsql;

namespace Cme.Benchmarks.Stage;

/// <summary>Short questions to a database, and orders that may take long.</summary>
internal static class Asking
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(2);

#pragma warning disable CA2100 // Every text is a constant of this program.
    public static async Task ExecuteAsync(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(this NpgsqlDataSource database, string sql, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var parameter in parameters) { command.Parameters.Add(new() { Value = parameter }); }
        return (T)(await command.ExecuteScalarAsync())!;
    }
#pragma warning restore CA2100

    /// <summary>Where the write-ahead log ends, in bytes since the server was made.</summary>
    public static Task<decimal> WalPositionAsync(this NpgsqlDataSource database) =>
        database.ScalarAsync<decimal>("select pg_current_wal_lsn() - '0/0'::pg_lsn");

    /// <summary>Waits until every signal is delivered and every event has its number and its board row.</summary>
    public static async Task WhenPublishedAsync(this NpgsqlDataSource database)
    {
        const string OnItsWay = "select exists (select from cme.unpublished) or exists (select from cme.signal where delivered_at is null)";
        while (await database.ScalarAsync<bool>(OnItsWay)) { await Task.Delay(BetweenLooks, TimeProvider.System); }
    }
}
