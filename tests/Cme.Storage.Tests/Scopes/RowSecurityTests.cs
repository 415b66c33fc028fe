using System.Collections.Immutable;
using Cme.Domain.Children;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Cme.Storage.Migrations;
using Cme.Storage.Searches;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Tests.Scopes;

/// <summary>What PostgreSQL itself lets each role see and do.</summary>
public sealed class RowSecurityTests : IAsyncLifetime
{
    private static readonly Reader OfSchool = new("999", "900001", "dsl-1", 3);
    private static readonly Reader OfAuthority = new("999", null, "lead", 3);

    private Store _store = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        await _store.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scopes", "TwoAuthorities.sql")));
    }

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact]
    public async Task Whoever_says_on_nobodys_behalf_sees_nothing()
    {
        var tables = await ListAsync("select c.relname from pg_class c where c.relnamespace = 'cme'::regnamespace and c.relrowsecurity "
            + "and has_table_privilege('cme_web', c.oid, 'select') order by 1");
        tables.Length.ShouldBeGreaterThan(15);
        foreach (var table in tables)
        {
            (await AsRoleAsync("cme_web", $"select count(*) from cme.{table}")).ShouldBe(0L, table);
        }
    }

    [Fact]
    public async Task Nothing_can_be_read_on_a_readers_behalf_that_no_policy_guards() => (await ListAsync(
        """
        select c.relname from pg_class c
         where c.relnamespace = 'cme'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
           and (has_any_column_privilege('cme_web', c.oid, 'select') or has_any_column_privilege('cme_audit', c.oid, 'select'))
        union all
        select c.relname from pg_class c
         where c.relnamespace = 'cme'::regnamespace and c.relkind = 'v' and has_any_column_privilege('cme_web', c.oid, 'select')
           and not coalesce('security_invoker=true' = any (c.reloptions), false)
        """)).ShouldBeEmpty();

    [Fact]
    public async Task Nothing_can_be_changed_on_a_readers_behalf() => (await ListAsync(
        """
        select r.role || ' ' || c.relname
          from pg_class c cross join (values ('cme_web'), ('cme_audit')) r (role)
         where c.relnamespace = 'cme'::regnamespace and c.relkind in ('r', 'p')
           and (has_table_privilege(r.role, c.oid, 'insert, update, delete, truncate') or has_any_column_privilege(r.role, c.oid, 'insert, update'))
        """)).ShouldBeEmpty();

    [Theory]
    [InlineData("update cme.event set actor = 'nobody'")]
    [InlineData("delete from cme.feed")]
    [InlineData("update cme.register_sheet set complete = false")]
    [InlineData("delete from cme.migration")]
    [InlineData("alter table cme.event disable trigger append_only")]
    [InlineData("drop table cme.search")]
    public async Task The_product_itself_may_not_change_what_is_kept_for_ever(string sql)
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => AsRoleAsync("cme_silo", sql));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task What_a_reader_may_see_ends_with_the_question()
    {
        using (OfSchool.Begin()) { (await CountAsync("select count(*) from cme.episode")).ShouldBe(1); }

        (await CountAsync("select count(*) from cme.episode")).ShouldBe(3);
        (await TextAsync("select coalesce(current_setting('cme.authority', true), '') || current_setting('role')")).ShouldBe("cme_silo");
    }

    [Fact]
    public async Task Readers_that_ask_at_once_on_few_connections_never_see_each_others_rows()
    {
        Reader[] readers = [OfSchool, new("999", "900002", "dsl-2", 3), OfAuthority, new("998", "980001", "dsl-3", 3)];
        int[] expected = [1, 1, 2, 1];
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            using (readers[number % 4].Begin()) { (await CountAsync("select count(*) from cme.episode")).ShouldBe(expected[number % 4]); }
        }));
    }

    [Theory]
    [InlineData("998", "980001", 3)]
    [InlineData("998", null, 3)]
    [InlineData("999", "900002", 3)]
    [InlineData("999", null, 3)]
    [InlineData("999", "900001", 4)]
    public async Task A_search_outside_what_a_school_may_see_is_denied(string authority, string? urn, int layers)
    {
        using var reader = OfSchool.Begin();
        var denied = await Should.ThrowAsync<PostgresException>(() => SearchAsync(authority, urn, layers, "surname"));
        denied.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_search_of_another_authority_is_denied_to_an_authority()
    {
        using var reader = OfAuthority.Begin();
        (await Should.ThrowAsync<PostgresException>(() => SearchAsync("998", null, 3, "surname"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await SearchAsync("999", null, 3, "surname")).ShouldBe(["P900001", "P900002"]);
    }

    [Fact]
    public async Task A_search_on_nobodys_behalf_is_denied()
    {
        using var reader = new Reader("", "", "", 3).Begin();
        (await Should.ThrowAsync<PostgresException>(() => SearchAsync("999", null, 3, "surname"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("'998', null")]
    [InlineData("'999', '900002'")]
    [InlineData("'999', null")]
    public async Task A_family_outside_what_a_school_may_see_is_denied(string scope)
    {
        using var reader = OfSchool.Begin();
        (await Should.ThrowAsync<PostgresException>(() => ListAsync($"select f.child_id from cme.family_of({scope}, 'child900001', '{{}}', 10) f")))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await ListAsync("select f.child_id from cme.family_of('999', '900001', 'child900001', '{}', 10) f")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_without_a_criterion_is_refused()
    {
        using var reader = OfAuthority.Begin();
        await Should.ThrowAsync<PostgresException>(() => SearchAsync("999", null, 3, null));
    }

    [Theory]
    [MemberData(nameof(Hiding))]
    public async Task A_postcode_that_is_to_be_hidden_finds_nobody(string flag)
    {
        var searches = new SearchStore(_store.Database);
        var criteria = new SearchCriteria { Postcode = "zz 900001" };
        using var reader = OfAuthority.Begin();
        (await searches.FindAsync(new CallerScope("999"), criteria, 10)).Length.ShouldBe(1);

        await _store.ExecuteAsync($"update cme.pupil set flags = array['cp_plan', '{flag}'] where urn = '900001'");

        (await searches.FindAsync(new CallerScope("999"), criteria, 10)).ShouldBeEmpty();
        (await searches.FindAsync(new CallerScope("999"), new SearchCriteria { Name = "surname900001" }, 10)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_flag_that_the_authority_set_hides_the_address_as_well()
    {
        await _store.ExecuteAsync(
            """
            insert into cme.grain_state (service_id, state_name, key, version, payload)
            values ('cme', 'child', 'child-child900001', 1, convert_to('{"flags":[{"id":"witness_protection"}]}', 'UTF8'))
            """);
        using var reader = OfSchool.Begin();

        (await new SearchStore(_store.Database).FindAsync(new CallerScope("999", "900001"), new SearchCriteria { Postcode = "ZZ900001" }, 10)).ShouldBeEmpty();
        (await _store.Schools.PupilsAsync("999", "900001", null, 10)).Single(pupil => pupil.SchoolPupilId == "P900001").AddressHidden.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_may_not_make_roles_is_told_what_an_administrator_is_to_run()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();
        await using (var admin = empty.DataSource.CreateCommand(
            $"create role poor login password 'poor'; grant poor to current_user; alter database {new NpgsqlConnectionStringBuilder(empty.ConnectionString).Database} owner to poor"))
        {
            await admin.ExecuteNonQueryAsync();
        }
        await using var poor = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(empty.ConnectionString) { Username = "poor", Password = "poor" }.ConnectionString);
        var runner = new MigrationRunner(poor, NullLogger.Instance);

        var told = await Should.ThrowAsync<MigrationException>(() => runner.RunAsync());
        told.Message.ShouldContain("grant cme_web, cme_silo, cme_audit to poor");

        await using (var admin = empty.DataSource.CreateCommand("grant cme_web, cme_silo, cme_audit to poor")) { await admin.ExecuteNonQueryAsync(); }
        (await runner.RunAsync()).ShouldBeGreaterThan(0);
    }

    public static TheoryData<string> Hiding => [.. Flags.HidingAddress];

    private Task<ImmutableArray<string>> SearchAsync(string authority, string? urn, int layers, string? word) => _store.Database.ReadAsync(
        "select f.school_pupil_id from cme.find_pupils(@authority, @urn, @layers, '{}', null, null, null, null, @words, 10) f order by 1",
        parameters => parameters.AddText("authority", authority).AddText("urn", urn).AddNamed("layers", NpgsqlDbType.Integer, layers)
            .AddNamed("words", NpgsqlDbType.Array | NpgsqlDbType.Text, word is null ? [] : new[] { word }),
        row => row.GetString(0), CancellationToken.None);

    private async Task<long> CountAsync(string sql) => (await _store.Database.ReadAsync(sql, _ => { }, row => row.GetInt64(0), CancellationToken.None))[0];

    private async Task<string> TextAsync(string sql) => (await _store.Database.ReadAsync(sql, _ => { }, row => row.GetString(0), CancellationToken.None))[0];

    private Task<ImmutableArray<string>> ListAsync(string sql) => _store.Database.ReadAsync(sql, _ => { }, row => row.GetString(0), CancellationToken.None);

    private async Task<object?> AsRoleAsync(string role, string sql)
    {
        await using var connection = new NpgsqlConnection(_store.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using (var set = new NpgsqlCommand($"set role {role}", connection)) { await set.ExecuteNonQueryAsync(); }
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
