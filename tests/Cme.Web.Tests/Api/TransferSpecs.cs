using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.Pages.Episodes;

namespace Cme.Web.Tests.Api;

/// <summary>The files of pupils whose names came off a roll. It is the afternoon of Monday 5 October.</summary>
public sealed class TransferSpecs(OctoberHost host) : IClassFixture<OctoberHost>
{
    private const string Urn = "900001";

    [Fact]
    public async Task A_leaver_s_file_is_due_fifteen_school_days_later_overdue_it_climbs_and_recorded_it_is_done()
    {
        var school = await LeaverAsync("2026-09-04");

        var owed = await Only(school.Key, school.Urn);
        ((string)owed["state"]!, (string)owed["clause"]!, (string)owed["leftOn"]!).ShouldBe(("overdue", "B8", "2026-09-04"));
        // Fifteen school days after Friday 4 September is Friday 25 September; four working mornings later it is with the lead.
        ((DateTimeOffset)owed["dueAt"]!).ToUniversalTime().ShouldBe(new DateTimeOffset(2026, 9, 25, 14, 20, 0, TimeSpan.Zero));
        ((int)owed["level"]!).ShouldBe(4);
        (await Only(host.AuthorityKey, school.Urn)).ToJsonString().ShouldBe(owed.ToJsonString());

        var done = await Record(school, """{"pupil":"P1","route":"new-school","destination":"Hill View School","reference":"8121234_CTF_8125678_001.xml" """);

        ((string)done["state"]!, (string)done["transfer"]!["by"]!, (string)done["transfer"]!["reference"]!).ShouldBe(("done", "Ruth Hale", "8121234_CTF_8125678_001.xml"));
        (await host.Send(school.Key, HttpMethod.Get, "/api/v1/transfers?state=open", null, HttpStatusCode.OK))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_entry_takes_the_place_of_the_one_before_and_both_are_kept()
    {
        var school = await LeaverAsync("2026-09-04");
        await Record(school, """{"pupil":"P1","route":"lost-pupils","reference":"8121234_CTF_XXXXXXX_001.xml" """);

        var again = await Record(school, """{"pupil":"P1","route":"new-school","destination":"Hill View School","reference":"8121234_CTF_8125678_002.xml" """);

        ((string)again["transfer"]!["route"]!, (int)again["transfer"]!["version"]!).ShouldBe(("new-school", 2));
        (await host.Sql($"select count(*) from cme.transfer where urn = '{school.Urn}'"))[0].ShouldBe("2");
    }

    [Fact]
    public async Task The_file_of_a_child_with_an_open_episode_is_an_act_of_the_episode_too()
    {
        var school = await host.NewSchoolAsync(2);
        await school.MissingFrom("2026-09-07", 20);
        var reference = await school.OnlyEpisode();
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", TestSchool.Left(1, "2026-10-05", "i", "Not known"), HttpStatusCode.OK);
        Steps(await school.Get($"/api/v1/episodes/{reference}/obligations")).ShouldContain("send-information");

        await Record(school, """{"pupil":"P1","route":"lost-pupils","reference":"8121234_CTF_XXXXXXX_001.xml" """);

        Steps(await school.Get($"/api/v1/episodes/{reference}/obligations")).ShouldNotContain("send-information");
        var act = (await school.Get($"/api/v1/episodes/{reference}/timeline"))["data"]!.AsArray().Single(one => (string?)one!["action"] == "ctf")!;
        ((string)act["channel"]!, (string)act["evidence"]![0]!["ref"]!).ShouldBe(("lost-pupils", "8121234_CTF_XXXXXXX_001.xml"));
    }

    [Fact]
    public async Task Only_a_short_stay_is_exempt_and_only_a_leaver_has_a_file_to_send()
    {
        var school = await LeaverAsync("2026-09-04");

        await Refused(school, """{"pupil":"P1","route":"short-stay","reference":"none" """, "not-exempt");
        await Refused(school, """{"pupil":"P0","route":"lost-pupils","reference":"none" """, "not-left");
        await Refused(school, """{"pupil":"P1","route":"by-post","reference":"none" """, "invalid");
        await Refused(school, """{"pupil":"P1","route":"new-school","reference":"none" """, "invalid");
        await Refused(school, """{"pupil":"P1","route":"lost-pupils","reference":"none" """, "at-in-future", "2026-12-01T10:00:00+00:00");
    }

    [Fact]
    public async Task Another_school_neither_reads_nor_records_it()
    {
        var school = await LeaverAsync("2026-09-04");
        var other = await host.NewSchoolAsync(1);

        (await host.Send(other.Key, HttpMethod.Get, "/api/v1/transfers", null, HttpStatusCode.OK))["data"]!.AsArray().ShouldBeEmpty();
        await host.Send(other.Key, HttpMethod.Post, $"{school.Path}/transfers", Body("""{"pupil":"P1","route":"lost-pupils","reference":"x" """), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task On_its_page_the_answers_are_shown_before_they_are_recorded()
    {
        var school = new TestSchool(host, Urn, host.KeyOf(Urn));
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", TestSchool.Left(7, "2026-09-04", "a", "Hill View School"), HttpStatusCode.OK);
        using var head = await host.PersonAsync($"head-{Urn}");
        using var other = await host.PersonAsync("head-900002");
        using var auditor = await host.PersonAsync("auditor");
        const string Path = $"/schools/{Urn}/transfers/P7";

        (await head.ReadAsync("/transfers")).ShouldContain(Path);
        (await auditor.ReadAsync(Path)).ShouldNotContain("name=\"Route\"");
        await other.ReadAsync(Path, HttpStatusCode.NotFound);
        var form = PageForm.Of(WebUtility.HtmlDecode(await head.GetStringAsync(Path)), "Reference");
        (await form.SendAsync(head, Path)).Html.ShouldContain("Enter the reference, or where the proof is kept");
        form["Reference"] = "8121234_CTF_8125678_001.xml";
        var (_, check) = await form.SendAsync(head, Path);
        check.ShouldContain("Check before you record");
        (await head.ReadAsync("/transfers")).ShouldContain(Path, customMessage: "nothing is recorded yet");

        var confirm = PageForm.Of(check, "Step");
        confirm["Step"] = "record";
        (await confirm.SendAsync(head, Path)).Html.ShouldContain("The file of Amina Testcase7.");

        (await head.ReadAsync("/transfers")).ShouldNotContain(Path);
        (await head.ReadAsync("/transfers?all=true")).ShouldContain("8121234_CTF_8125678_001.xml");
    }

    private async Task<TestSchool> LeaverAsync(string leavingDate)
    {
        var school = await host.NewSchoolAsync(2);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", TestSchool.Left(1, leavingDate, "a", "Hill View School"), HttpStatusCode.OK);
        return school;
    }

    private async Task<JsonObject> Only(string key, string urn) =>
        (await host.Send(key, HttpMethod.Get, "/api/v1/transfers?limit=500", null, HttpStatusCode.OK))["data"]!.AsArray().Single(one => (string)one!["school"]! == urn)!.AsObject();

    private Task<JsonObject> Record(TestSchool school, string body) => host.Send(school.Key, HttpMethod.Post, $"{school.Path}/transfers", Body(body), HttpStatusCode.Created);

    private async Task Refused(TestSchool school, string body, string code, string at = "2026-10-05T15:30:00+01:00") =>
        ((string)(await host.Send(school.Key, HttpMethod.Post, $"{school.Path}/transfers", Body(body, at), HttpStatusCode.UnprocessableEntity))["code"]!).ShouldBe(code);

    private static string Body(string begun, string at = "2026-10-05T15:30:00+01:00") =>
        $$"""{{begun}},"at":"{{at}}","performedBy":{"name":"Ruth Hale","role":"head","org":"900001"} }""";

    private static IEnumerable<string> Steps(JsonObject list) => list["data"]!.AsArray().Select(one => (string)one!["step"]!);
}
