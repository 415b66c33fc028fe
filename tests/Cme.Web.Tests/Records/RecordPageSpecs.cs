using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Records;

/// <summary>The records that an authority leads, by its people: from the referral to the child's first day, and who must be told.</summary>
public sealed class RecordPageSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private static int _children;

    private TestSchool _school = null!;
    private string _child = "", _surname = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(1);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        _surname = $"Traveller{(char)('a' + Interlocked.Increment(ref _children))}";
        _child = (await host.Sql($"select child_id from cme.pupil where urn = '{_school.Urn}'"))[0];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_officer_opens_a_record_from_the_child_s_page_and_comes_to_it()
    {
        using var officer = await host.PersonAsync("tracking-officer");
        (await officer.ReadAsync($"/children/{_child}")).ShouldContain($"/children/{_child}/open-record");

        using var sent = await officer.SubmitAsync($"/children/{_child}/open-record",
            ("Kind", "cme"), ("Since.Day", "4"), ("Since.Month", "9"), ("Since.Year", "2026"), ("Reason", "specialist-placement"), ("Sending", "s1"));

        var page = await officer.ReadAsync(sent.Headers.Location!.ToString());
        page.ShouldContain("The record is open.");
        page.ShouldContain("Without education since");
        page.ShouldContain("Friday 4 September");
        page.ShouldContain("Help the child to a place at a school");
        page.ShouldNotContain("School days counted");
        page.ShouldNotContain("record-roll-decision");
        page.ShouldContain("record-school-place");
        (await officer.ReadAsync("/desk")).ShouldContain(sent.Headers.Location!.ToString());
        (await officer.ReadAsync($"/children/{_child}")).ShouldContain("Child missing education, without education since 4 September 2026");
    }

    [Theory]
    [InlineData("Kind", "", "Select what the record is about")]
    [InlineData("Since.Year", "2031", "The date must be today or in the past")]
    [InlineData("Since.Day", "40", "Enter a real date, such as 7 9 2026")]
    public async Task What_is_wrong_is_said_beside_its_field(string field, string value, string words)
    {
        using var officer = await host.PersonAsync("duty-desk");
        var fields = new Dictionary<string, string> { ["Kind"] = "cme", ["Since.Day"] = "4", ["Since.Month"] = "9", ["Since.Year"] = "2026", [field] = value };

        using var sent = await officer.SubmitAsync($"/children/{_child}/open-record", [.. fields.Select(one => (one.Key, one.Value))]);

        WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Theory]
    [InlineData("auditor")]
    [InlineData("dsl-900001")]
    public async Task Nobody_else_opens_one(string persona)
    {
        using var person = await host.PersonAsync(persona);

        (await person.GetAsync($"/children/{_child}/open-record")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await person.GetAsync("/referrals/referral-0000000000-0/accept")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task DOR33_From_a_referral_of_a_child_on_no_roll_to_the_first_day_at_a_school_with_everybody_told_and_closed()
    {
        var referral = (string)(await host.Send(_school.Key, HttpMethod.Post, "/api/v1/referrals",
            $$"""{"kind":"cme","concerns":"New here.","referrer":{"name":"A","role":"dsl"},"child":{"forename":"Kai","surname":"{{_surname}}"} }""", HttpStatusCode.Created))["reference"]!;
        using var officer = await host.PersonAsync("tracking-officer");
        (await officer.ReadAsync($"/referrals/{referral}")).ShouldContain("The child is on no roll here: take the referral on");
        using var wrong = await officer.SubmitAsync($"/referrals/{referral}/accept", ("Forename", "Kai"), ("Surname", _surname), ("Kind", "cme"), ("Since.Day", "7"), ("Since.Month", "9"), ("Since.Year", "2026"));
        WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()).ShouldContain("Enter the child’s date of birth");

        using var sent = await officer.SubmitAsync($"/referrals/{referral}/accept",
            ("Forename", "Kai"), ("Surname", _surname), ("Born.Day", "2"), ("Born.Month", "3"), ("Born.Year", "2015"), ("Kind", "cme"), ("Since.Day", "7"), ("Since.Month", "9"), ("Since.Year", "2026"));
        var reference = sent.Headers.Location!.ToString().Split('/')[^1];
        (await officer.ReadAsync($"/episodes/{reference}")).ShouldContain($"Kai {_surname}");
        (await officer.ReadAsync($"/referrals/{referral}")).ShouldContain($"/episodes/{reference}");

        await Act(reference, "school-place", "started", null);
        var page = await officer.ReadAsync($"/episodes/{reference}");
        page.ShouldContain("Who must be told");
        page.ShouldContain("whom=previous-school");
        var refused = await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions", Deed("close", "on-roll-new-school", null), HttpStatusCode.Conflict);
        ((string)refused["code"]!).ShouldBe("still-to-tell");
        foreach (var whom in new[] { "all-agencies", "previous-school", "new-school" }) { await Act(reference, "notify", null, whom); }
        (await officer.ReadAsync($"/episodes/{reference}")).ShouldContain("Told by Yusuf Adeyemi");
        await Act(reference, "close", "on-roll-new-school", null);
        (await officer.ReadAsync($"/episodes/{reference}")).ShouldContain("On roll and attending another school");
    }

    [Fact]
    public async Task B2_Home_education_that_is_not_suitable_opens_the_record_of_a_child_missing_education_once()
    {
        var record = (string)(await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/children/{_child}/records", """{"kind":"home-education"}""", HttpStatusCode.Created))["reference"]!;
        await Act(record, "education-assessment", "suitable", null);
        (await Open("cme")).Count.ShouldBe(0);

        await Act(record, "education-assessment", "not-suitable", null);

        (await Open("cme")).Count.ShouldBe(1);
        await Act(record, "education-assessment", "not-suitable", null);
        (await Open("cme")).Count.ShouldBe(1);
    }

    private async Task<JsonArray> Open(string kind) =>
        (await host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/episodes?kind={kind}&child={_child}", null, HttpStatusCode.OK))["data"]!.AsArray();

    private Task<JsonObject> Act(string reference, string action, string? outcome, string? whom) =>
        host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions", Deed(action, outcome, whom), HttpStatusCode.OK);

    private static string Deed(string action, string? outcome, string? whom) =>
        $$"""
        {"action":"{{action}}",{{(outcome is null ? "" : $"\"outcome\":\"{outcome}\",")}}{{(whom is null ? "" : $"\"whom\":\"{whom}\",")}}"at":"2026-09-07T09:00:00+01:00",
         "performedBy":{"name":"Yusuf Adeyemi","role":"tracking-officer","org":"999"} }
        """;
}
