using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>A child is found by whatever is known of the child, by those who may know it, and no address ever names one.</summary>
public sealed class SearchSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private static int _children;
    private TestSchool _school = null!;
    private string _episode = "", _surname = "", _upn = "";

    public async Task InitializeAsync()
    {
        var number = Interlocked.Increment(ref _children);
        (_surname, _upn) = ($"Sought{(char)('a' + number)}q", UpnOf(number));
        _school = await host.NewSchoolAsync(2);
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", $$"""
            {"pupils":[{"schoolPupilId":"S","upn":"{{_upn}}","forename":"Amina Grace","surname":"{{_surname}}","dateOfBirth":"2013-07-{{10 + number}}","sex":"F","yearGroup":"7",
              "entryDate":"2025-09-03","address":{"lines":["1 Example Road"],"postcode":"ZZ{{number}} 9ZZ"} }]}
            """, HttpStatusCode.OK);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"S","code":"N"}""");
        _episode = await _school.OnlyEpisode();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_child_is_found_by_each_criterion_with_the_episodes_of_the_child()
    {
        foreach (var criteria in new[]
        {
            $$"""{"name":"{{_surname}}"}""", $$"""{"name":"{{_surname[..7].ToUpperInvariant()}} ami","upn":"{{_upn}}"}""", $$"""{"upn":"{{_upn.ToLowerInvariant()}}"}""",
            $$"""{"reference":"{{_episode.ToUpperInvariant()}}"}""", $$"""{"dateOfBirth":"{{Born}}"}""", $$"""{"postcode":"zz{{Postcode}}9zz"}""",
        })
        {
            var found = (await Found(_school.Key, criteria))["data"]!.AsArray();
            ((string)found.Single()!["surname"]!).ShouldBe(_surname, criteria);
            ((string)found.Single()!["episodes"]!.AsArray().Single()!["reference"]!).ShouldBe(_episode);
        }
    }

    [Fact]
    public async Task All_criteria_must_fit()
    {
        (await Found(_school.Key, $$"""{"name":"{{_surname}} zebra"}"""))["data"]!.AsArray().ShouldBeEmpty();
        (await Found(_school.Key, $$"""{"name":"{{_surname}}","dateOfBirth":"2001-01-01"}"""))["data"]!.AsArray().ShouldBeEmpty();
        (await Found(_school.Key, """{"name":"%%"}"""))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_school_finds_its_own_pupils_only_and_the_authority_those_of_all()
    {
        var other = await host.NewSchoolAsync(1);

        (await Found(other.Key, $$"""{"upn":"{{_upn}}"}"""))["data"]!.AsArray().ShouldBeEmpty();
        (await Found(other.Key, $$"""{"reference":"{{_episode}}"}"""))["data"]!.AsArray().ShouldBeEmpty();
        (await Found(host.AuthorityKey, $$"""{"upn":"{{_upn}}"}"""))["data"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_address_says_nothing_and_is_nobody_else_s_and_expires()
    {
        using var answer = await Post(_school.Key, $$"""{"name":"{{_surname}}","upn":"{{_upn}}"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var path = answer.Headers.Location!.ToString();
        path.ShouldMatch("^/api/v1/searches/[0-9a-hjkmnp-tv-z]{26}$");

        await host.Send(host.AuthorityKey, HttpMethod.Get, path, null, HttpStatusCode.NotFound);
        await _school.Get(path);
        await host.Sql($"update cme.search set expires_at = now() where id = '{path.Split('/')[^1]}'");
        ((string)(await _school.Get(path, HttpStatusCode.NotFound))["code"]!).ShouldBe("unknown-search");
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"name":"a"}""", "/name")]
    [InlineData("""{"name":"a b c d"}""", "/name")]
    [InlineData("""{"reference":"episode-0000000000-1"}""", "/reference")]
    [InlineData("""{"dateOfBirth":"yesterday"}""", "/dateOfBirth")]
    public async Task What_cannot_be_looked_for_is_refused(string json, string pointer)
    {
        using var answer = await Post(_school.Key, json);
        (await answer.ShouldBeProblem("invalid")).Pointers()[0].ShouldBe(pointer);
    }

    [Fact]
    public async Task A_name_is_found_through_an_index()
    {
        await host.Sql(
            """
            insert into cme.pupil (authority, urn, school_pupil_id, child_id, forename, surname, date_of_birth, sex, year_group, entry_date)
            select '997', '970001', g, g, md5(g::text), md5((g + 1)::text), '2014-03-02', 'F', '7', '2025-09-03' from generate_series(1, 20000) g
            on conflict do nothing
            """);
        await host.Sql("analyze cme.pupil");
        var plan = await host.Sql(
            """
            explain select from cme.pupil p where p.authority = '997' and ((lower(p.surname) collate "C" >= 'beef' and lower(p.surname) collate "C" < 'beef' || U&'\FFFF')
              or (lower(p.forename) collate "C" >= 'beef' and lower(p.forename) collate "C" < 'beef' || U&'\FFFF'))
            """);
        string.Join('\n', plan).ShouldContain("pupil_surname_idx");
    }

    private string Born => $"2013-07-{10 + (_surname[6] - 'a')}";

    private string Postcode => $"{_surname[6] - 'a'}";

    private static string UpnOf(int number)
    {
        var digits = $"9200001260{number:00}";
        const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ";
        return $"{Letters[digits.Select((digit, at) => (digit - '0') * (at + 2)).Sum() % 23]}{digits}";
    }

    private async Task<JsonObject> Found(string key, string json)
    {
        using var answer = await Post(key, json);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return await host.Send(key, HttpMethod.Get, answer.Headers.Location!.ToString(), null, HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> Post(string key, string json)
    {
        using var client = host.Client(key);
        return await client.PostAsync("/api/v1/searches", new StringContent(json, Encoding.UTF8, "application/json"));
    }
}
