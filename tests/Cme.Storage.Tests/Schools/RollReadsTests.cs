using Cme.Storage.Schools;
using Npgsql;

namespace Cme.Storage.Tests.Schools;

/// <summary>
/// A council's schools send their rolls within one morning, before PostgreSQL has any statistics of theirs: no statistics may make a roll
/// read the authority's pupils once for each of its own (ADR 0345).
/// </summary>
public sealed class RollReadsTests : IAsyncLifetime
{
    private const int Pupils = 200;
    private const int Schools = 5;
    private const int AFewTimes = 8;

    private Store _store = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        // As a database that was just made has them: tables of which PostgreSQL has never counted the rows.
        await _store.ScalarAsync<int>("truncate cme.pupil, cme.child, cme.child_upn cascade; select 1");
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [InlineData("no statistics", false, false)]
    [InlineData("statistics of another authority's", true, false)]
    [InlineData("statistics of its own", true, true)]
    public async Task A_roll_reads_each_pupil_of_its_authority_a_few_times_at_most(string with, bool others, bool own)
    {
        var read = await FillAsync("998");
        if (others) { await AnalyzeAsync(); }
        read = Math.Max(read, await FillAsync("999"));
        if (own) { await AnalyzeAsync(); }

        // Children who have moved: the list names whom others have, so that each has to be compared.
        read = Math.Max(read, await ReadByRollAsync("999", "900099", movedFrom: "900001"));
        read.ShouldBeLessThan(AFewTimes * Schools * Pupils, with);
    }

    /// <summary>Stores the rolls of an authority's schools and says how many rows the one read that read most.</summary>
    private async Task<long> FillAsync(string authority)
    {
        await _store.Schools.PutAuthorityAsync(new AuthorityRecord(authority, $"Authority {authority}"));
        var most = 0L;
        for (var school = 1; school <= Schools; school++)
        {
            most = Math.Max(most, await ReadByRollAsync(authority, $"90000{school}", movedFrom: $"90000{school}"));
        }
        return most;
    }

    private Task<int> AnalyzeAsync() => _store.ScalarAsync<int>("analyze cme.pupil, cme.child, cme.child_upn; select 1");

    /// <summary>Stores a roll and says how many rows of pupils it read.</summary>
    private async Task<long> ReadByRollAsync(string authority, string urn, string movedFrom)
    {
        await _store.Schools.PutAsync(new SchoolRecord { Authority = authority, Urn = urn, Name = urn });
        await using var connection = new NpgsqlConnection(_store.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // What the session has not reported yet counts, too.
        var before = await ReadAsync(connection, transaction);
        await using var store = new NpgsqlCommand(
            """
            select count(*) from cme.change_roll($1, $2, true,
                (select jsonb_agg(jsonb_build_object('ordinal', n, 'schoolPupilId', 'p' || n, 'childId', $2 || '-' || n, 'upn', $3 || '-' || n,
                        'forename', 'Forename' || n, 'surname', 'Surname' || n, 'dateOfBirth', date '2016-09-01' + n, 'sex', 'F', 'yearGroup', '5',
                        'entryDate', '2026-09-01'))
                   from generate_series(1, $4) n),
                array[]::text[])
            """, connection, transaction) { Parameters = { new() { Value = authority }, new() { Value = urn }, new() { Value = movedFrom }, new() { Value = Pupils } } };
        (await store.ExecuteScalarAsync()).ShouldBe((long)Pupils);
        var read = await ReadAsync(connection, transaction) - before;
        await transaction.CommitAsync();
        return read;
    }

    private static async Task<long> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var read = new NpgsqlCommand(
            "select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where schemaname = 'cme' and relname = 'pupil'", connection, transaction);
        return (long)(await read.ExecuteScalarAsync())!;
    }
}
