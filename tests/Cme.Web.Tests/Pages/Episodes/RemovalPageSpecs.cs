using System.Net;
using System.Text.RegularExpressions;
using Cme.Web.Tests.Api;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Episodes;

/// <summary>The page on which school and council see whether a name may come off the roll. It is the afternoon of Monday 5 October, school day 21.</summary>
public sealed class RemovalPageSpecs(OctoberHost host) : IClassFixture<OctoberHost>
{
    private const string Urn = "900001";

    [Fact]
    public async Task Each_side_is_offered_what_it_may_sign_and_the_page_says_what_is_missing_and_when_it_is_met()
    {
        var (school, pupil, page) = await MissingForTwentyDays();
        using var attendance = await host.PersonAsync($"attendance-officer-{Urn}");
        using var head = await host.PersonAsync($"head-{Urn}");
        using var officer = await host.PersonAsync("tracking-officer");
        using var auditor = await host.PersonAsync("auditor");

        (await attendance.ReadAsync(page)).ShouldSatisfyAllConditions(
            text => text.ShouldContain("data-gate=\"closed\""), text => text.ShouldContain("record-enquiry"),
            text => text.ShouldNotContain("record-joint-log"), text => text.ShouldNotContain("record-removal-statement"), text => text.ShouldNotContain("record-roll-decision"));
        (await head.ReadAsync(page)).ShouldSatisfyAllConditions(
            text => text.ShouldContain("record-joint-log"), text => text.ShouldContain("record-removal-statement"), text => text.ShouldNotContain("record-roll-decision"));
        (await officer.ReadAsync(page)).ShouldSatisfyAllConditions(
            text => text.ShouldContain("record-joint-log"), text => text.ShouldContain("record-roll-decision"), text => text.ShouldNotContain("record-removal-statement"));
        (await auditor.ReadAsync(page)).ShouldNotContain("/record-");
        var shown = await head.ReadAsync(page);
        shown.ShouldContain("Of 42 sessions since 7 September 2026 these do not belong");
        Regex.Count(shown, ">(Monday 5 October 2026, (?:morning|afternoon))</a>: No code").ShouldBe(2, "today's registers have not come");
        shown.ShouldContain("ended on Monday 5 October 2026");
        shown.ShouldContain("<strong>21</strong> with today; 20 have passed");

        await Record(attendance, page, "visit", ("Outcome", "no-access"));
        await Record(officer, page, "check");
        await Record(head, page, "removal-statement", ("Note", "Nothing suggests illness. The family gave up the flat."));
        await Record(head, page, "joint-log", ("Outcome", "signed"));
        await Record(officer, page, "joint-log", ("Outcome", "signed"));
        await Record(officer, page, "roll-decision", ("Outcome", "remove"));

        (await head.ReadAsync(page)).ShouldContain("data-gate=\"open\"");
        await school.Register($$"""{"schoolPupilId":"P{{pupil}}","code":"I","reason":{"text":"Ill","reportedBy":"staff"} }""", day: "2026-09-16/PM", asOf: "2026-10-05T15:00:00+01:00");
        (await officer.ReadAsync(page)).ShouldSatisfyAllConditions(
            text => text.ShouldContain("data-gate=\"closed\""), text => text.ShouldContain($"/schools/{Urn}/registers/2026-09-16/PM"),
            text => text.ShouldContain("I: the days are counted anew after it"));
        (await officer.ReadAsync(page.Replace("/removal", "", StringComparison.Ordinal))).ShouldContain("The name may no longer be removed on ground i");
    }

    [Fact]
    public async Task A_statement_without_words_is_not_taken()
    {
        var (_, _, page) = await MissingForTwentyDays();
        using var head = await host.PersonAsync($"head-{Urn}");

        var answer = await Send(head, page, "removal-statement");

        answer.ShouldContain("Enter what the school believes");
    }

    [Fact]
    public async Task A_removal_made_all_the_same_is_on_the_page_the_list_and_the_boards()
    {
        var (school, pupil, page) = await MissingForTwentyDays();
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll",
            TestSchool.Left(pupil, "2026-10-05", "i", "Not known"), HttpStatusCode.OK);
        using var head = await host.PersonAsync($"head-{Urn}");
        using var other = await host.PersonAsync("head-900002");
        using var officer = await host.PersonAsync("duty-desk");

        (await head.ReadAsync(page)).ShouldContain("The name came off the roll on ground i; its last day was 5 October 2026.");
        (await head.ReadAsync("/removals")).ShouldContain("Removed all the same");
        (await head.ReadAsync("/removals")).ShouldNotContain("/referrals/", customMessage: "the referral is the council's");
        (await head.ReadAsync($"/schools/{Urn}/board")).ShouldContain("data-removed");
        (await other.ReadAsync("/removals")).ShouldContain("No removal stands against a condition");
        (await officer.ReadAsync("/removals")).ShouldContain("The authority has decided that the name may be removed");
        (await officer.ReadAsync("/removals")).ShouldContain("/referrals/referral-");
        (await officer.ReadAsync("/desk")).ShouldContain("data-removed");
    }

    [Fact]
    public async Task Another_school_s_people_do_not_find_the_page()
    {
        var (_, _, page) = await MissingForTwentyDays();
        using var other = await host.PersonAsync("dsl-900002");

        await other.ReadAsync(page, HttpStatusCode.NotFound);
    }

    private async Task<(TestSchool School, int Pupil, string Page)> MissingForTwentyDays()
    {
        var school = new TestSchool(host, Urn, host.KeyOf(Urn));
        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        var pupil = Interlocked.Increment(ref _pupils);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", TestSchool.Roll([pupil]), HttpStatusCode.OK);
        await school.MissingFrom("2026-09-07", 20, $"P{pupil}");
        var rows = (await school.Get("/api/v1/episodes?limit=500"))["data"]!.AsArray();
        return (school, pupil, $"/episodes/{rows.Single(row => (string)row!["child"]!["schoolPupilId"]! == $"P{pupil}")!["reference"]}/removal");
    }

    private static int _pupils;

    private static async Task Record(HttpClient person, string page, string act, params (string Name, string Value)[] fields) =>
        (await Send(person, page, act, fields)).ShouldNotContain("error-summary");

    private static Task<string> Send(HttpClient person, string page, string act, params (string Name, string Value)[] fields) =>
        PageForm.ActAsync(person, page.Replace("/removal", "", StringComparison.Ordinal), act, fields);
}
