using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.Pages.Episodes;

namespace Cme.Web.Tests.Api;

/// <summary>SUF-26 and CHE-11 on the shared list: each address where the child may live, and each other child of the family, by itself.</summary>
public sealed class OneByOneSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private static int _lanes;

    private readonly int _lane = Interlocked.Increment(ref _lanes);
    private TestSchool _school = null!, _other = null!;
    private string _episode = "";

    public async Task InitializeAsync()
    {
        (_school, _other) = (await host.NewSchoolAsync(1), await host.NewSchoolAsync(1));
        await host.ReachAsync("2026-09-07T08:00:00+01:00");
        await Roll(_school, Pupil("K", "Kim", $"{_lane} Example Lane", Upn), Pupil("S", "Sana", $"{_lane} Example Lane"), Pupil("B", "Bilal", $"{_lane} Example Lane"));
        await Roll(_other, Pupil("K9", "Kim", $"{_lane} Farther Way", Upn));
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"K","code":"N"}""");
        _episode = await _school.OnlyEpisode();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task SUF26_Each_address_is_visited_or_has_its_reason_and_one_visit_does_not_do_for_the_others()
    {
        var (home, farther) = (Address(await Read(), "Example Lane"), Address(await Read(), "Farther Way"));
        (State(home), State(farther)).ShouldBe(("assess-first", "assess-first"));
        await Act("""{"action":"risk-assessment","outcome":"no-concern",""");
        await Act($$"""{"action":"visit","outcome":"no-access","whom":"other-address","evidence":[{"kind":"address","ref":"{{farther["key"]}}"}],""");

        State(Address(await Read(), "Farther Way")).ShouldBe("asked");
        State(Address(await Read(), "Example Lane")).ShouldNotBe("asked");

        await Form($"record-enquiry?whom=other-addresses&about=address:{home["key"]}", $"About <strong>{_lane} Example Lane", ("Outcome", "not-appropriate"), ("Note", "The house was pulled down."));

        State(Address(await Read(), "Example Lane")).ShouldBe("left-out");
        using var officer = await host.PersonAsync("tracking-officer");
        var page = await officer.ReadAsync($"/episodes/{_episode}/enquiries");
        page.ShouldContain("The house was pulled down.");
        page.ShouldNotContain("Say why nobody goes");
        (await officer.ReadAsync($"/episodes/{_episode}")).ShouldContain("About one of the addresses where the child may live");
    }

    [Fact]
    public async Task SUF26_A_hidden_address_is_in_no_list_no_form_and_no_link()
    {
        var key = (string)Address(await Read(), "Farther Way")["key"]!;
        await Roll(_other, Pupil("K9", "Kim", $"{_lane} Farther Way", Upn, """ "flags":["refuge_placement"],"""));
        using var officer = await host.PersonAsync("tracking-officer");

        (await Read())["addresses"]!.AsArray().ShouldBeEmpty();
        (await officer.ReadAsync($"/episodes/{_episode}/enquiries")).ShouldNotContain("Farther Way");
        (await officer.ReadAsync($"/episodes/{_episode}/record-visit?whom=other-address&about=address:{key}")).ShouldNotContain("Farther Way");
    }

    [Fact]
    public async Task SUF26_A_school_sees_the_address_that_it_gave_itself_and_no_other_school_s()
    {
        var list = await host.Send(_school.Key, HttpMethod.Get, $"/api/v1/episodes/{_episode}/enquiries", null, HttpStatusCode.OK);

        list["addresses"]!.AsArray().Single()!["address"]!.GetValue<string>().ShouldStartWith($"{_lane} Example Lane");
    }

    [Fact]
    public async Task CHE11_Each_child_of_the_family_has_its_school_asked_and_the_line_waits_for_the_last()
    {
        var siblings = (await Read())["siblings"]!.AsArray().Select(one => (string)one!["child"]!).ToArray();
        siblings.Length.ShouldBe(2);

        await Form($"record-enquiry?whom=siblings-same-school&about=child:{siblings[0]}", "About <strong>", ("Outcome", "information"), ("Note", "Both were at school today."));

        var asked = await Read();
        asked["siblings"]!.AsArray().Select(one => (string)one!["state"]!).ShouldBe(["asked", "to-ask"]);
        Line(asked, "enquiry-siblings-same-school").ShouldBe("to-ask");
        using var officer = await host.PersonAsync("tracking-officer");
        (await officer.ReadAsync($"/episodes/{_episode}/enquiries")).ShouldContain("Both were at school today.");

        await Form($"record-enquiry?whom=siblings-same-school&about=child:{siblings[1]}", "About <strong>", ("Outcome", "nothing-known"));

        Line(await Read(), "enquiry-siblings-same-school").ShouldBe("asked");
    }

    private string Upn => $"K{_lane:D2}0000126001";

    private string Pupil(string id, string forename, string street, string? upn = null, string more = "") => $$"""
        {"schoolPupilId":"{{id}}",{{(upn is null ? "" : $"\"upn\":\"{upn}\",")}}"forename":"{{forename}}","surname":"Lane{{(char)('a' + _lane)}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7",{{more}}
         "entryDate":"2025-09-03","address":{"lines":["{{street}}"],"postcode":"ZZ{{_lane}} 9ZZ"} }
        """;

    private Task<JsonObject> Roll(TestSchool school, params string[] pupils) =>
        host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""{"pupils":[{{string.Join(',', pupils)}}]}""", HttpStatusCode.OK);

    private Task<JsonObject> Read() => host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/episodes/{_episode}/enquiries", null, HttpStatusCode.OK);

    private Task<JsonObject> Act(string begun) => host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{_episode}/actions",
        begun + """ "at":"2026-09-07T08:59:00+01:00","performedBy":{"name":"Yusuf Adeyemi","role":"tracking-officer","org":"999"}}""", HttpStatusCode.OK);

    private async Task Form(string act, string shows, params (string Name, string Value)[] fields)
    {
        using var officer = await host.PersonAsync("tracking-officer");
        var path = $"/episodes/{_episode}/{act}";
        var opened = WebUtility.HtmlDecode(await officer.GetStringAsync(path));
        opened.ShouldContain(shows);
        var form = PageForm.Of(opened, "Seal");
        foreach (var (name, value) in fields) { form[name] = value; }
        var (status, html) = await form.SendAsync(officer, path);
        if (status == HttpStatusCode.OK) { (status, html) = await PageForm.Of(html, "Checked").SendAsync(officer, path); }
        status.ShouldBe(HttpStatusCode.Redirect, html);
    }

    private static JsonNode Address(JsonObject list, string street) => list["addresses"]!.AsArray().Single(one => ((string)one!["address"]!).Contains(street, StringComparison.Ordinal))!;

    private static string State(JsonNode one) => (string)one["state"]!;

    private static string Line(JsonObject list, string id) => (string)list["lines"]!.AsArray().Single(one => (string)one!["line"]! == id)!["state"]!;
}
