using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;
using Npgsql;

namespace Cme.Web.Tests.Api;

/// <summary>What anybody may report of a child without a key, and what an authority's system does about it (CHE-04 to CHE-11, SUF-23).</summary>
public sealed class ConcernSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Reporter = "Doreen Nextdoor";

    private static bool _begun;

    public async Task InitializeAsync()
    {
        if (_begun) { return; }
        _begun = true;
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task CHE04_Anybody_reports_without_a_key_and_is_answered_with_a_reference_and_nothing_else()
    {
        var answer = await Report("""{"authority":"999","worry":"missing-from-area","child":{"name":"Kai"}}""");

        answer.Count.ShouldBe(1);
        ((string)answer["reference"]!).ShouldMatch("^concern-[0-9a-hjkmnp-tv-z]{10}-[0-9a-hjkmnp-tv-z]$");
    }

    [Theory]
    [InlineData("""{"child":{"name":"Kai"}}""")]
    [InlineData("""{"child":{"school":"Willowbrook"}}""")]
    [InlineData("""{"child":{"address":"The caravan by the canal"}}""")]
    [InlineData("""{"child":{"description":"Red coat, about nine"}}""")]
    [InlineData("""{"postcode":"NN1 1AA"}""")]
    [InlineData("""{"child":{"postcode":"NN1 1AA"},"seen":"At home all day"}""")]
    public async Task CHE07_Everything_may_be_left_out_but_one_thing_by_which_the_child_can_be_recognised(string body) => await Report(body);

    [Theory]
    [InlineData("{}", "/child", "unrecognisable")]
    [InlineData("""{"child":{"age":9,"dateOfBirth":"2017-01-01"},"seen":"A child"}""", "/child", "unrecognisable")]
    [InlineData("""{"child":{"name":7}}""", "/child/name", "wrong-type")]
    [InlineData("""{"child":{"name":"Kai"},"worry":"noise"}""", "/worry", "unknown-value")]
    [InlineData("""{"child":{"name":"Kai"},"immediateDanger":true}""", "/immediateDanger", "wrong-type")]
    [InlineData("""{"child":{"name":"Kai"},"authority":"000"}""", "/authority", "unknown-value")]
    [InlineData("""{"child":{"name":"Kai"},"reporter":{"mayContact":"yes"}}""", "/reporter/mayContact", "wrong-type")]
    public async Task What_is_wrong_is_named_with_its_place_and_what_to_do(string body, string pointer, string code)
    {
        var problem = await host.Send(null, HttpMethod.Post, "/api/v1/concerns", body, HttpStatusCode.UnprocessableEntity);

        problem.Pointers().ShouldBe([pointer]);
        ((string)problem["errors"]![0]!["code"]!).ShouldBe(code);
    }

    /// <summary>Whoever had the tables of children locked would hold up anybody who asked them anything.</summary>
    [Fact]
    public async Task CHE05_Nothing_that_is_known_of_any_child_is_asked_before_the_answer_so_that_its_time_tells_nothing()
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var locked = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table cme.pupil, cme.child, cme.child_upn, cme.episode, cme.grain_state in access exclusive mode", connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        await Report("""{"child":{"name":"Amina Testcase1","school":"Test School","postcode":"NN1 1AA"}}""").WaitAsync(TimeSpan.FromSeconds(20));
        await locked.RollbackAsync();
    }

    [Fact]
    public async Task CHE05_Who_reported_is_kept_apart_and_sealed_and_given_to_no_key()
    {
        var reference = await Reported($$$"""{"child":{"name":"Kai"},"seen":"At home","reporter":{"name":"{{{Reporter}}}","phone":"01632 960123","mayContact":true}}""");

        (await host.Sql("select convert_from(body, 'UTF8') from cme.concern where reference = '" + reference + "'"))[0].ShouldNotContain("Doreen");
        (await host.Sql($"select encode(content, 'escape') from cme.concern_reporter where concern = '{reference}'")).ShouldHaveSingleItem().ShouldNotContain("Doreen");
        var held = await Get(reference);
        held.ToJsonString().ShouldNotContain("Doreen");
        held.ToJsonString().ShouldNotContain("960123");
        held["reporter"].ShouldBeNull();
        ((bool)held["withheld"]!).ShouldBeTrue();
        held.ToJsonString().ShouldNotContain("At home", Case.Sensitive, "narrative is for people");
    }

    [Fact]
    public async Task CHE05_Who_says_nothing_of_themselves_leaves_nothing_of_themselves()
    {
        var reference = await Reported("""{"child":{"name":"Kai"},"reporter":{"mayContact":false}}""");

        (await host.Sql($"select count(*) from cme.concern_reporter where concern = '{reference}'"))[0].ShouldBe("0");
        (await host.Sql($"select anonymous from cme.concern where reference = '{reference}'"))[0].ShouldBe("True");
    }

    [Fact]
    public async Task The_same_report_under_the_same_key_is_taken_once_and_a_stranger_learns_nothing_by_somebody_s_key()
    {
        var first = await Keyed("""{"child":{"name":"Kai"}}""");
        (await Keyed("""{"child":{"name":"Kai"}}""")).ShouldBe(first);

        (await Keyed("""{"child":{"name":"Another"}}""")).ShouldNotBe(first);

        async Task<string> Keyed(string body)
        {
            using var client = host.Client();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/concerns") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "my-own-key");
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["reference"]!;
        }
    }

    [Fact]
    public async Task CHE05_No_school_is_told_of_a_report_and_no_other_authority_has_it()
    {
        var reference = await Reported("""{"child":{"name":"Kai"}}""");

        await host.Send(host.KeyOf("900001"), HttpMethod.Get, $"/api/v1/concerns/{reference}", null, HttpStatusCode.Forbidden);
        await host.Send(host.KeyOf("900001"), HttpMethod.Get, "/api/v1/concerns", null, HttpStatusCode.Forbidden);
        var other = await host.NewKeyAsync("998", null, "case.read", "case.write");
        await host.Send(other, HttpMethod.Get, $"/api/v1/concerns/{reference}", null, HttpStatusCode.NotFound);
        (await host.Send(other, HttpMethod.Get, "/api/v1/concerns?status=all", null, HttpStatusCode.OK))["data"]!.AsArray().ShouldBeEmpty();
        var acted = await host.Send(other, HttpMethod.Post, $"/api/v1/concerns/{reference}/actions", """{"action":"screen","outcome":"education"}""", HttpStatusCode.NotFound);
        ((string)acted["code"]!).ShouldBe("unknown-concern");
    }

    [Fact]
    public async Task CHE06_The_interface_refuses_contact_with_the_family_before_the_checks_and_says_what_is_missing()
    {
        var reference = await Reported("""{"child":{"name":"Kai"}}""");
        (await Refused(reference, """{"action":"check","whom":"admissions","note":"None."}""", HttpStatusCode.Conflict)).ShouldBe("screen-first");
        await Act(reference, """{"action":"screen","outcome":"education"}""");
        const string call = """{"action":"contact-family","outcome":"reached-safe","way":"call"}""";
        (await Refused(reference, call, HttpStatusCode.Conflict)).ShouldBe("checks-first");
        await Act(reference, """{"action":"check","whom":"admissions","note":"No school place."}""");
        (await Refused(reference, call, HttpStatusCode.Conflict)).ShouldBe("checks-first");
        await Act(reference, """{"action":"conclude-checks","outcome":"may-contact"}""");

        var held = await Act(reference, call);

        ((string)held["stage"]!).ShouldBe("family-contacted");
        Duty(held, "contact-family").ShouldBe("satisfied");
        Duty(held, "checks-first").ShouldBe("satisfied");
        Duty(held, "other-children").ShouldBe("due");
    }

    [Fact]
    public async Task A_concern_about_a_child_with_an_open_episode_joins_it_and_is_evidence_there()
    {
        var school = await host.NewSchoolAsync(2);
        await school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        var episode = await school.OnlyEpisode();
        var child = (string)(await school.Get($"/api/v1/episodes/{episode}"))["child"]!["id"]!;
        var reference = await Reported($$$"""{"child":{"name":"Amina Testcase1"},"reporter":{"name":"{{{Reporter}}}"}}""");
        await Act(reference, """{"action":"screen","outcome":"education"}""");

        var held = await Act(reference, $$"""{"action":"match","outcome":"child","childId":"{{child}}"}""");

        ((string)held["episode"]!).ShouldBe(episode);
        var timeline = await school.Get($"/api/v1/episodes/{episode}/timeline");
        timeline["data"]!.AsArray().Select(entry => (string)entry!["type"]!).ShouldContain("ReferralJoined");
        timeline.ToJsonString().ShouldNotContain("Doreen");
        ((string)(await Act(reference, """{"action":"close","outcome":"followed-in-episode"}"""))["stage"]!).ShouldBe("closed");
        // Reported, so that no code closes it any more.
        await school.Register("""{"schoolPupilId":"P1","code":"/"}""", asOf: "2026-09-07T09:55:00+01:00");
        ((string)(await school.Get($"/api/v1/episodes/{episode}"))["status"]!).ShouldBe("open");
    }

    [Fact]
    public async Task A_child_that_the_authority_does_not_have_is_not_matched()
    {
        var reference = await Reported("""{"child":{"name":"Kai"}}""");
        await Act(reference, """{"action":"screen","outcome":"education"}""");

        (await Refused(reference, """{"action":"match","outcome":"child","childId":"aaaaaaaaaaaa"}""", HttpStatusCode.NotFound)).ShouldBe("unknown-child");
    }

    [Fact]
    public async Task A_repeated_deed_under_the_same_key_is_recorded_once()
    {
        var reference = await Reported("""{"child":{"name":"Kai"}}""");
        for (var time = 0; time < 2; time++)
        {
            using var client = host.Client(host.AuthorityKey);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/concerns/{reference}/actions")
            {
                Content = new StringContent("""{"action":"note","note":"Rang back."}""", new MediaTypeHeaderValue("application/json")),
            };
            request.Headers.Add("Idempotency-Key", $"note-{reference}");
            (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await host.Sql($"select count(*) from cme.concern_deed where concern = '{reference}'"))[0].ShouldBe("1");
    }

    [Fact]
    public async Task The_list_has_open_ones_and_pages_through_all_without_missing_any()
    {
        var mine = new List<string>();
        for (var number = 0; number < 3; number++) { mine.Add(await Reported($$$"""{"child":{"name":"Child {{{number}}}"}}""")); }
        await Act(mine[1], """{"action":"screen","outcome":"out-of-scope","note":"About parking."}""");
        await Act(mine[1], """{"action":"close","outcome":"out-of-scope","note":"About parking."}""");

        (await Listed("/api/v1/concerns?limit=2")).ShouldContain(mine[0]);
        (await Listed("/api/v1/concerns?limit=2")).ShouldNotContain(mine[1]);
        (await Listed("/api/v1/concerns?status=closed&limit=500")).ShouldContain(mine[1]);
        (await Listed("/api/v1/concerns?status=all&limit=2")).Intersect(mine).Count().ShouldBe(3);
        await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/concerns?status=some&cursor=x", null, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Who_read_a_concern_and_who_changed_it_is_written_down()
    {
        var reference = await Reported("""{"child":{"name":"Kai"}}""");
        await Get(reference);
        await Act(reference, """{"action":"screen","outcome":"education"}""");
        await host.ChainedAsync();

        (await host.Sql($"select what from cme.read_entry where subject = '{reference}' order by number")).ShouldBe(["concern", "concern:changed"]);
    }

    private Task<JsonObject> Report(string body) => host.Send(null, HttpMethod.Post, "/api/v1/concerns", body, HttpStatusCode.Accepted);

    private async Task<string> Reported(string body) => (string)(await Report(body))["reference"]!;

    private Task<JsonObject> Get(string reference) => host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/concerns/{reference}", null, HttpStatusCode.OK);

    private Task<JsonObject> Act(string reference, string body) => host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/concerns/{reference}/actions", body, HttpStatusCode.OK);

    private async Task<string> Refused(string reference, string body, HttpStatusCode status) =>
        (string)(await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/concerns/{reference}/actions", body, status))["code"]!;

    private static string Duty(JsonObject held, string step) => (string)held["duties"]!.AsArray().Single(duty => (string)duty!["step"]! == step)!["state"]!;

    private async Task<List<string>> Listed(string path)
    {
        var found = new List<string>();
        for (string? next = path; next is not null;)
        {
            using var client = host.Client(host.AuthorityKey);
            using var answer = await client.GetAsync(next);
            found.AddRange(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!.AsArray().Select(one => (string)one!["reference"]!));
            next = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }
        return found;
    }
}

/// <summary>The program with a small limit for concerns, and with two councils and their areas.</summary>
public sealed class TwoCouncilsHost : EdgeHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Anonymous:PerMinute"] = "100000", ["Concerns:PerHour"] = "8", ["Concerns:Postcodes:999:0"] = "NN", ["Concerns:Postcodes:998:0"] = "NN1",
    };
}

/// <summary>Which council a report goes to, and how many come from one place.</summary>
public sealed class ConcernsOfTwoCouncils(TwoCouncilsHost host) : IClassFixture<TwoCouncilsHost>
{
    [Fact]
    public async Task The_postcode_finds_the_council_and_whoever_buries_the_desk_is_slowed_down()
    {
        await host.Sql("insert into cme.authority (code, name) values ('998', 'Another Council') returning code");

        (await Of("""{"authority":"999","child":{"name":"Kai"}}""")).ShouldBe("999");
        (await Of("""{"postcode":"nn2 1aa","child":{"name":"Kai"}}""")).ShouldBe("999");
        (await Of("""{"child":{"postcode":"NN11AA"}}""")).ShouldBe("998", "the longer beginning is nearer");
        foreach (var nowhere in new[] { """{"child":{"name":"Kai"}}""", """{"postcode":"ZE1 0AA"}""" })
        {
            (await host.Send(null, HttpMethod.Post, "/api/v1/concerns", nowhere, HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe(["/postcode"]);
        }

        using var client = host.Client();
        HttpResponseMessage last = null!;
        for (var more = 0; more < 8; more++)
        {
            last = await client.PostAsync("/api/v1/concerns", new StringContent("""{"authority":"999","child":{"name":"Kai"}}""", Encoding.UTF8, "application/json"));
        }
        ((int)last.StatusCode).ShouldBe(429);
        (await last.ShouldBeProblem("too-many-requests"))["detail"]!.ToString().ShouldContain("999");
        last.Headers.RetryAfter.ShouldNotBeNull();
    }

    private async Task<string> Of(string body)
    {
        var reference = (string)(await host.Send(null, HttpMethod.Post, "/api/v1/concerns", body, HttpStatusCode.Accepted))["reference"]!;
        return (await host.Sql($"select authority from cme.concern where reference = '{reference}'"))[0];
    }
}
