using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Cme.Web.Pages.Boards;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages;

/// <summary>Officers take episodes on, give them up and give them on from a board, and whoever is slower is told who was quicker.</summary>
public sealed partial class ClaimingOnBoards(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;
    private string[] _episodes = [];

    /// <summary>How often two officers reach for one row at the same instant; CME_DUELS says otherwise.</summary>
    private static int Duels => int.TryParse(Environment.GetEnvironmentVariable("CME_DUELS"), CultureInfo.InvariantCulture, out var duels) ? duels : 100;

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(4);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"},{"schoolPupilId":"P1","code":"N"}""");
        _episodes = [.. (await _school.Get("/api/v1/episodes"))["data"]!.AsArray().Select(row => (string)row!["reference"]!)];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Of_two_officers_who_take_one_row_on_at_the_same_instant_one_has_it_and_the_other_is_told_who()
    {
        using var sandra = await host.PersonAsync("duty-desk");
        using var yusuf = await host.PersonAsync("tracking-officer");
        var (of, other) = (await Form(sandra), await Form(yusuf));
        for (var duel = 0; duel < Duels; duel++)
        {
            var answers = await Task.WhenAll(
                Act(sandra, of, ("one", $"{ActModel.TakeOn} {_episodes[0]}")), Act(yusuf, other, ("one", $"{ActModel.TakeOn} {_episodes[0]}")));
            var has = (string)(await _school.Get($"/api/v1/episodes/{_episodes[0]}"))["claimedBy"]!;
            var (winner, loser) = has == "Sandra Leverett" ? (answers[0], answers[1]) : (answers[1], answers[0]);
            winner.ShouldContain("You have taken on the episode of");
            loser.ShouldContain($"{has} has it", customMessage: $"duel {duel}");
            await Act(sandra, of, ("one", $"{ActModel.GiveUp} {_episodes[0]}"));
        }
        (await Types(_episodes[0])).Count(type => type == "Claimed").ShouldBe(Duels);
    }

    [Fact]
    public async Task Of_a_list_what_can_be_taken_on_is_and_the_rest_is_told_with_who_has_it()
    {
        using var sandra = await host.PersonAsync("duty-desk");
        using var helen = await host.PersonAsync("cme-lead");
        await Act(helen, await Form(helen), ("one", $"{ActModel.TakeOn} {_episodes[1]}"));

        var said = await Act(sandra, await Form(sandra), ("what", ActModel.TakeOn), ("episode", _episodes[0]), ("episode", _episodes[1]), ("episode", "episode-0000000000-0"));

        said.ShouldContain("You have taken on the episode of Amina Testcase");
        said.ShouldContain("Helen Marchbanks has it");
        said.ShouldContain("is not there");
        (await sandra.GetStringAsync("/work")).ShouldContain(_episodes[0]);
        (await sandra.GetStringAsync("/work")).ShouldNotContain(_episodes[1]);
    }

    [Fact]
    public async Task To_give_it_to_a_colleague_makes_it_the_colleague_s_work_and_leaves_it_the_school_s_case()
    {
        using var sandra = await host.PersonAsync("duty-desk");
        using var yusuf = await host.PersonAsync("tracking-officer");
        (await Act(sandra, await Form(sandra), ("what", ActModel.GiveTo), ("to", "tracking-officer"), ("episode", _episodes[0]), ($"had:{_episodes[0]}", "")))
            .ShouldContain("You have given Yusuf Adeyemi the episode of");

        (await yusuf.GetStringAsync("/work")).ShouldContain(_episodes[0]);
        ((string)(await _school.Get($"/api/v1/episodes/{_episodes[0]}"))["owner"]!).ShouldBe(_school.Urn);
        (await Act(sandra, await Form(sandra), ("what", ActModel.GiveTo), ("to", "cme-lead"), ("episode", _episodes[0]), ($"had:{_episodes[0]}", "")))
            .ShouldContain("Yusuf Adeyemi has it");
    }

    [Theory]
    [InlineData("take-on", "", "Tick at least one episode first")]
    [InlineData("give-to", "dsl-900001", "Choose the colleague to give it to")]
    [InlineData("give-to", "auditor", "Choose the colleague to give it to")]
    [InlineData("acknowledge", "", "That cannot be done here")]
    [InlineData("burn", "", "That cannot be done here")]
    public async Task What_cannot_be_done_is_said(string what, string to, string says)
    {
        using var sandra = await host.PersonAsync("duty-desk");
        (string, string)[] ticked = what == "take-on" ? [] : [("episode", _episodes[0])];
        (await Act(sandra, await Form(sandra), [("what", what), ("to", to), .. ticked])).ShouldContain(says);
    }

    [Fact]
    public async Task Without_a_script_the_board_comes_back_under_its_own_address_and_says_what_was_done()
    {
        using var sandra = await host.PersonAsync("duty-desk");
        var back = $"/schools/{_school.Urn}/board?overdue=no";
        using var answer = await sandra.PostAsync("/boards/act", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", await Form(sandra)), new("one", $"{ActModel.TakeOn} {_episodes[0]}"), new("back", back)]));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe(back);
        (await sandra.GetStringAsync(back)).ShouldContain("You have taken on the episode of");

        using var elsewhere = await sandra.PostAsync("/boards/act", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", await Form(sandra)), new("one", $"{ActModel.GiveUp} {_episodes[0]}"), new("back", "https://elsewhere.example/")]));
        elsewhere.Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task Without_a_script_the_board_that_comes_back_shows_what_was_done()
    {
        using var sandra = await host.PersonAsync("duty-desk");
        var (form, back) = (await Form(sandra), $"/schools/{_school.Urn}/board");
        for (var turn = 0; turn < 20; turn++)
        {
            var (act, then) = turn % 2 == 0 ? (ActModel.TakeOn, ActModel.GiveUp) : (ActModel.GiveUp, ActModel.TakeOn);
            using var answer = await sandra.PostAsync("/boards/act", new FormUrlEncodedContent(
                [new("__RequestVerificationToken", form), new("one", $"{act} {_episodes[0]}"), new("back", back)]));
            (await sandra.GetStringAsync(back)).ShouldContain($"{then} {_episodes[0]}", customMessage: $"turn {turn}");
        }
    }

    [Fact]
    public async Task The_lead_acknowledges_what_has_climbed_and_it_is_recorded_who_and_when()
    {
        await host.ReachAsync("2026-09-07T14:30:00+01:00");
        using var helen = await host.PersonAsync("cme-lead");
        await Until(async () => (await helen.GetStringAsync($"/lead?acknowledged=no&school={_school.Urn}")).Contains($"acknowledge {_episodes[0]}", StringComparison.Ordinal));

        (await Act(helen, await Form(helen), ("one", $"{ActModel.Acknowledge} {_episodes[0]}"))).ShouldContain("You have acknowledged the episode of");

        await Until(async () => (await helen.GetStringAsync($"/lead?school={_school.Urn}")).Contains("Acknowledged by Helen Marchbanks", StringComparison.Ordinal));
        (await helen.GetStringAsync($"/lead?acknowledged=no&school={_school.Urn}")).ShouldNotContain($"data-reference=\"{_episodes[0]}\"");
        (await _school.Get($"/api/v1/episodes/{_episodes[0]}/timeline"))["data"]!.AsArray()
            .Count(entry => (string)entry!["type"]! == "Acknowledged" && (string)entry["by"]! == "cme-lead").ShouldBe(1);
    }

    private static async Task Until(Func<Task<bool>> so)
    {
        var waited = Stopwatch.StartNew();
        while (!await so()) { waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60)); }
    }

    private async Task<List<string>> Types(string episode) =>
        [.. (await _school.Get($"/api/v1/episodes/{episode}/timeline"))["data"]!.AsArray().Select(entry => (string)entry!["type"]!)];

    /// <summary>The token that a board's form carries.</summary>
    private async Task<string> Form(HttpClient person) => Token().Match(await person.GetStringAsync($"/schools/{_school.Urn}/board")).Groups[1].Value;

    private static async Task<string> Act(HttpClient person, string token, params (string Name, string Value)[] fields)
    {
        using var answer = await person.PostAsync("/boards/act", new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(new("__RequestVerificationToken", token)).Append(new("inline", "true"))));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("""class="cme-rows-form"[^§]*?name="__RequestVerificationToken" type="hidden" value="([^"]+)" """)]
    private static partial Regex Token();
}
