using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>What a school's system is told of its own feed. Registration closes at 09:20 and at 13:20; the clock only goes forward.</summary>
public sealed class FeedSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    [Fact]
    public async Task A_day_of_registers_as_the_feed_tells_it()
    {
        var school = await host.NewSchoolAsync(40);
        await host.ReachAsync("2026-09-07T08:55:00+01:00");
        (await Session(school, "AM")).ShouldBe("awaited late:False missing:False incomplete:False");

        // Eight pupils to a year group: all of years 7 to 11 are missing, and one mark cannot be read.
        await host.ReachAsync("2026-09-07T09:25:00+01:00");
        await school.Register(string.Join(',', Enumerable.Range(0, 39).Select(n => Mark(n, "N")).Append(Mark(39, "ZZ"))), HttpStatusCode.MultiStatus);
        var wrong = await school.Get($"{school.Path}/feed?date=2026-09-07");
        var morning = wrong["sessions"]![0]!;
        ((string)morning["state"]!).ShouldBe("looks-wrong");
        ((bool)morning["incomplete"]!).ShouldBeTrue();
        ((int)morning["looksWrong"]!["unexplained"]!).ShouldBe(39);
        Time(morning["looksWrong"]!["holdEnds"]).ShouldBe(Time(morning["receivedAt"]).AddMinutes(15));
        morning["dataFaults"]!.AsArray().Single()!.ToJsonString().ShouldContain("\"code\":\"data-fault\",\"fault\":\"unknown-code\",\"schoolPupilId\":\"P39\"");
        (await school.Get("/api/v1/episodes"))["data"]!.AsArray().ShouldBeEmpty();

        await host.ReachAsync("2026-09-07T09:30:00+01:00");
        await school.Register(string.Join(',', Enumerable.Range(0, 39).Select(n => Mark(n, "/"))), asOf: "2026-09-07T09:30:00+01:00");
        (await Session(school, "AM")).ShouldBe("received late:False missing:False incomplete:True");
        await host.ReachAsync("2026-09-07T10:00:00+01:00");
        (await school.Get("/api/v1/episodes"))["data"]!.AsArray().ShouldBeEmpty("the register was corrected within its hold");

        await host.ReachAsync("2026-09-07T13:51:00+01:00");
        (await Session(school, "PM")).ShouldBe("missing late:False missing:True incomplete:False");
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/registers/2026-09-07/PM",
            $$"""{"asOf":"2026-09-07T13:10:00+01:00","complete":true,"marks":[{{string.Join(',', Enumerable.Range(1, 39).Select(n => Mark(n, "\\\\")))}}]}""", HttpStatusCode.OK);
        (await Session(school, "PM")).ShouldBe("received late:True missing:False incomplete:False");
        var blank = (await Feed(school))["sessions"]![1]!["blanks"]!.AsArray().Single()!;
        ((string)blank["schoolPupilId"]!).ShouldBe("P0");
        ((string)blank["childId"]!).Length.ShouldBe(12);
    }

    [Fact]
    public async Task A_UPN_of_two_children_is_a_conflict_for_a_person()
    {
        var (one, other) = (await host.NewSchoolAsync(1), await host.NewSchoolAsync(1));
        await Enrol(one, "Amina", "2014-03-02");
        await Enrol(other, "Zoe", "2012-01-31");

        (await Feed(one))["upnConflicts"]!.AsArray().ShouldBeEmpty();
        var conflict = (await Feed(other))["upnConflicts"]!.AsArray().Single()!;
        ((string)conflict["schoolPupilId"]!, (string)conflict["upn"]!).ShouldBe(("X1", "A123456789012"));

        static Task Enrol(TestSchool school, string forename, string born) => school.Host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll",
            $$"""{"pupils":[{"schoolPupilId":"X1","upn":"A123456789012","forename":"{{forename}}","surname":"{{forename}}son","dateOfBirth":"{{born}}","sex":"F","yearGroup":"7","entryDate":"2025-09-03"}]}""",
            HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_pupil_whom_the_list_no_longer_has_is_listed_until_the_school_says_where_the_pupil_went()
    {
        var school = await host.NewSchoolAsync(3);
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/roll", TestSchool.Roll([0, 1]), HttpStatusCode.OK);
        var owed = (await Feed(school))["notOnList"]!.AsArray().Single()!;
        $"{owed["schoolPupilId"]} {owed["step"]} {owed["clause"]}".ShouldBe("P2 not-on-list product");

        var left = TestSchool.Pupil(2).TrimEnd()[..^1] + ""","leavingDate":"2026-09-04","ground":"a"}""";
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""{"pupils":[{{left}}]}""", HttpStatusCode.OK);
        (await Feed(school))["notOnList"]!.AsArray().Single()!["leavingDate"]!.GetValue<string>().ShouldBe("2026-09-04", "the destination is owed still");

        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""{"pupils":[{{left[..^1]}},"destination":"Riverside"}]}""", HttpStatusCode.OK);
        (await Feed(school))["notOnList"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-09-12", "weekend")]
    [InlineData("2026-09-03", "inset")]
    [InlineData("2026-10-26", "between-terms")]
    [InlineData("2031-01-06", "not-published")]
    public async Task A_day_without_sessions_says_why(string date, string day)
    {
        var school = await host.NewSchoolAsync(1);
        var feed = await school.Get($"{school.Path}/feed?date={date}");

        feed["sessions"]!.AsArray().ShouldBeEmpty();
        ((string)feed["day"]!).ShouldBe(day);
    }

    [Fact]
    public async Task A_date_that_is_none_is_a_problem_and_another_organisation_s_school_is_not_there()
    {
        var (school, other) = (await host.NewSchoolAsync(1), await host.NewSchoolAsync(1));

        (await school.Get($"{school.Path}/feed?date=yesterday", HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe(["date"]);
        await school.Get($"{other.Path}/feed", HttpStatusCode.NotFound);
        await host.Send(host.AuthorityKey, HttpMethod.Get, $"{school.Path}/feed", null, HttpStatusCode.Forbidden);
        await host.Send(await host.NewKeyAsync("998", null, "register.read"), HttpMethod.Get, $"{school.Path}/feed", null, HttpStatusCode.NotFound);
    }

    private static string Mark(int pupil, string code) => $$"""{"schoolPupilId":"P{{pupil}}","code":"{{code}}"}""";

    private static Task<JsonObject> Feed(TestSchool school) => school.Get($"{school.Path}/feed");

    private static async Task<string> Session(TestSchool school, string session)
    {
        var one = (await Feed(school))["sessions"]!.AsArray().Single(it => (string)it!["session"]! == session)!;
        return $"{one["state"]} late:{(bool)one["late"]!} missing:{(bool)one["missing"]!} incomplete:{(bool)one["incomplete"]!}";
    }

    private static DateTimeOffset Time(JsonNode? node) => DateTimeOffset.Parse((string)node!, null);
}

/// <summary>The same once the morning is over, and a week later: a host of its own, because the clock only goes forward.</summary>
public sealed class FeedAWeekLaterSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    [Fact]
    public async Task B3_An_N_older_than_five_school_days_is_to_be_replaced_and_is_not_listed_any_more_once_it_is()
    {
        var school = await host.NewSchoolAsync(1);
        await host.ReachAsync("2026-09-07T14:00:00+01:00");
        await school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        (await school.Get($"{school.Path}/feed"))["codesToReplace"]!.AsArray().ShouldBeEmpty();

        await host.ReachAsync("2026-09-14T15:21:00+01:00");
        var owed = (await school.Get($"{school.Path}/feed"))["codesToReplace"]!.AsArray().Single()!;
        $"{owed["schoolPupilId"]} {owed["date"]} {owed["session"]} {owed["code"]} {owed["clause"]}".ShouldBe("P0 2026-09-07 AM N B3");

        await school.Register("""{"schoolPupilId":"P0","code":"O"}""", asOf: "2026-09-14T15:20:00+01:00");
        (await school.Get($"{school.Path}/feed"))["codesToReplace"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_missing_pupil_whom_the_list_no_longer_has_the_open_episode_is_named()
    {
        var school = await host.NewSchoolAsync(3);
        await host.ReachAsync("2026-09-07T14:00:00+01:00");
        await school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/roll", TestSchool.Roll([1, 2]), HttpStatusCode.OK);

        ((string?)(await school.Get($"{school.Path}/feed"))["notOnList"]!.AsArray().Single()!["episode"]).ShouldBe(await school.OnlyEpisode());
    }
}
