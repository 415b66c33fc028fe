using Cme.Storage.Migrations;
using Cme.TestSupport.Database;
using Cme.Web.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Web.Tests.Demo;

/// <summary>A demo begins anew in the database that it had, and in no other.</summary>
public sealed class EmptyingSpecs
{
    [Fact]
    public async Task An_emptied_demo_holds_nothing_of_ours_in_any_schema_and_takes_every_migration_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var whole = await OursAsync(database.DataSource);

        await Emptying.EmptyDemoAsync(database.DataSource, CancellationToken.None);

        (await OursAsync(database.DataSource)).ShouldBeEmpty();
        (await new MigrationRunner(database.DataSource, NullLogger.Instance).RunAsync()).ShouldBeGreaterThan(0);
        (await OursAsync(database.DataSource)).ShouldBe(whole);
    }

    [Fact]
    public async Task A_database_with_an_authority_that_is_not_the_demos_is_left_as_it_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var real = database.DataSource.CreateCommand("insert into cme.authority (code, name) values ('123', 'Somebody real')")) { await real.ExecuteNonQueryAsync(); }

        (await Should.ThrowAsync<StartupException>(() => Emptying.EmptyDemoAsync(database.DataSource, CancellationToken.None))).Message.ShouldContain("holds more than the demo");

        (await OursAsync(database.DataSource)).ShouldNotBeEmpty();
    }

    /// <summary>Everything in the database that PostgreSQL did not bring along.</summary>
    private static async Task<List<string>> OursAsync(NpgsqlDataSource database)
    {
        await using var find = database.CreateCommand(
            """
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
             union all
            select n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname not in ('pg_catalog', 'information_schema')
             order by 1
            """);
        await using var rows = await find.ExecuteReaderAsync();
        var ours = new List<string>();
        while (await rows.ReadAsync()) { ours.Add(rows.GetString(0)); }
        return ours;
    }
}
