using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>The program on the afternoon of Monday 5 October, with the autumn's registers still to be sent.</summary>
public sealed class OctoberHost : EdgeHost, IAsyncLifetime
{
    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await MoveTo("2026-10-05T16:00:00+01:00");
    }
}

/// <summary>The five counts of an episode, and the days that explain them. It is the afternoon of Monday 5 October, school day 22.</summary>
public sealed class CountSpecs(OctoberHost host) : IClassFixture<OctoberHost>
{
    private static readonly string[] Names = ["whereaboutsDays", "irregularDays", "groundI", "groundH", "sickness"];

    [Fact]
    public async Task An_episode_and_the_list_of_episodes_have_the_five_counts()
    {
        var school = await host.NewSchoolAsync(2);
        await Mark(school, "2026-09-04", "I", "I");
        await Missing(school, "2026-09-07", 21);
        var reference = await school.OnlyEpisode();

        Counts(await school.Get($"/api/v1/episodes/{reference}")).ShouldBe([21, 21, 21, 0, 1]);
        Counts((await school.Get("/api/v1/episodes"))["data"]![0]!).ShouldBe([21, 21, 21, 0, 1]);
    }

    [Fact]
    public async Task A_correction_of_the_first_day_moves_every_run_to_its_new_first_session_and_back()
    {
        var school = await host.NewSchoolAsync(2);
        await Missing(school, "2026-09-07", 3);
        var path = $"/api/v1/episodes/{await school.OnlyEpisode()}";

        await Correct(school, "2026-09-07/AM", "/", minute: 1);
        Counts(await school.Get(path)).ShouldBe([3, 3, 2, 0, 0], "the afternoon of the first day is still unexplained");
        await Correct(school, "2026-09-07/PM", "\\\\", minute: 2);
        (await Counts(school, path)).ShouldBe([2, 2, 2, 0, 0]);
        ((string)(await school.Get(path))["firstDayMissing"]!).ShouldBe("2026-09-08");
        await Correct(school, "2026-09-07/PM", "N", minute: 3);
        (await Counts(school, path)).ShouldBe([3, 3, 2, 0, 0]);
    }

    [Fact]
    public async Task A_day_that_turns_out_to_have_been_closed_counts_no_more()
    {
        var school = await host.NewSchoolAsync(2);
        await Missing(school, "2026-09-07", 3);
        var path = $"/api/v1/episodes/{await school.OnlyEpisode()}";
        using var client = host.Client(school.Key);
        using var closed = new HttpRequestMessage(HttpMethod.Put, $"{school.Path}/calendar/2026-27")
        {
            Headers = { { "If-Match", "*" } },
            Content = new StringContent(
                TestSchool.Calendar.Replace("\"closures\": []", """ "closures": [{"date":"2026-09-08","code":"Y4"}] """, StringComparison.Ordinal),
                Encoding.UTF8, "application/json"),
        };
        using var answer = await client.SendAsync(closed);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Counts(school, path)).ShouldBe([2, 2, 2, 0, 0]);
        (await Days(school, path)).Select(day => (string)day["date"]!).ShouldNotContain("2026-09-08");
    }

    [Fact]
    public async Task The_day_strip_says_of_each_day_what_it_did_to_each_count_and_by_which_rule()
    {
        var school = await host.NewSchoolAsync(2);
        await Mark(school, "2026-09-07", "N", "N");
        await Mark(school, "2026-09-08", "B", ".");
        await Mark(school, "2026-09-09", "N", "U");
        await Mark(school, "2026-09-10", "N", "N");
        await Mark(school, "2026-09-11", "", "");
        var reference = (string)(await school.Get("/api/v1/episodes?status=open"))["data"]![0]!["reference"]!;

        var days = await Days(school, $"/api/v1/episodes/{reference}", "?from=2026-09-07&to=2026-09-11");

        days.Select(Told).ShouldBe(
        [
            "2026-09-07 N N: counted 1, counted 1, counted 1, skipped 0, skipped 0",
            "2026-09-08 B -: held 1, broke 0, broke 0, skipped 0, skipped 0",
            "2026-09-09 N U: broke 0, counted 1, broke 0, skipped 0, skipped 0",
            "2026-09-10 N N: counted 1, counted 2, counted 1, skipped 0, skipped 0",
            "2026-09-11 blank blank: counted 2, skipped 2, skipped 1, skipped 0, skipped 0",
        ]);
        Names.Select(name => (string)days[0]["counts"]![name]!["clause"]!).ShouldBe(["NOR-04", "B5", "B4", "B4", "B5"]);
        ((string)days[1]["counts"]!["whereaboutsDays"]!["clause"]!).ShouldBe("product");
        ((int)days[0]["registers"]!["AM"]!["revision"]!).ShouldBe(1);
        days[1]["registers"]!["PM"].ShouldBeNull();
    }

    [Fact]
    public async Task The_day_strip_begins_where_the_earliest_count_that_stands_began_and_ends_today()
    {
        var school = await host.NewSchoolAsync(2);
        await Mark(school, "2026-09-30", "/", "\\\\");
        await Mark(school, "2026-10-01", "U", "U");
        await Missing(school, "2026-10-02", 1);

        var days = await Days(school, $"/api/v1/episodes/{await school.OnlyEpisode()}");

        days.Select(day => (string)day["date"]!).ShouldBe(["2026-10-01", "2026-10-02", "2026-10-05"]);
        days[^1]["sessions"]!["AM"].ShouldBeNull();
        days[^1]["sessions"]!.AsObject().ContainsKey("AM").ShouldBeTrue("null says that nothing is recorded");
    }

    [Fact]
    public async Task The_day_strip_can_be_read_as_the_registers_were_known_at_any_instant()
    {
        var school = await host.NewSchoolAsync(2);
        await Missing(school, "2026-10-01", 2);
        var path = $"/api/v1/episodes/{await school.OnlyEpisode()}";
        var known = (string)(await Days(school, path))[0]["registers"]!["AM"]!["knownAt"]!;

        (await Days(school, path, $"?at={Uri.EscapeDataString(known)}&from=2026-10-01")).Select(day => (string)day["date"]!)
            .ShouldBe(["2026-10-01", "2026-10-02", "2026-10-05"], "it arrived today, of days long past");
        (await Days(school, path, "?at=2026-10-02&from=2026-10-01")).SelectMany(Codes).ShouldAllBe(code => code == null);
        (await Days(school, path, "?at=2026-10-05&from=2026-10-01")).SelectMany(Codes).OfType<string>().ShouldBe(["N", "N", "N", "N"]);
    }

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?to=2026-13-01", "to")]
    [InlineData("?from=2026-09-09&to=2026-09-08", "from")]
    [InlineData("?at=noon", "at")]
    [InlineData("?at=2026-09-09T12:00:00", "at")]
    public async Task A_wrong_parameter_of_the_day_strip_is_named(string query, string parameter)
    {
        var school = await host.NewSchoolAsync(1);
        await Mark(school, "2026-10-05", "N", ".", pupil: "P0");

        var problem = await school.Get($"/api/v1/episodes/{await school.OnlyEpisode()}/days{query}", HttpStatusCode.UnprocessableEntity);

        problem.Pointers().ShouldBe([parameter]);
    }

    [Fact]
    public async Task Another_school_learns_nothing_of_the_days()
    {
        var school = await host.NewSchoolAsync(1);
        await Mark(school, "2026-10-05", "N", ".", pupil: "P0");
        var path = $"/api/v1/episodes/{await school.OnlyEpisode()}/days";

        await host.Send((await host.NewSchoolAsync(1)).Key, HttpMethod.Get, path, null, HttpStatusCode.NotFound);
        await host.Send(host.AuthorityKey, HttpMethod.Get, path, null, HttpStatusCode.OK);
    }

    private static int[] Counts(JsonNode episode) => [.. Names.Select(name => (int)episode["counts"]![name]!)];

    private static async Task<int[]> Counts(TestSchool school, string path) => Counts(await school.Get(path));

    private static async Task<List<JsonObject>> Days(TestSchool school, string path, string query = "") =>
        [.. (await school.Get($"{path}/days{query}"))["data"]!.AsArray().Select(day => day!.AsObject())];

    private static IEnumerable<string?> Codes(JsonObject day) => [(string?)day["sessions"]!["AM"], (string?)day["sessions"]!["PM"]];

    private static string Told(JsonObject day)
    {
        var codes = Codes(day).Select(code => code switch { null => "-", "" => "blank", _ => code });
        var counts = Names.Select(name => day["counts"]![name]!).Select(count => $"{count["effect"]} {count["days"]}");
        return $"{day["date"]} {string.Join(' ', codes)}: {string.Join(", ", counts)}";
    }

    private static async Task Missing(TestSchool school, string from, int days)
    {
        var date = DateOnly.Parse(from, CultureInfo.InvariantCulture);
        for (; days > 0; date = date.AddDays(1))
        {
            if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                await Mark(school, date.ToString("O", CultureInfo.InvariantCulture), "N", "N");
                days--;
            }
        }
    }

    private static async Task Mark(TestSchool school, string date, string am, string pm, string pupil = "P1")
    {
        foreach (var (session, code) in new[] { ("AM", am), ("PM", pm) }.Where(one => one.Item2 != "."))
        {
            await school.Register($$"""{"schoolPupilId":"{{pupil}}","code":"{{code}}"}""", day: $"{date}/{session}", asOf: $"{date}T14:00:00+01:00");
        }
    }

    private static Task<JsonObject> Correct(TestSchool school, string session, string code, int minute) =>
        school.Register($$"""{"schoolPupilId":"P1","code":"{{code}}"}""", day: session, asOf: $"2026-10-05T15:0{minute}:00+01:00");
}
