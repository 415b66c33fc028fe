using System.Net;
using System.Text.Json.Nodes;
using Cme.Storage.People;
using Cme.TestSupport.Service;
using Cme.Web.Security.People;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Pages.Concerns;

/// <summary>The duty desk works on what the public reports, from its receipt to its outcome, and who reported stays protected.</summary>
public sealed class ConcernPageSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private static bool _begun;

    public async Task InitializeAsync()
    {
        if (_begun) { return; }
        _begun = true;
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_desk_counts_what_is_open_and_the_list_that_it_opens_has_as_many()
    {
        var mine = await ReportAsync();
        using var desk = await host.PersonAsync("duty-desk");
        var open = (await host.Sql("select count(*) from cme.concern where authority = '999' and open"))[0];

        (await desk.ReadAsync("/desk")).ShouldContain($">{open} concern");
        var list = await desk.ReadAsync("/concerns");
        list.ShouldContain($"Open ({open})");
        list.ShouldContain($"/concerns/{mine}");
        list.ShouldContain("With: The duty desk");
        (await desk.ReadAsync("/concerns?show=new")).ShouldContain(mine);
        (await desk.ReadAsync("/concerns?show=closed")).ShouldNotContain(mine);
        using var dsl = await host.PersonAsync("dsl-900001");
        (await dsl.GetAsync("/concerns")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_new_concern_is_pushed_to_whoever_watches_the_desk()
    {
        await using var hub = await HubClient.ConnectAsync(host.Address, host.AuthorityKey);
        await hub.WatchAsync("desk");
        var before = (int)(await hub.NextAsync("Snapshot"))["concerns"]!["unscreened"]!;

        var concern = await ReportAsync();
        (await NextCountAsync(hub, before)).ShouldBe(before + 1);
        await DoAsync(concern, """{"action":"screen","outcome":"education"}""");
        (await NextCountAsync(hub, before + 1)).ShouldBe(before);
    }

    [Fact]
    public async Task CHE06_The_form_refuses_contact_with_the_family_before_the_checks_and_takes_it_afterwards()
    {
        var concern = await ReportAsync();
        using var officer = await host.PersonAsync("tracking-officer");
        await RecordAsync(officer, concern, "screen", ("Outcome", "education"));

        using var early = await officer.SubmitAsync($"/concerns/{concern}/record-contact-family", ("Way", "call"), ("Outcome", "reached-safe"));
        WebUtility.HtmlDecode(await early.Content.ReadAsStringAsync()).ShouldContain("Checks always come before anybody contacts the parents or carers (CHE-06)");
        (await officer.ReadAsync($"/concerns/{concern}")).ShouldContain("Nobody may contact the family yet");

        await RecordAsync(officer, concern, "check", ("Whom", "admissions"), ("Note", "No school place."));
        await RecordAsync(officer, concern, "conclude-checks", ("Outcome", "may-contact"));
        await RecordAsync(officer, concern, "contact-family", ("Way", "visit"), ("Outcome", "reached-safe"));

        var page = await officer.ReadAsync($"/concerns/{concern}");
        page.ShouldContain("Family contacted");
        page.ShouldContain("Contacted the family (visit): somebody was reached, and the child is safe");
        page.ShouldContain("Yusuf Adeyemi");
    }

    [Fact]
    public async Task CHE05_Who_reported_is_shown_to_who_works_on_it_with_a_reason_that_is_written_down_and_to_nobody_else()
    {
        var concern = await ReportAsync(""","reporter":{"name":"Doreen Nextdoor","phone":"01632 960123","relationship":"Neighbour"}""");
        using var desk = await host.PersonAsync("duty-desk");
        using var other = await host.PersonAsync("tracking-officer");
        using var auditor = await host.PersonAsync("auditor");
        foreach (var reader in new[] { desk, other, auditor }) { (await reader.ReadAsync($"/concerns/{concern}")).ShouldNotContain("Doreen"); }
        (await desk.ReadAsync($"/concerns/{concern}/reporter")).ShouldContain("Take the concern on first");

        using var taken = await desk.SubmitAsync($"/concerns/{concern}", ("what", "take-on"));
        using var bare = await desk.SubmitAsync($"/concerns/{concern}/reporter", ("Reason", "why"));
        WebUtility.HtmlDecode(await bare.Content.ReadAsStringAsync()).ShouldContain("Say in a few words why you need to know");
        using var shown = await desk.SubmitAsync($"/concerns/{concern}/reporter", ("Reason", "To ask when they last saw the child"));
        var text = await shown.Content.ReadAsStringAsync();
        foreach (var known in new[] { "Doreen Nextdoor", "01632 960123", "Neighbour" }) { text.ShouldContain(known); }

        var form = await other.GetStringAsync("/search");
        using var forced = await other.PostAsync($"/concerns/{concern}/reporter", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", PageForms.Value(form, "__RequestVerificationToken")), new("Reason", "Curiosity of mine")]));
        forced.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await auditor.GetAsync($"/concerns/{concern}/reporter")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var lead = await host.PersonAsync("cme-lead");
        using var led = await lead.SubmitAsync($"/concerns/{concern}/reporter", ("Reason", "A complaint about us"));
        (await led.Content.ReadAsStringAsync()).ShouldContain("Doreen Nextdoor");
        await host.ChainedAsync();
        (await host.Sql($"select reader || ': ' || why from cme.read_entry where what = 'reporter' and subject = '{concern}' order by number"))
            .ShouldBe(["duty-desk: To ask when they last saw the child", "cme-lead: A complaint about us"]);
        (await auditor.ReadAsync($"/audit?record={concern}&what=reporter")).ShouldContain("Saw who reported a concern");
    }

    [Fact]
    public async Task CHE05_What_the_public_said_stands_on_the_child_s_record_for_the_council_and_not_for_the_school()
    {
        var school = await host.NewSchoolAsync(1);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", """
            {"pupils":[{"schoolPupilId":"K","forename":"Kai","surname":"Canalside","dateOfBirth":"2014-03-02","sex":"M","yearGroup":"7","entryDate":"2025-09-03"}]}
            """, HttpStatusCode.OK);
        var child = (await host.Sql($"select child_id from cme.pupil where urn = '{school.Urn}' and school_pupil_id = 'K'"))[0];
        var concern = await ReportAsync(""","seen":"Alone at the lock all day","reporter":{"name":"Doreen Nextdoor"}""", "Kai Canalside");
        using var desk = await host.PersonAsync("duty-desk");
        await RecordAsync(desk, concern, "screen", ("Outcome", "education"));

        (await desk.ReadAsync($"/concerns/{concern}/match")).ShouldContain("Same surname, same first name");
        using var wrong = await desk.SubmitAsync($"/concerns/{concern}/match", ("Child", "aaaaaaaaaaaa"));
        WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()).ShouldContain("Select the child, or that it is none of them");
        using var matched = await desk.SubmitAsync($"/concerns/{concern}/match", ("Child", child));

        matched.Headers.Location!.ToString().ShouldBe($"/concerns/{concern}");
        (await desk.ReadAsync($"/concerns/{concern}")).ShouldContain("No case of this child is open: go on here.");
        var record = await desk.ReadAsync($"/children/{child}");
        record.ShouldContain($"/concerns/{concern}");
        record.ShouldNotContain("Doreen");
        record.ShouldNotContain("Alone at the lock");
    }

    [Fact]
    public async Task A_child_whose_family_must_not_be_contacted_stops_every_contact_however_good_the_checks_were()
    {
        var school = await host.NewSchoolAsync(1);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", """
            {"pupils":[{"schoolPupilId":"K","forename":"Noor","surname":"Barred","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03","flags":["do_not_contact_family"]}]}
            """, HttpStatusCode.OK);
        var child = (await host.Sql($"select child_id from cme.pupil where urn = '{school.Urn}' and school_pupil_id = 'K'"))[0];
        var concern = await ReportAsync(child: "Noor Barred");
        await DoAsync(concern, """{"action":"screen","outcome":"education"}""");
        await DoAsync(concern, """{"action":"check","whom":"health","note":"Registered."}""");
        await DoAsync(concern, """{"action":"conclude-checks","outcome":"may-contact"}""");
        await DoAsync(concern, $$"""{"action":"match","outcome":"child","childId":"{{child}}"}""");

        var refused = await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/concerns/{concern}/actions", """{"action":"contact-family","outcome":"reached-safe","way":"call"}""", HttpStatusCode.Conflict);

        ((string)refused["code"]!).ShouldBe("do-not-contact-family");
        using var desk = await host.PersonAsync("duty-desk");
        (await desk.ReadAsync($"/concerns/{concern}")).ShouldContain("Do not contact the family, or anybody through whom it could hear of it");
    }

    [Fact]
    public async Task CHE04_A_report_by_telephone_is_written_down_and_worked_on_like_any_other()
    {
        using var desk = await host.PersonAsync("duty-desk");
        using var empty = await desk.SubmitAsync("/concerns/new");
        var faults = WebUtility.HtmlDecode(await empty.Content.ReadAsStringAsync());
        foreach (var fault in new[] { "Select how it came", "Select what it is about", "Write down one thing by which the child can be recognised" }) { faults.ShouldContain(fault); }

        using var said = await desk.SubmitAsync("/concerns/new", ("Channel", "phone"), ("Danger", "yes"), ("Worry", "missing-from-area"), ("Description", "Blue boat"), ("ReporterName", "Doreen Nextdoor"));

        var page = await desk.ReadAsync(said.Headers.Location!.ToString());
        page.ShouldContain("by telephone");
        page.ShouldContain("Whoever reported this thinks that the child is in immediate danger");
        page.ShouldNotContain("Doreen");
    }

    [Fact]
    public async Task CHE01_A_child_whom_no_school_here_has_gets_a_record_of_the_council_and_the_concern_joins_it()
    {
        var concern = await ReportAsync(child: "Kai Wanderer");
        using var officer = await host.PersonAsync("tracking-officer");
        (await officer.GetAsync($"/concerns/{concern}/open-record")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "Nobody has screened it.");
        await RecordAsync(officer, concern, "screen", ("Outcome", "education"));
        using var wrong = await officer.SubmitAsync($"/concerns/{concern}/open-record", ("Forename", "Kai"), ("Kind", "cme"));
        WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()).ShouldContain("Enter the child’s surname");

        using var opened = await officer.SubmitAsync(
            $"/concerns/{concern}/open-record", ("Forename", "Kai"), ("Surname", "Wanderer"), ("Born.Day", "2"), ("Born.Month", "3"), ("Born.Year", "2014"),
            ("Kind", "cme"), ("Since.Day", "1"), ("Since.Month", "9"), ("Since.Year", "2026"), ("Sending", Guid.NewGuid().ToString("N")));

        opened.StatusCode.ShouldBe(HttpStatusCode.Redirect, await opened.Content.ReadAsStringAsync());
        var record = await officer.ReadAsync(opened.Headers.Location!.ToString());
        record.ShouldContain("Kai Wanderer");
        record.ShouldContain("The record is open, and the concern has joined it.");
        (await officer.ReadAsync($"/concerns/{concern}")).ShouldContain($"href=\"{opened.Headers.Location}\">the case that it joined");
        (await officer.GetAsync($"/concerns/{concern}/open-record")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "It is followed in a case.");
    }

    [Fact]
    public async Task A_flood_of_new_concerns_pushes_no_older_one_off_the_list()
    {
        var concern = await ReportAsync();
        await host.Sql(
            $"""
            insert into cme.concern (reference, authority, channel, worry, danger, received_at, known_at, recorded_by, body, suspect, anonymous)
            select 'flood-' || n, c.authority, c.channel, c.worry, c.danger, c.received_at + interval '1 minute', c.known_at, c.recorded_by, c.body, true, true
              from cme.concern c, generate_series(1, 501) n where c.reference = '{concern}'
            """);
        using var desk = await host.PersonAsync("duty-desk");
        var list = await desk.ReadAsync("/concerns");
        await host.Sql("delete from cme.concern where reference like 'flood-%'");

        list.ShouldContain($"/concerns/{concern}");
    }

    [Fact]
    public async Task A_concern_is_given_to_a_colleague_by_name_and_to_nobody_of_a_school()
    {
        var concern = await ReportAsync();
        using var duty = await host.PersonAsync("duty-desk");
        using var toNobody = await duty.SubmitAsync($"/concerns/{concern}", ("what", "give-to"), ("to", "dsl-900001"));
        (await duty.ReadAsync($"/concerns/{concern}")).ShouldContain("Choose the colleague to give it to.");

        using var given = await duty.SubmitAsync($"/concerns/{concern}", ("what", "give-to"), ("to", "tracking-officer"));

        var page = await duty.ReadAsync($"/concerns/{concern}");
        page.ShouldContain("Yusuf Adeyemi works on this concern now.");
        page.ShouldContain("With: Yusuf Adeyemi");
        page.ShouldNotContain("<option value=\"tracking-officer\"");   // It is with them already.
        using var officer = await host.PersonAsync("tracking-officer");
        (await officer.ReadAsync("/concerns?show=mine")).ShouldContain(concern);
    }

    [Fact]
    public async Task What_somebody_who_leaves_was_working_on_is_the_whole_desk_s_again()
    {
        var concern = await ReportAsync();
        using var officer = await host.PersonAsync("tracking-officer");
        using var taken = await officer.SubmitAsync($"/concerns/{concern}", ("what", "take-on"));
        (await officer.ReadAsync($"/concerns/{concern}")).ShouldContain("With: Yusuf Adeyemi");
        (await officer.ReadAsync("/concerns?show=mine")).ShouldContain(concern);

        using var scope = host.Services.CreateScope();
        var person = await scope.ServiceProvider.GetRequiredService<IPeople>().FindAsync("tracking-officer");
        await scope.ServiceProvider.GetRequiredService<Leavers>().ReleaseAsync(person!, "authority-admin");

        (await officer.ReadAsync($"/concerns/{concern}")).ShouldContain("With: The duty desk");
    }

    [Fact]
    public async Task An_auditor_reads_and_works_on_nothing()
    {
        var concern = await ReportAsync();
        using var auditor = await host.PersonAsync("auditor");

        (await auditor.ReadAsync($"/concerns/{concern}")).ShouldNotContain("Take it on");
        var form = await auditor.GetStringAsync("/search");
        using var forced = await auditor.PostAsync($"/concerns/{concern}", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", PageForms.Value(form, "__RequestVerificationToken")), new("what", "take-on")]));
        forced.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<string> ReportAsync(string more = "", string child = "Kai Sample") => (string)(await host.Send(
        null, HttpMethod.Post, "/api/v1/concerns", $$"""{"authority":"999","child":{"name":"{{child}}"}{{more}}}""", HttpStatusCode.Accepted))["reference"]!;

    private Task<JsonObject> DoAsync(string concern, string body) =>
        host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/concerns/{concern}/actions", body, HttpStatusCode.OK);

    private static async Task RecordAsync(HttpClient officer, string concern, string act, params (string Name, string Value)[] fields)
    {
        using var said = await officer.SubmitAsync($"/concerns/{concern}/record-{act}", fields);
        said.StatusCode.ShouldBe(HttpStatusCode.Redirect, await said.Content.ReadAsStringAsync());
    }

    /// <summary>The next count that is told and is another than before.</summary>
    private static async Task<int> NextCountAsync(HubClient hub, int before)
    {
        while (true)
        {
            if ((await hub.NextAsync("Changes"))["concerns"] is { } concerns && (int)concerns["unscreened"]! is var count && count != before) { return count; }
        }
    }
}
