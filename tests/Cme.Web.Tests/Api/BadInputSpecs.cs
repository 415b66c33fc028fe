using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Every kind of bad input is told by its own problem document, and costs nothing that was good.</summary>
public sealed class BadInputSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Present = """{"schoolPupilId":"P0","code":"/"}""";
    private TestSchool _school = null!;

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync();
        var now = DateTimeOffset.Parse((string)(await host.Send(null, HttpMethod.Get, "/demo/clock", null, HttpStatusCode.OK))["now"]!, null);
        if (now < new DateTimeOffset(2026, 9, 7, 8, 0, 0, TimeSpan.Zero)) { await host.MoveTo("2026-09-07T09:00:00+01:00"); }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("""{"schoolPupilId":"P999","code":"N"}""", "unknown-pupil")]
    [InlineData("""{"upn":"Z999999999999","code":"N"}""", "unknown-pupil")]
    [InlineData("""{"schoolPupilId":"P1","code":"QQ"}""", "unknown-code")]
    [InlineData("""{"schoolPupilId":"P1","code":"H"}""", "withdrawn-code")]
    [InlineData("""{"schoolPupilId":"P1","code":7}""", "wrong-type")]
    [InlineData("""{"schoolPupilId":"P1","code":"L","minutesLate":5000}""", "out-of-range")]
    [InlineData("""{"schoolPupilId":"P1","code":"I","reason":{"text":"x","reportedBy":"the dog"}}""", "unknown-value")]
    public async Task A_mark_that_is_wrong_is_rejected_by_itself_and_the_good_one_is_kept(string mark, string code)
    {
        var report = await _school.Register($"{mark},{Present}", HttpStatusCode.MultiStatus);

        ((int)report["accepted"]!).ShouldBe(1);
        ((int)report["rejected"]!).ShouldBe(1);
        var item = report["items"]!.AsArray().Single()!;
        ((int)item["index"]!).ShouldBe(0);
        ((string)item["status"]!).ShouldBe("rejected");
        ((string)item["code"]!).ShouldBe(code);
        var held = await _school.Get($"{_school.Path}/registers/2026-09-07/AM");
        held["marks"]!.AsArray().Single(one => (string)one!["schoolPupilId"]! == "P0")!["code"]!.GetValue<string>().ShouldBe("/");
    }

    [Fact]
    public async Task A_withdrawn_code_is_rejected_with_its_successor()
    {
        var report = await _school.Register($$"""{"schoolPupilId":"P1","code":"Y"},{{Present}}""", HttpStatusCode.MultiStatus);

        ((string)report["items"]![0]!["detail"]!).ShouldContain("Y1");
    }

    [Fact]
    public async Task Of_a_duplicate_pupil_both_marks_are_rejected()
    {
        var report = await _school.Register($$"""{"schoolPupilId":"P1","code":"N"},{{Present}},{"schoolPupilId":"P1","code":"/"}""", HttpStatusCode.MultiStatus);

        report["items"]!.AsArray().Select(item => (int)item!["index"]!).ShouldBe([0, 2]);
        ((int)report["rejected"]!).ShouldBe(2);
        ((int)report["accepted"]!).ShouldBe(1);
    }

    [Fact]
    public async Task When_every_mark_is_rejected_the_answer_is_a_problem_that_names_each()
    {
        var problem = await _school.Register("""{"schoolPupilId":"P999","code":"N"},{"code":"N"},5""", HttpStatusCode.UnprocessableEntity);

        ((string)problem["code"]!).ShouldBe("all-rejected");
        problem.Pointers().ShouldBe(["/marks/0", "/marks/1", "/marks/2"]);
        ((int)problem["rejected"]!).ShouldBe(3);
    }

    [Fact]
    public async Task A_code_of_the_other_session_is_taken_with_a_warning()
    {
        var report = await _school.Register("""{"schoolPupilId":"P0","code":"\\"}""");

        ((int)report["accepted"]!).ShouldBe(1);
        ((string)report["items"]!.AsArray().Single()!["status"]!).ShouldBe("warning");
    }

    [Theory]
    [InlineData("2026-09-06/AM", "not-a-school-day")]                 // A Sunday.
    [InlineData("2026-09-03/AM", "not-a-school-day")]                 // The INSET day.
    [InlineData("2026-10-28/AM", "not-a-school-day")]                 // Half term.
    [InlineData("2026-12-17/AM", "session-in-future")]
    [InlineData("2028-09-07/AM", "no-calendar")]
    public async Task A_register_for_when_the_school_does_not_meet_is_refused_whole(string session, string code)
    {
        var problem = await _school.Register(Present, HttpStatusCode.UnprocessableEntity, session);

        ((string)problem["code"]!).ShouldBe(code);
        await _school.Get($"{_school.Path}/registers/{session}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_told_with_its_line_and_position_and_nothing_is_applied()
    {
        var school = await host.NewSchoolAsync();
        var problem = await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/registers/2026-09-07/AM",
            "{\"asOf\":\"2026-09-07T08:55:00Z\",\"complete\":true,\n \"marks\":[{\"schoolPupilId\":\"P0\",\"code\":\"N\"}, {\"scho", HttpStatusCode.BadRequest);

        ((string)problem["code"]!).ShouldBe("malformed-json");
        ((string)problem["detail"]!).ShouldContain("line 2, position");
        await school.Get($"{school.Path}/registers/2026-09-07/AM", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"asOf":7,"complete":"yes","marks":"x"}""", "/asOf,/complete,/marks")]
    public async Task Wrong_types_are_named_by_JSON_pointers(string json, string pointers)
    {
        var problem = await host.Send(_school.Key, HttpMethod.Put, $"{_school.Path}/registers/2026-09-07/AM", json, HttpStatusCode.UnprocessableEntity);

        ((string)problem["code"]!).ShouldBe("invalid");
        problem.Pointers().ShouldBe(pointers.Split(','));
    }

    [Fact]
    public async Task Ten_megabytes_are_refused_with_an_answer_that_their_sender_can_read()
    {
        using var client = host.Client(_school.Key);
        using var answer = await client.PutAsync($"{_school.Path}/registers/2026-09-07/AM",
            new StringContent(new string(' ', 10 * 1024 * 1024), Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        await answer.ShouldBeProblem("body-too-large");
    }

    [Fact]
    public async Task Ten_megabytes_that_do_not_say_how_long_they_are_are_refused_as_well()
    {
        using var client = host.Client(_school.Key);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{_school.Path}/roll")
        {
            Content = new StringContent(new string(' ', 10 * 1024 * 1024), Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await client.SendAsync(request);

        await answer.ShouldBeProblem("body-too-large");
    }

    [Fact]
    public async Task Another_schools_key_finds_neither_the_school_nor_its_registers_nor_its_episodes()
    {
        var other = await host.NewSchoolAsync(pupils: 1);
        await _school.Register("""{"schoolPupilId":"P7","code":"N"}""");
        var reference = await _school.OnlyEpisode();

        foreach (var path in new[]
        {
            $"{_school.Path}", $"{_school.Path}/roll", $"{_school.Path}/calendar/2026-27", $"{_school.Path}/registers/2026-09-07/AM",
            $"/api/v1/episodes/{reference}", $"/api/v1/episodes/{reference}/timeline", $"/api/v1/episodes/{reference}/obligations",
        })
        {
            await host.Send(other.Key, HttpMethod.Get, path, null, HttpStatusCode.NotFound);
        }
        await host.Send(other.Key, HttpMethod.Put, $"{_school.Path}/registers/2026-09-07/AM",
            """{"asOf":"2026-09-07T08:59:00+01:00","complete":false,"marks":[]}""", HttpStatusCode.NotFound);
        await host.Send(other.Key, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions", "{}", HttpStatusCode.NotFound);
        (await other.Get("/api/v1/episodes"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_authoritys_key_finds_nothing_either()
    {
        var key = await host.NewKeyAsync("998", null, [.. Cme.Web.Security.Scopes.All]);

        await host.Send(key, HttpMethod.Get, _school.Path, null, HttpStatusCode.NotFound);
        await host.Send(key, HttpMethod.Put, $"{_school.Path}/roll", TestSchool.Roll([1]), HttpStatusCode.NotFound);
        (await host.Send(key, HttpMethod.Get, "/api/v1/schools", null, HttpStatusCode.OK))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("cme_nobody")]
    [InlineData("something else")]
    public async Task Without_a_key_that_works_nothing_is_told(string? key)
    {
        using var client = host.Client(key);
        using var answer = await client.PutAsync($"{_school.Path}/registers/2026-09-07/AM", new StringContent("{}", Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
        await answer.ShouldBeProblem("unauthenticated");
    }

    [Fact]
    public async Task A_key_in_the_query_is_no_key()
    {
        using var client = host.Client();
        using var answer = await client.GetAsync($"{_school.Path}?access_token={_school.Key}");

        await answer.ShouldBeProblem("unauthenticated");
    }

    [Fact]
    public async Task A_revoked_key_stops_working()
    {
        var keys = (Cme.Storage.Access.IApiKeys)host.Services.GetService(typeof(Cme.Storage.Access.IApiKeys))!;
        var made = await keys.CreateAsync(new("school", EdgeHost.Authority, _school.Urn, ["case.read"], "short-lived"));
        await keys.RevokeAsync(EdgeHost.Authority, made.Id);

        await host.Send(made.Key, HttpMethod.Get, "/api/v1/episodes", null, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_unknown_school_is_not_found_and_its_creation_is_the_authoritys()
    {
        await host.Send(host.AuthorityKey, HttpMethod.Put, "/api/v1/schools/999999/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.NotFound);
        await host.Send(_school.Key, HttpMethod.Put, _school.Path, """{"name":"Mine"}""", HttpStatusCode.Forbidden);
        var problem = await host.Send(host.AuthorityKey, HttpMethod.Put, "/api/v1/schools/abc", """{"kind":"castle"}""", HttpStatusCode.UnprocessableEntity);
        problem.Pointers().ShouldBe(["urn", "/name", "/kind"]);
        ((string)(await host.Send(host.AuthorityKey, HttpMethod.Put, "/api/v1/schools/910999", """{"name":"X","pack":"atlantis"}""", HttpStatusCode.UnprocessableEntity))["code"]!)
            .ShouldBe("unknown-pack");
    }

    [Fact]
    public async Task A_bad_entry_of_a_roll_is_rejected_by_itself_and_takes_nobody_off_the_list()
    {
        var roll = $$"""{"pupils":[{{TestSchool.Pupil(0)}},{"schoolPupilId":"P1","surname":5},{{string.Join(',', Enumerable.Range(2, 28).Select(TestSchool.Pupil))}}]}""";
        var report = await host.Send(_school.Key, HttpMethod.Put, $"{_school.Path}/roll", roll, HttpStatusCode.MultiStatus);

        ((int)report["unchanged"]!).ShouldBe(29);
        ((int)report["rejected"]!).ShouldBe(1);
        ((int)report["notOnList"]!).ShouldBe(0);
        ((int)report["items"]!.AsArray().Single()!["index"]!).ShouldBe(1);
        var held = await _school.Get($"{_school.Path}/roll?limit=500");
        held["data"]!.AsArray().ShouldAllBe(pupil => (bool)pupil!["onList"]!);
    }

    [Theory]
    [InlineData("\"ground\":\"p\"", "unknown-value")]
    [InlineData("\"flags\":[\"looked_after\",\"cp-plan\"]", "unknown-flag")]
    public async Task A_ground_or_flag_that_nobody_knows_is_refused_and_not_kept_where_it_would_do_nothing(string wrong, string code)
    {
        var roll = $$"""{"pupils":[{{TestSchool.Pupil(0)}},{{TestSchool.Pupil(1).TrimEnd()[..^1]}},{{wrong}}}]}""";
        var report = await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", roll, HttpStatusCode.MultiStatus);

        var item = report["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((int)item["index"]!, (string)item["code"]!).ShouldBe((1, code));
        ((string)item["detail"]!).ShouldContain("must be one of:");
    }

    [Fact]
    public async Task A_roll_that_lost_many_is_refused_until_their_number_is_confirmed()
    {
        var few = TestSchool.Roll(Enumerable.Range(0, 20));
        var problem = await host.Send(_school.Key, HttpMethod.Put, $"{_school.Path}/roll", few, HttpStatusCode.Conflict);
        ((string)problem["code"]!).ShouldBe("roll-shrunk");

        var report = await host.Send(_school.Key, HttpMethod.Put, $"{_school.Path}/roll", few.Replace("{\"pupils\"", "{\"confirmMissing\":10,\"pupils\""), HttpStatusCode.OK);
        ((int)report["notOnList"]!).ShouldBe(10);
    }

    [Fact]
    public async Task A_calendar_that_contradicts_itself_is_refused_with_its_places()
    {
        var problem = await host.Send(_school.Key, HttpMethod.Put, $"{_school.Path}/calendar/2026-27",
            TestSchool.Calendar.Replace("\"09:20\"", "\"08:20\""), HttpStatusCode.UnprocessableEntity);

        ((string)problem["code"]!).ShouldBe("calendar-invalid");
        problem.Pointers().ShouldAllBe(pointer => pointer.StartsWith("/sessions/am"));
    }

    [Fact]
    public async Task An_action_whose_outcome_does_not_exist_is_answered_with_those_that_do()
    {
        await _school.Register("""{"schoolPupilId":"P8","code":"N"}""");
        var path = $"/api/v1/episodes/{await _school.OnlyEpisode()}/actions";
        const string Who = "\"performedBy\":{\"name\":\"M\",\"role\":\"attendance-officer\",\"org\":\"x\"}";

        var problem = await host.Send(_school.Key, HttpMethod.Post, path,
            $$"""{"action":"call","outcome":"sang","at":"2026-09-07T08:58:00+01:00",{{Who}}}""", HttpStatusCode.UnprocessableEntity);
        ((string)problem["code"]!).ShouldBe("outcome-not-allowed");
        problem["allowed"]!.AsArray().Select(pair => (string)pair!).ShouldContain("call: no-answer");

        (await Refused("2027-01-07T08:58:00Z")).ShouldBe("at-in-future");
        (await Refused("2026-09-01T08:58:00Z")).ShouldBe("at-before-first-day");
        (await host.Send(_school.Key, HttpMethod.Post, path, """{"outcome":1,"at":"soon"}""", HttpStatusCode.UnprocessableEntity))
            .Pointers().ShouldBe(["/performedBy", "/action", "/outcome", "/at"], ignoreOrder: true);

        (await host.Send(_school.Key, HttpMethod.Post, path,
            $$"""{"action":"note","at":"2026-09-07T08:58:00+01:00","evidence":[{"kind":"photo"}],{{Who}}}""", HttpStatusCode.UnprocessableEntity))
            .Pointers().ShouldBe(["/evidence/0/ref"]);
        await host.Send(_school.Key, HttpMethod.Post, path,
            $$"""{"action":"note","note":"Rang the bell.","at":"2026-09-07T08:58:00+01:00","evidence":[],{{Who}}}""", HttpStatusCode.OK);
        await host.Send(_school.Key, HttpMethod.Post, path, $$"""{"action":"close","outcome":"returned-same-school","at":"2026-09-07T08:59:00+01:00",{{Who}}}""", HttpStatusCode.OK);
        ((string)(await host.Send(_school.Key, HttpMethod.Post, path,
            $$"""{"action":"note","at":"2026-09-07T08:59:00+01:00",{{Who}}}""", HttpStatusCode.Conflict))["code"]!).ShouldBe("closed");

        async Task<string> Refused(string at) => (string)(await host.Send(_school.Key, HttpMethod.Post, path,
            $$"""{"action":"call","outcome":"no-answer","at":"{{at}}",{{Who}}}""", HttpStatusCode.UnprocessableEntity))["code"]!;
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("status=opened", "status")]
    [InlineData("kind=dog", "kind")]
    [InlineData("overdue=perhaps", "overdue")]
    [InlineData("actBefore=noon", "actBefore")]
    [InlineData("board=kitchen", "board")]
    [InlineData("statsu=all", "statsu")]
    public async Task A_filter_that_is_wrong_is_named(string query, string name) =>
        (await host.Send(_school.Key, HttpMethod.Get, $"/api/v1/episodes?{query}", null, HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe([name]);

    [Fact]
    public async Task A_school_does_not_list_the_desk() =>
        await host.Send(_school.Key, HttpMethod.Get, "/api/v1/episodes?board=desk", null, HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("""{"advanceTo":"2026-09-01T08:00:00Z"}""", "clock-backwards")]
    [InlineData("""{"advanceBy":"-PT1H"}""", "clock-backwards")]
    [InlineData("""{"advanceBy":"P1Y"}""", "invalid")]
    [InlineData("""{"advanceBy":"two hours"}""", "invalid")]
    [InlineData("""{}""", "invalid")]
    [InlineData("""{"advanceBy":"PT1H","advanceTo":"2026-09-08T08:00:00Z"}""", "invalid")]
    [InlineData("""{"advanceTo":"2126-09-01T08:00:00Z"}""", "invalid")]
    public async Task The_clock_never_goes_back(string json, string code) =>
        ((string)(await host.Send(null, HttpMethod.Post, "/demo/clock", json, HttpStatusCode.UnprocessableEntity))["code"]!).ShouldBe(code);
}
