using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>DOR-03: documents of an admission are recorded and reminded of, and nothing of the admission waits for them.</summary>
public sealed class AdmissionSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(2);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task DOR03_Four_proofs_are_asked_for_of_whoever_came_within_a_year_and_of_nobody_else()
    {
        // P0 and P1 came on 3 September 2025, a year and four days ago.
        Listed(await _school.Get($"{_school.Path}/admissions")).ShouldBeEmpty();
        await Enrol("NEW");

        var listed = await _school.Get($"{_school.Path}/admissions?state=open");

        Listed(listed).ShouldBe(["NEW"]);
        NotSeen(listed["data"]![0]!).ShouldBe(["parent-identity", "child-identity", "uk-status", "address"]);
    }

    [Fact]
    public async Task DOR03_What_was_seen_is_kept_with_who_saw_it_and_when_and_is_reminded_of_no_more()
    {
        await Enrol("NEW");
        var held = await See("child-identity", "Birth certificate");

        var seen = held["seen"]![0]!;
        ((string)seen["proof"]!, (string)seen["document"]!, (string)seen["seenOn"]!, (string)seen["by"]!).ShouldBe(("child-identity", "Birth certificate", "2026-09-04", "Maureen Okafor"));
        NotSeen(held).ShouldBe(["parent-identity", "uk-status", "address"]);
        foreach (var proof in NotSeen(held)) { await See(proof, null); }
        Listed(await _school.Get($"{_school.Path}/admissions?state=open")).ShouldBeEmpty();
        Listed(await _school.Get($"{_school.Path}/admissions")).ShouldBe(["NEW"]);
    }

    [Fact]
    public async Task DOR03_The_admission_never_waits_the_child_is_on_roll_marked_and_missed_like_every_other()
    {
        await Enrol("NEW");

        await _school.Register("""{"schoolPupilId":"NEW","code":"N"}""");

        ((string)(await _school.Get($"/api/v1/episodes/{await _school.OnlyEpisode()}"))["child"]!["schoolPupilId"]!).ShouldBe("NEW");
        Listed(await _school.Get($"{_school.Path}/admissions?state=open")).ShouldBe(["NEW"], "and it is still reminded of");
    }

    [Fact]
    public async Task DOR03_An_entry_made_by_mistake_is_taken_back_and_the_proof_is_reminded_of_again()
    {
        await Enrol("NEW");
        (await Send("""{"pupil":"NEW","proof":"address","seenOn":"2026-09-04","seenBy":"A","takeBack":true}""", HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe(["/takeBack"]);
        await See("address", "Council tax bill");

        var held = await Send("""{"pupil":"NEW","proof":"address","seenOn":"2026-09-04","seenBy":"Maureen Okafor","takeBack":true}""", HttpStatusCode.Created);

        NotSeen(held).ShouldContain("address");
        (await host.Sql($"select count(*) from cme.admission_document where urn = '{_school.Urn}'")).ShouldBe(["2"], "both entries are kept");
    }

    [Theory]
    [InlineData("proof", "passport", "/proof")]
    [InlineData("seenOn", "2031-01-01", "/seenOn")]
    [InlineData("seenBy", "", "/seenBy")]
    [InlineData("pupil", "NOBODY", "/pupil")]
    public async Task What_cannot_be_recorded_is_refused_by_its_place(string field, string value, string pointer)
    {
        await Enrol("NEW");
        var body = new JsonObject { ["pupil"] = "NEW", ["proof"] = "address", ["seenOn"] = "2026-09-04", ["seenBy"] = "A", [field] = value };

        (await Send(body.ToJsonString(), HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe([pointer]);
    }

    [Fact]
    public async Task DOR03_Of_the_status_in_the_United_Kingdom_no_document_is_kept()
    {
        await Enrol("NEW");

        (await Send("""{"pupil":"NEW","proof":"uk-status","document":"Visa","seenOn":"2026-09-04","seenBy":"A"}""", HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe(["/document"]);
    }

    [Fact]
    public async Task Another_school_is_told_nothing_of_them()
    {
        await Enrol("NEW");
        var other = await host.NewSchoolAsync(1);

        await host.Send(other.Key, HttpMethod.Get, $"{_school.Path}/admissions", null, HttpStatusCode.NotFound);
        await host.Send(other.Key, HttpMethod.Post, $"{_school.Path}/admissions", """{"pupil":"NEW","proof":"address","seenOn":"2026-09-04","seenBy":"A"}""", HttpStatusCode.NotFound);
    }

    private Task<JsonObject> Enrol(string pupil) => host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll",
        $$"""{"pupils":[{"schoolPupilId":"{{pupil}}","forename":"Noor","surname":"Newcomer","dateOfBirth":"2015-03-02","sex":"F","yearGroup":"7","entryDate":"2026-09-03"}]}""", HttpStatusCode.OK);

    private Task<JsonObject> See(string proof, string? document) => Send(
        new JsonObject { ["pupil"] = "NEW", ["proof"] = proof, ["document"] = document, ["seenOn"] = "2026-09-04", ["seenBy"] = "Maureen Okafor" }.ToJsonString(), HttpStatusCode.Created);

    private Task<JsonObject> Send(string json, HttpStatusCode status) => host.Send(_school.Key, HttpMethod.Post, $"{_school.Path}/admissions", json, status);

    private static string[] Listed(JsonObject list) => [.. list["data"]!.AsArray().Select(one => (string)one!["pupil"]!)];

    private static string[] NotSeen(JsonNode held) => [.. held["notSeen"]!.AsArray().Select(one => (string)one!)];
}
