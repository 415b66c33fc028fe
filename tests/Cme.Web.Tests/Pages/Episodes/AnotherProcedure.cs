using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Episodes;

/// <summary>A school that follows another procedure than its authority's: what is owed, what is asked and what does it.</summary>
public sealed class AnotherProcedure(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;
    private HttpClient _lead = null!;
    private string _reference = "";

    public async Task InitializeAsync()
    {
        await host.ReachAsync("2026-09-07T09:40:00+01:00");
        _school = await host.NewSchoolAsync();
        await host.Send(host.AuthorityKey, HttpMethod.Put, _school.Path, """{"name":"Harbour View School","pack":"pan-dorset"}""", HttpStatusCode.OK);
        await _school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        _reference = await _school.OnlyEpisode();
        _lead = await host.PersonAsync("cme-lead");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Its_episodes_owe_what_its_own_procedure_asks()
    {
        var owed = (await _school.Get($"/api/v1/episodes/{_reference}/obligations"))["data"]!.AsArray();

        owed.Select(one => (string)one!["clause"]!).ShouldContain("DOR-09");
        owed.ShouldNotContain(one => ((string)one!["clause"]!).StartsWith("NOR"));
        var staff = owed.Single(one => (string)one!["step"]! == "ask-staff")!;
        ((string)staff["pack"]!, staff["satisfiedBy"]![0]!["whom"]!.ToJsonString()).ShouldBe(("pan-dorset", """["staff"]"""));
    }

    [Fact]
    public async Task A_step_that_asks_for_somebody_offers_the_form_for_them()
    {
        // Dorset asks staff on the second day.
        await host.ReachAsync("2026-09-08T09:40:00+01:00");
        var page = await _lead.GetStringAsync($"/episodes/{_reference}");
        var link = System.Text.RegularExpressions.Regex.Match(WebUtility.HtmlDecode(page), "/episodes/[^\"]+/record-enquiry\\?for=[^\"&]+&whom=staff").Value;

        var form = PageForm.Of(await _lead.GetStringAsync(link), "Note");
        form["Whom"].ShouldBe("staff");
    }

    [Fact]
    public async Task Answers_to_its_questions_come_by_REST_too_and_another_question_is_told_which_it_asks()
    {
        var deed = _school.Deed("question-set", "no-concern", more: ""","answers":[{"question":"sudden","answer":"no","why":"Away before."},{"question":"age","answer":"unknown"}]""");
        await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/episodes/{_reference}/actions", deed, HttpStatusCode.OK);
        var refused = await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/episodes/{_reference}/actions",
            deed.Replace("\"age\"", "\"shoe-size\"", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity);

        ((string)refused["code"]!).ShouldBe("question-not-asked");
        refused["allowed"]!.AsArray().Select(one => (string)one!).ShouldContain("older-associates");
    }

    [Fact]
    public async Task Its_questions_are_asked_one_by_one_and_the_answers_kept_for_those_who_may_read_them()
    {
        var html = await _lead.GetStringAsync($"/episodes/{_reference}/record-question-set");
        html.ShouldContain("Is this very sudden and unexpected behaviour?");
        var form = PageForm.Of(html, "Note");
        (form["Outcome"], form["Together"]) = ("no-concern", "Tom Baker, class teacher");
        (form["Answers[1].Value"], form["Answers[1].Why"]) = ("no", "Away before.");

        var (_, check) = await form.SendAsync(_lead, $"/episodes/{_reference}/record-question-set");
        check.ShouldContain("Decide to hold the referral, with your reasons, or refer");
        await PageForm.Of(check, "Checked").SendAsync(_lead, $"/episodes/{_reference}/record-question-set");

        var stored = await host.Sql($"select data #>> '{{deed,answers}}' from cme.event where episode = '{_reference}' and type = 'ActionRecorded'");
        JsonNode.Parse(stored.ShouldHaveSingleItem())!.AsArray().Select(one => ((string)one!["question"]!, (string)one["answer"]!)).ShouldBe([("sudden", "no")]);
        var seen = (await _school.Get($"/api/v1/episodes/{_reference}/timeline"))["data"]!.AsArray()[^1]!;
        (seen["answers"], (string?)seen["note"]).ShouldBe((null, null), "A key reads no safeguarding narrative.");
    }
}
