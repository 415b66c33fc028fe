using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Two officers never ring the same family: an episode is claimed once, and everybody sees by whom.</summary>
public sealed class ClaimSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;
    private string _episode = "";

    /// <summary>How many claim at once; CME_CLAIMS says otherwise.</summary>
    private static int Claimants => int.TryParse(Environment.GetEnvironmentVariable("CME_CLAIMS"), CultureInfo.InvariantCulture, out var claims) ? claims : 40;

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(2);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        _episode = $"/api/v1/episodes/{await _school.OnlyEpisode()}";
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Of_many_who_claim_at_once_one_wins_and_the_others_are_told_who()
    {
        using var client = host.Client(host.AuthorityKey);
        var answers = await Task.WhenAll(Enumerable.Range(0, Claimants).Select(async number =>
        {
            using var answer = await client.PostAsync($"{_episode}/claim", new StringContent($$"""{"officer":"Officer {{number}}"}""", null, "application/json"));
            return (answer.StatusCode, Body: JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
        }));

        var winner = (string)answers.Single(answer => answer.StatusCode == HttpStatusCode.OK).Body["claimedBy"]!;
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict && (string)answer.Body["code"]! == "claimed").ShouldBe(Claimants - 1);
        answers.Where(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldAllBe(answer => ((string)answer.Body["detail"]!).Contains(winner));
        (await Types()).Count(type => type == "Claimed").ShouldBe(1);
    }

    [Fact]
    public async Task A_claim_is_seen_on_the_episode_and_its_list_until_it_is_given_up()
    {
        await Post(_school.Key, "claim", """{"officer":"Priya Patel"}""");
        ((string)(await _school.Get(_episode))["claimedBy"]!).ShouldBe("Priya Patel");
        ((string)(await _school.Get("/api/v1/episodes"))["data"]![0]!["claimedBy"]!).ShouldBe("Priya Patel");

        await Post(_school.Key, "release", """{"officer":"Sam Hill"}""", HttpStatusCode.Conflict);
        await Post(_school.Key, "release", "{}");
        (await _school.Get(_episode))["claimedBy"].ShouldBeNull();
        (await Types()).ShouldBe(["EpisodeOpened", "Claimed", "Released"]);
    }

    [Fact]
    public async Task A_school_does_not_give_up_what_the_authority_has()
    {
        await Post(host.AuthorityKey, "claim", """{"officer":"Owen Reid"}""");

        ((string)(await Post(_school.Key, "release", "{}", HttpStatusCode.Conflict))["code"]!).ShouldBe("claimed");
        await Post(host.AuthorityKey, "release", "{}");
    }

    [Fact]
    public async Task Only_the_authority_says_whose_case_it_is_and_what_it_owns_is_on_its_desk()
    {
        await Post(_school.Key, "assign", """{"officer":"Priya Patel"}""", HttpStatusCode.Forbidden);

        var assigned = await Post(host.AuthorityKey, "assign", """{"officer":"Owen Reid"}""");
        ((string)assigned["claimedBy"]!).ShouldBe("Owen Reid");
        ((string)assigned["owner"]!).ShouldBe(EdgeHost.Authority);
        (await OnDesk()).ShouldBeTrue();

        var back = await Post(host.AuthorityKey, "assign", $$"""{"organisation":"{{_school.Urn}}"}""");
        ((string)back["owner"]!).ShouldBe(_school.Urn);
        back["claimedBy"].ShouldBeNull();
        (await OnDesk()).ShouldBeFalse();
        await Post(host.AuthorityKey, "assign", """{"organisation":"900002"}""", HttpStatusCode.UnprocessableEntity);
    }

    private async Task<bool> OnDesk() => (await host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/episodes?board=desk&school={_school.Urn}", null, HttpStatusCode.OK))["data"]!.AsArray().Count == 1;

    private async Task<List<string>> Types() => [.. (await _school.Get($"{_episode}/timeline"))["data"]!.AsArray().Select(entry => (string)entry!["type"]!)];

    private Task<JsonObject> Post(string key, string what, string json, HttpStatusCode status = HttpStatusCode.OK) =>
        host.Send(key, HttpMethod.Post, $"{_episode}/{what}", json, status);
}
