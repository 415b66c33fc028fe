using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>What can be recorded about an episode, as the published list has it, and how it is put right.</summary>
public sealed class ActionSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;
    private string _episode = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(3);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        _episode = $"/api/v1/episodes/{await _school.OnlyEpisode()}";
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("call", "no-answer")]
    [InlineData("message", null)]
    [InlineData("letter", "sent")]
    [InlineData("reply", "contact-made")]
    [InlineData("visit", "no-access")]
    [InlineData("risk-assessment", "no-concern")]
    [InlineData("vulnerability-assessment", null)]
    [InlineData("question-set", null)]
    [InlineData("question-set", "concern")]
    [InlineData("agency-update", "reference")]
    [InlineData("meeting", "convened")]
    [InlineData("consult-dsl", "not-confirmed")]
    [InlineData("advise-parent", null)]
    [InlineData("enquiry", null)]
    [InlineData("check", null)]
    [InlineData("refer-authority", null)]
    [InlineData("refer-csc", null)]
    [InlineData("refer-police", null)]
    [InlineData("hold-referral", null)]
    [InlineData("review", null)]
    [InlineData("roll-decision", "keep")]
    [InlineData("removal-statement", null)]
    [InlineData("joint-log", "signed")]
    [InlineData("ctf", null)]
    [InlineData("notify", null)]
    [InlineData("sighting", "seen")]
    [InlineData("found", "public-place")]
    [InlineData("safe-and-well-check", "refused")]
    [InlineData("return-interview", "no-theme")]
    [InlineData("chase", null)]
    [InlineData("extend", null)]
    [InlineData("note", null)]
    [InlineData("close", "duplicate-record")]
    public async Task Every_action_of_the_published_list_can_be_recorded(string action, string? outcome)
    {
        var report = await Act(_school.Deed(action, outcome));

        report["events"]!.AsArray().Select(type => (string)type!).ShouldContain("ActionRecorded");
        ((long)report["number"]!).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_pair_that_does_not_exist_is_answered_with_those_that_do()
    {
        var problem = await Act(_school.Deed("visit", "sent"), HttpStatusCode.UnprocessableEntity);

        problem["allowed"]!.AsArray().Select(pair => (string)pair!).ShouldBe(
            ["visit: seen-safe", "visit: seen-concern", "visit: no-access", "visit: moved", "visit: refused"]);
    }

    [Fact]
    public async Task Evidence_languages_and_channel_are_kept_and_shown()
    {
        await Act(_school.Deed("letter", "sent", more: """
            ,"channel":"post","languages":["en","ro"],"evidence":[{"kind":"document","ref":"letters/2026/17"}]
            """));

        var entry = (await Timeline())[^1];
        ((string)entry["channel"]!).ShouldBe("post");
        entry["languages"]!.ToJsonString().ShouldBe("""["en","ro"]""");
        entry["evidence"]!.ToJsonString().ShouldBe("""[{"kind":"document","ref":"letters/2026/17"}]""");
    }

    [Fact]
    public async Task Whom_it_was_about_and_who_did_it_together_are_kept_and_shown()
    {
        await Act(_school.Deed("enquiry", null, more: ""","whom":"friends-and-parents","together":"Tom Baker, class teacher" """));

        var entry = (await Timeline())[^1];
        ((string)entry["whom"]!, (string)entry["together"]!).ShouldBe(("friends-and-parents", "Tom Baker, class teacher"));
        ((string)entry["text"]!).ShouldBe("Enquiry (friends and their parents), with Tom Baker, class teacher, recorded by Maureen Okafor (attendance officer).");
    }

    [Fact]
    public async Task Whom_an_action_cannot_be_about_is_answered_with_those_it_can()
    {
        var problem = await Act(_school.Deed("visit", "moved", more: ""","whom":"housing" """), HttpStatusCode.UnprocessableEntity);

        ((string)problem["code"]!).ShouldBe("whom-not-allowed");
        problem["allowed"]!.AsArray().Select(one => (string)one!).ShouldBe(["home", "other-address"]);
        (await Timeline()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_corrected_counts_no_longer_and_stays_in_the_history()
    {
        var call = await Act(_school.Deed("call", "no-answer"));
        call["obligations"]!.AsArray().Select(owed => (string)owed!["step"]!).ShouldNotContain("first-call");

        var report = await Act(_school.Deed("correct", null, more: $$""","corrects":{{(long)call["number"]!}}"""));

        report["obligations"]!.AsArray().Select(owed => (string)owed!["step"]!).ShouldContain("first-call");
        var entries = await Timeline();
        var corrected = entries.Single(entry => (long)entry["version"]! == (long)call["number"]!);
        ((long)corrected["correctedBy"]!).ShouldBe((long)report["number"]!);
        ((long)entries[^1]["corrects"]!).ShouldBe((long)call["number"]!);
    }

    [Theory]
    [InlineData("correct", null, "", "invalid")]
    [InlineData("correct", null, ",\"corrects\":99", "unknown-action")]
    [InlineData("note", null, ",\"corrects\":0", "invalid")]
    [InlineData("letter", "sent", ",\"channel\":\"pigeon\"", "invalid")]
    [InlineData("note", null, ",\"evidence\":[{\"kind\":\"photo\"}]", "invalid")]
    [InlineData("note", null, ",\"languages\":\"en\"", "invalid")]
    [InlineData("note", null, ",\"layer\":3", "invalid")]
    [InlineData("question-set", null, ",\"answers\":[{\"question\":\"age\",\"answer\":\"perhaps\"}]", "invalid")]
    [InlineData("question-set", null, ",\"answers\":[{\"question\":\"age\",\"answer\":\"yes\"},{\"question\":\"age\",\"answer\":\"no\"}]", "invalid")]
    [InlineData("question-set", null, ",\"answers\":[{\"question\":\"age\",\"answer\":\"yes\"}]", "question-not-asked")]
    [InlineData("note", null, ",\"whom\":\"police\"", "whom-not-allowed")]
    public async Task What_does_not_fit_is_refused_and_records_nothing(string action, string? outcome, string more, string code)
    {
        var problem = await Act(_school.Deed(action, outcome, more: more), HttpStatusCode.UnprocessableEntity);

        ((string)problem["code"]!).ShouldBe(code);
        (await Timeline()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_person_reopens_a_closed_episode_and_nobody_opens_a_second_one()
    {
        await Act(_school.Deed("close", "explained-absence"));
        await Act(_school.Deed("call", "no-answer"), HttpStatusCode.Conflict);

        await Act(_school.Deed("reopen", null));

        ((string)(await _school.Get(_episode))["status"]!).ShouldBe("open");
        ((string)(await Act(_school.Deed("reopen", null), HttpStatusCode.Conflict))["code"]!).ShouldBe("not-closed");
    }

    [Fact]
    public async Task An_episode_is_not_reopened_while_the_child_has_another_open_one_at_the_school()
    {
        await Act(_school.Deed("close", "explained-absence"));
        await host.ReachAsync("2026-09-07T13:30:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""", day: "2026-09-07/PM", asOf: "2026-09-07T13:10:00+01:00");

        var problem = await Act(_school.Deed("reopen", null), HttpStatusCode.Conflict);
        ((string)problem["code"]!).ShouldBe("another-open");

        // The later one is closed too: now either may be reopened, and takes the signals of the school.
        var later = $"/api/v1/episodes/{await _school.OnlyEpisode()}";
        await host.Send(_school.Key, HttpMethod.Post, $"{later}/actions", _school.Deed("close", "duplicate-record", "2026-09-07T13:20:00+01:00"), HttpStatusCode.OK);
        await Act(_school.Deed("reopen", null, "2026-09-07T13:20:00+01:00"));
        await host.ReachAsync("2026-09-08T09:30:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""", day: "2026-09-08/AM", asOf: "2026-09-08T09:10:00+01:00");
        $"/api/v1/episodes/{await _school.OnlyEpisode()}".ShouldBe(_episode);
    }

    [Fact]
    public async Task An_action_may_demand_that_nothing_happened_since_the_episode_was_read()
    {
        using var client = host.Client(_school.Key);
        using var read = await client.GetAsync(_episode);
        using var first = await Conditional(client, read.Headers.ETag!);
        using var late = await Conditional(client, read.Headers.ETag!);
        using var next = await Conditional(client, first.Headers.ETag!);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        await late.ShouldBeProblem("precondition-failed");
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> Conditional(HttpClient client, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_episode}/actions") { Content = new StringContent(_school.Deed("note", null), Encoding.UTF8, "application/json") };
        request.Headers.IfMatch.Add(tag);
        return await client.SendAsync(request);
    }

    private Task<JsonObject> Act(string deed, HttpStatusCode status = HttpStatusCode.OK) => host.Send(_school.Key, HttpMethod.Post, $"{_episode}/actions", deed, status);

    private async Task<List<JsonObject>> Timeline() => [.. (await _school.Get($"{_episode}/timeline"))["data"]!.AsArray().Select(entry => entry!.AsObject())];
}
