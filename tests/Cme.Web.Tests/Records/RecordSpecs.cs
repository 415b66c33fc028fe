using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Records;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cme.Web.Tests.Records;

/// <summary>The records that an authority leads, by its systems: opened by hand, by a referral, by a removal; and seen by no school.</summary>
public sealed class RecordSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private static int _children;

    private TestSchool _school = null!;
    private string _absence = "", _child = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(2);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        _absence = await _school.OnlyEpisode();
        _child = (string)(await _school.Get($"/api/v1/episodes/{_absence}"))["child"]!["id"]!;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task B2_The_authority_opens_a_record_of_a_child_off_roll_and_works_on_it_like_on_every_episode()
    {
        var opened = await Open($$"""{"kind":"cme","since":"2026-09-07","reason":"whereabouts-unknown","linkedTo":"{{_absence}}"}""", HttpStatusCode.Created);
        var path = $"/api/v1/episodes/{opened["reference"]}";

        ((string)opened["kind"]!, (string)opened["school"]!, (string)opened["owner"]!, (string)opened["stage"]!).ShouldBe(("cme", "999", "999", "tracing"));
        ((string)opened["child"]!["surname"]!).ShouldBe("Testcase0");
        var steps = (await Ask($"{path}/obligations"))["data"]!.AsArray().Select(one => (string)one!["step"]!).ToList();
        steps.ShouldContain("check-housing");
        steps.ShouldNotContain("reason", "it came with the opening");
        (await Ask($"{path}/timeline"))["data"]!.AsArray().Select(one => (string)one!["type"]!).ShouldBe(["EpisodeOpened", "ActionRecorded"]);
        (await Ask($"/api/v1/episodes/{_absence}/timeline"))["data"]!.AsArray().Select(one => (string)one!["type"]!).ShouldContain("RecordLinked");
        (await Ask("/api/v1/episodes?board=desk&kind=cme&limit=500"))["data"]!.AsArray().Select(one => (string)one!["reference"]!).ShouldContain((string)opened["reference"]!);

        await host.Send(host.AuthorityKey, HttpMethod.Post, $"{path}/claim", """{"officer":"Yusuf Adeyemi"}""", HttpStatusCode.OK);
        var report = await host.Send(host.AuthorityKey, HttpMethod.Post, $"{path}/actions", Deed("check", null, """, "whom":"housing" """), HttpStatusCode.OK);
        report["obligations"]!.AsArray().Select(one => (string)one!["step"]!).ShouldNotContain("check-housing");
    }

    [Fact]
    public async Task Asked_for_again_it_is_the_same_record_and_one_of_its_kind_alone_is_open()
    {
        var opened = await Open("""{"kind":"cme"}""", HttpStatusCode.Created);

        ((string)(await Open("""{"kind":"cme"}""", HttpStatusCode.OK))["reference"]!).ShouldBe((string)opened["reference"]!);
        ((string)(await Open("""{"kind":"missing-person"}""", HttpStatusCode.Created))["kind"]!).ShouldBe("missing-person");
    }

    [Fact]
    public async Task DOR16_Telling_the_police_in_an_episode_opens_the_missing_person_s_record_linked_with_it_and_its_end_is_told()
    {
        await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/episodes/{_absence}/actions", _school.Deed("refer-police", null), HttpStatusCode.OK);

        var track = (string)(await Ask($"/api/v1/episodes?kind=missing-person&child={_child}"))["data"]!.AsArray().ShouldHaveSingleItem()!["reference"]!;
        (await Types()).ShouldBe(["EpisodeOpened", "ActionRecorded", "RecordLinked"]);
        await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/episodes/{_absence}/actions", _school.Deed("refer-police", null), HttpStatusCode.OK);
        (await Ask($"/api/v1/episodes?kind=missing-person&status=all&child={_child}"))["data"]!.AsArray().Count.ShouldBe(1, "one of its kind is open");

        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{track}/actions", Deed("close", "duplicate-record"), HttpStatusCode.OK);
        (await Types()).ShouldContain("LinkedRecordClosed");

        async Task<string[]> Types() => [.. (await Ask($"/api/v1/episodes/{_absence}/timeline"))["data"]!.AsArray().Select(one => (string)one!["type"]!).Where(type => type is not ("BecameOverdue" or "Escalated"))];
    }

    [Fact]
    public async Task No_school_sees_a_record_of_the_authority_in_any_way()
    {
        var reference = (string)(await Open("""{"kind":"cme"}""", HttpStatusCode.Created))["reference"]!;

        foreach (var path in new[] { "", "/timeline", "/obligations", "/days" })
        {
            await host.Send(_school.Key, HttpMethod.Get, $"/api/v1/episodes/{reference}{path}", null, HttpStatusCode.NotFound);
        }
        await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions", Deed("note", null), HttpStatusCode.NotFound);
        await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/episodes/{reference}/claim", "{}", HttpStatusCode.NotFound);
        (await _school.Get("/api/v1/episodes?status=all&limit=500"))["data"]!.AsArray().Select(one => (string)one!["reference"]!).ShouldNotContain(reference);
        (await _school.Get("/api/v1/events?after=0"))["data"]!.AsArray().Select(one => (string)one!["episode"]!).ShouldNotContain(reference);
        await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/children/{_child}/records", """{"kind":"cme"}""", HttpStatusCode.Forbidden);
        using var dsl = await host.PersonAsync("dsl-900001");
        (await dsl.GetAsync($"/episodes/{reference}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{}""", "/kind")]
    [InlineData("""{"kind":"whereabouts"}""", "/kind")]
    [InlineData("""{"kind":"cme","since":"2031-01-01"}""", "/since")]
    [InlineData("""{"kind":"cme","reason":"boredom"}""", "/reason")]
    [InlineData("""{"kind":"cme","linkedTo":"episode-0000000000-0"}""", "/linkedTo")]
    public async Task What_cannot_be_opened_is_refused_by_its_place(string json, string pointer) =>
        (await Open(json, HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe([pointer]);

    [Fact]
    public async Task A_child_of_another_authority_or_of_nobody_is_not_found()
    {
        await host.Send(host.AuthorityKey, HttpMethod.Post, "/api/v1/children/000000000000/records", """{"kind":"cme"}""", HttpStatusCode.NotFound);
        var other = await host.NewKeyAsync("998", null, "case.write");
        await host.Send(other, HttpMethod.Post, $"/api/v1/children/{_child}/records", """{"kind":"cme"}""", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task B2_A_referral_that_is_accepted_opens_the_record_and_joins_it()
    {
        var referral = await Refer("P1", "Testcase1");

        var opened = await Accept(referral, """{"reason":"application-awaiting-outcome"}""", HttpStatusCode.Created);

        ((string)opened["kind"]!).ShouldBe("cme");
        var held = await Ask($"/api/v1/referrals/{referral}");
        ((string)held["episode"]!).ShouldBe((string)opened["reference"]!);
        (await Ask($"/api/v1/episodes/{opened["reference"]}/timeline"))["data"]!.AsArray().Select(one => (string)one!["type"]!).ShouldContain("ReferralJoined");
        ((string)(await Accept(referral, "{}", HttpStatusCode.OK))["reference"]!).ShouldBe((string)opened["reference"]!);
    }

    [Fact]
    public async Task B2_A_child_whom_no_school_here_has_is_made_known_by_the_referral_and_found_by_a_search()
    {
        var surname = $"Nomad{(char)('a' + Interlocked.Increment(ref _children))}";
        var referral = await Refer("Zara", surname);
        ((string)(await Accept(referral, "{}", HttpStatusCode.Conflict))["code"]!).ShouldBe("unmatched-referral");

        var opened = await Accept(
            referral, $$"""{"newChild":{"forename":"Zara","surname":"{{surname}}","dateOfBirth":"2015-01-02","yearGroup":"6"} }""", HttpStatusCode.Created);

        ((string)opened["child"]!["surname"]!, (string)opened["child"]!["yearGroup"]!).ShouldBe((surname, "6"));
        using var officer = await host.PersonAsync("tracking-officer");
        using var sought = await officer.SubmitAsync("/search", ("Form.Name", surname), ("Name", surname));
        var found = await officer.ReadAsync(sought.Headers.Location!.ToString());
        found.ShouldContain($"Zara {surname}");
        found.ShouldContain("No school here");
        (await officer.ReadAsync($"/episodes/{opened["reference"]}")).ShouldContain($"Zara {surname}");
        (await officer.ReadAsync($"/children/{opened["child"]!["id"]}")).ShouldContain($"Zara {surname}");
    }

    [Fact]
    public async Task A_referral_of_another_authority_is_not_found_and_a_school_accepts_none()
    {
        var referral = await Refer("P1", "Testcase1");
        var other = await host.NewKeyAsync("998", null, "case.write");

        await host.Send(other, HttpMethod.Post, $"/api/v1/referrals/{referral}/accept", "{}", HttpStatusCode.NotFound);
        await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/referrals/{referral}/accept", "{}", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task B2_A_name_that_comes_off_the_roll_and_onto_no_other_opens_the_record_that_its_ground_asks_for_once()
    {
        await Left("P0", "i", null);
        await Left("P1", "f", null);
        await Look();
        await Look();

        var cme = (await Ask($"/api/v1/episodes?kind=cme&child={_child}"))["data"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)cme["firstDayMissing"]!).ShouldBe("2026-09-07");
        (await Ask($"/api/v1/episodes/{cme["reference"]}/timeline"))["data"]![0]!["by"]!.GetValue<string>().ShouldBe("product");
        (await Ask($"/api/v1/episodes/{_absence}/timeline"))["data"]!.AsArray().Select(one => (string)one!["type"]!).ShouldContain("RecordLinked");
        (await host.Sql($"select e.kind from cme.episode e join cme.pupil p on p.child_id = e.child_id where p.urn = '{_school.Urn}' and p.school_pupil_id = 'P1'")).ShouldBe(["home-education"]);
    }

    [Theory]
    [InlineData("P0", "P1")]
    [InlineData("P1", "P0")]
    public async Task A_record_that_cannot_be_opened_keeps_no_other_child_waiting(string broken, string whole)
    {
        await Left("P0", "i", null);
        await Left("P1", "i", null);
        await using (await host.BreakingAsync("cme.episode", $"new.kind = 'cme' and new.child_id = '{await ChildOf(broken)}'"))
        {
            await Look();
        }

        (await Records(broken)).ShouldBe(["0"]);
        (await Records(whole)).ShouldBe(["1"]);

        async Task<string> ChildOf(string pupil) => (await host.Sql($"select child_id from cme.pupil where urn = '{_school.Urn}' and school_pupil_id = '{pupil}'"))[0];
        async Task<List<string>> Records(string pupil) => await host.Sql($"select count(*) from cme.episode where kind = 'cme' and child_id = '{await ChildOf(pupil)}'");
    }

    [Theory]
    [InlineData("a", "Riverside School")]
    [InlineData("g", "A school in Leeds")]
    [InlineData("k", "None")]
    public async Task A_ground_that_leaves_no_child_without_a_school_opens_nothing(string ground, string destination)
    {
        await Left("P0", ground, destination);
        await Look();

        (await Ask($"/api/v1/episodes?kind=cme&child={_child}"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task B2_A_child_placed_on_a_roll_ends_the_record_only_after_somebody_has_confirmed_it()
    {
        var reference = (string)(await Open("""{"kind":"cme","since":"2026-09-01"}""", HttpStatusCode.Created))["reference"]!;
        var upn = $"A{900000000000 + Interlocked.Increment(ref _children)}";
        await Enrol(_school, "P0", "2025-09-03", upn);
        var other = await host.NewSchoolAsync(0);
        await Enrol(other, "N1", "2026-09-07", upn);
        await Look();
        await Look();

        var placed = await Ask($"/api/v1/episodes/{reference}");
        ((string)placed["status"]!, (string)placed["stage"]!).ShouldBe(("open", "to-confirm"));
        (await Ask($"/api/v1/episodes/{reference}/timeline"))["data"]!.AsArray().Count(one => (string)one!["type"]! == "PlacedOnRoll").ShouldBe(1);
        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions", Deed("school-place", "started"), HttpStatusCode.OK);
        ((string)(await Ask($"/api/v1/episodes/{reference}"))["stage"]!).ShouldBe("place-started");
    }

    private static string Deed(string action, string? outcome, string more = "") =>
        $$"""
        {"action":"{{action}}",{{(outcome is null ? "" : $"\"outcome\":\"{outcome}\",")}}"at":"2026-09-07T08:59:00+01:00",
         "performedBy":{"name":"Yusuf Adeyemi","role":"tracking-officer","org":"999"}{{more}}}
        """;

    private Task<JsonObject> Open(string json, HttpStatusCode status) => host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/children/{_child}/records", json, status);

    private Task<JsonObject> Accept(string referral, string json, HttpStatusCode status) =>
        host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/referrals/{referral}/accept", json, status);

    private Task<JsonObject> Ask(string path) => host.Send(host.AuthorityKey, HttpMethod.Get, path, null, HttpStatusCode.OK);

    private async Task<string> Refer(string pupil, string surname)
    {
        var upn = $"A{800000000000 + Interlocked.Increment(ref _children)}";
        if (pupil == "P1") { await Enrol(_school, pupil, "2025-09-03", upn, "Amina", surname); }
        return (string)(await host.Send(_school.Key, HttpMethod.Post, "/api/v1/referrals",
            $$"""{"kind":"cme","concerns":"Off roll.","referrer":{"name":"A","role":"dsl"},"child":{"upn":"{{upn}}","surname":"{{surname}}"} }""", HttpStatusCode.Created))["reference"]!;
    }

    private Task<JsonObject> Enrol(TestSchool school, string pupil, string from, string upn, string forename = "Amina", string surname = "Testcase0") => host.Send(
        school.Key, HttpMethod.Patch, $"{school.Path}/roll",
        $$"""{"pupils":[{"schoolPupilId":"{{pupil}}","upn":"{{upn}}","forename":"{{forename}}","surname":"{{surname}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"{{from}}"}]}""",
        HttpStatusCode.OK);

    private Task<JsonObject> Left(string pupil, string ground, string? destination) => host.Send(
        _school.Key, HttpMethod.Patch, $"{_school.Path}/roll",
        $$"""
        {"pupils":[{"schoolPupilId":"{{pupil}}","forename":"Amina","surname":"Testcase{{pupil[1]}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03",
          "leavingDate":"2026-09-06","ground":"{{ground}}"{{(destination is null ? "" : $",\"destination\":\"{destination}\"")}}}]}
        """, HttpStatusCode.OK);

    private Task Look() => host.Services.GetServices<IHostedService>().OfType<RollWatch>().Single().LookAsync(CancellationToken.None);
}
