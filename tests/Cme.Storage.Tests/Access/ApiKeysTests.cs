using Cme.Storage.Access;

namespace Cme.Storage.Tests.Access;

public sealed class ApiKeysTests : IAsyncLifetime
{
    private static readonly ApiKeyGrant School = new("school", "999", "900001", ["register.write", "case.read"], "MIS nightly job");

    private Store _store = null!;
    private ApiKeys _keys = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        _keys = new ApiKeys(_store.Database);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_key_is_found_by_its_text_and_its_text_is_stored_nowhere()
    {
        var made = await _keys.CreateAsync(School);

        made.Key.ShouldStartWith("cme_");
        made.Key.Length.ShouldBe(4 + 43);
        var found = (await _keys.FindAsync(made.Key))!;
        found.Id.ShouldBe(made.Id);
        (found.Grant with { Scopes = School.Scopes }).ShouldBe(School);
        found.Grant.Scopes.ShouldBe(School.Scopes);
        (await _keys.FindAsync(made.Key + "x")).ShouldBeNull();
        (await _store.ScalarAsync<bool>($"select bool_or(strpos(k::text, '{made.Key[4..]}') > 0) from cme.api_key k")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_revoked_key_is_unknown_and_another_authority_cannot_revoke_it()
    {
        var made = await _keys.CreateAsync(School);

        (await _keys.RevokeAsync("998", made.Id)).ShouldBeFalse();
        (await _keys.FindAsync(made.Key)).ShouldNotBeNull();
        (await _keys.RevokeAsync("999", made.Id)).ShouldBeTrue();
        (await _keys.RevokeAsync("999", made.Id)).ShouldBeFalse();
        (await _keys.FindAsync(made.Key)).ShouldBeNull();
        (await _keys.ListAsync("999")).ShouldHaveSingleItem().RevokedAt.ShouldNotBeNull();
        (await _keys.ListAsync("998")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_known_key_may_be_brought_in_again_and_stays_one()
    {
        await _keys.ImportAsync("cme_of-the-demo", School);
        await _keys.ImportAsync("cme_of-the-demo", School);

        (await _keys.FindAsync("cme_of-the-demo")).ShouldNotBeNull();
        (await _keys.ListAsync("999")).ShouldHaveSingleItem();
    }
}
