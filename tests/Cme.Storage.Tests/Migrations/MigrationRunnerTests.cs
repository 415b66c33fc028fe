using Cme.Storage.Migrations;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Storage.Tests.Migrations;

public sealed class MigrationRunnerTests : IAsyncLifetime
{
    private static readonly Migration Schema = Migration.OfThisProgram[0];
    private static readonly Migration Table = new(1, "table", "create table cme.thing (id int primary key);");
    private static readonly Migration Rows = new(2, "rows", "insert into cme.thing values (1);\ninsert into cme.thing values (2);");

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateEmptyAsync();

    public Task DisposeAsync() => _database.DisposeAsync().AsTask();

    [Fact]
    public async Task The_migrations_of_the_program_apply_once_and_are_then_up_to_date()
    {
        var runner = new MigrationRunner(_database.DataSource, NullLogger.Instance);

        (await runner.RunAsync()).ShouldBe(Migration.OfThisProgram.Count);
        (await runner.RunAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_later_program_applies_only_what_is_new()
    {
        await Run(Schema, Table);

        (await Run(Schema, Table, Rows)).ShouldBe(1);

        (await Ask<long>("select count(*) from cme.thing")).ShouldBe(2);
    }

    [Fact]
    public async Task Programs_that_start_at_once_apply_each_migration_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Run(Schema, Table, Rows)));

        applied.Sum().ShouldBe(3);
        (await Ask<long>("select count(*) from cme.thing")).ShouldBe(2);
    }

    [Fact]
    public async Task A_file_changed_after_it_was_applied_is_refused_by_name()
    {
        await Run(Schema, Table);

        var refused = await Should.ThrowAsync<MigrationException>(() => Run(Schema, Table with { Sql = Table.Sql + " -- changed" }));

        refused.Message.ShouldContain("0001_table.sql was changed");
    }

    [Fact]
    public async Task Other_line_ends_are_no_change()
    {
        await Run(Schema, Table, Rows);

        (await Run(Schema, Table, Rows with { Sql = Rows.Sql.ReplaceLineEndings("\r\n") })).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused_by_name()
    {
        await Run(Schema, Table, Rows);

        var refused = await Should.ThrowAsync<MigrationException>(() => Run(Schema, Table));

        refused.Message.ShouldContain("newer than this program");
        refused.Message.ShouldContain("0002_rows.sql");
    }

    [Fact]
    public async Task A_number_before_one_that_is_applied_is_refused()
    {
        await Run(Schema, Rows with { Sql = "select 1" });

        var refused = await Should.ThrowAsync<MigrationException>(() => Run(Schema, Table, Rows with { Sql = "select 1" }));

        refused.Message.ShouldContain("0001_table.sql comes before number 2");
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind_and_is_named()
    {
        var wrong = Rows with { Sql = "insert into cme.thing values (1);\ninsert into cme.nothing values (2);" };

        var failed = await Should.ThrowAsync<MigrationException>(() => Run(Schema, Table, wrong));

        failed.Message.ShouldContain("0002_rows.sql");
        failed.Message.ShouldContain("cme.nothing");
        (await Ask<long>("select count(*) from cme.thing")).ShouldBe(0);
        (await Ask<int>("select max(number) from cme.migration")).ShouldBe(1);
        (await Run(Schema, Table, Rows)).ShouldBe(1);
    }

    private Task<int> Run(params Migration[] migrations) => new MigrationRunner(_database.DataSource, NullLogger.Instance).RunAsync(migrations);

    private async Task<T> Ask<T>(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
