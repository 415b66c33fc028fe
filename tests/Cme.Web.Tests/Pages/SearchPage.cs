using System.Net;
using System.Text.RegularExpressions;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages;

/// <summary>A child is found by what is known, within the viewer's organisation, and no address or title says whom anybody looked for.</summary>
public sealed partial class SearchPage(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private TestSchool _school = null!;

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(3);
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", $$"""
            {"pupils":[{"schoolPupilId":"S","forename":"Zebedee","surname":"Quill{{_school.Urn}}","dateOfBirth":"2013-07-11","sex":"M","yearGroup":"7","entryDate":"2025-09-03",
              "address":{"lines":["1 Example Road"],"postcode":"ZZ9 9ZZ"} }]}
            """, HttpStatusCode.OK);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"S","code":"N"}""");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_is_looked_for_stands_in_no_address_and_no_title()
    {
        using var officer = await host.PersonAsync("duty-desk");
        using var answer = await Post(officer, ("Form.Name", $"zeb quill{_school.Urn}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.ToString().ShouldMatch("^/search/[0-9a-z]{26}$");

        var page = await officer.GetStringAsync(answer.Headers.Location);
        page.ShouldContain("1 child found");
        page.ShouldContain($"Zebedee Quill{_school.Urn}");
        page.ShouldContain(await _school.OnlyEpisode());
        Title().Match(page).Value.ShouldNotContain("Quill");
        Links().Matches(page).ShouldAllBe(link => !link.Value.Contains("quill", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Form.Upn", "A123456789012", "No child found")]
    [InlineData("Form.Postcode", "ZZ9 9ZZ", "found")]
    [InlineData("Form.Name", "testcase", "found")]
    public async Task Nobody_and_many_are_told_apart(string field, string value, string says)
    {
        using var officer = await host.PersonAsync("duty-desk");
        using var answer = await Post(officer, (field, value));
        (await officer.GetStringAsync(answer.Headers.Location)).ShouldContain(says);
    }

    [Fact]
    public async Task A_child_with_an_open_episode_comes_first()
    {
        using var officer = await host.PersonAsync("duty-desk");
        await _school.Register("""{"schoolPupilId":"P2","code":"N"}""", asOf: "2026-09-07T08:56:00+01:00");
        using var answer = await Post(officer, ("Form.Name", "testcase"));
        var page = await officer.GetStringAsync(answer.Headers.Location);
        var open = Regex.Matches(page, "cme-found-child(--open)?\" data-child").Select(found => found.Value.Contains("open", StringComparison.Ordinal)).ToArray();
        open.ShouldBe(open.OrderDescending());
        open.ShouldContain(true);
    }

    [Fact]
    public async Task A_school_s_people_find_nobody_of_another_school_and_read_no_search_of_another_organisation()
    {
        using var officer = await host.PersonAsync("duty-desk");
        using var dsl = await host.PersonAsync("dsl-900001");
        using var found = await Post(officer, ("Form.Name", $"quill{_school.Urn}"));
        using var none = await Post(dsl, ("Form.Name", $"quill{_school.Urn}"));

        (await dsl.GetStringAsync(none.Headers.Location)).ShouldContain("No child found");
        using var peek = await dsl.GetAsync(found.Headers.Location);
        peek.Headers.Location!.ToString().ShouldBe("/search?expired=true");
    }

    [Theory]
    [InlineData("", "", "Enter something to search by")]
    [InlineData("Form.Name", "a", "Enter one to three words")]
    [InlineData("Form.Reference", "episode-0000000000-0x", "Check the episode")]
    [InlineData("Form.Day", "31", "Date of birth must be a real date")]
    public async Task What_cannot_be_looked_for_is_said_beside_the_field(string field, string value, string says)
    {
        using var officer = await host.PersonAsync("duty-desk");
        using var answer = await Post(officer, (field, value));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain(says);
        page.ShouldContain("There is a problem");
        if (field.Length > 0) { page.ShouldContain($"value=\"{value}\""); }
    }

    [Fact]
    public async Task A_wall_shows_numbers_and_nobody_s_name()
    {
        using var officer = await host.PersonAsync("duty-desk");
        foreach (var wall in new[] { "/wall/desk", $"/wall/school/{_school.Urn}" })
        {
            var page = await officer.GetStringAsync(wall);
            page.ShouldContain("http-equiv=\"refresh\"");
            page.ShouldContain("With a step overdue");
            page.ShouldNotContain("Quill");
            page.ShouldNotContain("episode-");
            page.ShouldNotContain("Sandra");
        }
        (await officer.GetStringAsync($"/wall/school/{_school.Urn}")).ShouldNotContain("Flagged");
    }

    private static async Task<HttpResponseMessage> Post(HttpClient person, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await person.GetStringAsync("/search")).Groups[1].Value;
        return await person.PostAsync("/search", new FormUrlEncodedContent(
            fields.Where(field => field.Name.Length > 0).Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(new("__RequestVerificationToken", token))));
    }

    [GeneratedRegex("""action="/search"[^§]*?name="__RequestVerificationToken" type="hidden" value="([^"]+)" """)]
    private static partial Regex Token();

    [GeneratedRegex("<title>[^<]*</title>")]
    private static partial Regex Title();

    [GeneratedRegex("""(href|action)="[^"]*" """)]
    private static partial Regex Links();
}
