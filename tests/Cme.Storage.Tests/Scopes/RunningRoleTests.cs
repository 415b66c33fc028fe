using Cme.Storage.Migrations;
using Cme.TestSupport.Database;
using Cme.TestSupport.Service;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Storage.Tests.Scopes;

/// <summary>
/// What silos and web nodes log in as can do what the product does, which every suite here shows by running as it, and nothing else (ADR 0340).
/// </summary>
public sealed class RunningRoleTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private NpgsqlDataSource _run = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _run = NpgsqlDataSource.Create(_database.RunningConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _run.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("create table cme.mine (a int)")]
    [InlineData("create table public.mine (a int)")]
    [InlineData("create function cme.mine() returns int language sql as 'select 1'")]
    [InlineData("alter table cme.event add column mine int")]
    [InlineData("alter table cme.event disable trigger append_only")]
    [InlineData("alter table cme.event disable row level security")]
    [InlineData("alter policy web on cme.event using (true)")]
    [InlineData("drop table cme.event")]
    [InlineData("truncate cme.event")]
    [InlineData("truncate cme.board_row")]
    [InlineData("delete from cme.event")]
    [InlineData("update cme.event set data = '{}'")]
    [InlineData("delete from cme.read_entry")]
    [InlineData("update cme.read_entry set reader = 'nobody'")]
    [InlineData("delete from cme.feed")]
    [InlineData("update cme.letter set body = ''")]
    [InlineData("delete from cme.episode")]
    [InlineData("delete from cme.pupil")]
    [InlineData("insert into cme.migration (number, name, checksum) values (9999, 'mine', '')")]
    [InlineData("delete from cme.migration")]
    [InlineData("update public.orleansquery set querytext = ''")]
    [InlineData("set role cme_owner")]
    [InlineData("set role cme")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("alter role cme_run superuser")]
    [InlineData("alter role cme_run bypassrls")]
    [InlineData("create role mine")]
    [InlineData("copy cme.event to program 'cat'")]
    [InlineData("select pg_read_file('/etc/passwd')")]
    public async Task What_the_product_never_does_is_denied(string sql)
    {
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(_run, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(_run, "set role cme_silo; " + sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("select 1 from cme.episode limit 1")]
    [InlineData("select 1 from cme.event limit 1")]
    public async Task Reading_as_somebody_who_is_nobody_shows_nothing_and_may_not_be_switched_off(string sql)
    {
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(_run, "set row_security = off; set role cme_web; " + sql)))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task It_is_no_superuser_passes_no_policy_makes_nothing_and_owns_nothing() =>
        (await ListAsync(
            """
            select r.rolname from pg_roles r
             where r.rolname in ('cme_run', 'cme_silo', 'cme_web', 'cme_audit')
               and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication or (r.rolcanlogin and r.rolname <> 'cme_run')
                    or exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_proc p where p.proowner = r.oid)
                    or exists (select from pg_namespace n where n.nspowner = r.oid))
            """)).ShouldBeEmpty();

    [Fact]
    public async Task What_is_written_once_may_be_changed_by_no_role_of_the_product_and_nothing_may_be_emptied() =>
        (await ListAsync(
            """
            select format('%s may %s %s', r.rolname, p.privilege, c.relname)
              from pg_class c, pg_roles r, unnest(array['update', 'delete', 'truncate', 'trigger', 'references']) p (privilege)
             where c.relnamespace = 'cme'::regnamespace and c.relkind = 'r' and r.rolname in ('cme_run', 'cme_silo', 'cme_web', 'cme_audit')
               and has_table_privilege(r.oid, c.oid, p.privilege)
               and (p.privilege not in ('update', 'delete')
                    or c.relname = 'migration'
                    or exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only')
                    or (p.privilege = 'delete' and c.relname not in ('concern_draft', 'duty', 'grain_state', 'idempotency', 'kept_form', 'membership',
                        'membership_version', 'person_passkey', 'read_waiting', 'reminder', 'search', 'sign_in_lock', 'unpublished')))
            """)).ShouldBeEmpty();

    [Fact]
    public async Task What_runs_as_the_owner_is_closed_to_everybody_who_was_not_named_and_finds_only_its_own_names() =>
        (await ListAsync(
            """
            select p.proname::text from pg_proc p
             where p.pronamespace = 'cme'::regnamespace and p.prosecdef
               and (has_function_privilege('public', p.oid, 'execute') or not coalesce(p.proconfig, '{}') @> array['search_path=pg_catalog'])
            """)).ShouldBeEmpty();

    [Fact]
    public async Task A_program_that_may_not_migrate_says_who_does_and_changes_nothing()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();
        await using var run = NpgsqlDataSource.Create(empty.RunningConnectionString);
        var first = await Should.ThrowAsync<MigrationException>(() => Migrator(run).RunAsync());
        first.Message.ShouldStartWith("The database has no tables of ours yet, this program needs 00");
        first.Message.ShouldContain("'cme_run' may not change it");
        first.Message.ShouldContain("'dotnet Cme.Silo.dll migrate'");

        IReadOnlyList<Migration> later = [.. Migration.OfThisProgram, new(9999, "of_tomorrow", "create table cme.tomorrow (a int)")];
        (await Should.ThrowAsync<MigrationException>(() => Migrator(_run).RunAsync(later))).Message
            .ShouldStartWith($"The database is at {Migration.OfThisProgram[^1]}, this program needs 9999_of_tomorrow.sql, and 'cme_run' may not change it.");

        (await Migrator(_run).RunAsync()).ShouldBe(0, "a database that has its shape needs nobody who may change it");
        (await Migrator(_database.DataSource).RunAsync(later)).ShouldBe(1);
        (await Migrator(_run).RunAsync(later)).ShouldBe(0);
    }

    [Fact]
    public async Task The_file_that_makes_the_roles_may_be_run_again_and_the_database_closed_to_everybody_else()
    {
        await RunAsync(_database.DataSource, await DeployedAsync("roles.sql"));
        await RunAsync(_database.DataSource, await DeployedAsync("database.sql"));
        await RunAsync(_database.DataSource, await DeployedAsync("database.sql"));

        await RunAsync(_run, "select 1");
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(_run, "create temporary table mine (a int)"))).SqlState
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await RunAsync(_database.DataSource, "do $$ begin create role cme_stranger; exception when duplicate_object then null; end $$");
        (await ListAsync("select 'open' where has_database_privilege('cme_stranger', current_database(), 'connect')")).ShouldBeEmpty();
    }

    private static MigrationRunner Migrator(NpgsqlDataSource login) => new(login, NullLogger.Instance);

    private static Task<string> DeployedAsync(string file) => File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy/postgres", file));

    private static async Task RunAsync(NpgsqlDataSource login, string sql)
    {
        await using var connection = await login.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
#pragma warning disable CA2100 // Constants of these tests.
        await using var command = new NpgsqlCommand(sql, connection, transaction);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private async Task<string[]> ListAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync()) { found.Add(rows.GetString(0)); }
        return [.. found];
    }
}
