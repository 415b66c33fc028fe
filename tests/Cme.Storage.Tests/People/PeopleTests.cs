using Cme.Storage.People;
using Cme.Storage.Reads;
using Npgsql;

namespace Cme.Storage.Tests.People;

public sealed class PeopleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 9, 7, 8, 0, 0, TimeSpan.Zero);

    private Store _store = null!;
    private PeopleStore _people = null!;
    private PersonLinks _links = null!;
    private SignInLocks _locks = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        await _store.PutSchoolAsync();
        (_people, _links, _locks) = (new(_store.Database), new(_store.Database), new(_store.Database));
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_person_is_found_by_address_and_by_name_as_stored()
    {
        await _people.AddAsync(Amos());

        var found = (await _people.FindByKeyAsync("AMOS@SCHOOL.EXAMPLE"))!;

        found.ShouldBeEquivalentTo(Amos(version: 1));
        (await _people.FindByKeyAsync("AMOS"))!.Id.ShouldBe("person-amos");
        (await _people.FindByKeyAsync("amos")).ShouldBeNull();
        (await _people.ListAsync("999", "900001")).Length.ShouldBe(1);
        (await _people.ListAsync("999", "900002")).ShouldBeEmpty();
        (await _people.ListAsync("998")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_has_one_person_until_their_access_ends()
    {
        await _people.AddAsync(Amos());
        (await _people.AddAsync(Amos("person-other"))).ShouldBeFalse();

        var amos = (await _people.FindAsync("person-amos"))!;
        amos.EndedAt = Now;
        (await _people.SaveAsync(amos)).ShouldBeTrue();

        (await _people.FindByKeyAsync("AMOS")).ShouldBeNull();
        (await _people.AddAsync(Amos("person-other"))).ShouldBeTrue();
        (await _people.FindByKeyAsync("AMOS"))!.Id.ShouldBe("person-other");
    }

    [Fact]
    public async Task A_change_to_a_person_who_was_changed_since_is_refused()
    {
        await _people.AddAsync(Amos());
        var (one, other) = ((await _people.FindAsync("person-amos"))!, (await _people.FindAsync("person-amos"))!);
        (one.Role, other.Role) = ("head", "auditor");

        (await _people.SaveAsync(one)).ShouldBeTrue();
        (await _people.SaveAsync(other)).ShouldBeFalse();

        (await _people.FindAsync("person-amos"))!.Role.ShouldBe("head");
    }

    [Fact]
    public async Task Of_many_who_bring_the_same_code_at_once_one_is_let_in()
    {
        await _people.AddAsync(Amos());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _people.UseStepAsync("person-amos", 42)));

        answers.Count(used => used).ShouldBe(1);
        (await _people.UseStepAsync("person-amos", 41)).ShouldBeFalse();
        (await _people.UseStepAsync("person-amos", 43)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_who_bring_the_same_link_at_once_one_uses_it()
    {
        await _people.AddAsync(Amos());
        var secret = await _links.MakeAsync("person-amos", "admin", Now, Now.AddDays(7));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _links.UseAsync(secret, Now)));

        answers.Count(used => used).ShouldBe(1);
        (await _links.FindAsync(secret, Now)).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_ends_by_time_by_being_revoked_by_a_newer_one_and_with_its_person()
    {
        await _people.AddAsync(Amos());
        var first = await _links.MakeAsync("person-amos", "admin", Now, Now.AddDays(7));
        (await _links.FindAsync(first, Now.AddDays(6.9)))!.Person.ShouldBe("person-amos");
        (await _links.FindAsync(first, Now.AddDays(7))).ShouldBeNull();
        (await _links.UseAsync(first, Now.AddDays(7))).ShouldBeFalse();

        var second = await _links.MakeAsync("person-amos", "admin", Now, Now.AddDays(7));
        (await _links.FindAsync(first, Now)).ShouldBeNull();
        (await _links.OpenAsync("999", Now)).ShouldHaveSingleItem();
        await _links.RevokeAsync("person-amos", Now);
        (await _links.UseAsync(second, Now)).ShouldBeFalse();

        var third = await _links.MakeAsync("person-amos", "admin", Now, Now.AddDays(7));
        var amos = (await _people.FindAsync("person-amos"))!;
        amos.EndedAt = Now;
        await _people.SaveAsync(amos);
        (await _links.FindAsync(third, Now)).ShouldBeNull();
        (await _store.ScalarAsync<long>($"select count(*) from cme.person_link l where l::text like '%{third}%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Failures_that_come_together_are_each_counted_and_old_ones_forgotten()
    {
        byte[] key = [1, 2, 3];

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _locks.FailedAsync(key, Now, TimeSpan.FromMinutes(15))));

        counts.Order().ShouldBe(Enumerable.Range(1, 8));
        (await _locks.FailedAsync(key, Now.AddMinutes(16), TimeSpan.FromMinutes(15))).ShouldBe(1);
        await _locks.LockAsync(key, Now.AddHours(1));
        (await _locks.LockedUntilAsync(key)).ShouldBe(Now.AddHours(1));
        await _locks.FailedAsync([9], Now.AddDays(3), TimeSpan.FromMinutes(15));
        (await _locks.LockedUntilAsync(key)).ShouldBeNull();
    }

    [Fact]
    public async Task A_passkey_belongs_to_one_person()
    {
        await _people.AddAsync(Amos());
        await _people.AddAsync(Amos("person-beth", "BETH"));
        await _people.PutPasskeyAsync(new("person-amos", [7, 7], """{"signCount": 1}""", Now));
        await _people.PutPasskeyAsync(new("person-amos", [7, 7], """{"signCount": 2}""", Now));
        await _people.PutPasskeyAsync(new("person-beth", [7, 7], """{"signCount": 3}""", Now));

        (await _people.FindPasskeyAsync([7, 7]))!.ShouldSatisfyAllConditions(
            held => held.Person.ShouldBe("person-amos"), held => held.Body.ShouldBe("""{"signCount": 2}"""));
        (await _people.FindAsync("person-amos"))!.Passkeys.ShouldBe(1);
        await _people.RemovePasskeyAsync("person-beth", [7, 7]);
        (await _people.PasskeysAsync("person-amos")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_happened_to_a_way_in_is_read_newest_first_whether_it_is_chained_yet_or_not()
    {
        await _people.AddAsync(Amos());
        var events = new PersonEvents(_store.Database, new ReadChainSignal());
        await events.AddAsync(new(Now, "999", "person-amos", "person-amos", "signed-in", "passkey"), Now, "192.0.2.7");
        await _store.ScalarAsync<int>("select cme.chain_reads(10)");
        await events.AddAsync(new(Now.AddMinutes(1), "999", "operator", "person-amos", "ended"), Now, "");
        await events.AddAsync(new(Now.AddMinutes(2), "999", "operator", "person-beth", "ended"), Now, "");

        (await events.OfPersonAsync("999", "person-amos", 5)).ShouldBe(
            [new(Now.AddMinutes(1), "999", "operator", "person-amos", "ended"), new(Now, "999", "person-amos", "person-amos", "signed-in", "passkey")]);
        (await events.OfPersonAsync("999", "person-amos", 1)).ShouldHaveSingleItem().What.ShouldBe("ended");
        (await events.OfPersonAsync("998", "person-amos", 5)).ShouldBeEmpty();
        (await _store.ScalarAsync<string>("select name || ', ' || role || ', ' || organisation || ', ' || source from cme.read_entry"))
            .ShouldBe("Amos Testperson, dsl, 900001, 192.0.2.7");
    }

    private static Person Amos(string id = "person-amos", string user = "AMOS", int version = 0) => new()
    {
        Id = id, Authority = "999", School = "900001", Role = "dsl", Name = "Amos Testperson", Email = "amos@school.example",
        EmailKey = $"{user}@SCHOOL.EXAMPLE", UserKey = user, PasswordHash = "hash", SecurityStamp = "stamp", Authenticator = [1, 2], TwoFactor = true,
        RecoveryCodes = [3], CreatedAt = Now, Version = version,
    };
}
