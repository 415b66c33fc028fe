using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Cme.Storage.People;
using Cme.TestSupport.Service;
using Cme.Web.Security;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.People;

/// <summary>What administrators do about people and keys, and to whom they may.</summary>
public sealed class ManagingSpecs(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Fact]
    public async Task Somebody_invited_sets_a_password_and_a_second_step_and_is_in()
    {
        using var administrator = await host.SignedInAsync("school-admin-900001");
        var link = await InviteAsync(administrator, "invited@school.example", Roles.Head);
        using var invited = host.Visitor();
        (await invited.OpenAsync(link)).Html.ShouldContain("Willowbrook Academy");
        (await invited.SendAsync(link, ("password", "short"))).Errors.ShouldHaveSingleItem().ShouldContain("12 characters");

        var next = await invited.SendAsync(link, ("password", PeopleHost.Password));
        next.Location.ShouldBe("/account/second-factor");
        (await invited.OpenAsync("/schools/900001/board")).IsSignIn.ShouldBeTrue();
        var setUp = await invited.OpenAsync("/account/authenticator");
        var secret = Regex.Match(setUp.Html, "data-secret=\"([A-Z2-7]{32})\"").Groups[1].Value;
        await invited.SendAsync("/account/authenticator", ("sealed", setUp.Hidden("sealed")), ("code", host.CodeOf(secret)));

        (await invited.OpenAsync("/schools/900001/board")).Status.ShouldBe(200);
        (await invited.OpenAsync("/schools/900002/board")).Status.ShouldBe(404);
        (await administrator.OpenAsync("/people")).Html.ShouldContain("Florence Testperson");
    }

    [Fact]
    public async Task A_link_works_once_and_not_when_it_is_old_revoked_or_replaced()
    {
        using var administrator = await host.SignedInAsync("school-admin-900002");
        using var visitor = host.Visitor();

        var used = await InviteAsync(administrator, "used@school.example");
        await visitor.OpenAsync(used);
        (await visitor.SendAsync(used, ("password", PeopleHost.Password))).Location.ShouldBe("/account/second-factor");
        await GoneAsync(used);

        var (revoked, person) = (await InviteAsync(administrator, "revoked@school.example"), await IdAsync("REVOKED@SCHOOL.EXAMPLE"));
        await administrator.OpenAsync($"/people/{person}");
        await administrator.SendAsync($"/people/{person}?handler=Revoke");
        await GoneAsync(revoked);
        await administrator.OpenAsync($"/people/{person}");
        var again = LinkOn(await administrator.SendAsync($"/people/{person}?handler=Link"));
        await administrator.OpenAsync($"/people/{person}");
        var replaced = LinkOn(await administrator.SendAsync($"/people/{person}?handler=Link"));
        await GoneAsync(again);

        host.Clock.Advance(TimeSpan.FromDays(7));
        await GoneAsync(replaced);

        async Task GoneAsync(string link)
        {
            using var other = host.Visitor();
            var page = await other.OpenAsync(link);
            page.Status.ShouldBe(410);
            page.Html.ShouldContain("This link no longer works");
        }
    }

    [Fact]
    public async Task Whoever_is_ended_is_out_at_once_with_every_socket_and_link()
    {
        using var leaver = await host.SignedInAsync("dsl-900001");
        await using var socket = await HubClient.ConnectAsync(host.Address, leaver.Cookies);
        await socket.WatchAsync("school:900001");
        await socket.NextAsync("Snapshot");
        using var administrator = await host.SignedInAsync("authority-admin");

        await administrator.OpenAsync("/people/dsl-900001/end");
        (await administrator.SendAsync("/people/dsl-900001/end")).Location.ShouldBe("/people/dsl-900001");

        await Should.ThrowAsync<WebSocketException>(async () => await socket.NextAsync("No such message", Patience()));
        (await leaver.OpenAsync("/schools/900001/board")).IsSignIn.ShouldBeTrue();
        var account = host.Account("dsl-900001");
        (await host.HalfWayAsync(account.Email!, account.Password!)).Next.Errors.ShouldHaveSingleItem().ShouldContain("One of them is not right");
        (await host.Services.GetRequiredService<IPersonEvents>().OfPersonAsync(EdgeHost.Authority, "dsl-900001", 5)).ShouldContain(
            told => told.What == "ended" && told.Actor == "authority-admin");
    }

    [Fact]
    public async Task What_a_leaver_had_taken_on_goes_back_to_their_colleagues()
    {
        var school = await host.NewSchoolAsync(3);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        var reference = await school.OnlyEpisode();
        var leaver = await host.NewPersonAsync(Roles.AttendanceOfficer, school.Urn);
        await host.Send(school.Key, HttpMethod.Post, $"/api/v1/episodes/{reference}/claim", $$"""{"officer":"{{leaver.Name}}"}""", System.Net.HttpStatusCode.OK);
        using var administrator = await host.SignedInAsync("authority-admin");

        (await administrator.OpenAsync($"/people/{leaver.Id}/end")).Html.ShouldContain("1 episode");
        await administrator.SendAsync($"/people/{leaver.Id}/end");

        (await school.Get($"/api/v1/episodes/{reference}"))["claimedBy"].ShouldBeNull();
    }

    [Fact]
    public async Task Another_role_ends_the_session_and_begins_with_what_it_sees()
    {
        using var officer = await host.SignedInAsync("attendance-officer-900001");
        using var administrator = await host.SignedInAsync("authority-admin");
        await administrator.OpenAsync("/people/attendance-officer-900001/role");

        await administrator.SendAsync("/people/attendance-officer-900001/role", ("role", Roles.DutyDesk), ("school", ""));

        (await officer.OpenAsync("/schools/900001/board")).IsSignIn.ShouldBeTrue();
        using var anew = await host.SignedInAsync("attendance-officer-900001");
        (await anew.OpenAsync("/desk")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_reset_takes_away_password_and_second_step_and_the_link_gives_new_ones()
    {
        using var before = await host.SignedInAsync("head-900003");
        using var administrator = await host.SignedInAsync("authority-admin");
        await administrator.OpenAsync("/people/head-900003/reset");
        var link = LinkOn(await administrator.SendAsync("/people/head-900003/reset"));

        (await before.OpenAsync("/schools/900003/board")).IsSignIn.ShouldBeTrue();
        var account = host.Account("head-900003");
        (await host.HalfWayAsync(account.Email!, account.Password!)).Next.Errors.ShouldNotBeEmpty();
        using var anew = host.Visitor();
        await anew.OpenAsync(link);
        (await anew.SendAsync(link, ("password", PeopleHost.Password))).Location.ShouldBe("/account/second-factor");
        (await anew.OpenAsync("/account/authenticator")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("dsl-900002")]
    [InlineData("duty-desk")]
    [InlineData("authority-admin")]
    public async Task An_administrator_of_a_school_cannot_touch_anybody_of_another_organisation(string other)
    {
        using var administrator = await host.SignedInAsync("school-admin-900001");
        foreach (var path in new[] { "", "/role", "/end", "/reset" }) { (await administrator.OpenAsync($"/people/{other}{path}")).Status.ShouldBe(404); }
        await administrator.OpenAsync("/people");
        foreach (var act in new[] { "/role", "/end", "/reset", "?handler=Link" })
        {
            (await administrator.SendAsync($"/people/{other}{act}", ("role", Roles.Head))).Status.ShouldBe(404);
        }
        (await administrator.OpenAsync("/people")).Html.ShouldNotContain(other);
    }

    [Theory]
    [InlineData(Roles.CmeLead, "")]
    [InlineData(Roles.AuthorityAdmin, "")]
    [InlineData(Roles.Dsl, "900002")]
    public async Task An_administrator_of_a_school_gives_roles_of_that_school_only(string role, string school)
    {
        using var administrator = await host.SignedInAsync("school-admin-900003");
        await administrator.OpenAsync("/people/invite");
        var address = $"{role}-{school}x@school.example";

        await administrator.SendAsync("/people/invite", ("name", "Florence Testperson"), ("email", address), ("role", role), ("school", school));

        var made = await host.Services.GetRequiredService<IPeople>().FindByKeyAsync(address.ToUpperInvariant());
        (made is null || made.School == "900003").ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_ends_or_demotes_themselves()
    {
        using var administrator = await host.SignedInAsync("authority-admin");
        await administrator.OpenAsync("/people");

        (await administrator.SendAsync("/people/authority-admin/end")).Location.ShouldBe("/people/authority-admin");
        (await administrator.SendAsync("/people/authority-admin/role", ("role", Roles.Auditor))).Location.ShouldBe("/people/authority-admin");

        (await administrator.OpenAsync("/people")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Before_what_cannot_be_undone_a_stale_session_is_asked_again_and_the_form_is_kept()
    {
        using var administrator = await host.SignedInAsync("authority-admin");
        await administrator.OpenAsync("/people/deputy-dsl-900003/role");
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        var asked = await administrator.SendAsync("/people/deputy-dsl-900003/role", ("role", Roles.Dsl), ("school", "900003"));
        asked.Html.ShouldContain("Confirm it is you");
        asked.Html.ShouldContain("name=\"role\" value=\"dsl\"");
        (await RoleAsync("deputy-dsl-900003")).ShouldBe(Roles.DeputyDsl);
        var wrong = await administrator.SendAsync("/people/deputy-dsl-900003/role", ("role", Roles.Dsl), ("school", "900003"), ("confirm-password", "not my password"));
        wrong.Errors.ShouldHaveSingleItem().ShouldStartWith("Enter the password");
        (await RoleAsync("deputy-dsl-900003")).ShouldBe(Roles.DeputyDsl);
        var done = await administrator.SendAsync(
            "/people/deputy-dsl-900003/role", ("role", Roles.Dsl), ("school", "900003"), ("confirm-password", host.Account("authority-admin").Password!));

        done.Location.ShouldBe("/people/deputy-dsl-900003");
        (await RoleAsync("deputy-dsl-900003")).ShouldBe(Roles.Dsl);
        await administrator.OpenAsync("/people/deputy-dsl-900003/end");
        (await administrator.SendAsync("/people/deputy-dsl-900003/end")).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_is_shown_once_replaced_with_an_overlap_and_revoked_at_once_with_its_sockets()
    {
        using var administrator = await host.SignedInAsync("school-admin-900002");
        await administrator.OpenAsync("/keys/new");
        var key = KeyOn(await administrator.SendAsync("/keys/new", ("label", "MIS nightly job")));
        (await administrator.OpenAsync("/keys")).Html.ShouldNotContain(key);
        await UseAsync(key, 200);
        await using var socket = await HubClient.ConnectAsync(host.Address, key);
        await socket.WatchAsync("school:900002");
        await socket.NextAsync("Snapshot");

        var id = (await host.Sql("select id from cme.api_key where label = 'MIS nightly job'")).Single();
        var second = KeyOn(await administrator.SendAsync("/keys?handler=Replace", ("key", id)));
        await UseAsync(key, 200);
        await UseAsync(second, 200);
        await administrator.OpenAsync("/keys");
        (await administrator.SendAsync("/keys?handler=Replace", ("key", id))).Errors.ShouldHaveSingleItem().ShouldContain("Two keys");
        await administrator.SendAsync("/keys?handler=Revoke", ("key", id));

        await UseAsync(key, 401);
        await UseAsync(second, 200);
        await Should.ThrowAsync<WebSocketException>(async () => await socket.NextAsync("No such message", Patience()));

        async Task UseAsync(string sent, int status)
        {
            using var client = host.Client(sent);
            using var answer = await client.GetAsync("/api/v1/schools/900002");
            ((int)answer.StatusCode).ShouldBe(status);
        }
    }

    [Fact]
    public async Task An_administrator_of_a_school_sees_and_revokes_no_key_of_another()
    {
        await host.NewKeyAsync(EdgeHost.Authority, "900003", Scopes.CaseRead);
        var id = (await host.Sql("select id from cme.api_key where urn = '900003' and label = 'test'")).Single();
        using var administrator = await host.SignedInAsync("school-admin-900001");
        (await administrator.OpenAsync("/keys")).Html.ShouldNotContain(id);

        await administrator.SendAsync("/keys?handler=Revoke", ("key", id));

        (await host.Sql($"select revoked_at is null from cme.api_key where id = '{id}'")).Single().ShouldBe("True");
    }

    private async Task<string> RoleAsync(string person) => (await host.Services.GetRequiredService<IPeople>().FindAsync(person))!.Role;

    private async Task<string> IdAsync(string key) => (await host.Services.GetRequiredService<IPeople>().FindByKeyAsync(key))!.Id;

    private static async Task<string> InviteAsync(Visitor administrator, string address, string role = Roles.Dsl)
    {
        await administrator.OpenAsync("/people/invite");
        return LinkOn(await administrator.SendAsync("/people/invite", ("name", "Florence Testperson"), ("email", address), ("role", role)));
    }

    private static string LinkOn(Page page) => new Uri(Regex.Match(page.Html, "data-link>([^<]+)<").Groups[1].Value).AbsolutePath;

    private static string KeyOn(Page page) => Regex.Match(page.Html, "data-key>(cme_[^<]+)<").Groups[1].Value;

    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
}
