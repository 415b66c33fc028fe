using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Storage.Referrals;
using Cme.Web.Hosting;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Whoever is worried about a child is heard, whether or not anybody knows who the child is.</summary>
public sealed class ReferralSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private static int _children;
    private TestSchool _school = null!;
    private string _episode = "", _name = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(1);
        _name = $"Referred{Interlocked.Increment(ref _children)}";
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", $$"""
            {"pupils":[{"schoolPupilId":"R","forename":"Amina","surname":"{{_name}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03"}]}
            """, HttpStatusCode.OK);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"R","code":"N"}""");
        _episode = await _school.OnlyEpisode();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_child_who_is_recognised_by_name_and_birth_date_joins_the_open_episode_which_then_shows_referred()
    {
        var held = await Refer(_school.Key, Child("amina", "dateOfBirth", "2014-03-02"));

        ((string)held["reference"]!).ShouldMatch("^referral-[0-9a-hjkmnp-tv-z]{10}-[0-9a-hjkmnp-tv-z]$");
        ((string)held["episode"]!).ShouldBe(_episode);
        ((string)(await _school.Get($"/api/v1/episodes/{_episode}"))["stage"]!).ShouldBe("referred");
        (await _school.Get($"/api/v1/episodes/{_episode}/timeline"))["data"]!.AsArray().Select(entry => (string)entry!["type"]!).ShouldContain("ReferralJoined");
    }

    [Fact]
    public async Task Another_school_s_referral_joins_too_and_does_not_tell_that_school_that_the_child_is_known()
    {
        var other = await host.NewSchoolAsync(1);
        var held = await Refer(other.Key, Child("Amina", "dateOfBirth", "2014-03-02"));

        held.ToJsonString().ShouldNotContain("episode-");
        held.ContainsKey("childId").ShouldBeFalse();
        held.ContainsKey("matchedBy").ShouldBeFalse();
        var read = await host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/referrals/{held["reference"]}", null, HttpStatusCode.OK);
        ((string)read["episode"]!).ShouldBe(_episode);
        ((string)read["matchedBy"]!).ShouldBe("name");
        await host.Send(_school.Key, HttpMethod.Get, $"/api/v1/referrals/{held["reference"]}", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_name_alone_recognises_nobody_and_waits_for_a_person_with_everything_that_was_sent()
    {
        var held = await Refer(_school.Key, Child("Amina", "lastSeen", "At the bus station"));

        held["episode"].ShouldBeNull();
        var waiting = (await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/referrals?unmatched=true&limit=500", null, HttpStatusCode.OK))["data"]!.AsArray();
        var one = waiting.Single(referral => (string)referral!["reference"]! == (string)held["reference"]!)!;
        ((string)one["matchedBy"]!).ShouldBe("nobody");
        ((bool)one["withheld"]!).ShouldBeTrue("a key does not read what people say of a child");
        var own = await host.Send(_school.Key, HttpMethod.Get, $"/api/v1/referrals/{(string)held["reference"]!}", null, HttpStatusCode.OK);
        ((string)own["child"]!["lastSeen"]!).ShouldBe("At the bus station");
        ((string)own["enquiriesDone"]![0]!).ShouldBe("Called");
        ((string)own["referrer"]!["name"]!).ShouldBe("Maureen Okafor");
    }

    [Fact]
    public async Task Referrals_are_listed_page_by_page_each_once()
    {
        for (var number = 0; number < 5; number++) { await Refer(_school.Key, Child("Amina", "other", $"{number}")); }
        using var client = host.Client(_school.Key);
        var seen = new List<string>();
        for (var next = "/api/v1/referrals?limit=2"; next is not null;)
        {
            using var answer = await client.GetAsync(next);
            seen.AddRange(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!.AsArray().Select(one => (string)one!["reference"]!));
            next = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }
        seen.ShouldBeUnique();
        seen.Count.ShouldBe(5);
    }

    [Fact]
    public async Task The_same_sending_is_one_referral_even_if_its_answer_was_never_kept()
    {
        using var first = await Post("r-1");
        await host.Sql("update cme.idempotency set status = null, attempted_at = '-infinity' where key = 'r-1'");
        using var again = await Post("r-1");

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.Location.ShouldBe(first.Headers.Location);
    }

    [Fact]
    public async Task What_was_stored_and_not_joined_when_its_process_died_is_joined_later()
    {
        var held = await Refer(_school.Key, Child("Amina", "dateOfBirth", "2014-03-02"));
        await host.Sql($"update cme.referral set joined_at = null where reference = '{held["reference"]}'");
        ((await _school.Get($"/api/v1/referrals/{held["reference"]}")).ContainsKey("episode")).ShouldBeFalse();

        await host.Services.GetServices<IHostedService>().OfType<ReferralDelivery>().Single().DeliverAsync(CancellationToken.None);

        ((string)(await _school.Get($"/api/v1/referrals/{held["reference"]}"))["episode"]!).ShouldBe(_episode);
        (await host.Services.GetRequiredService<IReferrals>().UnjoinedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_referral_that_cannot_be_joined_keeps_none_of_the_later_ones_waiting()
    {
        var (first, second) = ((string)(await Refer(_school.Key, Child("Amina", "dateOfBirth", "2014-03-02")))["reference"]!,
            (string)(await Refer(_school.Key, Child("Amina", "dateOfBirth", "2014-03-02")))["reference"]!);
        await host.Sql($"update cme.referral set joined_at = null where reference in ('{first}', '{second}')");
        await using (await host.BreakingAsync("cme.referral", $"new.reference = '{first}'"))
        {
            await host.Services.GetServices<IHostedService>().OfType<ReferralDelivery>().Single().DeliverAsync(CancellationToken.None);
        }

        (await host.Services.GetRequiredService<IReferrals>().UnjoinedAsync()).Select(one => one.Reference).ShouldBe([first]);
    }

    [Theory]
    [InlineData("""{"child":{},"concerns":"x","referrer":{"name":"A","role":"dsl"}}""", "/child")]
    [InlineData("""{"child":{"surname":"X"},"concerns":"x","referrer":{"name":"A"}}""", "/referrer/role")]
    [InlineData("""{"child":{"surname":"X"},"referrer":{"name":"A","role":"dsl"}}""", "/concerns")]
    [InlineData("""{"child":{"surname":"X"},"kind":"lost","concerns":"x","referrer":{"name":"A","role":"dsl"}}""", "/kind")]
    [InlineData("""{"child":{"surname":"X","dateOfBirth":"2014-02-30"},"concerns":"x","referrer":{"name":"A","role":"dsl"}}""", "/child/dateOfBirth")]
    [InlineData("""{"child":{"surname":"X"},"concerns":"x","enquiriesDone":[7],"referrer":{"name":"A","role":"dsl"}}""", "/enquiriesDone/0")]
    public async Task What_cannot_be_read_is_refused_by_its_place(string json, string pointer) =>
        (await host.Send(_school.Key, HttpMethod.Post, "/api/v1/referrals", json, HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe([pointer]);

    private string Child(string forename, string more, string value) =>
        $$"""
        {"kind":"whereabouts","concerns":"Not seen.","enquiriesDone":"Called","referrer":{"name":"Maureen Okafor","role":"attendance-officer"},
         "child":{"forename":"{{forename}}","surname":"{{_name}}","{{more}}":"{{value}}"} }
        """;

    private Task<JsonObject> Refer(string key, string json) => host.Send(key, HttpMethod.Post, "/api/v1/referrals", json, HttpStatusCode.Created);

    private async Task<HttpResponseMessage> Post(string idempotencyKey)
    {
        using var client = host.Client(_school.Key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/referrals") { Content = new StringContent(Child("Amina", "other", "x"), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request);
    }
}
