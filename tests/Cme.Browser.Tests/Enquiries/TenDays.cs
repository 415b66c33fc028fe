using System.Text.Json.Nodes;
using Cme.TestSupport.Stories;
using Cme.TestSupport.Terms;
using Microsoft.Playwright;
using static Cme.TestSupport.Terms.Dates;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Enquiries;

/// <summary>
/// Northamptonshire's ladder over the half term of FACTS C5, day by day, by HTTP and in Chromium: absent from Thursday 22 October
/// 2026, school day 3 is Monday 2 November and school day 10 Wednesday 11 November. Each pupil takes another branch.
/// </summary>
public sealed class TenDays(Browser browser) : IClassFixture<Browser>
{
    private const string Urn = "900001";

    private static readonly string[] Missing = ["Amina", "Ben", "Chidi", "Dina", "Ewan", "Farah", "Gwen", "Hugo"];

    // The demo's clock goes on ticking, so what is counted from an arrival is a little later.
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    private SchoolOfTheStory _school = null!;

    [Fact]
    public async Task From_the_first_call_to_the_tracking_officers_answer_with_each_branch_once()
    {
        _school = new SchoolOfTheStory(browser.Service.ClientOf, Urn);
        await _school.CalendarAsync();
        await _school.RollAsync(["Amina", "Ben", "Chidi", "Dina", "Ewan", "[Farah]", "Gwen", "Hugo", .. Present]);

        await Thursday22October_TheFirstCalls();
        await Thursday22October_RiskAndAdvice();
        await Friday23October_CalledAgainAndHandedOver();
        await Monday2November_Letters();
        await Tuesday3November_ACodeAfterAReferralDoesNotClose();
        await Wednesday4November_Visits();
        await Friday6November_ACodeAfterDayFiveDoesNotClose();
        await Wednesday11November_Reported();
        await Wednesday25November_Answered();
    }

    // So many are there that eight missing do not make the register look wrong.
    private static IEnumerable<string> Present => Enumerable.Range(1, 40).Select(number => $"Present{number}");

    private async Task Thursday22October_TheFirstCalls()
    {
        await MorningAsync("Thu 22 Oct 2026 09:05", Missing);
        var owed = await _school.OwedAsync("Amina");
        Due(owed["first-call"]).ShouldBe(At("Thu 22 Oct 2026 09:50"));
        foreach (var firstDay in new[] { "contact-parent", "phone-home", "assess-safeguarding" })
        {
            Due(owed[firstDay]).ShouldBe(At("Thu 22 Oct 2026 15:30"), firstDay);
        }
        Due(owed["risk-assessment"]).ShouldBe(At("Thu 22 Oct 2026 11:20"), "Not calling is never quieter than calling.");
        Due(owed["second-day-call"]).ShouldBe(At("Fri 23 Oct 2026 15:30"));
        Due(owed["letter"]).ShouldBe(At("Mon 2 Nov 2026 15:30"));
        Due(owed["visit"]).ShouldBe(At("Wed 4 Nov 2026 15:30"));
        ActBy(owed["visit"]).ShouldBe(At("Thu 5 Nov 2026 15:30"));
        Due(owed["report-missing"]).ShouldBe(At("Wed 11 Nov 2026 15:30"));

        foreach (var pupil in new[] { "Amina", "Ewan", "Farah", "Gwen", "Hugo" })
        {
            await _school.DoAsync("Thu 22 Oct 2026 09:40", pupil, "call", "no-answer");
        }
        Due((await _school.OwedAsync("Amina"))["risk-assessment"]).ShouldBe(At("Thu 22 Oct 2026 11:40"));

        await _school.DoAsync("Thu 22 Oct 2026 09:42", "Ben", "call", "parent-child-safe");
        await StatusIs("Ben", "closed", "explained-absence");

        await _school.DoAsync("Thu 22 Oct 2026 09:44", "Chidi", "call", "other-person-not-reassured");
        Due((await _school.OwedAsync("Chidi"))["consult-dsl"]).ShouldBe(At("Thu 22 Oct 2026 10:14"));

        await _school.DoAsync("Thu 22 Oct 2026 09:46", "Dina", "call", "parent-child-missing");
        Due((await _school.OwedAsync("Dina"))["advise-parent"]).ShouldBe(At("Thu 22 Oct 2026 10:16"));
    }

    private async Task Thursday22October_RiskAndAdvice()
    {
        await _school.DoAsync("Thu 22 Oct 2026 10:00", "Dina", "advise-parent");
        Due((await _school.OwedAsync("Dina"))["parent-reports-back"]).ShouldBe(At("Thu 22 Oct 2026 12:00"));
        await _school.DoAsync("Thu 22 Oct 2026 10:05", "Chidi", "consult-dsl", "confirmed-safe", "dsl");
        (await _school.OwedAsync("Chidi")).ShouldNotContainKey("consult-dsl");
        await StatusIs("Chidi", "open", null);

        foreach (var pupil in new[] { "Amina", "Farah", "Gwen", "Hugo" })
        {
            await _school.DoAsync("Thu 22 Oct 2026 11:00", pupil, "risk-assessment", "no-concern", "dsl");
        }
        await _school.DoAsync("Thu 22 Oct 2026 11:05", "Ewan", "risk-assessment", "risk-of-harm", "dsl");
        var owed = await _school.OwedAsync("Ewan");
        Due(owed["refer-police-or-social-care"]).ShouldBe(At("Thu 22 Oct 2026 11:05"));
        ((string?)owed["refer-police-or-social-care"]["state"]).ShouldBe("overdue", "A referral is due and act-by at once.");
        await _school.DoAsync("Thu 22 Oct 2026 11:06", "Ewan", "refer-police", null, "dsl");
        (await _school.OwedAsync("Ewan")).ShouldNotContainKey("refer-police-or-social-care");

        await _school.DoAsync("Thu 22 Oct 2026 11:30", "Dina", "sighting", "seen", "dsl");
        (await _school.OwedAsync("Dina")).ShouldNotContainKey("parent-reports-back");
        await _school.DoAsync("Thu 22 Oct 2026 11:35", "Dina", "close", "returned-same-school", "dsl");
        await StatusIs("Dina", "closed", "returned-same-school");
    }

    private async Task Friday23October_CalledAgainAndHandedOver()
    {
        await MorningAsync("Fri 23 Oct 2026 09:05", "Amina", "Chidi", "Ewan", "Farah", "Gwen", "Hugo");
        foreach (var pupil in new[] { "Amina", "Chidi", "Ewan", "Farah", "Gwen", "Hugo" })
        {
            await _school.DoAsync("Fri 23 Oct 2026 10:00", pupil, "call", "voicemail", more: new { channel = "mobile" });
        }
        (await _school.OwedAsync("Amina")).ShouldNotContainKey("second-day-call");
        var desk = await browser.SignedInAsync("duty-desk");
        await Expect(Row(desk, "Amina")).ToHaveCountAsync(0);

        await _school.ClockAsync("Fri 23 Oct 2026 13:01");              // The last session before half term has begun.
        (await _school.OwedAsync("Amina")).ShouldContainKey("holiday-review");
        await Expect(Row(desk, "Amina")).ToHaveCountAsync(1);
        ((string?)(await _school.EpisodeAsync("Amina"))["owner"]).ShouldBe(Urn);

        await _school.ClockAsync("Fri 23 Oct 2026 15:31");
        ((string?)(await _school.EpisodeAsync("Amina"))["owner"]).ShouldBe("999", "The school has closed: the authority's until it opens.");
        await _school.ClockAsync("Mon 2 Nov 2026 08:55");
        ((string?)(await _school.EpisodeAsync("Amina"))["owner"]).ShouldBe(Urn);
    }

    private async Task Monday2November_Letters()
    {
        await MorningAsync("Mon 2 Nov 2026 09:05", "Amina", "Ewan", "Farah", "Gwen", "Hugo");
        await StatusIs("Chidi", "closed", "returned-same-school");                   // Present on day 3, no referral: the code closes.
        foreach (var pupil in new[] { "Amina", "Gwen", "Hugo" })
        {
            await _school.DoAsync("Mon 2 Nov 2026 11:00", pupil, "letter", "sent", more: new { channel = "post", languages = new[] { "ENG" } });
        }
        Due((await _school.OwedAsync("Amina"))["letter-reply"]).ShouldBe(At("Thu 5 Nov 2026 17:00"), "Three working days from sending.");

        await _school.DoAsync("Mon 2 Nov 2026 11:10", "Farah", "letter", "sent", more: new { channel = "email", languages = new[] { "ENG" } });
        var owed = await _school.OwedAsync("Farah");
        owed.ShouldNotContainKey("letter");
        owed.ShouldContainKey("letter-translated");
        await _school.DoAsync("Mon 2 Nov 2026 12:00", "Farah", "letter", "sent", more: new { channel = "email", languages = new[] { "ENG", "POL" } });
        (await _school.OwedAsync("Farah")).ShouldNotContainKey("letter-translated");
    }

    private async Task Tuesday3November_ACodeAfterAReferralDoesNotClose()
    {
        await MorningAsync("Tue 3 Nov 2026 09:05", "Amina", "Farah", "Gwen", "Hugo");
        await StatusIs("Ewan", "open", null);
        Due((await _school.OwedAsync("Ewan"))["confirm-seen"]).ShouldBe(At("Tue 3 Nov 2026 10:05"), Tick);
        await _school.DoAsync("Tue 3 Nov 2026 09:30", "Ewan", "sighting", "seen", "dsl");
        (await _school.OwedAsync("Ewan")).ShouldNotContainKey("confirm-seen");
        await _school.DoAsync("Tue 3 Nov 2026 09:31", "Ewan", "close", "returned-same-school", "dsl");

        await _school.DoAsync("Tue 3 Nov 2026 14:00", "Farah", "reply", "contact-made");
        var owed = await _school.OwedAsync("Farah");
        owed.ShouldNotContainKey("visit");
        owed.ShouldNotContainKey("report-missing");
        await StatusIs("Farah", "open", null);                           // A person closes.
        await _school.DoAsync("Tue 3 Nov 2026 14:05", "Farah", "close", "explained-absence", "dsl");
    }

    private async Task Wednesday4November_Visits()
    {
        await MorningAsync("Wed 4 Nov 2026 09:05", "Amina", "Gwen", "Hugo");
        await _school.DoAsync("Wed 4 Nov 2026 10:00", "Amina", "visit", "no-access");
        (await _school.OwedAsync("Amina")).ShouldContainKey("visit-risk-assessment", "A visit without its risk assessment leaves it owed.");
        await _school.DoAsync("Wed 4 Nov 2026 10:30", "Amina", "risk-assessment", "no-concern", "dsl");
        (await _school.OwedAsync("Amina")).ShouldNotContainKey("visit-risk-assessment");

        await _school.DoAsync("Wed 4 Nov 2026 10:40", "Gwen", "risk-assessment", "no-concern", "dsl");
        await _school.DoAsync("Wed 4 Nov 2026 11:00", "Gwen", "visit", "seen-safe");
        var owed = await _school.OwedAsync("Gwen");
        owed.ShouldNotContainKey("visit");
        owed.ShouldNotContainKey("report-missing");
        await StatusIs("Gwen", "open", null);
        await _school.DoAsync("Wed 4 Nov 2026 11:05", "Gwen", "close", "explained-absence", "dsl");
    }

    private async Task Friday6November_ACodeAfterDayFiveDoesNotClose()
    {
        await MorningAsync("Thu 5 Nov 2026 09:05", "Amina", "Hugo");
        await MorningAsync("Fri 6 Nov 2026 09:05", "Amina");
        await StatusIs("Hugo", "open", null);
        Due((await _school.OwedAsync("Hugo"))["confirm-seen"]).ShouldBe(At("Fri 6 Nov 2026 10:05"), Tick);
        await _school.DoAsync("Fri 6 Nov 2026 09:20", "Hugo", "close", "returned-same-school", "dsl");
        await StatusIs("Hugo", "closed", "returned-same-school");
    }

    private async Task Wednesday11November_Reported()
    {
        foreach (var day in new[] { "Mon 9 Nov 2026", "Tue 10 Nov 2026", "Wed 11 Nov 2026" })
        {
            await MorningAsync($"{day} 09:05", "Amina");
        }
        var page = await browser.SignedInAsync($"dsl-{Urn}");
        await page.GotoAsync($"/episodes/{await _school.ReferenceAsync("Amina")}");
        await Expect(page.Locator("main")).ToContainTextAsync("Report the child as missing from education");
        await _school.DoAsync("Wed 11 Nov 2026 10:00", "Amina", "refer-authority", null, "dsl");
        var owed = await _school.OwedAsync("Amina");
        owed.ShouldNotContainKey("report-missing");
        Due(owed["roll-answer"]).ShouldBe(At("Wed 25 Nov 2026 15:30"), "School day 10 after the report; its day is day 0.");
        ((string?)owed["roll-answer"]["who"]!["role"]).ShouldBe("tracking-officer");
    }

    private async Task Wednesday25November_Answered()
    {
        await _school.DoAsync("Tue 24 Nov 2026 12:00", "Amina", "enquiry", null, "tracking-officer");
        await _school.DoAsync("Wed 25 Nov 2026 12:00", "Amina", "roll-decision", "keep", "tracking-officer");
        var owed = await _school.OwedAsync("Amina");
        owed.ShouldNotContainKey("roll-answer");
        owed.ShouldNotContainKey("chase-answer");

        var page = await browser.SignedInAsync($"dsl-{Urn}");
        await page.GotoAsync($"/episodes/{await _school.ReferenceAsync("Amina")}");
        var timeline = page.Locator(".moj-timeline");
        foreach (var told in new[] { "no answer", "Letter", "Visit", "keep" })
        {
            await Expect(timeline).ToContainTextAsync(told, new() { IgnoreCase = true });
        }
    }

    private Task MorningAsync(string at, params string[] missing) =>
        _school.MorningAsync(at, [.. missing.Select(pupil => (pupil, "N"))]);

    private async Task StatusIs(string pupil, string status, string? reason)
    {
        var episode = await _school.EpisodeAsync(pupil);
        ((string?)episode["status"]).ShouldBe(status, pupil);
        if (reason is not null) { episode["closure"]!.ToJsonString().ShouldContain(reason); }
    }

    private static ILocator Row(IPage page, string pupil) => page.Locator("tr[data-reference]", new() { HasText = $"{pupil} Example" });

    private static DateTimeOffset Due(JsonObject owed) => (DateTimeOffset)owed["dueAt"]!;

    private static DateTimeOffset ActBy(JsonObject owed) => (DateTimeOffset)owed["actBy"]!;
}
