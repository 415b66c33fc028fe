using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Episodes;

/// <summary>An episode's page and its forms, asked over HTTP without script, and judged by their HTML and by what was stored.</summary>
public sealed class EpisodePageSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;
    private HttpClient _lead = null!;
    private string _reference = "";

    private string Page => $"/episodes/{_reference}";

    public async Task InitializeAsync()
    {
        await host.ReachAsync("2026-09-07T09:40:00+01:00");
        _school = await host.NewSchoolAsync();
        await _school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        _reference = await _school.OnlyEpisode();
        _lead = await host.PersonAsync("cme-lead");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_an_act_leads_to_is_told_before_and_nothing_is_recorded_until_it_was_read()
    {
        var form = await FormAsync(_lead, "call");
        form["Outcome"] = "no-answer";
        form["Note"] = "Rang for a minute.";

        var (_, check) = await form.SendAsync(_lead, $"{Page}/record-call");
        check.ShouldContain("If you record this");
        check.ShouldContain("Call back, and assess the risk");
        (await ActsAsync()).ShouldBeEmpty();

        var again = PageForm.Of(check, "Checked");
        again["Note"].ShouldBe("Rang for a minute.");
        var (status, page) = await again.SendAsync(_lead, $"{Page}/record-call");
        status.ShouldBe(HttpStatusCode.Redirect);
        page.ShouldContain("Recorded");
        (await ActsAsync()).ShouldBe(["call"]);

        await again.SendAsync(_lead, $"{Page}/record-call");
        (await ActsAsync()).ShouldBe(["call"], "The same form sent twice is recorded once.");
    }

    [Fact]
    public async Task What_would_close_the_episode_says_so_and_what_is_then_no_longer_needed()
    {
        var form = await FormAsync(_lead, "call");
        form["Outcome"] = "parent-child-safe";

        var (_, check) = await form.SendAsync(_lead, $"{Page}/record-call");

        check.ShouldContain("The episode closes: Reason established, child seen or confirmed safe.");
        check.ShouldContain("No longer needed: Call home");
    }

    [Fact]
    public async Task Only_what_it_would_lead_to_can_be_asked_while_the_form_is_filled_in()
    {
        var form = await FormAsync(_lead, "call");
        (await form.SendAsync(_lead, $"{Page}/record-call?handler=Preview")).Html.ShouldBe("", "Nobody has said yet who answered.");
        form["Outcome"] = "no-answer";

        var (_, told) = await form.SendAsync(_lead, $"{Page}/record-call?handler=Preview");

        told.ShouldContain("If you record this");
        told.ShouldNotContain("<html");
        (await ActsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_colleague_did_meanwhile_is_shown_beside_the_form_as_it_was_filled_in()
    {
        var form = await FormAsync(_lead, "call");
        form["Outcome"] = "voicemail";
        form["Note"] = "Left my number.";
        await Act("note", null, ",\"note\":\"x\"");

        var (_, page) = await form.SendAsync(_lead, $"{Page}/record-call");

        page.ShouldContain("While you were filling this in");
        page.ShouldContain("Note recorded by Maureen Okafor");
        var again = PageForm.Of(page, "Outcome");
        (again["Outcome"], again["Note"]).ShouldBe(("voicemail", "Left my number."));
        (await ActsAsync()).ShouldBe(["note"]);
        var (_, check) = await again.SendAsync(_lead, $"{Page}/record-call");
        await PageForm.Of(check, "Checked").SendAsync(_lead, $"{Page}/record-call");
        (await ActsAsync()).ShouldBe(["note", "call"]);
    }

    [Fact]
    public async Task A_form_sent_after_the_session_ended_is_there_again_for_the_same_person_and_for_nobody_else()
    {
        var form = await FormAsync(_lead, "call");
        form["Outcome"] = "voicemail";
        form["Note"] = "Left my number.";
        using var nobody = host.Client();
        using (var answer = await nobody.PostAsync($"{Page}/record-call", form.Content()))
        {
            answer.Headers.Location!.ToString().ShouldContain("/sign-in");
        }

        var again = await FormAsync(_lead, "call");
        again.Html.ShouldContain("Kept for you");
        (again["Outcome"], again["Note"]).ShouldBe(("voicemail", "Left my number."));
        (await FormAsync(await host.PersonAsync("duty-desk"), "call"))["Note"].ShouldBe("");
        (await ActsAsync()).ShouldBeEmpty();
        (await host.Sql("select count(*) from cme.kept_form where position('number' in encode(content, 'escape')) > 0")).ShouldBe(["0"]);

        var (_, check) = await again.SendAsync(_lead, $"{Page}/record-call");
        await PageForm.Of(check, "Checked").SendAsync(_lead, $"{Page}/record-call");
        (await FormAsync(_lead, "call"))["Note"].ShouldBe("", "What was recorded is no longer kept.");
    }

    [Fact]
    public async Task A_form_without_the_seal_of_the_person_it_was_given_to_is_not_kept()
    {
        var form = await FormAsync(_lead, "visit");
        form["Note"] = "Forged.";
        form["Seal"] = form["Seal"] + "x";
        using var nobody = host.Client();
        using var answer = await nobody.PostAsync($"{Page}/record-visit", form.Content());

        (await FormAsync(_lead, "visit"))["Note"].ShouldBe("");
    }

    [Fact]
    public async Task What_was_recorded_a_moment_ago_can_be_undone_by_whoever_recorded_it()
    {
        var closed = await RecordAsync(_lead, "call", "parent-child-safe");
        var offer = PageForm.Of(closed, "offer");
        var other = await host.PersonAsync("duty-desk");
        var stolen = PageForm.Of(await other.GetStringAsync($"{Page}/record-reopen"), "Seal");
        stolen["offer"] = offer["offer"];
        (await stolen.SendAsync(other, $"{Page}?handler=Undo")).Html.ShouldContain("can no longer be undone");

        var (_, page) = await offer.SendAsync(_lead, $"{Page}?handler=Undo");

        page.ShouldContain("Undone.");
        page.ShouldContain("Open again: what had closed it was taken back.");
        ((string?)(await _school.Get($"/api/v1/episodes/{_reference}"))["status"]).ShouldBe("open");
    }

    [Fact]
    public async Task The_page_as_known_on_an_earlier_minute_shows_nothing_that_came_later_and_takes_nothing()
    {
        await host.ReachAsync("2026-09-07T09:50:00+01:00");
        await Act("call", "no-answer");
        var now = await PageAsync(_lead);
        now.ShouldContain("Call recorded by");

        var then = await PageAsync(_lead, "?on.Day=7&on.Month=9&on.Year=2026&on.Time=9:41am");

        then.ShouldContain("As it was known");
        then.ShouldNotContain("Call recorded by");
        then.ShouldContain("Call home");
        then.ShouldNotContain("record-call");
        (await PageAsync(_lead, "?on.Day=7&on.Month=9&on.Year=2026&on.Time=6am")).ShouldContain("Nothing was known of this episode then");
        (await PageAsync(_lead, "?on.Day=7&on.Month=9&on.Year=2036&on.Time=6am")).ShouldContain("must be in the past");
    }

    [Fact]
    public async Task The_history_can_be_read_one_kind_at_a_time()
    {
        await Act("call", "no-answer");
        await Act("question-set", null);

        var contact = await PageAsync(_lead, "?show=contact");

        contact.ShouldContain("Call recorded by");
        contact.ShouldNotContain("Question set recorded by");
        contact.ShouldNotContain("Missing without explanation since");
        (await PageAsync(_lead, "?show=registers")).ShouldContain("Missing without explanation since");
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_what_was_recorded_and_begins_with_it()
    {
        await Act("call", "no-answer", ",\"note\":\"Rang.\"");
        var number = (int)(await TimelineAsync())[^1]["version"]!;
        var form = PageForm.Of(WebUtility.HtmlDecode(await _lead.GetStringAsync($"{Page}/record-call?corrects={number}")), "Outcome");
        (form["Outcome"], form["Note"]).ShouldBe(("no-answer", "Rang."));

        form["Outcome"] = "voicemail";
        var (_, check) = await form.SendAsync(_lead, $"{Page}/record-call?corrects={number}");
        await PageForm.Of(check, "Checked").SendAsync(_lead, $"{Page}/record-call");

        ((long?)(await TimelineAsync())[^1]["corrects"]).ShouldBe(number);
    }

    [Fact]
    public async Task Children_at_the_same_address_are_shown_to_those_who_may_see_them_and_never_one_who_is_hidden()
    {
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", $$"""
            {"pupils":[{{At("P1", "Amina", "3 High Street")}},{{At("P2", "Bilal", "3 high street")}},{{At("P3", "Cara", "4 High Street")}},
             {{At("P4", "Dina", "3 High Street", "refuge_placement")}}]}
            """, HttpStatusCode.OK);

        var page = await PageAsync(_lead);

        page.ShouldContain("Bilal Sibling");
        page.ShouldNotContain("Cara Sibling");
        page.ShouldNotContain("Dina Sibling");

        static string At(string id, string name, string line, string? flag = null) =>
            $$"""
            {"schoolPupilId":"{{id}}","forename":"{{name}}","surname":"Sibling","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03",
             "address":{"lines":["{{line}}"],"postcode":"ZZ99 {{_postcode}}"},"contacts":[],"flags":[{{(flag is null ? "" : $"\"{flag}\"")}}]}
            """;
    }

    private const string _postcode = "9QQ";

    private async Task<string> PageAsync(HttpClient person, string query = "") => WebUtility.HtmlDecode(await person.GetStringAsync(Page + query));

    private async Task<PageForm> FormAsync(HttpClient person, string action) =>
        PageForm.Of(WebUtility.HtmlDecode(await person.GetStringAsync($"{Page}/record-{action}")), "Seal");

    /// <summary>Records an act on its form; the page after it.</summary>
    private async Task<string> RecordAsync(HttpClient person, string action, string? outcome)
    {
        var form = await FormAsync(person, action);
        if (outcome is not null) { form["Outcome"] = outcome; }
        var (_, check) = await form.SendAsync(person, $"{Page}/record-{action}");
        return (await PageForm.Of(check, "Checked").SendAsync(person, $"{Page}/record-{action}")).Html;
    }

    private Task<JsonObject> Act(string action, string? outcome, string more = "") => host.Send(
        _school.Key, HttpMethod.Post, $"/api/v1/episodes/{_reference}/actions", _school.Deed(action, outcome, "2026-09-07T09:30:00+01:00", more), HttpStatusCode.OK);

    private async Task<JsonNode[]> TimelineAsync() => [.. (await _school.Get($"/api/v1/episodes/{_reference}/timeline"))["data"]!.AsArray().Select(entry => entry!)];

    private async Task<string[]> ActsAsync() => [.. (await TimelineAsync()).Where(entry => (string?)entry["type"] == "ActionRecorded").Select(entry => (string)entry["action"]!)];
}
