using System.Net;
using System.Text.RegularExpressions;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages;

/// <summary>A referral of which nobody knows whom it is about waits before the authority's people until one of them has found out.</summary>
public sealed class ReferralPageSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private static int _children;

    private TestSchool _school = null!;
    private string _surname = "", _episode = "", _child = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(1);
        _surname = $"Wanderer{(char)('a' + Interlocked.Increment(ref _children))}";
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", $$"""
            {"pupils":[{"schoolPupilId":"R","forename":"Amina","surname":"{{_surname}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03"},
                       {"schoolPupilId":"Q","forename":"Amina","surname":"Aardvark","dateOfBirth":"2012-05-06","sex":"F","yearGroup":"9","entryDate":"2025-09-03"},
                       {"schoolPupilId":"S","forename":"Bilal","surname":"Elsewhere","dateOfBirth":"2013-05-06","sex":"M","yearGroup":"8","entryDate":"2025-09-03"}]}
            """, HttpStatusCode.OK);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"R","code":"N"}""");
        _episode = await _school.OnlyEpisode();
        _child = (string)(await _school.Get($"/api/v1/episodes/{_episode}"))["child"]!["id"]!;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_count_on_the_desk_is_the_list_that_it_opens()
    {
        await ReferAsync("Amina");
        await ReferAsync("Amena");
        using var desk = await host.PersonAsync("duty-desk");

        var waiting = int.Parse((await host.Sql("select count(*) from cme.referral where authority = '999' and child_id is null"))[0], System.Globalization.CultureInfo.InvariantCulture);
        waiting.ShouldBeGreaterThan(1);
        (await desk.ReadAsync("/desk")).ShouldContain($">{waiting} referrals</a> wait for somebody");
        var list = await desk.ReadAsync("/referrals");
        list.ShouldContain($"{waiting} referrals wait.");
        Regex.Count(list, "cme-entries__one").ShouldBe(waiting);
    }

    [Fact]
    public async Task A_referral_shows_what_was_said_by_whom_and_whom_it_may_be_about_and_why()
    {
        var referral = await ReferAsync("Amina");
        using var desk = await host.PersonAsync("duty-desk");

        var page = await desk.ReadAsync($"/referrals/{referral}");

        page.ShouldContain("Seen alone at the bus station.");
        page.ShouldContain("Rang the number on the old form");
        page.ShouldContain("Maureen Okafor, attendance-officer, 01632 960123");
        page.ShouldContain($"Amina {_surname}");
        page.ShouldContain("Same surname, same first name. Born 2 March 2014, Year 7, Test School.");
        page.ShouldContain($"/episodes/{_episode}");
        page.ShouldNotContain("Bilal Elsewhere");
        page.IndexOf(">Amina Aardvark<", StringComparison.Ordinal)
            .ShouldBeGreaterThan(page.IndexOf($">Amina {_surname}<", StringComparison.Ordinal), "who has more in common with what was said comes first");
    }

    [Fact]
    public async Task Whoever_says_which_child_it_is_takes_it_off_the_list_and_the_child_s_episode_hears_of_it()
    {
        var referral = await ReferAsync("Amina");
        using var desk = await host.PersonAsync("duty-desk");

        using var said = await desk.SubmitAsync($"/referrals/{referral}", ("Child", _child));
        said.Headers.Location!.ToString().ShouldBe("/referrals");

        var list = await desk.ReadAsync("/referrals");
        list.ShouldContain("It has joined the child’s open episode.");
        list.ShouldNotContain(referral);
        (await desk.ReadAsync("/referrals?all=true")).ShouldContain(referral);
        var held = await host.Send(host.AuthorityKey, HttpMethod.Get, $"/api/v1/referrals/{referral}", null, HttpStatusCode.OK);
        ((string)held["matchedBy"]!).ShouldBe("person");
        ((string)held["episode"]!).ShouldBe(_episode);
        (await _school.Get($"/api/v1/episodes/{_episode}/timeline"))["data"]!.AsArray().Select(entry => (string)entry!["type"]!).ShouldContain("ReferralJoined");
        (await desk.ReadAsync($"/referrals/{referral}")).ShouldContain("It is known which child this is, by Sandra Leverett");
        (await desk.ReadAsync($"/children/{_child}")).ShouldContain($"/referrals/{referral}");
        using var dsl = await host.PersonAsync("dsl-900001");
        (await dsl.GetAsync($"/referrals/{referral}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Whoever_found_nobody_says_so_and_it_goes_on_waiting()
    {
        var referral = await ReferAsync("Amina");
        using var desk = await host.PersonAsync("tracking-officer");

        using var said = await desk.SubmitAsync($"/referrals/{referral}", ("Child", "nobody"));

        said.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await desk.ReadAsync("/referrals")).ShouldContain(referral);
        (await desk.ReadAsync("/referrals")).ShouldContain("Nobody found yet");
        (await desk.ReadAsync($"/referrals/{referral}")).ShouldContain("Yusuf Adeyemi looked");
    }

    [Theory]
    [InlineData("")]
    [InlineData("another")]
    public async Task Only_a_child_whom_the_page_offers_can_be_said_to_be_it(string kind)
    {
        var referral = await ReferAsync("Amina");
        var other = (await host.Sql($"select child_id from cme.pupil where urn = '{_school.Urn}' and school_pupil_id = 'S'"))[0];
        using var desk = await host.PersonAsync("duty-desk");

        using var said = await desk.SubmitAsync($"/referrals/{referral}", ("Child", kind.Length > 0 ? other : ""));

        (await said.Content.ReadAsStringAsync()).ShouldContain("Select the child, or that it is none of them");
        (await host.Sql($"select child_id is null from cme.referral where reference = '{referral}'"))[0].ShouldBe("True");
    }

    [Fact]
    public async Task Of_two_officers_the_second_is_told_that_the_first_was_quicker()
    {
        var referral = await ReferAsync("Amina");
        using var first = await host.PersonAsync("duty-desk");
        var form = await first.GetStringAsync($"/referrals/{referral}");
        using var second = await host.PersonAsync("tracking-officer");
        using var said = await second.SubmitAsync($"/referrals/{referral}", ("Child", _child));

        using var late = await first.PostAsync($"/referrals/{referral}", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", PageForms.Value(form[form.IndexOf("<main", StringComparison.Ordinal)..], "__RequestVerificationToken")), new("Child", "nobody")]));

        late.Headers.Location!.ToString().ShouldBe($"/referrals/{referral}");
        (await first.ReadAsync($"/referrals/{referral}")).ShouldContain("by Yusuf Adeyemi");
    }

    [Fact]
    public async Task An_auditor_reads_it_and_decides_nothing()
    {
        var referral = await ReferAsync("Amina");
        using var auditor = await host.PersonAsync("auditor");

        var page = await auditor.ReadAsync($"/referrals/{referral}");
        page.ShouldContain($"Amina {_surname}");
        page.ShouldNotContain("type=\"radio\"");
        var form = await auditor.GetStringAsync("/search");
        using var said = await auditor.PostAsync($"/referrals/{referral}", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", PageForms.Value(form, "__RequestVerificationToken")), new("Child", _child)]));
        said.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<string> ReferAsync(string forename) => (string)(await host.Send(_school.Key, HttpMethod.Post, "/api/v1/referrals",
        $$"""
        {"kind":"cme","concerns":"Seen alone at the bus station.","enquiriesDone":"Rang the number on the old form",
         "referrer":{"name":"Maureen Okafor","role":"attendance-officer","phone":"01632 960123"},"child":{"forename":"{{forename}}","surname":"{{_surname}}"} }
        """, HttpStatusCode.Created))["reference"]!;
}
