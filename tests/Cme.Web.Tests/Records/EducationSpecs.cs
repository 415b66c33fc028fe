using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Records;

/// <summary>Whether a child misses education, as the interface and the pages say it: worked out from rolls, registers and records.</summary>
public sealed class EducationSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;
    private string _child = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(1);
        _child = (await host.Sql($"select child_id from cme.pupil where urn = '{_school.Urn}'"))[0];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task DOR02_Ten_days_without_permission_show_as_at_risk_on_the_interface_the_child_s_page_and_the_episode_s()
    {
        await Follow("pan-dorset");
        Said(await Ask(_school.Key)).ShouldBe(("not-missing", "DOR-01"));
        await host.ReachAsync("2026-09-18T16:00:00+01:00");
        await _school.MissingFrom("2026-09-07", 10, "P0");

        var answer = await Ask(_school.Key);
        Said(answer).ShouldBe(("at-risk", "DOR-02"));
        ((string)answer["reason"]!).ShouldContain("has missed 10 school days without permission");
        ((string)answer["procedure"]!, (string)answer["age"]!["begins"]!, (string)answer["age"]!["ends"]!).ShouldBe(("pan-dorset", "2019-03-31", "2030-06-28"));

        using var officer = await host.PersonAsync("tracking-officer");
        foreach (var page in new[] { $"/children/{_child}", $"/episodes/{await _school.OnlyEpisode()}" })
        {
            var shown = await officer.ReadAsync(page);
            shown.ShouldContain("At risk of missing education");
            shown.ShouldContain("has missed 10 school days without permission");
            shown.ShouldContain("(DOR-02)");
        }
    }

    [Fact]
    public async Task DOR01_Off_every_roll_the_child_is_missing_education_by_the_council_s_answer_until_home_education_is_on_record_and_found_suitable()
    {
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", TestSchool.Left(0, "2026-09-04", "g", ""), HttpStatusCode.OK);
        await host.ReachAsync("2026-09-08T09:00:00+01:00");

        Said(await Ask(host.AuthorityKey)).ShouldBe(("missing-education", "B2"));
        Said(await Ask(_school.Key)).Answer.ShouldBe("not-known", "a school answers for its own roll");

        var record = (string)(await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/children/{_child}/records", """{"kind":"home-education","since":"2026-09-07"}""", HttpStatusCode.Created))["reference"]!;
        Said(await Ask(host.AuthorityKey)).Answer.ShouldBe("not-missing");
        await Judge(record, "not-suitable");
        Said(await Ask(host.AuthorityKey)).Answer.ShouldBe("missing-education");
        await Judge(record, "suitable");
        Said(await Ask(host.AuthorityKey)).Answer.ShouldBe("not-missing");
    }

    [Fact]
    public async Task A_school_whose_pupil_no_other_school_has_keeps_its_view_and_loses_it_once_another_has_the_child()
    {
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", TestSchool.Left(0, "2026-09-04", "g", ""), HttpStatusCode.OK);
        await host.ReachAsync("2026-09-08T09:00:00+01:00");
        (await host.Sql($"select cme.moved_on('999', '{_child}', '{_school.Urn}') is null")).ShouldBe(["True"]);

        await host.Sql($"insert into cme.pupil (authority, urn, school_pupil_id, child_id, forename, surname, date_of_birth, sex, year_group, entry_date) select authority, '900003', 'M1', child_id, forename, surname, date_of_birth, sex, year_group, '2026-09-08' from cme.pupil where urn = '{_school.Urn}'");

        (await host.Sql($"select cme.moved_on('999', '{_child}', '{_school.Urn}')"))[0].ShouldStartWith("09/08/2026");
    }

    [Fact]
    public async Task DOR01_A_record_of_the_council_s_says_on_its_page_why_the_child_is_missing_education()
    {
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", TestSchool.Left(0, "2026-09-04", "g", "A school in Leeds"), HttpStatusCode.OK);
        await host.ReachAsync("2026-09-08T09:00:00+01:00");
        Said(await Ask(host.AuthorityKey)).Answer.ShouldBe("not-known");
        var record = (string)(await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/children/{_child}/records", """{"kind":"cme"}""", HttpStatusCode.Created))["reference"]!;
        using var officer = await host.PersonAsync("tracking-officer");

        var page = await officer.ReadAsync($"/episodes/{record}");

        page.ShouldContain("Missing education");
        page.ShouldContain("On no school’s roll, and no education elsewhere is recorded.");
    }

    [Fact]
    public async Task SUF05_A_pupil_of_an_alternative_provider_alone_is_not_missing_education_and_is_once_nobody_knows_where_the_child_is()
    {
        await host.Send(host.AuthorityKey, HttpMethod.Put, _school.Path, """{"name":"The Workshop","kind":"provider","pack":"suffolk-alternative-provider"}""", HttpStatusCode.OK);
        await host.ReachAsync("2026-09-07T09:30:00+01:00");

        var answer = await Ask(host.AuthorityKey);
        Said(answer).ShouldBe(("not-missing", "SUF-05"));
        ((string)answer["onRoll"]![0]!["kind"]!).ShouldBe("provider");

        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        Said(await Ask(host.AuthorityKey)).ShouldBe(("missing-education", "SUF-04"));
    }

    private Task<JsonObject> Follow(string pack) => host.Send(host.AuthorityKey, HttpMethod.Put, _school.Path, $$"""{"name":"Test School","pack":"{{pack}}"}""", HttpStatusCode.OK);

    private Task<JsonObject> Ask(string key) => host.Send(key, HttpMethod.Get, $"/api/v1/children/{_child}/education", null, HttpStatusCode.OK);

    private Task<JsonObject> Judge(string record, string outcome) => host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{record}/actions",
        $$"""{"action":"education-assessment","outcome":"{{outcome}}","at":"2026-09-08T08:30:00+01:00","note":"Seen.","performedBy":{"name":"Yusuf Adeyemi","role":"tracking-officer","org":"999"} }""", HttpStatusCode.OK);

    private static (string Answer, string Clause) Said(JsonObject answer) => ((string)answer["answer"]!, (string)answer["clause"]!);
}
