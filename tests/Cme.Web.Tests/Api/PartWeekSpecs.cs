using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>A provider's own hours and part-week timetables, from the interface and from the page to the episode.</summary>
public sealed class PartWeekSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    [Fact]
    public async Task Of_a_pupil_who_comes_on_two_mornings_nothing_is_expected_on_the_others_and_everything_on_these()
    {
        var school = await host.NewSchoolAsync(2);
        await PublishAsync(school, """ "timetables":[{"name":"Two mornings","days":[{"day":"tuesday","sessions":["AM"]},{"day":"thursday","sessions":["AM"]}]}] """);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""{"pupils":[{{PupilOn("P0", "Two mornings")}}]}""", HttpStatusCode.OK);
        await host.ReachAsync("2026-09-08T09:30:00+01:00");

        await RegisterAsync(school, "2026-09-07/AM", "P1");
        (await Episodes(school)).ShouldBeEmpty("Monday is none of the pupil's days");
        await RegisterAsync(school, "2026-09-08/AM", "P1");

        (await Episodes(school)).ShouldBe(["P0"]);
        var roll = (await school.Get($"{school.Path}/roll"))["data"]!.AsArray();
        ((string?)roll.Single(pupil => (string)pupil!["schoolPupilId"]! == "P0")!["timetable"]).ShouldBe("Two mornings");
        var days = await school.Get($"/api/v1/episodes/{await school.OnlyEpisode()}/days");
        days["data"]!.AsArray().Select(day => (string)day!["date"]!).ShouldNotContain("2026-09-07");
    }

    [Fact]
    public async Task A_pupil_s_timetable_is_read_and_changed_on_a_page_by_the_school_s_people_and_by_no_other_school_s()
    {
        const string urn = "900003";
        var school = new TestSchool(host, urn, host.KeyOf(urn));
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        await PublishAsync(school, """ "timetables":[{"name":"Two mornings","days":[{"day":"tuesday","sessions":["AM"]},{"day":"thursday","sessions":["AM"]}]}], "lessons":[{"name":"Period 1","start":"09:00","groups":["10A"]}] """);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""{"pupils":[{{TestSchool.Pupil(5)}}]}""", HttpStatusCode.OK);
        var path = $"/schools/{urn}/pupils/P5/timetable";
        using var officer = await host.PersonAsync($"attendance-officer-{urn}");
        var before = await officer.ReadAsync(path);
        before.ShouldContain("for the whole week");
        before.ShouldContain("Period 1");

        using (var wrong = await officer.SubmitAsync(path, ("Timetable", "Nights"))) { (await wrong.Content.ReadAsStringAsync()).ShouldContain("Select when the pupil comes"); }
        using (var sent = await officer.SubmitAsync(path, ("Timetable", "Two mornings"))) { sent.StatusCode.ShouldBe(HttpStatusCode.Redirect); }

        var held = (await school.Get($"{school.Path}/roll"))["data"]!.AsArray().Single(pupil => (string)pupil!["schoolPupilId"]! == "P5")!;
        ((string)held["timetable"]!, (string)held["contacts"]![0]!["id"]!).ShouldBe(("Two mornings", "C1"), "and nothing else of the pupil changed");
        var after = await officer.ReadAsync(path);
        after.ShouldContain("“Two mornings”");
        after.Split("Comes at").Length.ShouldBe(3, "on two mornings");

        using var auditor = await host.PersonAsync("auditor");
        (await auditor.ReadAsync(path)).ShouldNotContain("Change the timetable");
        using var desk = await host.PersonAsync("duty-desk");
        (await desk.ReadAsync(path)).ShouldNotContain("Change the timetable");
        using (var refused = await desk.PostAsync(path, await TokenAsync(desk, "Timetable", "whole-week"))) { refused.StatusCode.ShouldBe(HttpStatusCode.NotFound); }
        using var other = await host.PersonAsync("dsl-900002");
        await other.ReadAsync(path, HttpStatusCode.NotFound);
        ((string)(await school.Get($"{school.Path}/roll"))["data"]!.AsArray().Single(pupil => (string)pupil!["schoolPupilId"]! == "P5")!["timetable"]!).ShouldBe("Two mornings");
    }

    /// <summary>A field with the mark against forgery of a page that has a form.</summary>
    private static async Task<FormUrlEncodedContent> TokenAsync(HttpClient person, string name, string value) =>
        new([new("__RequestVerificationToken", PageForms.Value(await person.GetStringAsync("/search"), "__RequestVerificationToken")), new(name, value)]);

    [Fact]
    public async Task On_a_day_on_which_a_provider_does_not_meet_by_its_own_hours_a_register_is_refused_with_the_reason()
    {
        var school = await host.NewSchoolAsync(1);
        await PublishAsync(school, """ "week":[{"day":"tuesday","am":{"start":"10:00","registrationCloses":"10:15"},"dayEnds":"12:00"}] """);
        await host.ReachAsync("2026-09-08T09:30:00+01:00");

        var problem = await school.Register("""{"schoolPupilId":"P0","code":"N"}""", HttpStatusCode.UnprocessableEntity);

        ((string)problem["detail"]!).ShouldContain("does not meet on a Monday");
        var feed = await school.Get($"{school.Path}/feed?date=2026-09-08");
        feed["sessions"]!.AsArray().Select(session => (string)session!["session"]!).ShouldBe(["AM"]);
        feed["sessions"]![0]!["registrationCloses"]!.ToJsonString().ShouldContain("09:15", Case.Sensitive, "in UTC");
    }

    [Fact]
    public async Task MID08_The_register_of_a_lesson_is_in_time_late_or_not_taken_and_the_first_word_stands()
    {
        var school = await host.NewSchoolAsync(1);
        await PublishAsync(school, """ "lessons":[{"name":"Period 1","start":"09:00","groups":["10A","10B"]}] """);
        await host.ReachAsync("2026-09-08T09:30:00+01:00");

        await TakenAsync(school, "10A", "2026-09-08T09:25:00+01:00");
        var day = await TakenAsync(school, "10A", "2026-09-08T09:05:00+01:00");

        day["lessons"]!.AsArray().Select(one => $"{one!["group"]} {one["state"]}").ShouldBe(["10A late", "10B not-taken"]);
        (await TakenAsync(school, "11X", "2026-09-08T09:05:00+01:00", HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe(["/lesson"]);
        (await TakenAsync(school, "10B", "2026-09-08T08:55:00+01:00", HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe(["/takenAt"]);
        await host.Send(host.KeyOf("900002"), HttpMethod.Get, $"{school.Path}/lessons/2026-09-08", null, HttpStatusCode.NotFound);
        using var lead = await host.PersonAsync("cme-lead");
        if ((await host.Send(null, HttpMethod.Get, "/demo/clock", null, HttpStatusCode.OK))["now"]!.ToJsonString().Contains("2026-09-08", StringComparison.Ordinal))
        {
            (await lead.ReadAsync($"/schools/{school.Urn}")).ShouldContain("Period 1, 10A");
        }
    }

    [Fact]
    public async Task What_a_page_publishes_is_what_the_interface_reads()
    {
        using var head = await host.PersonAsync("head-900001");
        using var page = await head.SubmitAsync("/schools/900001/calendar",
            ("Year", "2026-27"), ("Version", "0"), ("Form.Term[0].From", "3 September 2026"), ("Form.Term[0].To", "23 October 2026"), ("Form.AmStart", "8:50am"),
            ("Form.AmCloses", "9:20am"), ("Form.PmStart", "1pm"), ("Form.PmCloses", "1:20pm"), ("Form.DayEnds", "3:20pm"),
            ("Form.Week", "Monday, 9:30am, 9:45am, none, none, 12:00pm"), ("Form.Timetables", "Mornings: Monday AM, Tuesday AM PM"), ("Form.Lessons", "Period 1, 9:00am, 10A 10B"), ("Press", "publish"));
        (await page.Content.ReadAsStringAsync()).ShouldContain("No deadline of an open episode moved.");

        var held = (await host.Send(host.KeyOf("900001"), HttpMethod.Get, "/api/v1/schools/900001/calendar/2026-27", null, HttpStatusCode.OK))["calendar"]!;
        held["week"]!.ToJsonString().ShouldBe("""[{"day":"monday","am":{"start":"09:30","registrationCloses":"09:45"},"dayEnds":"12:00"}]""");
        held["timetables"]!.ToJsonString().ShouldBe("""[{"name":"Mornings","days":[{"day":"monday","sessions":["AM"]},{"day":"tuesday","sessions":["AM","PM"]}]}]""");
        held["lessons"]!.ToJsonString().ShouldBe("""[{"name":"Period 1","start":"09:00","groups":["10A","10B"]}]""");
        (await head.ReadAsync("/schools/900001/calendar")).ShouldContain("Mornings: Monday AM, Tuesday AM PM");
    }

    [Fact]
    public async Task What_is_wrong_in_hours_is_told_with_its_place_and_publishes_nothing()
    {
        var school = await host.NewSchoolAsync(1);

        var problem = await PublishAsync(school, """ "week":[{"day":"someday","am":{"start":"10:00","registrationCloses":"10:15"},"dayEnds":"12:00"}] """, HttpStatusCode.UnprocessableEntity);

        problem.Pointers().ShouldBe(["/week/0/day"]);
    }

    private async Task<JsonObject> PublishAsync(TestSchool school, string more, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var client = host.Client(school.Key);
        var held = await client.GetAsync($"{school.Path}/calendar/2026-27");
        client.DefaultRequestHeaders.IfMatch.Add(held.Headers.ETag!);
        using var answer = await client.PutAsync($"{school.Path}/calendar/2026-27",
            new StringContent(TestSchool.Calendar.TrimEnd().TrimEnd('}') + "," + more + "}", System.Text.Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static string PupilOn(string id, string timetable) => TestSchool.Pupil(int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture)).TrimEnd().TrimEnd('}') + $",\"timetable\":\"{timetable}\"}}";

    private Task<JsonObject> TakenAsync(TestSchool school, string group, string at, HttpStatusCode status = HttpStatusCode.OK) => host.Send(
        school.Key, HttpMethod.Put, $"{school.Path}/lessons/2026-09-08", $$"""{"lesson":"Period 1","group":"{{group}}","takenAt":"{{at}}"}""", status);

    /// <summary>A complete register of whoever is named as present; everybody else is left out of it.</summary>
    private Task<JsonObject> RegisterAsync(TestSchool school, string day, string present) => host.Send(school.Key, HttpMethod.Put, $"{school.Path}/registers/{day}",
        $$"""{"asOf":"{{day[..10]}}T09:25:00+01:00","complete":true,"marks":[{"schoolPupilId":"{{present}}","code":"/"}]}""", HttpStatusCode.OK);

    private static async Task<string[]> Episodes(TestSchool school) =>
        [.. (await school.Get("/api/v1/episodes"))["data"]!.AsArray().Select(episode => (string)episode!["child"]!["schoolPupilId"]!)];
}
