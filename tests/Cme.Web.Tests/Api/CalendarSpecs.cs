using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Calendars over HTTP: an authority's own, and what publishing one moves.</summary>
public sealed class CalendarSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Path = $"/api/v1/authorities/{EdgeHost.Authority}/calendar";
    private const string Hours = """{"officeHours":{"start":"08:30","end":"17:00"},"closures":["2026-12-29"],"outOfHours":{"phone":"01632 960999"}}""";

    [Fact]
    public async Task An_authority_publishes_its_calendar_and_a_change_needs_the_version_that_was_read()
    {
        var usual = await host.Send(host.AuthorityKey, HttpMethod.Get, Path, null, HttpStatusCode.OK);
        usual["officeHours"]!["start"]!.GetValue<string>().ShouldBe("08:30");
        usual["version"]!.GetValue<int>().ShouldBe(0);

        var (made, tag) = await Put(Hours, null, HttpStatusCode.OK);
        (made["version"]!.GetValue<int>(), tag).ShouldBe((1, "\"v1\""));
        (await Put(Hours, null, HttpStatusCode.OK)).Tag.ShouldBe("\"v1\"", "the same again needs no version and makes none");

        var changed = Hours.Replace("17:00", "16:30", StringComparison.Ordinal);
        (await Put(changed, null, HttpStatusCode.PreconditionRequired)).Body["code"]!.GetValue<string>().ShouldBe("if-match-required");
        await Put(changed, "\"v7\"", HttpStatusCode.PreconditionFailed);
        (await Put(changed, "\"v1\"", HttpStatusCode.OK)).Tag.ShouldBe("\"v2\"");
        var held = await host.Send(host.AuthorityKey, HttpMethod.Get, Path, null, HttpStatusCode.OK);
        held["officeHours"]!["end"]!.GetValue<string>().ShouldBe("16:30");
        held["closures"]!.AsArray().Select(day => day!.GetValue<string>()).ShouldBe(["2026-12-29"]);
        held["outOfHours"]!["phone"]!.GetValue<string>().ShouldBe("01632 960999");
    }

    [Fact]
    public async Task Another_authority_s_calendar_does_not_exist_and_wrong_hours_are_named()
    {
        await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/authorities/998/calendar", null, HttpStatusCode.NotFound);
        var wrong = await host.Send(host.AuthorityKey, HttpMethod.Put, Path, """{"officeHours":{"start":"17:00","end":"08:30"},"closures":[]}""", HttpStatusCode.UnprocessableEntity);
        wrong["errors"]![0]!["pointer"]!.GetValue<string>().ShouldBe("/officeHours/end");
        await host.Send(host.AuthorityKey, HttpMethod.Put, Path, """{"closures":["never"]}""", HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("""{"scotland":{"events":[]}}""", "/england-and-wales", "required")]
    [InlineData("""{"england-and-wales":[]}""", "/england-and-wales", "wrong-type")]
    [InlineData("""{"england-and-wales":{"events":[]}}""", "/england-and-wales/events", "empty")]
    [InlineData("""{"england-and-wales":{"events":[{"title":"Boxing Day","date":"28/12/2026"}]}}""", "/england-and-wales/events/0/date", "invalid-date")]
    [InlineData("""{"england-and-wales":{"events":[{"date":"2026-12-28"}]}}""", "/england-and-wales/events/0/title", "required")]
    [InlineData("""{"england-and-wales":{"events":[{"title":"Boxing Day","date":"2024-12-26"}]}}""", "/england-and-wales/events", "list-ended")]
    [InlineData("""{"england-and-wales":{"events":[{"title":"A","date":"2026-12-28"},{"title":"B","date":"2026-12-28"}]}}""", "/england-and-wales/events/1/date", "named-twice")]
    public async Task A_list_of_bank_holidays_that_is_none_is_refused_and_the_place_named(string list, string pointer, string code)
    {
        var wrong = await host.Send(host.AuthorityKey, HttpMethod.Put, $"{Path}/bank-holidays", list, HttpStatusCode.UnprocessableEntity);

        var fault = wrong["errors"]!.AsArray().Single()!;
        ((string)fault["pointer"]!, (string)fault["code"]!).ShouldBe((pointer, code));
        ((bool)(await host.Send(host.AuthorityKey, HttpMethod.Get, Path, null, HttpStatusCode.OK))["bankHolidays"]!["own"]!).ShouldBeFalse();
    }

    private Task<(JsonObject Body, string? Tag)> Put(string json, string? ifMatch, HttpStatusCode status) => host.PutIfAsync(Path, json, ifMatch, status);
}

/// <summary>GOV.UK's list of bank holidays over HTTP, with a host of its own: the calendar of an authority exists once.</summary>
public sealed class BankHolidaySpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Calendar = $"/api/v1/authorities/{EdgeHost.Authority}/calendar";
    private const string List = $"{Calendar}/bank-holidays";

    [Fact]
    public async Task A_new_list_of_bank_holidays_is_a_version_of_the_calendar_moves_what_is_due_and_leaves_the_hours()
    {
        var school = await host.NewSchoolAsync(1);
        await host.ReachAsync("2026-09-07T09:25:00+01:00");
        await school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        var episode = await school.OnlyEpisode();
        await host.PutIfAsync(Calendar, """{"officeHours":{"start":"08:00","end":"16:00"},"closures":["2026-12-29"]}""", null, HttpStatusCode.OK);
        var list = (await host.Send(host.AuthorityKey, HttpMethod.Get, List, null, HttpStatusCode.OK))["england-and-wales"]!["events"]!.AsArray();
        list.Select(day => (string)day!["date"]!).ShouldContain("2026-12-28");

        list.Add(JsonNode.Parse("""{"title":"State Funeral","date":"2026-09-09","notes":"","bunting":false}"""));
        var sent = list.Root.ToJsonString();
        await host.PutIfAsync(List, sent, null, HttpStatusCode.PreconditionRequired);
        await host.PutIfAsync(List, sent, "\"v9\"", HttpStatusCode.PreconditionFailed);
        var (answer, tag) = await host.PutIfAsync(List, sent, "\"v1\"", HttpStatusCode.OK);

        (tag, (int)answer["version"]!).ShouldBe(("\"v2\"", 2));
        var letter = answer["moved"]!.AsArray().Single(one => (string)one!["step"]! == "letter")!;
        ((string)letter["reference"]!, Day(letter["from"]), Day(letter["to"])).ShouldBe((episode, "2026-09-09", "2026-09-10"));
        (await school.Get($"/api/v1/episodes/{episode}/timeline"))["data"]!.AsArray().ShouldContain(one => (string)one!["type"]! == "DeadlinesMoved");
        ((string)(await school.Get($"{school.Path}/feed?date=2026-09-09"))["day"]!).ShouldBe("bank-holiday");
        await TheRestStands();
        (await host.PutIfAsync(List, sent, null, HttpStatusCode.OK)).Tag.ShouldBe("\"v3\"", "the same again needs no version and makes none");
    }

    private async Task TheRestStands()
    {
        var held = await host.Send(host.AuthorityKey, HttpMethod.Get, Calendar, null, HttpStatusCode.OK);
        ((string)held["officeHours"]!["end"]!, (string)held["closures"]![0]!).ShouldBe(("16:00", "2026-12-29"));
        ((bool)held["bankHolidays"]!["own"]!, (string)held["bankHolidays"]!["to"]!).ShouldBe((true, "2028-12-31"));
        await host.PutIfAsync(Calendar, """{"officeHours":{"start":"08:00","end":"17:00"},"closures":[]}""", "\"v2\"", HttpStatusCode.OK);
        (await host.Send(host.AuthorityKey, HttpMethod.Get, List, null, HttpStatusCode.OK))["england-and-wales"]!["events"]!.AsArray()
            .ShouldContain(day => (string)day!["title"]! == "State Funeral", "hours that are published leave the list");
    }

    private static string Day(JsonNode? instant) => ((string)instant!)[..10];
}
