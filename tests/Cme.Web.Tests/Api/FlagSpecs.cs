using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>What the authority or a roll says of a child reaches every open episode of the child, and its board, at once.</summary>
public sealed class FlagSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Plan = """{"flags":[{"id":"cp_plan","source":"Strategy meeting","reviewOn":"2026-12-01","note":"neglect"}]}""";

    private TestSchool _school = null!;
    private string _episode = "", _path = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(2);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        _episode = $"/api/v1/episodes/{await _school.OnlyEpisode()}";
        _path = $"/api/v1/children/{(string)(await _school.Get(_episode))["child"]!["id"]!}/flags";
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_flag_of_the_authority_reaches_the_open_episode_and_the_desk()
    {
        using var answer = await Put(Plan);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());

        (await FlagsOfEpisode()).ShouldBe(["cp_plan"]);
        (await Types()).ShouldBe(["EpisodeOpened", "FlagsChanged"]);
        (await host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/episodes?board=desk&school={_school.Urn}", null, HttpStatusCode.OK))["data"]!.AsArray().Count.ShouldBe(1);
        var held = await host.Send(host.AuthorityKey, HttpMethod.Get, _path, null, HttpStatusCode.OK);
        ((string)held["flags"]![0]!["label"]!).ShouldBe("Child protection plan");
        ((string)held["history"]![0]!["flags"]![0]!["note"]!).ShouldBe("neglect");
    }

    [Fact]
    public async Task Flags_of_the_roll_and_of_the_authority_are_in_force_together()
    {
        (await Put(Plan)).Dispose();
        await Roll("\"s47\"");
        (await FlagsOfEpisode()).ShouldBe(["cp_plan", "s47"]);

        (await Put("""{"flags":[]}""", "*")).Dispose();
        (await FlagsOfEpisode()).ShouldBe(["s47"]);
        await Roll("");
        (await FlagsOfEpisode()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_family_that_must_not_be_contacted_is_owed_no_call_from_then_on()
    {
        (await Put("""{"flags":[{"id":"do_not_contact_family","source":"Police","reviewOn":"2026-12-01"}]}""")).Dispose();

        var obligations = (await _school.Get($"{_episode}/obligations"))["data"]!.AsArray();
        ((string)obligations.Single(owed => (string)owed!["step"]! == "first-call")!["state"]!).ShouldBe("suppressed");
    }

    [Fact]
    public async Task Flags_that_exist_are_changed_only_by_who_has_read_them()
    {
        using var none = await Get();
        using var first = await Put(Plan, none.Headers.ETag!.ToString());
        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        using var read = await Get();
        read.Headers.ETag.ShouldBe(first.Headers.ETag);

        using (var unsaid = await Put("""{"flags":[]}""")) { await unsaid.ShouldBeProblem("if-match-required"); }
        using (var old = await Put("""{"flags":[]}""", none.Headers.ETag!.ToString())) { await old.ShouldBeProblem("precondition-failed"); }
        using (var same = await Put(Plan)) { same.StatusCode.ShouldBe(HttpStatusCode.OK); }
        using var next = await Put("""{"flags":[]}""", first.Headers.ETag!.ToString());
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"flags":[{"id":"no_such","source":"x","reviewOn":"2026-12-01"}]}""", "/flags/0/id")]
    [InlineData("""{"flags":[{"id":"cp_plan","source":"x"}]}""", "/flags/0/reviewOn")]
    [InlineData("""{"flags":[{"id":"cp_plan","source":"x","reviewOn":"2026-12-01"},{"id":"cp_plan","source":"y","reviewOn":"2026-12-01"}]}""", "/flags/1/id")]
    [InlineData("""{}""", "/flags")]
    public async Task What_is_no_flag_is_refused(string json, string pointer)
    {
        using var answer = await Put(json);
        (await answer.ShouldBeProblem("invalid")).Pointers().ShouldBe([pointer]);
    }

    [Fact]
    public async Task What_a_key_may_not_see_it_can_set_and_does_not_take_away()
    {
        (await Put("""{"flags":[{"id":"witness_protection","source":"Police","reviewOn":"2026-12-01"}]}""")).Dispose();
        using var answer = await Put(Plan, "*");

        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("witness_protection");
        (await host.Sql($"select array_to_string(flags, ' ') from cme.episode where reference = '{_episode.Split('/')[^1]}'")).ShouldBe(["cp_plan witness_protection"]);
    }

    [Fact]
    public async Task A_school_reads_the_flags_of_its_own_pupils_and_of_no_others()
    {
        var other = await host.NewSchoolAsync(1);

        await host.Send(_school.Key, HttpMethod.Get, _path, null, HttpStatusCode.OK);
        await host.Send(other.Key, HttpMethod.Get, _path, null, HttpStatusCode.NotFound);
        await host.Send(_school.Key, HttpMethod.Put, _path, Plan, HttpStatusCode.Forbidden);
        await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/children/000000000000/flags", null, HttpStatusCode.NotFound);
    }

    private Task<JsonObject> Roll(string flags) => host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll",
        $$"""{"pupils":[{{TestSchool.Pupil(0).Replace("\"sex\":\"F\"", $"\"sex\":\"F\",\"flags\":[{flags}]", StringComparison.Ordinal)}}]}""", HttpStatusCode.OK);

    private async Task<string[]> FlagsOfEpisode() => [.. (await _school.Get(_episode))["flags"]!.AsArray().Select(flag => (string)flag!)];

    private async Task<List<string>> Types() => [.. (await _school.Get($"{_episode}/timeline"))["data"]!.AsArray().Select(entry => (string)entry!["type"]!)];

    private async Task<HttpResponseMessage> Get()
    {
        using var client = host.Client(host.AuthorityKey);
        return await client.GetAsync(_path);
    }

    private async Task<HttpResponseMessage> Put(string json, string? ifMatch = null)
    {
        using var client = host.Client(host.AuthorityKey);
        using var request = new HttpRequestMessage(HttpMethod.Put, _path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) { request.Headers.IfMatch.Add(ifMatch == "*" ? EntityTagHeaderValue.Any : EntityTagHeaderValue.Parse(ifMatch)); }
        return await client.SendAsync(request);
    }
}
