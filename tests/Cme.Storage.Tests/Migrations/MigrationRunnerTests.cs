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
    public async Task What_episodes_owed_before_it_was_one_row_each_reads_as_it_did()
    {
        const string Owed = "select coalesce(json_agg(to_jsonb(o) order by episode, id), '[]')::text from cme.obligation o";
        await Run([.. Migration.OfThisProgram.TakeWhile(one => one.Name != "what_an_episode_owes")]);
        await Ask<object?>(
            """
            insert into cme.episode (reference, authority, urn, child_id, kind, status, stage, first_day_missing, opened_at, level, overdue_count, flagged, pack, pack_version, last_code, version, updated_at)
            select r, '999', '900001', 'child', 'whereabouts', 'open', 'enquiring', '2026-09-08', now(), 0, 0, false, 'pack', 1, 'N', 1, now() from unnest('{e1,e2}'::text[]) r;
            insert into cme.obligation (episode, id, step, clause, authority, urn, role, org, due_at, alert_at, act_by, overdue_at, level, state, next_at, pack_version, calendar_version, engine_version)
            values ('e1', 'o1', 'call', 'X', '999', '900001', 'dsl', '900001', '2026-09-08 10:00:00.123457Z', '2026-09-08 09:00Z', '2026-09-08 11:00Z', '2026-09-08 12:00Z', 2, 'open', '2026-09-08 13:00Z', 1, 2, 3),
                   ('e1', 'o2', 'call', 'X', '999', '900001', 'dsl', '900001', '2026-09-08 10:00Z', '2026-09-08 10:00Z', '2026-09-08 10:00Z', null, 0, 'superseded', null, 1, 1, 1);
            """);
        var before = await Ask<string>(Owed);

        await Run([.. Migration.OfThisProgram]);

        (await Ask<string>(Owed)).ShouldBe(before);
        (await Ask<long>("select count(*) from cme.owed where next_at = '2026-09-08 13:00Z' and act_by = '2026-09-08 11:00Z' and calendar_version = 2")).ShouldBe(1);
        (await Ask<long>("select count(*) from cme.owed where rows = '[]'")).ShouldBe(1, "an episode that owed nothing has a row to be changed");
    }

    [Fact]
    public async Task What_was_told_of_people_before_it_was_chained_goes_into_the_chain_in_its_order()
    {
        await Run([.. Migration.OfThisProgram.TakeWhile(one => one.Name != "people_in_the_chain")]);
        await Ask<object?>(
            """
            insert into cme.authority (code, name) values ('999', 'Test Council');
            insert into cme.person (id, authority, role, name, email, email_key, user_key, security_stamp, created_at)
            values ('p1', '999', 'authority-admin', 'Ada Testperson', 'a@council.example', 'A', 'A', 's', now());
            insert into cme.person_event (at, authority, actor, person, what, detail)
            values ('2026-09-08 10:00Z', '999', 'p1', 'p2', 'invited', 'dsl'), ('2026-09-08 11:00Z', null, 'nobody', null, 'sign-in-failed', 'passkey');
            """);

        await Run([.. Migration.OfThisProgram]);

        (await Ask<string>("select string_agg(concat_ws(' ', authority, reader, name, what, subject, why), '; ' order by id) from cme.read_waiting"))
            .ShouldBe("999 p1 Ada Testperson people:invited p2 dsl;  nobody  people:sign-in-failed passkey");
        (await Ask<long>("select count(distinct salt) from cme.read_waiting where digest = sha256(salt)")).ShouldBe(2);
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
