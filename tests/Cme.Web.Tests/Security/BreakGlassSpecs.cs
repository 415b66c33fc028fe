using System.Globalization;
using System.Net;
using Cme.Contracts.Episodes;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Cme.Web.Tests.Security;

/// <summary>A restricted record is open to named people, and for an hour to whoever gives a reason that the CME lead is told.</summary>
public sealed class BreakGlassSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Secret = "The family is in a refuge in another town.";
    private const string Own = "900001", Other = "900002", Third = "900003";

    private static string _episode = "";

    public async Task InitializeAsync()
    {
        if (_episode.Length > 0 && (await host.Sql($"select 1 from cme.episode where reference = '{_episode}'")).Count > 0) { return; }
        foreach (var urn in new[] { Own, Other })
        {
            await host.Send(host.KeyOf(urn), HttpMethod.Put, $"/api/v1/schools/{urn}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
            // The same child on the rolls of two schools, which happens: dual registration.
            await host.Send(host.KeyOf(urn), HttpMethod.Put, $"/api/v1/schools/{urn}/roll", """
                {"pupils":[{"schoolPupilId":"P1","upn":"A920000126001","forename":"Amina","surname":"Glass","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03"}]}
                """, HttpStatusCode.OK);
        }
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        var school = new TestSchool(host, Own, host.KeyOf(Own));
        await school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        _episode = await school.OnlyEpisode();
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IEpisodeGrain>(_episode).Record(new RecordAction
        {
            Action = "note", At = DateTimeOffset.Parse("2026-09-07T08:58:00+01:00", CultureInfo.InvariantCulture), Note = Secret, Layer = 4,
            PerformerName = "Daniel Whitlock", PerformerRole = "dsl", PerformerOrg = Own, RecordedBy = "test",
        });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Layer_4_is_closed_to_everybody_and_open_to_whoever_the_dsl_names_until_the_name_is_taken_off()
    {
        using var lead = await host.PersonAsync("cme-lead");
        using var head = await host.PersonAsync($"head-{Own}");
        using var dsl = await host.PersonAsync($"dsl-{Own}");
        (await lead.GetStringAsync($"/episodes/{_episode}")).ShouldNotContain(Secret);
        (await head.GetStringAsync($"/episodes/{_episode}")).ShouldNotContain(Secret);

        await PostAsync(dsl, $"/episodes/{_episode}/named-readers", ("Person", $"head-{Own}"), ("Of", "child"), ("Reason", "Meets the family each week."));

        (await head.GetStringAsync($"/episodes/{_episode}")).ShouldContain(Secret);
        (await dsl.GetStringAsync($"/episodes/{_episode}")).ShouldNotContain(Secret);

        var id = (await host.Sql($"select id from cme.named_reader where person = 'head-{Own}' and ended_at is null"))[0];
        await PostAsync(dsl, $"/episodes/{_episode}/named-readers?handler=End", ("id", id));
        (await head.GetStringAsync($"/episodes/{_episode}")).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Whoever_gives_a_reason_reads_it_for_an_hour_and_the_lead_is_told_until_it_is_acknowledged()
    {
        using var officer = await host.PersonAsync("duty-desk");
        await PostAsync(officer, $"/episodes/{_episode}/open-restricted", ("Reason", "Police ask where the child is now."));
        (await officer.GetStringAsync($"/episodes/{_episode}")).ShouldContain(Secret);

        using var lead = await host.PersonAsync("cme-lead");
        (await lead.GetStringAsync($"/episodes/{_episode}")).ShouldNotContain(Secret);
        (await lead.GetStringAsync("/lead")).ShouldContain("opened with a reason");
        var waiting = await lead.GetStringAsync("/restricted");
        waiting.ShouldContain("Police ask where the child is now.");
        waiting.ShouldContain("Sandra Leverett");

        var id = (await host.Sql("select id from cme.break_glass where person = 'duty-desk'"))[0];
        await PostAsync(lead, "/restricted", ("id", id));
        (await host.Sql($"select acknowledged_by from cme.break_glass where id = '{id}'")).ShouldBe(["cme-lead"]);
        (await lead.GetStringAsync("/restricted")).ShouldNotContain($"value=\"{id}\"");
        await host.ChainedAsync();
        (await host.Sql($"select why from cme.read_entry where reader = 'duty-desk' and what = 'break-glass:changed' and subject = '{_episode}' and fourth"))
            .ShouldBe(["Police ask where the child is now."]);
        (await host.Sql($"select count(*) from cme.read_entry where reader = 'duty-desk' and what = 'record' and subject = '{_episode}' and fourth"))[0].ShouldNotBe("0");

        await host.Sql("update cme.break_glass set expires_at = now() where person = 'duty-desk'");
        (await officer.GetStringAsync($"/episodes/{_episode}")).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_school_opens_another_schools_episode_of_a_child_on_its_own_roll_with_a_reason_and_changes_nothing_there()
    {
        using var dsl = await host.PersonAsync($"dsl-{Other}");
        (await dsl.GetAsync($"/episodes/{_episode}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await PostAsync(dsl, $"/episodes/{_episode}/open-restricted", ("Reason", "She came to us this morning, unaccompanied."));

        (await dsl.GetStringAsync($"/episodes/{_episode}")).ShouldContain(Secret);
        (await dsl.GetAsync($"/episodes/{_episode}/record-call")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await dsl.GetAsync($"/episodes/{_episode}/named-readers")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await host.Sql($"update cme.break_glass set expires_at = now() where person = 'dsl-{Other}'");
        (await dsl.GetAsync($"/episodes/{_episode}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_business_of_a_school_cannot_be_opened_with_any_reason_nor_by_who_only_reads()
    {
        using var stranger = await host.PersonAsync($"dsl-{Third}");
        (await stranger.GetAsync($"/episodes/{_episode}/open-restricted")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var auditor = await host.PersonAsync("auditor");
        (await auditor.GetAsync($"/episodes/{_episode}/open-restricted")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("")]
    [InlineData("because")]
    [InlineData("                      ")]
    public async Task Without_a_written_reason_nothing_opens(string reason)
    {
        using var officer = await host.PersonAsync("tracking-officer");
        var page = await PostAsync(officer, $"/episodes/{_episode}/open-restricted", HttpStatusCode.OK, ("Reason", reason));

        page.ShouldContain("There is a problem");
        (await host.Sql("select count(*) from cme.break_glass where person = 'tracking-officer'"))[0].ShouldBe("0");
    }

    private static Task<string> PostAsync(HttpClient person, string path, params (string Name, string Value)[] fields) =>
        PostAsync(person, path, HttpStatusCode.Redirect, fields);

    private static async Task<string> PostAsync(HttpClient person, string path, HttpStatusCode status, params (string Name, string Value)[] fields)
    {
        var page = await person.GetStringAsync(path.Split('?')[0]);
        var mark = page.LastIndexOf("__RequestVerificationToken", StringComparison.Ordinal);
        var value = page.IndexOf("value=\"", mark, StringComparison.Ordinal) + 7;
        var token = page[value..page.IndexOf('"', value)];
        using var answer = await person.PostAsync(path, new FormUrlEncodedContent(
            fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)).Append(new("__RequestVerificationToken", token))));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return text;
    }
}
