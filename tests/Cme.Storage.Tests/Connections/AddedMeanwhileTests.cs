using System.Globalization;
using Cme.Domain.Concerns;
using Cme.Storage.Access;
using Cme.Storage.Concerns;
using Cme.Storage.Referrals;
using Cme.Storage.Schools;
using Npgsql;

namespace Cme.Storage.Tests.Connections;

/// <summary>Two who add the same at once are told the same, though the second's statement began before the first one's row was there.</summary>
public sealed class AddedMeanwhileTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-09-08T09:00:00Z", CultureInfo.InvariantCulture);

    private readonly CancellationToken _patience = new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;
    private Store _store = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        await _store.PutSchoolAsync();
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_concern_that_is_sent_twice_at_once_is_stored_once_and_both_senders_are_given_its_reference() =>
        (await WhileAnotherAddsAsync(
            """
            insert into cme.concern (reference, authority, sending, channel, worry, danger, received_at, known_at, recorded_by, body, suspect, anonymous)
            values ('concern-first', '999', 'sending', 'form', 'missing-education', 'no', now(), now(), '', '\x7b7d', false, true)
            """,
            () => new ConcernStore(_store.Database).AddAsync(
                new()
                {
                    Reference = "concern-second", Authority = "999", Sending = "sending", RecordedBy = "", Suspect = false, Body = "{}"u8.ToArray(),
                    Concern = new(new(Now, Now, "form", "missing-education", "no"), []),
                },
                null, _patience))).ShouldBe("concern-first");

    [Fact]
    public async Task A_referral_that_is_sent_twice_at_once_is_stored_once_and_both_senders_are_given_its_reference() =>
        (await WhileAnotherAddsAsync(
            """
            insert into cme.referral (reference, authority, organisation, sending, kind, received_at, recorded_by, body)
            values ('referral-first', '999', '900001', 'sending', 'cme', now(), '', '\x7b7d')
            """,
            () => new ReferralStore(_store.Database).AddAsync(
                new()
                {
                    Reference = "referral-second", Authority = "999", Organisation = "900001", Sending = "sending", Kind = "cme", ReceivedAt = Now, Body = "{}"u8.ToArray(),
                },
                new Recognition(null, null, null, null), _patience))).Reference.ShouldBe("referral-first");

    [Fact]
    public async Task A_key_that_two_programs_import_at_once_is_stored_once() =>
        await Should.NotThrowAsync(() => WhileAnotherAddsAsync(
            "insert into cme.api_key (hash, kind, authority, scopes, label) values (sha256('cme_same'), 'authority', '999', '{}', 'same')",
            async () =>
            {
                await new ApiKeys(_store.Database).ImportAsync("cme_same", new ApiKeyGrant("authority", "999", null, [], "same"), _patience);
                return true;
            }));

    [Fact]
    public async Task A_council_that_two_programs_make_at_once_has_one_version() =>
        (await WhileAnotherAddsAsync(
            "insert into cme.sequence (authority) values ('998'); insert into cme.authority (code, name) values ('998', 'Elsewhere')",
            () => _store.Schools.PutAuthorityAsync(new AuthorityRecord("998", "Elsewhere"), _patience))).ShouldBe(1);

    [Fact]
    public async Task A_school_that_two_programs_make_at_once_has_one_version() =>
        (await WhileAnotherAddsAsync(
            "insert into cme.school (authority, urn, name, kind) values ('999', '900009', 'Late Primary', 'school')",
            () => _store.Schools.PutAsync(new SchoolRecord { Authority = "999", Urn = "900009", Name = "Late Primary", Kind = "school" }, _patience))).ShouldBe(1);

    /// <summary>Adds while somebody else has added the same and has not committed it: the statement has begun, and waits.</summary>
    private async Task<T> WhileAnotherAddsAsync<T>(string sql, Func<Task<T>> add)
    {
        await using var other = new NpgsqlConnection(_store.ConnectionString);
        await other.OpenAsync(_patience);
        await using var transaction = await other.BeginTransactionAsync(_patience);
#pragma warning disable CA2100 // Constants of these tests.
        await using (var insert = new NpgsqlCommand(sql, other, transaction)) { await insert.ExecuteNonQueryAsync(_patience); }
#pragma warning restore CA2100
        var adding = add();
        while (await _store.ScalarAsync<long>("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") == 0)
        {
            _patience.ThrowIfCancellationRequested();
        }
        await transaction.CommitAsync(_patience);
        return await adding;
    }
}
