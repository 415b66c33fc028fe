using System.Net;
using System.Text.Json.Nodes;
using Cme.Storage.Connections;
using Cme.Web.Api.Removals;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Api;

/// <summary>Whether a name may come off the roll. It is the afternoon of Monday 5 October, school day 21 since 7 September.</summary>
public sealed class RemovalSpecs(OctoberHost host) : IClassFixture<OctoberHost>
{
    [Fact]
    public async Task Ground_i_stays_closed_until_each_condition_is_met_and_then_removes_nobody()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var reference = await school.OnlyEpisode();

        Open(await Ask(school, "i")).ShouldBe(
            ["belief-statement", "school-enquiries", "authority-enquiries", "school-signature", "authority-signature", "authority-decision"]);
        Open(await Ask(school, "i", """{"beliefStatement":"Ruth Hale, head"}""")).ShouldContain("belief-statement", "what is sent along is signed by nobody");
        await Everything(school, reference);

        var answer = await Ask(school, "i");
        Open(answer).ShouldBeEmpty();
        ((string)answer["gate"]!).ShouldBe("open");
        answer["conditions"]!.AsArray().ShouldAllBe(one => ((string)one!["clause"]!).Length > 0 && ((string)one["evidence"]!).Length > 0);
        ((string)(await school.Get($"/api/v1/episodes/{reference}"))["status"]!).ShouldBe("open");

        await school.Register("""{"schoolPupilId":"P1","code":"\\"}""", day: "2026-10-02/PM", asOf: "2026-10-05T15:00:00+01:00");
        Open(await Ask(school, "i")).ShouldContain("twenty-school-days");
    }

    [Fact]
    public async Task A_correction_closes_the_gate_again_and_timeline_and_feed_say_so()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var reference = await school.OnlyEpisode();
        await Everything(school, reference);
        ((string)(await Stand(school.Key, reference))["gate"]!).ShouldBe("open");

        await school.Register("""{"schoolPupilId":"P1","code":"I","reason":{"text":"Ill","reportedBy":"staff"}}""", day: "2026-09-16/AM", asOf: "2026-10-05T15:00:00+01:00");

        var standing = await Stand(school.Key, reference);
        ((string)standing["gate"]!).ShouldBe("closed");
        var breaking = standing["sessions"]!.AsArray().Single(one => (string)one!["verdict"]! == "breaks")!;
        ((string)breaking["date"]!, (string)breaking["session"]!, (string)breaking["code"]!).ShouldBe(("2026-09-16", "AM", "I"));
        var said = (await school.Get($"/api/v1/episodes/{reference}/timeline"))["data"]!.AsArray().Single(one => (string)one!["type"]! == "RemovalGateClosed")!;
        ((string)said["text"]!).ShouldBe("The name may no longer be removed on ground i. Open again: twenty school days.");
        await host.Send(null, HttpMethod.Post, "/demo/clock", """{"advanceBy":"PT1S"}""", HttpStatusCode.OK);   // Returns when everything is numbered.
        (await school.Get("/api/v1/events?after=0&limit=500"))["data"]!.AsArray().ShouldContain(one => (string)one!["type"]! == "RemovalGateClosed");
    }

    [Fact]
    public async Task The_gate_shows_every_session_four_weeks_and_twenty_school_days_to_school_and_authority()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var reference = await school.OnlyEpisode();

        foreach (var key in new[] { school.Key, host.AuthorityKey })
        {
            var standing = await Stand(key, reference);
            ((string)standing["ground"]!).ShouldBe("i");
            // Today's sessions have registers in the afternoon, and none has come.
            standing["sessions"]!.AsArray().Count(one => (string)one!["verdict"]! == "belongs").ShouldBe(40);
            var wait = standing["wait"]!;
            ((string)wait["fourWeeksEnd"]!, (bool)wait["fourWeeksPassed"]!, (int)wait["schoolDays"]!, (bool)wait["twentySchoolDaysPassed"]!, (bool)wait["required"]!)
                .ShouldBe(("2026-10-05", true, 21, true, false));
        }
        await host.Send(school.Key, HttpMethod.Get, $"/api/v1/episodes/{reference}/removal?ground=a", null, HttpStatusCode.UnprocessableEntity);
        await host.Send((await host.NewSchoolAsync(1)).Key, HttpMethod.Get, $"/api/v1/episodes/{reference}/removal", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_name_removed_all_the_same_is_recorded_alarmed_and_referred_once()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var reference = await school.OnlyEpisode();

        await Remove(school);
        await Remove(school);

        var noted = (await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/removals?allTheSame=true&limit=500", null, HttpStatusCode.OK))["data"]!.AsArray()
            .Single(one => (string)one!["school"]! == school.Urn)!;
        ((bool)noted["lawful"]!, (string)noted["leftOn"]!, (string)noted["ground"]!, (string)noted["episode"]!).ShouldBe((false, "2026-10-05", "i", reference));
        noted["unmet"]!.AsArray().Select(one => (string)one!).ShouldContain("authority-decision");
        var owed = (await school.Get($"/api/v1/episodes/{reference}/obligations"))["data"]!.AsArray().Single(one => (string)one!["step"]! == "removed-all-the-same")!;
        ((string)owed["state"]!, (int)owed["level"]!).ShouldBe(("overdue", 3));
        (await host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/episodes?board=desk&school={school.Urn}", null, HttpStatusCode.OK))["data"]!.AsArray().Count.ShouldBe(1);
        var referral = await host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/referrals/{noted["referral"]}", null, HttpStatusCode.OK);
        ((string)referral["kind"]!).ShouldBe("cme");
        (await host.Sql($"select count(*) from cme.referral where child_id = '{noted["childId"]}'"))[0].ShouldBe("1");
        (await school.Get("/api/v1/removals"))["data"]!.AsArray().Single()!["referral"].ShouldBeNull("the referral is the authority's");
        (await host.Send((await host.NewSchoolAsync(1)).Key, HttpMethod.Get, "/api/v1/removals", null, HttpStatusCode.OK))["data"]!.AsArray().ShouldBeEmpty();
        (await school.Get($"/api/v1/episodes/{reference}/timeline"))["data"]!.AsArray().Count(one => (string)one!["type"]! == "RemovedFromRoll").ShouldBe(1);
    }

    [Fact]
    public async Task A_name_put_back_settles_the_alarm()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var reference = await school.OnlyEpisode();
        await Remove(school);

        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""{"pupils":[{{TestSchool.Pupil(1)}}]}""", HttpStatusCode.OK);

        (await school.Get($"/api/v1/episodes/{reference}/obligations"))["data"]!.AsArray().ShouldNotContain(one => (string)one!["step"]! == "removed-all-the-same");
        (await school.Get("/api/v1/removals"))["data"]!.AsArray().Single()!["putBackAt"].ShouldNotBeNull();
        (await school.Get("/api/v1/removals?allTheSame=true"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("P0", "P1")]
    [InlineData("P1", "P0")]
    public async Task A_removal_that_cannot_be_noted_keeps_no_other_waiting_and_is_noted_later(string broken, string whole)
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var both = string.Join(',', new[] { 0, 1 }.Select(number => $"{TestSchool.Pupil(number).TrimEnd()[..^1]},\"leavingDate\":\"2026-10-05\",\"ground\":\"i\"}}"));
        await using (await host.BreakingAsync("cme.removal", $"new.school_pupil_id = '{broken}'"))
        {
            await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""{"pupils":[{{both}}]}""", HttpStatusCode.OK);
            (await Noted()).ShouldBe([whole]);
        }
        await host.Services.GetRequiredService<RemovalWatch>().NoteAsync(null, CancellationToken.None);

        (await Noted()).ShouldBe(["P0", "P1"]);

        Task<List<string>> Noted() => host.Sql($"select school_pupil_id from cme.removal where urn = '{school.Urn}' order by 1");
    }

    [Fact]
    public async Task A_lawful_removal_is_recorded_and_alarms_nobody()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var reference = await school.OnlyEpisode();
        await Everything(school, reference);

        await Remove(school);

        var noted = (await school.Get("/api/v1/removals"))["data"]!.AsArray().Single()!;
        ((bool)noted["lawful"]!, noted["unmet"]!.AsArray().Count).ShouldBe((true, 0));
        (await host.Sql($"select count(*) from cme.referral where child_id = '{noted["childId"]}'"))[0].ShouldBe("0");
        (await school.Get($"/api/v1/episodes/{reference}/obligations"))["data"]!.AsArray().ShouldNotContain(one => (string)one!["step"]! == "removed-all-the-same");
    }

    [Fact]
    public async Task A_name_may_not_come_off_in_retrospect_though_everything_else_was_shown()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        await Everything(school, await school.OnlyEpisode());

        await Leave(school, "2026-10-02", "i", "Not known");

        (await Noted(school)).ShouldBe((false, "not-in-retrospect"));
    }

    [Fact]
    public async Task On_another_ground_it_is_held_against_the_school_that_the_child_is_still_looked_for_and_nothing_else()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-10-02", 1);
        await school.OnlyEpisode();

        await Leave(school, "2026-10-05", "a", "Hill View School");

        (await Noted(school)).ShouldBe((false, "no-open-episode"));
    }

    [Fact]
    public async Task A_school_may_not_authorise_itself_nor_sign_for_the_other_side()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var reference = await school.OnlyEpisode();
        await Act(school.Key, reference, "roll-decision", "remove", "tracking-officer", EdgeHost.Authority);
        await Act(school.Key, reference, "check", null, "tracking-officer", EdgeHost.Authority);
        await Act(school.Key, reference, "joint-log", "signed", "cme-lead", EdgeHost.Authority);
        await Act(host.AuthorityKey, reference, "joint-log", "signed", "head", school.Urn);

        Open(await Ask(school, "i", """{"authority-decision":"remove","authority-enquiries":"made","authority-signature":"signed"}"""))
            .ShouldBe(["belief-statement", "authority-enquiries", "school-signature", "authority-signature", "authority-decision"]);
    }

    [Fact]
    public async Task Ground_h_asks_for_leave_and_ten_days_after_it()
    {
        var school = await host.NewSchoolAsync(2);
        Open(await Ask(school, "h")).Take(2).ShouldBe(["leave-granted", "ten-school-days"]);
        await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/leaves",
            """{"pupil":"P1","from":"2026-09-14","expectedReturn":"2026-09-21","reason":"Wedding","authorisedBy":"Head"}""", HttpStatusCode.Created);
        await school.MissingFrom("2026-09-21", 10);

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

    private Task<JsonObject> Stand(string key, string reference) => host.Send(key, HttpMethod.Get, $"/api/v1/episodes/{reference}/removal", null, HttpStatusCode.OK);

    /// <summary>The school's list says that the pupil's last day is today, on ground i.</summary>
    private Task<JsonObject> Remove(TestSchool school) => Leave(school, "2026-10-05", "i", "Not known");

    private Task<JsonObject> Leave(TestSchool school, string day, string ground, string destination) =>
        host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", TestSchool.Left(1, day, ground, destination), HttpStatusCode.OK);

    /// <summary>How the school's one removal stood, and what was not met.</summary>
    private static async Task<(bool Lawful, string Unmet)> Noted(TestSchool school)
    {
        var noted = (await school.Get("/api/v1/removals"))["data"]!.AsArray().ShouldHaveSingleItem()!;
        return ((bool)noted["lawful"]!, string.Join(' ', noted["unmet"]!.AsArray().Select(one => (string)one!)));
    }

    /// <summary>Everything that ground i asks for besides the days.</summary>
    private async Task Everything(TestSchool school, string reference)
    {
        await Act(school.Key, reference, "visit", "no-access", "attendance-officer", school.Urn);
        await Act(host.AuthorityKey, reference, "check", null, "tracking-officer", EdgeHost.Authority);
        await Act(school.Key, reference, "removal-statement", null, "head", school.Urn, "No reason to think of illness.");
        await Act(school.Key, reference, "joint-log", "signed", "dsl", school.Urn);
        await Act(host.AuthorityKey, reference, "joint-log", "signed", "tracking-officer", EdgeHost.Authority);
        await Act(host.AuthorityKey, reference, "roll-decision", "remove", "tracking-officer", EdgeHost.Authority);
    }

    private async Task Act(string key, string reference, string action, string? outcome, string role, string org, string? note = null) => await host.Send(
        key, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions",
        $$"""
        {"action":"{{action}}",{{(outcome is null ? "" : $"\"outcome\":\"{outcome}\",")}}"at":"2026-10-05T15:30:00+01:00",{{(note is null ? "" : $"\"note\":\"{note}\",")}}
         "performedBy":{"name":"Noor Amin","role":"{{role}}","org":"{{org}}"} }
        """, HttpStatusCode.OK);
}
