using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Leave of absence over HTTP. It is the afternoon of Monday 5 October.</summary>
public sealed class LeaveSpecs(OctoberHost host) : IClassFixture<OctoberHost>
{
    private const string Week = """{"pupil":"P1","from":"2026-09-14","expectedReturn":"2026-09-21","reason":"Funeral abroad","authorisedBy":"Ruth Hale, head"}""";

    [Fact]
    public async Task A_leave_is_granted_read_changed_and_cancelled_and_every_version_is_kept()
    {
        var school = await host.NewSchoolAsync(2);
        using var granted = await Send(school, HttpMethod.Post, "leaves", Week);
        var leave = await Json(granted, HttpStatusCode.Created);
        var path = $"leaves/{leave["id"]}";
        granted.Headers.Location!.ToString().ShouldBe($"{school.Path}/{path}");
        granted.Headers.ETag!.Tag.ShouldBe("\"v1\"");

        using var stale = await Send(school, HttpMethod.Patch, path, """{"expectedReturn":"2026-09-22"}""", "\"v7\"");
        await stale.ShouldBeProblem("precondition-failed");
        using var changed = await Send(school, HttpMethod.Patch, path, """{"expectedReturn":"2026-09-22"}""", "\"v1\"");
        ((string)(await Json(changed, HttpStatusCode.OK))["expectedReturn"]!).ShouldBe("2026-09-22");
        using var cancelled = await Send(school, HttpMethod.Patch, path, """{"cancelled":true}""", "\"v2\"");
        cancelled.Headers.ETag!.Tag.ShouldBe("\"v3\"");

        var read = await school.Get($"{school.Path}/{path}");
        ((bool)read["cancelled"]!, (string)read["pupil"]!, (string)read["reason"]!).ShouldBe((true, "P1", "Funeral abroad"));
        read["history"]!.AsArray().Select(version => $"{version!["version"]} {version["expectedReturn"]} {version["cancelled"]}")
            .ShouldBe(["1 2026-09-21 false", "2 2026-09-22 false", "3 2026-09-22 true"]);
        (await school.Get($"{school.Path}/leaves"))["data"]!.AsArray().Select(one => (string)one!["id"]!).ShouldBe([(string)leave["id"]!]);
        (await school.Get($"{school.Path}/leaves?pupil=P0"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task DOR13_Whoever_does_not_return_from_leave_is_missing_from_the_expected_return_on()
    {
        var school = await host.NewSchoolAsync(2);
        await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/leaves", Week, HttpStatusCode.Created);
        foreach (var day in new[] { "2026-09-17", "2026-09-18", "2026-09-21", "2026-09-22" })
        {
            await school.Register("""{"schoolPupilId":"P1","code":"N"}""", day: $"{day}/AM", asOf: $"{day}T14:00:00+01:00");
            await school.Register("""{"schoolPupilId":"P1","code":"N"}""", day: $"{day}/PM", asOf: $"{day}T14:00:00+01:00");
        }

        var episode = await school.Get($"/api/v1/episodes/{await school.OnlyEpisode()}");
        ((string)episode["firstDayMissing"]!).ShouldBe("2026-09-21");
        (episode["counts"]!.ToJsonString()).ShouldBe("""{"whereaboutsDays":2,"irregularDays":2,"groundI":2,"groundH":2,"sickness":0}""");
        var leave = (await school.Get($"/api/v1/episodes/{episode["reference"]}/days?from=2026-09-18&to=2026-09-18"))["data"]![0]!["counts"]!["whereaboutsDays"]!;
        ((string)leave["effect"]!, (string)leave["clause"]!).ShouldBe(("skipped", "DOR-13"));
    }

    [Theory]
    [InlineData("""{"pupil":"P9","from":"2026-09-14","expectedReturn":"2026-09-21","reason":"x","authorisedBy":"y"}""", "unknown-pupil", "/pupil")]
    [InlineData("""{"pupil":"P1","from":"2026-09-14","expectedReturn":"2026-09-14","reason":"x","authorisedBy":"y"}""", "leave-return-not-after-start", "/expectedReturn")]
    [InlineData("""{"pupil":"P1","from":"2027-03-01","expectedReturn":"2027-03-02","reason":"x","authorisedBy":"y"}""", "leave-outside-calendar", "/from")]
    [InlineData("""{"pupil":"P1","from":"14 September","expectedReturn":7,"reason":"x","authorisedBy":"y"}""", "invalid", "/from /expectedReturn")]
    [InlineData("{}", "invalid", "/pupil /from /expectedReturn /reason /authorisedBy")]
    public async Task A_wrong_leave_is_refused_and_the_place_is_named(string body, string code, string pointers)
    {
        var school = await host.NewSchoolAsync(2);

        var problem = await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/leaves", body, HttpStatusCode.UnprocessableEntity);

        ((string)problem["code"]!).ShouldBe(code);
        string.Join(' ', problem.Pointers()).ShouldBe(pointers);
        (await school.Get($"{school.Path}/leaves"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_leave_on_the_same_days_and_a_change_of_none_are_refused()
    {
        var school = await host.NewSchoolAsync(2);
        var leave = await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/leaves", Week, HttpStatusCode.Created);

        ((string)(await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/leaves", Week, HttpStatusCode.Conflict))["code"]!).ShouldBe("leave-overlaps");
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/leaves/{leave["id"]}", "{}", HttpStatusCode.UnprocessableEntity);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/leaves/leave-0", """{"cancelled":true}""", HttpStatusCode.NotFound);
        await host.Send(school.Key, HttpMethod.Get, $"{school.Path}/leaves/leave-0", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_school_s_leaves_are_not_found()
    {
        var school = await host.NewSchoolAsync(2);
        var leave = await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/leaves", Week, HttpStatusCode.Created);
        var other = await host.NewSchoolAsync(2);

        await host.Send(other.Key, HttpMethod.Get, $"{school.Path}/leaves/{leave["id"]}", null, HttpStatusCode.NotFound);
        await host.Send(other.Key, HttpMethod.Get, $"{other.Path}/leaves/{leave["id"]}", null, HttpStatusCode.NotFound);
        await host.Send(other.Key, HttpMethod.Patch, $"{other.Path}/leaves/{leave["id"]}", """{"cancelled":true}""", HttpStatusCode.NotFound);
        await host.Send(host.AuthorityKey, HttpMethod.Get, $"{school.Path}/leaves", null, HttpStatusCode.Forbidden);
    }

    private static async Task<HttpResponseMessage> Send(TestSchool school, HttpMethod method, string path, string json, string? ifMatch = null)
    {
        using var client = school.Host.Client(school.Key);
        using var request = new HttpRequestMessage(method, $"{school.Path}/{path}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) { request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch)); }
        return await client.SendAsync(request);
    }

    private static async Task<JsonObject> Json(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
