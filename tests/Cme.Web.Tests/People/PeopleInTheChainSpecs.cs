using Cme.Storage.Auditor;
using Cme.Web.Security;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.People;

/// <summary>What happens to people's ways in is chained with what people read: nobody takes it away unnoticed, and auditors see it.</summary>
public sealed class PeopleInTheChainSpecs(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Fact]
    public async Task What_is_done_about_people_and_keys_stands_in_the_log_with_who_did_it_and_from_where()
    {
        var person = await host.NewPersonAsync(Roles.DeputyDsl, "900002");
        using var administrator = await host.SignedInAsync("authority-admin");
        await administrator.OpenAsync($"/people/{person.Id}/role");
        await administrator.SendAsync($"/people/{person.Id}/role", ("role", Roles.Head), ("school", "900002"));
        await administrator.OpenAsync("/keys/new");
        (await administrator.SendAsync("/keys/new", ("school", "council"), ("label", "Nightly job"))).Html.ShouldContain("cme_");
        await host.HalfWayAsync(person.Email, "not the password at all");

        (await Told($"subject = '{person.Id}'")).ShouldBe(["authority-admin Marguerite Finch people:role-changed deputy-dsl to head", "nobody  people:sign-in-failed password"]);
        (await Told("what = 'people:key-made'")).ShouldHaveSingleItem().ShouldBe("authority-admin Marguerite Finch people:key-made 999");
        (await host.Sql("select count(*) from cme.read_entry where reader = 'authority-admin' and what = 'people:signed-in' and source = '127.0.0.1'"))[0].ShouldNotBe("0");

        using var lead = await host.SignedInAsync("cme-lead");
        var log = (await lead.OpenAsync($"/audit?record={person.Id}&what=people")).Html;
        log.ShouldContain("Role changed: deputy designated safeguarding lead to head teacher");
        log.ShouldContain("Marguerite Finch, council administrator");
        log.ShouldContain("Somebody who was not let in");
        (await lead.OpenAsync("/audit?what=people")).Html.ShouldContain("Made a key for 999");
        (await lead.OpenAsync("/audit?what=record")).Html.ShouldNotContain("Signed in (");
    }

    [Theory]
    [InlineData("999", "delete from cme.read_entry where authority = '999' and number = (select max(number) from cme.read_entry where authority = '999')", "end-cut-off")]
    [InlineData("999", "update cme.read_entry set why = 'recovery-code' where authority = '999' and number = (select max(number) from cme.read_entry where authority = '999')", "link-broken")]
    [InlineData("", "update cme.read_entry set reader = 'somebody' where authority = ''", "link-broken")]
    public async Task Whoever_takes_away_what_was_told_of_people_is_found(string authority, string tampering, string found)
    {
        using (await host.SignedInAsync("duty-desk")) { }
        // Nobody has this address, so that it is told of nobody's authority.
        await host.HalfWayAsync("nobody@nowhere.example", "not the password at all");
        await host.ChainedAsync();
        (await Broken()).ShouldBeEmpty();

        await host.Sql("alter table cme.read_entry disable trigger append_only");
        await host.Sql("create table public.kept as select * from cme.read_entry");
        try
        {
            await host.Sql(tampering);
            (await Broken()).ShouldContain(finding => finding.Contains(found, StringComparison.Ordinal), $"the chain of “{authority}”");
        }
        finally
        {
            await host.Sql("delete from cme.read_entry r using public.kept k where k.authority = r.authority and k.number = r.number");
            await host.Sql("insert into cme.read_entry select * from public.kept");
            await host.Sql("drop table public.kept");
            await host.Sql("alter table cme.read_entry enable trigger append_only");
        }
        (await Broken()).ShouldBeEmpty();
    }

    private async Task<List<string>> Told(string where)
    {
        await host.ChainedAsync();
        return await host.Sql($"select reader || ' ' || name || ' ' || what || ' ' || coalesce(why, '') from cme.read_entry where {where} order by number");
    }

    private async Task<string[]> Broken() =>
        [.. (await host.Services.GetRequiredService<Audit>().FindAsync(DateTimeOffset.UnixEpoch)).Where(one => one.Kind == AuditKind.ChainBroken).Select(one => one.Subject)];
}
