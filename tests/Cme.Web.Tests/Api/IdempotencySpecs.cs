using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>A system that is not sure whether its request arrived sends it again, and what it reported is there once.</summary>
public sealed class IdempotencySpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;
    private string _actions = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(2);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        _actions = $"/api/v1/episodes/{await _school.OnlyEpisode()}/actions";
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_same_request_again_is_answered_alike_and_recorded_once()
    {
        using var first = await Post("k-1", _school.Deed("call", "no-answer"));
        using var again = await Post("k-1", _school.Deed("call", "no-answer"));

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        again.Headers.ETag.ShouldBe(first.Headers.ETag);
        again.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        (await Recorded()).ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_answered_alike_too()
    {
        using var first = await Post("k-2", _school.Deed("call", "told-off"));
        using var again = await Post("k-2", _school.Deed("call", "told-off"));

        again.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        await again.ShouldBeProblem("outcome-not-allowed");
    }

    [Fact]
    public async Task Of_fifty_at_once_exactly_one_is_recorded()
    {
        var deed = _school.Deed("call", "no-answer");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Post("k-3", deed)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(1);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            await answer.ShouldBeProblem("idempotency-in-progress");
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }
        (await Recorded()).ShouldBe(1);
        using var late = await Post("k-3", deed);
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_key_of_another_request_is_refused_and_nothing_is_recorded()
    {
        (await Post("k-4", _school.Deed("call", "no-answer"))).Dispose();
        using var other = await Post("k-4", _school.Deed("call", "voicemail"));

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await other.ShouldBeProblem("idempotency-key-reused");
        (await Recorded()).ShouldBe(1);
    }

    [Fact]
    public async Task Another_organisation_s_key_of_the_same_name_is_another_key()
    {
        var other = await host.NewSchoolAsync(1);
        (await Post("k-5", _school.Deed("call", "no-answer"))).Dispose();
        using var answer = await Post("k-5", _school.Deed("call", "no-answer"), key: other.Key);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);          // Their own answer, not the first school's.
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    public async Task A_key_that_cannot_be_one_is_refused(string key)
    {
        using var answer = await Post(key, _school.Deed("call", "no-answer"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await answer.ShouldBeProblem("invalid-idempotency-key");
    }

    [Fact]
    public async Task A_key_has_at_most_255_characters()
    {
        using var longest = await Post(new string('k', 255), _school.Deed("call", "no-answer"));
        using var longer = await Post(new string('k', 256), _school.Deed("call", "no-answer"));

        longest.StatusCode.ShouldBe(HttpStatusCode.OK);
        await longer.ShouldBeProblem("invalid-idempotency-key");
    }

    [Fact]
    public async Task What_failed_with_a_5xx_is_not_kept_and_its_repetition_is_carried_out()
    {
        var school = await host.NewSchoolAsync(1);
        await school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        var reference = await school.OnlyEpisode();
        await host.Sql("create or replace function cme.broken() returns trigger language plpgsql as $$ begin raise exception 'broken on purpose'; end $$");
        await host.Sql($"create trigger broken before insert on cme.event for each row when (new.episode = '{reference}') execute function cme.broken()");
        using (var failed = await Post("k-6", school.Deed("call", "no-answer"), $"/api/v1/episodes/{reference}/actions", school.Key))
        {
            ((int)failed.StatusCode).ShouldBe(500);
        }
        await host.Sql("drop trigger broken on cme.event");

        using var again = await Post("k-6", school.Deed("call", "no-answer"), $"/api/v1/episodes/{reference}/actions", school.Key);
        again.StatusCode.ShouldBe(HttpStatusCode.OK, await again.Content.ReadAsStringAsync());
        again.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_died_between_the_act_and_the_keeping_of_its_answer_has_recorded_it_once_after_the_repetition()
    {
        await host.Sql("create or replace function cme.broken() returns trigger language plpgsql as $$ begin raise exception 'broken on purpose'; end $$");
        await host.Sql("create trigger broken before update on cme.idempotency for each row when (new.key = 'k-7' and new.status is not null) execute function cme.broken()");
        using var first = await Post("k-7", _school.Deed("call", "no-answer"));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.Sql("drop trigger broken on cme.idempotency");

        using (var soon = await Post("k-7", _school.Deed("call", "no-answer"))) { await soon.ShouldBeProblem("idempotency-in-progress"); }
        await host.Sql("update cme.idempotency set attempted_at = attempted_at - interval '1 minute' where key = 'k-7'");
        using var later = await Post("k-7", _school.Deed("call", "no-answer"));

        later.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Recorded()).ShouldBe(1);
        (await Number(later)).ShouldBe(await Number(first));
    }

    [Fact]
    public async Task A_key_that_is_a_day_old_is_a_new_one()
    {
        (await Post("k-8", _school.Deed("call", "no-answer"))).Dispose();
        await host.Sql("update cme.idempotency set received_at = received_at - interval '25 hours' where key = 'k-8'");
        using var tomorrow = await Post("k-8", _school.Deed("call", "no-answer"));

        tomorrow.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        (await Recorded()).ShouldBe(2);
    }

    private async Task<HttpResponseMessage> Post(string idempotencyKey, string json, string? path = null, string? key = null)
    {
        using var client = host.Client(key ?? _school.Key);
        using var request = new HttpRequestMessage(HttpMethod.Post, path ?? _actions) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request);
    }

    private async Task<int> Recorded() => (await _school.Get(_actions.Replace("/actions", "/timeline", StringComparison.Ordinal)))["data"]!.AsArray()
        .Count(entry => (string)entry!["type"]! == "ActionRecorded");

    private static async Task<long> Number(HttpResponseMessage answer) => (long)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["number"]!;
}
