using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Security;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>A child of two places is missing at one: the other is asked, answers, and neither learns which the other is unless it knows.</summary>
public sealed class PlaceQuestionSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Upn = "Y920000126077";

    private static int _children;
    private TestSchool _missing = null!, _other = null!;
    private string _episode = "", _pupil = "";

    public async Task InitializeAsync()
    {
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        (_missing, _other) = (await host.NewSchoolAsync(0), await host.NewSchoolAsync(0));
        _pupil = $"Twice{Interlocked.Increment(ref _children)}";
        await Roll(_missing);
        await Roll(_other);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_other_place_sees_the_question_and_its_answer_is_a_sighting_in_the_episode_of_the_school_that_asks()
    {
        var question = await Ask();
        ((string)question["state"]!, (string)question["pupil"]!, question["askedBy"]).ShouldBe(("open", "P1", null));

        var answered = await Answer(question, """{"answer":"seen","seenAt":"2026-09-07T08:59:00+01:00","answeredBy":{"name":"Jo Sample","role":"dsl"}}""");

        ((string)answered["state"]!, (string)answered["answer"]!).ShouldBe(("answered", "seen"));
        var told = (await _missing.Get($"/api/v1/episodes/{_episode}/timeline"))["data"]!.AsArray();
        told.Select(one => (string)one!["type"]!).ShouldBe(["EpisodeOpened", "PlaceAsked", "PlaceAnswered"], ignoreOrder: true);
        ((string)told.Single(one => (string)one!["type"]! == "PlaceAnswered")!["text"]!).ShouldContain("sighting");
    }

    [Fact]
    public async Task Neither_the_place_nor_the_school_that_asks_learns_which_the_other_is_but_the_authority_does()
    {
        var question = await Ask();
        await Answer(question, """{"answer":"not-seen","answeredBy":{"name":"Jo Sample","role":"dsl"}}""");

        question.ToJsonString().ShouldNotContain(_missing.Urn);
        question.ToJsonString().ShouldNotContain(_episode);
        var timeline = (await _missing.Get($"/api/v1/episodes/{_episode}/timeline")).ToJsonString();
        timeline.ShouldNotContain(_other.Urn);
        timeline.ShouldNotContain("Jo Sample");
        timeline.ShouldNotContain("key-");
        using var desk = await host.PersonAsync("duty-desk");
        (await desk.ReadAsync("/questions")).ShouldContain($"Place {_other.Urn}");
        (await desk.ReadAsync($"/episodes/{_episode}")).ShouldContain($"Place {_other.Urn}");
    }

    [Fact]
    public async Task A_provider_is_told_that_the_school_which_placed_the_pupil_asks()
    {
        await Put(_other, $$""","kind":"provider","commissioner":"{{_missing.Urn}}" """);

        ((string)(await Ask())["askedBy"]!).ShouldBe($"Place {_missing.Urn}");
    }

    [Fact]
    public async Task A_question_that_nobody_answers_in_an_hour_is_overdue_for_the_place_and_on_the_desk()
    {
        var question = await Ask();
        using var desk = await host.PersonAsync("duty-desk");
        await host.ReachAsync($"{(string)question["answerBy"]!}");

        ((string)(await Asked())["state"]!).ShouldBe("overdue");
        (await desk.ReadAsync("/desk")).ShouldContain("data-asked-overdue");
        (await desk.ReadAsync("/questions")).ShouldContain("Nobody answered by");
        await Answer(question, """{"answer":"not-expected","answeredBy":{"name":"Jo Sample","role":"dsl"}}""");
        (await desk.ReadAsync("/questions")).ShouldContain("not expected there that day");
    }

    [Fact]
    public async Task Nobody_but_the_place_and_its_authority_answers_and_a_slip_is_told_of()
    {
        var question = await Ask();
        var path = $"questions/{(string)question["question"]!}/answer";
        const string seen = """{"answer":"seen","seenAt":"2026-09-07T08:59:00+01:00","answeredBy":{"name":"Jo Sample","role":"dsl"}}""";

        await host.Send(_missing.Key, HttpMethod.Put, $"{_missing.Path}/{path}", seen, HttpStatusCode.NotFound);
        await host.Send(_missing.Key, HttpMethod.Put, $"{_other.Path}/{path}", seen, HttpStatusCode.NotFound);
        await host.Send(await host.NewKeyAsync("998", null, [.. Scopes.All]), HttpMethod.Put, $"{_other.Path}/{path}", seen, HttpStatusCode.NotFound);
        await host.Send(_other.Key, HttpMethod.Put, $"{_other.Path}/{path}", """{"answer":"perhaps"}""", HttpStatusCode.UnprocessableEntity);
        await host.Send(_other.Key, HttpMethod.Put, $"{_other.Path}/{path}", seen.Replace("2026-09-07", "2026-09-04", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity);
        ((string)(await Asked())["state"]!).ShouldNotBe("answered");

        await host.Send(_missing.Key, HttpMethod.Post, $"/api/v1/episodes/{_episode}/actions", _missing.Deed("close", "explained-absence"), HttpStatusCode.OK);
        await host.Send(_other.Key, HttpMethod.Put, $"{_other.Path}/{path}", seen, HttpStatusCode.Conflict);
        (await _other.Get($"{_other.Path}/questions"))["data"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>The child is missing at the first school, and the other is asked.</summary>
    private async Task<JsonObject> Ask()
    {
        await _missing.Register("""{"schoolPupilId":"P1","code":"N"}""");
        _episode = await _missing.OnlyEpisode();
        return await Asked();
    }

    private async Task<JsonObject> Asked() => (await _other.Get($"{_other.Path}/questions"))["data"]!.AsArray().Single()!.AsObject();

    private Task<JsonObject> Answer(JsonObject question, string body) =>
        host.Send(_other.Key, HttpMethod.Put, $"{_other.Path}/questions/{(string)question["question"]!}/answer", body, HttpStatusCode.OK);

    private async Task Roll(TestSchool school)
    {
        await Put(school, "");
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/roll",
            $$"""{"pupils":[{"schoolPupilId":"P1","upn":"{{UpnOf(_pupil)}}","forename":"Amina","surname":"{{_pupil}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03"}]}""",
            HttpStatusCode.OK);
    }

    private Task<JsonObject> Put(TestSchool school, string more) =>
        host.Send(host.AuthorityKey, HttpMethod.Put, $"/api/v1/schools/{school.Urn}", $$"""{"name":"Place {{school.Urn}}"{{more}}}""", HttpStatusCode.OK);

    /// <summary>One for each child of these specs. Its check letter may be wrong, which is only warned of.</summary>
    private static string UpnOf(string pupil) => $"{Upn[..11]}{int.Parse(pupil["Twice".Length..], System.Globalization.CultureInfo.InvariantCulture):00}";
}
