using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.Pages.Episodes;

namespace Cme.Web.Tests.Rules;

/// <summary>
/// SUF-08 to SUF-33 where they are about the service as a whole: whoever suspects something is heard by the authority, and what is heard is
/// followed up. Source: the provider's policy of August 2025.
/// </summary>
public sealed class SuffolkReferralSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _provider = null!;

    public async Task InitializeAsync()
    {
        await host.ReachAsync("2026-09-07T09:30:00+01:00");
        _provider = await host.NewSchoolAsync(1);
        await host.Send(host.AuthorityKey, HttpMethod.Put, _provider.Path, """{"name":"The Orchard","kind":"provider","pack":"suffolk-alternative-provider"}""", HttpStatusCode.OK);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task SUF08_Whoever_suspects_that_a_child_is_not_educated_tells_the_CME_team_and_the_desk_sees_it_at_once()
    {
        var waiting = await WaitingAsync();

        await ReferAsync("""{"surname":"Nobody-Knows"}""", "attendance-officer");

        (await WaitingAsync()).ShouldBe(waiting + 1);
    }

    [Fact]
    public async Task SUF18_Every_suspicion_reaches_the_authority_also_of_a_child_whom_no_school_has()
    {
        var reference = await ReferAsync("""{"surname":"Unheard-Of","lastSeen":"At the market"}""", "dsl");

        var waiting = (await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/referrals?unmatched=true&limit=500", null, HttpStatusCode.OK))["data"]!.AsArray();
        waiting.ShouldContain(one => (string)one!["reference"]! == reference);
    }

    [Fact]
    public async Task SUF20_Schools_refer_through_one_place_and_read_there_what_they_sent()
    {
        var reference = await ReferAsync("""{"surname":"Sent-By-Us"}""", "dsl");

        var held = await host.Send(_provider.Key, HttpMethod.Get, $"/api/v1/referrals/{reference}", null, HttpStatusCode.OK);
        ((string)held["child"]!["surname"]!).ShouldBe("Sent-By-Us");
        var other = await host.NewSchoolAsync(1);
        await host.Send(other.Key, HttpMethod.Get, $"/api/v1/referrals/{reference}", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task SUF21_A_referral_stays_on_the_list_until_somebody_has_followed_it_up()
    {
        var reference = await ReferAsync("""{"surname":"Followed-Up"}""", "dsl");
        using var desk = await host.PersonAsync("duty-desk");
        await host.ReachAsync("2026-10-20T09:00:00+01:00");

        (await desk.GetStringAsync("/referrals")).ShouldContain(reference, customMessage: "Six weeks later it waits as on its first day.");
    }

    [Fact]
    public async Task SUF09_Every_absence_without_a_reason_is_kept_as_a_record_that_can_be_read_and_added_to()
    {
        await _provider.Register("""{"schoolPupilId":"P0","code":"N"}""");
        var reference = await _provider.OnlyEpisode();
        await host.Send(_provider.Key, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions", _provider.Deed("enquiry", null), HttpStatusCode.OK);

        (await _provider.Get($"/api/v1/episodes/{reference}/timeline"))["data"]!.AsArray().Select(entry => (string)entry!["type"]!)
            .ShouldBe(["EpisodeOpened", "ActionRecorded"]);
        (await host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/episodes?school={_provider.Urn}", null, HttpStatusCode.OK))["data"]!.AsArray()
            .Select(one => (string)one!["reference"]!).ShouldContain(reference, "The authority reads it as the provider does.");
    }

    [Fact]
    public async Task SUF33_Whatever_the_DSL_owes_the_deputy_may_do()
    {
        var school = new TestSchool(host, "900001", host.KeyOf("900001"));
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/roll", TestSchool.Roll([1]), HttpStatusCode.OK);
        await school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        var reference = await school.OnlyEpisode();
        using var deputy = await host.PersonAsync("deputy-dsl-900001");

        var form = PageForm.Of(await deputy.GetStringAsync($"/episodes/{reference}/record-risk-assessment"), "Note");
        form["Outcome"] = "no-concern";
        var (_, check) = await form.SendAsync(deputy, $"/episodes/{reference}/record-risk-assessment");
        await PageForm.Of(check, "Checked").SendAsync(deputy, $"/episodes/{reference}/record-risk-assessment");

        var obligations = (await school.Get($"/api/v1/episodes/{reference}/obligations?state=satisfied"))["data"]!.AsArray();
        obligations.ShouldContain(one => (string)one!["who"]!["role"]! == "dsl");
    }

    private async Task<string> ReferAsync(string child, string role) => (string)(await host.Send(_provider.Key, HttpMethod.Post, "/api/v1/referrals",
        $$$"""{"child":{{{child}}},"concerns":"Not seen since the summer.","referrer":{"name":"Priya Patel","role":"{{{role}}}"}}""", HttpStatusCode.Created))["reference"]!;

    private async Task<int> WaitingAsync() =>
        (await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/referrals?unmatched=true&limit=500", null, HttpStatusCode.OK))["data"]!.AsArray().Count;
}
