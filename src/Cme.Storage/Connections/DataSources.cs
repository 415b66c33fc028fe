using Npgsql;

namespace Cme.Storage.Connections;

/// <summary>How this product connects to PostgreSQL, in one place.</summary>
public static class DataSources
{
    /// <summary>A pool of connections with the product's settings over whatever the connection string says of where and who.</summary>
    /// <remarks>
    /// It works as whoever logs in, who owns the tables: for migrations. The product works as <see cref="CreateForProduct"/> says. Both have
    /// names, or measurements would call them by their connection strings.
    /// </remarks>
    public static NpgsqlDataSource Create(string connectionString) =>
        new NpgsqlDataSourceBuilder(SettingsOf(connectionString)) { Name = "cme-owner" }.Build();

    /// <summary>The same, working as the least-privileged role of the product: no owner of anything, and unable to change what is append-only.</summary>
    public static NpgsqlDataSource CreateForProduct(string connectionString)
    {
        // Every statement is written for one plan, by key. Left to itself PostgreSQL plans most that take arrays anew each time: a list of
        // episodes for a millisecond before its first row.
        const string AsProduct = "set role cme_silo; set plan_cache_mode = force_generic_plan";
        var source = new NpgsqlDataSourceBuilder(SettingsOf(connectionString)) { Name = "cme" };
        source.ConfigureTracing(traced => traced.EnableFirstResponseEvent(false)
            .ConfigureCommandSpanNameProvider(command => StatementNames.Of(command.CommandText))
            .ConfigureBatchSpanNameProvider(batch => StatementNames.Of(batch.BatchCommands[^1].CommandText)));
        source.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(AsProduct, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(AsProduct, connection);
                await command.ExecuteNonQueryAsync();
            });
        return source.Build();
    }

    private static string SettingsOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "cme",
            MaxPoolSize = 32,
            // Preparing what recurs doubles the writes a second (ORLEANS, "Numbers to expect").
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // What a reader may see is set for one transaction and ends with it, so there is nothing to reset between users of a connection.
            NoResetOnClose = true,
            // A PostgreSQL that has stopped answering is noticed in seconds; nothing that the product asks takes so long.
            Timeout = 5,
            CommandTimeout = 5,
            CancellationTimeout = 500,
        };
        return settings.ConnectionString;
    }
}
