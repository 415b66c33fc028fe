using System.Text.Json.Nodes;
using Cme.TestSupport.Stories;
using Microsoft.Playwright;
using static Cme.TestSupport.Terms.Dates;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Enquiries;

/// <summary>The same ten days with two days closed by a calendar that is published again on day 6 of the absence.</summary>
public sealed class TenDaysRescheduled(Browser browser) : IClassFixture<Browser>
{
    private const string Urn = "900002";

    [Fact]
    public async Task A_calendar_changed_on_day_6_moves_what_lies_ahead_and_says_so()
    {
        var school = new SchoolOfTheStory(browser.Service.ClientOf, Urn);
        await school.CalendarAsync();
        await school.RollAsync(["Nadia", .. Enumerable.Range(1, 20).Select(number => $"Present{number}")]);
        foreach (var day in new[] { "Thu 22 Oct 2026", "Fri 23 Oct 2026", "Mon 2 Nov 2026", "Tue 3 Nov 2026", "Wed 4 Nov 2026", "Thu 5 Nov 2026" })
        {
            await school.MorningAsync($"{day} 09:05", ("Nadia", "N"));
        }
        Due((await school.OwedAsync("Nadia"))["report-missing"]).ShouldBe(At("Wed 11 Nov 2026 15:30"));

        var answer = await school.CalendarAsync("Mon 9 Nov 2026", "Tue 10 Nov 2026");

        Due((await school.OwedAsync("Nadia"))["report-missing"]).ShouldBe(At("Fri 13 Nov 2026 15:30"));
        var moved = answer["moved"]!.AsArray().Single(row => (string?)row!["step"] == "report-missing")!;
        ((string?)moved["reference"]).ShouldBe(await school.ReferenceAsync("Nadia"));

        var page = await browser.SignedInAsync($"dsl-{Urn}");
        await page.GotoAsync($"/episodes/{await school.ReferenceAsync("Nadia")}");
        await Expect(page.Locator(".moj-timeline")).ToContainTextAsync("calendar", new() { IgnoreCase = true });
        await Expect(page.Locator("main")).ToContainTextAsync("13 November");
    }

    private static DateTimeOffset Due(JsonObject owed) => (DateTimeOffset)owed["dueAt"]!;
}
