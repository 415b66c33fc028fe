using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Cme.Storage.Connections;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Whether a name may come off the roll. It is the afternoon of Monday 5 October, school day 21 since 7 September.</summary>
public sealed class RemovalSpecs(OctoberHost host) : IClassFixture<OctoberHost>
{
    [Fact]
    public async Task Ground_i_stays_closed_until_each_condition_is_met_and_then_removes_nobody()
    {
        var school = await host.NewSchoolAsync(2);
        await Missing(school, "2026-09-07", 20);
        var reference = await school.OnlyEpisode();

        Open(await Ask(school, "i")).ShouldBe(["belief-statement", "school-enquiries", "authority-enquiries", "authority-decision"]);
        await Act(school.Key, reference, "visit", "no-access", "attendance-officer", school.Urn);
        await Act(host.AuthorityKey, reference, "check", null, "tracking-officer", EdgeHost.Authority);
        await Act(host.AuthorityKey, reference, "roll-decision", "remove", "tracking-officer", EdgeHost.Authority);
        Open(await Ask(school, "i")).ShouldBe(["belief-statement"]);

        var answer = await Ask(school, "i", """[{"kind":"belief-statement","ref":"Ruth Hale, head, on 5 October 2026"}]""");
        Open(answer).ShouldBeEmpty();
        ((string)answer["gate"]!).ShouldBe("open");
        answer["conditions"]!.AsArray().ShouldAllBe(one => ((string)one!["clause"]!).Length > 0 && ((string)one["evidence"]!).Length > 0);
        ((string)(await school.Get($"/api/v1/episodes/{reference}"))["status"]!).ShouldBe("open");

        await school.Register("""{"schoolPupilId":"P1","code":"\\"}""", day: "2026-10-02/PM", asOf: "2026-10-05T15:00:00+01:00");
        Open(await Ask(school, "i", """{"beliefStatement":true}""")).ShouldContain("twenty-school-days");
    }

    [Fact]
    public async Task A_school_may_not_authorise_itself()
    {
        var school = await host.NewSchoolAsync(2);
        await Missing(school, "2026-09-07", 20);
        var reference = await school.OnlyEpisode();
        await Act(school.Key, reference, "roll-decision", "remove", "tracking-officer", EdgeHost.Authority);
        await Act(school.Key, reference, "check", null, "tracking-officer", EdgeHost.Authority);

        Open(await Ask(school, "i", """{"authority-decision":"remove","authority-enquiries":"made"}"""))
            .ShouldBe(["belief-statement", "authority-enquiries", "authority-decision"]);
    }

    [Fact]
    public async Task Ground_h_asks_for_leave_and_ten_days_after_it()
    {
        var school = await host.NewSchoolAsync(2);
        Open(await Ask(school, "h")).Take(2).ShouldBe(["leave-granted", "ten-school-days"]);
        await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/leaves",
            """{"pupil":"P1","from":"2026-09-14","expectedReturn":"2026-09-21","reason":"Wedding","authorisedBy":"Head"}""", HttpStatusCode.Created);
        await Missing(school, "2026-09-21", 10);

        Open(await Ask(school, "h")).ShouldNotContain("ten-school-days");
        Open(await Ask(school, "h")).ShouldContain("authority-decision");
    }

    [Fact]
    public async Task What_was_asked_and_answered_is_kept()
    {
        var school = await host.NewSchoolAsync(2);
        var answer = await Ask(school, "f", """{"parent-notice":"letter of 2 October"}""");

        ((string)answer["gate"]!).ShouldBe("open");
        await using var source = DataSources.Create(host.ConnectionString);
        await using var command = source.CreateCommand($"select ground || ' ' || gate || ' ' || school_pupil_id from cme.removal_asked where id = '{answer["id"]}'");
        ((string)(await command.ExecuteScalarAsync())!).ShouldBe("f open P1");
    }

    [Theory]
    [InlineData("""{"pupil":"P1","ground":"p"}""", "unknown-ground", "/ground")]
    [InlineData("""{"pupil":"P9","ground":"i"}""", "unknown-pupil", "/pupil")]
    [InlineData("{}", "invalid", "/pupil /ground")]
    public async Task A_wrong_question_is_refused_and_an_unknown_ground_is_answered_with_those_there_are(string body, string code, string pointers)
    {
        var school = await host.NewSchoolAsync(2);

        var problem = await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/removals", body, HttpStatusCode.UnprocessableEntity);

        ((string)problem["code"]!).ShouldBe(code);
        string.Join(' ', problem.Pointers()).ShouldBe(pointers);
        (problem["allowed"]?.AsArray().Count ?? 0).ShouldBe(code == "unknown-ground" ? 15 : 0);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"a letter\"")]
    [InlineData("[]")]
    [InlineData("[1, null, {\"kind\": 7}, {\"kind\": \"parent-notice\", \"ref\": \"\"}, {\"kind\":\"other\",\"ref\":\"x\"}]")]
    [InlineData("{\"parentNotice\": false}")]
    public async Task Evidence_of_any_form_is_read_and_what_says_nothing_shows_nothing(string evidence)
    {
        Open(await Ask(await host.NewSchoolAsync(2), "f", evidence)).ShouldBe(["parent-notice"]);
    }

    [Fact]
    public async Task Another_school_s_pupils_cannot_be_asked_about()
    {
        var school = await host.NewSchoolAsync(2);
        var other = await host.NewSchoolAsync(2);

        await host.Send(other.Key, HttpMethod.Post, $"{school.Path}/removals", """{"pupil":"P1","ground":"i"}""", HttpStatusCode.NotFound);
    }

    private Task<JsonObject> Ask(TestSchool school, string ground, string evidence = "{}") => host.Send(
        school.Key, HttpMethod.Post, $"{school.Path}/removals", $$"""{"pupil":"P1","ground":"{{ground}}","evidence":{{evidence}} }""", HttpStatusCode.OK);

    private static List<string> Open(JsonObject answer)
    {
        var open = answer["conditions"]!.AsArray().Where(one => !(bool)one!["met"]!).Select(one => (string)one!["condition"]!).ToList();
        ((string)answer["gate"]!).ShouldBe(open.Count == 0 ? "open" : "closed");
        return open;
    }

    private async Task Act(string key, string reference, string action, string? outcome, string role, string org) => await host.Send(
        key, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions",
        $$"""
        {"action":"{{action}}",{{(outcome is null ? "" : $"\"outcome\":\"{outcome}\",")}}"at":"2026-10-05T15:30:00+01:00",
         "performedBy":{"name":"Noor Amin","role":"{{role}}","org":"{{org}}"} }
        """, HttpStatusCode.OK);

    private static async Task Missing(TestSchool school, string from, int days)
    {
        var date = DateOnly.Parse(from, CultureInfo.InvariantCulture);
        for (; days > 0; date = date.AddDays(1))
        {
            if (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) { continue; }
            foreach (var session in new[] { "AM", "PM" })
            {
                await school.Register("""{"schoolPupilId":"P1","code":"N"}""", day: $"{date:O}/{session}", asOf: $"{date:O}T14:00:00+01:00");
            }
            days--;
        }
    }
}
