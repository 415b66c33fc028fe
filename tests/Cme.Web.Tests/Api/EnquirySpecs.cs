using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.Pages.Episodes;

namespace Cme.Web.Tests.Api;

/// <summary>The checklist that school and authority share. It is the morning of Monday 7 September.</summary>
public sealed class EnquirySpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Urn = "900001";
    private static int _pupils = 20;
    private readonly int _pupil = Interlocked.Increment(ref _pupils);
    private TestSchool _school = null!;
    private string _episode = "";

    public async Task InitializeAsync()
    {
        _school = new TestSchool(host, Urn, host.KeyOf(Urn));
        await host.ReachAsync("2026-09-07T08:00:00+01:00");
        await host.Send(_school.Key, HttpMethod.Put, $"{_school.Path}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", $$"""{"pupils":[{{Pupil("")}}]}""", HttpStatusCode.OK);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register($$"""{"schoolPupilId":"P{{_pupil}}","code":"N"}""");
        var rows = (await _school.Get("/api/v1/episodes?limit=500"))["data"]!.AsArray();
        _episode = (string)rows.Single(row => (string)row!["child"]!["schoolPupilId"]! == $"P{_pupil}")!["reference"]!;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Both_sides_tick_one_list_and_each_line_says_who_when_how_and_what_came_of_it()
    {
        await Act(_school.Key, _school.Deed("enquiry", "information", more: ",\"whom\":\"staff\",\"channel\":\"in-person\",\"note\":\"Her form tutor says Leeds.\""));
        await Act(host.AuthorityKey, """
            {"action":"check","outcome":"nothing-known","whom":"housing","at":"2026-09-07T08:59:00+01:00","performedBy":{"name":"Noor Amin","role":"tracking-officer","org":"999"}}
            """);

        foreach (var key in new[] { _school.Key, host.AuthorityKey })
        {
            var staff = Line(await Read(key), "enquiry-staff");
            var record = staff["records"]!.AsArray().Single()!;
            ((string)staff["state"]!, (string)record["by"]!, (string)record["channel"]!, (string)record["outcome"]!, (string)record["note"]!)
                .ShouldBe(("asked", "Maureen Okafor", "in-person", "information", "Her form tutor says Leeds."));
            ((string)Line(await Read(key), "check-housing")["state"]!).ShouldBe("asked");
            ((string)Line(await Read(key), "check-police")["state"]!).ShouldBe("to-ask");
            ((string)Line(await Read(key), "visit-home")["state"]!).ShouldBe("assess-first");
        }
    }

    [Fact]
    public async Task Another_school_does_not_find_the_list() =>
        await host.Send((await host.NewSchoolAsync(1)).Key, HttpMethod.Get, $"/api/v1/episodes/{_episode}/enquiries", null, HttpStatusCode.NotFound);

    [Fact]
    public async Task A_review_keeps_its_plan_and_no_other_act_takes_one()
    {
        const string Plan = ",\"plan\":{\"what\":\"Ask Leeds\",\"owner\":\"Noor Amin\",\"by\":\"2026-09-11\"}";
        await Act(_school.Key, _school.Deed("review", null, more: Plan));

        var review = (await Read(_school.Key))["reviews"]!.AsArray().Single()!["plan"]!;
        ((string)review["what"]!, (string)review["owner"]!, (string)review["by"]!).ShouldBe(("Ask Leeds", "Noor Amin", "2026-09-11"));
        (await _school.Get($"/api/v1/episodes/{_episode}/timeline"))["data"]!.AsArray().Single(one => (string?)one!["action"] == "review")!["plan"]!["what"]!.ToString().ShouldBe("Ask Leeds");
        var problem = await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/episodes/{_episode}/actions", _school.Deed("note", null, more: Plan), HttpStatusCode.UnprocessableEntity);
        problem.Pointers().ShouldBe(["/plan"]);
    }

    [Fact]
    public async Task A_referral_held_back_says_why_to_those_who_may_read_it_and_what_ended_it()
    {
        using var dsl = await host.PersonAsync($"dsl-{Urn}");
        await Form(dsl, "hold-referral", ("Note", "No reason to think of harm yet."));

        var held = (await Read(_school.Key))["heldReferral"]!;
        held["note"].ShouldBeNull("a key reads no safeguarding narrative");
        held["endedBy"].ShouldBeNull();
        (await dsl.ReadAsync($"/episodes/{_episode}/enquiries")).ShouldContain("No reason to think of harm yet.");
        await Act(_school.Key, _school.Deed("risk-assessment", "concern", at: "2026-09-07T08:59:00+01:00"));

        ((string)(await Read(_school.Key))["heldReferral"]!["endedBy"]!).ShouldBe("a risk assessment found a concern");
        (await dsl.ReadAsync($"/episodes/{_episode}/enquiries")).ShouldContain("data-held=\"ended\"");
    }

    [Fact]
    public async Task On_the_page_a_visit_leads_to_its_risk_assessment_first_and_then_to_its_record()
    {
        using var officer = await host.PersonAsync("tracking-officer");
        var page = $"/episodes/{_episode}/enquiries";

        (await officer.ReadAsync(page)).ShouldNotContain("record-visit?whom=home");
        await Act(_school.Key, _school.Deed("risk-assessment", "no-concern"));
        // Northamptonshire still asks for the visit's own.
        (await officer.ReadAsync(page)).ShouldNotContain("record-visit?whom=home");
        var own = (await _school.Get($"/api/v1/episodes/{_episode}/obligations"))["data"]!.AsArray().Single(one => (string)one!["step"]! == "visit-risk-assessment")!;
        ((string)own["state"]!).ShouldBe("pending");
    }

    [Fact]
    public async Task A_hidden_address_is_shown_to_nobody_and_any_other_to_whoever_goes()
    {
        using var officer = await host.PersonAsync("tracking-officer");
        (await officer.ReadAsync($"/episodes/{_episode}/enquiries")).ShouldContain("1 Hidden Lane");

        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", $$"""{"pupils":[{{Pupil("\"flags\":[\"address_hidden_from\"],")}}]}""", HttpStatusCode.OK);

        var text = await officer.ReadAsync($"/episodes/{_episode}/enquiries");
        text.ShouldNotContain("1 Hidden Lane");
        text.ShouldContain("Ask the DSL before anybody goes anywhere");
    }

    [Fact]
    public async Task A_plan_is_all_filled_in_or_not_at_all_and_is_shown_before_it_is_recorded()
    {
        using var dsl = await host.PersonAsync($"dsl-{Urn}");
        var path = $"/episodes/{_episode}/record-review";
        var form = PageForm.Of(WebUtility.HtmlDecode(await dsl.GetStringAsync(path)), "Seal");
        form["PlanWhat"] = "Ask Leeds";
        (await form.SendAsync(dsl, path)).Html.ShouldContain("Enter who does it");

        (form["PlanOwner"], form["PlanBy.Day"], form["PlanBy.Month"], form["PlanBy.Year"]) = ("Noor Amin", "11", "9", "2026");
        var (_, check) = await form.SendAsync(dsl, path);
        check.ShouldContain("Ask Leeds: Noor Amin, by 11 September 2026");
        await PageForm.Of(check, "Checked").SendAsync(dsl, path);

        (await dsl.ReadAsync($"/episodes/{_episode}/enquiries")).ShouldContain("<strong>Ask Leeds</strong>");
    }

    private string Pupil(string flags) => $$"""
        {"schoolPupilId":"P{{_pupil}}","forename":"Amina","surname":"Testcase{{_pupil}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"{{(_pupil % 11) + 1}}",{{flags}}
         "entryDate":"2025-09-03","address":{"lines":["1 Hidden Lane"],"postcode":"NN1 1AA"} }
        """;

    private Task<JsonObject> Read(string key) => host.Send(key, HttpMethod.Get, $"/api/v1/episodes/{_episode}/enquiries", null, HttpStatusCode.OK);

    private Task<JsonObject> Act(string key, string body) => host.Send(key, HttpMethod.Post, $"/api/v1/episodes/{_episode}/actions", body, HttpStatusCode.OK);

    private async Task Form(HttpClient person, string act, params (string Name, string Value)[] fields)
    {
        var path = $"/episodes/{_episode}/record-{act}";
        var form = PageForm.Of(WebUtility.HtmlDecode(await person.GetStringAsync(path)), "Seal");
        foreach (var (name, value) in fields) { form[name] = value; }
        var (status, html) = await form.SendAsync(person, path);
        if (status == HttpStatusCode.OK) { (status, html) = await PageForm.Of(html, "Checked").SendAsync(person, path); }
        status.ShouldBe(HttpStatusCode.Redirect, html);
    }

    private static JsonObject Line(JsonObject list, string id) => list["lines"]!.AsArray().Single(one => (string)one!["line"]! == id)!.AsObject();
}
