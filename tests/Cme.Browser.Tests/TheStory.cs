using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>
/// HTTP in and Chromium out, on the demo's clock: a register goes in, a child's episode is live on three boards, the two hours run
/// out, it climbs, a correction closes it, and corrected back it is the same episode. No page is ever reloaded.
/// </summary>
public sealed class TheStory(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task From_a_mark_in_a_register_to_the_leads_board_and_back()
    {
        var amina = new AminasMorning(browser.Service);
        await amina.BeginAsync();
        var school = await browser.SignedInAsync($"dsl-{AminasMorning.Urn}");
        var desk = await browser.SignedInAsync("duty-desk");
        var lead = await browser.SignedInAsync("cme-lead");
        await Expect(Row(school)).ToHaveCountAsync(0);

        await amina.ClockAsync("08:55");
        await amina.RegisterAsync("08:55", "N");
        await Expect(Row(school)).ToContainTextAsync("Call home");
        await Expect(Row(school)).ToContainTextAsync("9:50am");
        await Expect(desk.Locator("[data-part=breakdown] tbody tr")).ToContainTextAsync("Willowbrook Academy");
        await Expect(Row(desk)).ToHaveCountAsync(0);

        await NobodyAnswersAsync(amina);
        await Expect(Row(school)).ToContainTextAsync("assess the risk");
        await Expect(Row(school)).ToContainTextAsync("11:40am");

        await amina.ClockAsync("11:40");
        await Expect(Row(school)).ToContainTextAsync("1 overdue");
        await Expect(Row(school)).ToContainTextAsync("With the DSL");
        await Expect(Row(desk)).ToHaveCountAsync(0);

        await amina.ClockAsync("12:40");
        await Expect(Row(desk)).ToContainTextAsync(AminasMorning.Name);
        await Expect(Row(lead)).ToHaveCountAsync(0);

        await amina.ClockAsync("13:40");
        await Expect(Row(lead)).ToContainTextAsync(AminasMorning.Name);

        await TheSchoolHearsAsync(amina, school, desk, lead);
    }

    /// <summary>A call at 09:40, recorded by the attendance officer on the episode's page.</summary>
    private async Task NobodyAnswersAsync(AminasMorning amina)
    {
        await amina.ClockAsync("09:40");
        var officer = await browser.SignedInAsync($"attendance-officer-{AminasMorning.Urn}");
        await officer.GetByRole(AriaRole.Link, new() { Name = AminasMorning.Name }).ClickAsync();
        await officer.GetByRole(AriaRole.Link, new() { Name = "Record a call" }).First.ClickAsync();
        await officer.Locator("input[name=Outcome][value=no-answer]").CheckAsync();
        await officer.Locator("main form button.govuk-button[type=submit]").ClickAsync();
        await Expect(officer.GetByRole(AriaRole.Alert)).ToContainTextAsync("11:40am");
    }

    private async Task TheSchoolHearsAsync(AminasMorning amina, IPage school, IPage desk, IPage lead)
    {
        var reference = await amina.ReferenceAsync();
        await amina.ClockAsync("13:45");
        await amina.CorrectAsync("13:45", "I", "known-contact");
        foreach (var board in new[] { school, desk, lead })
        {
            await Expect(board.Locator("tr[data-reference]:not(.cme-row--gone)")).ToHaveCountAsync(0);
        }
        var episode = await browser.SignedInAsync($"dsl-{AminasMorning.Urn}");
        await episode.GotoAsync($"/episodes/{reference}");
        await Expect(episode.Locator(".moj-timeline")).ToContainTextAsync("Closed by code I");

        await amina.CorrectAsync("13:50", "N");
        await Expect(Row(lead)).ToContainTextAsync(AminasMorning.Name);
        await episode.ReloadAsync();
        await Expect(episode.Locator(".moj-timeline")).ToContainTextAsync("Open again");
        await Expect(episode.Locator(".moj-timeline")).ToContainTextAsync("no answer");
        (await amina.ReferenceAsync()).ShouldBe(reference);
    }

    private static ILocator Row(IPage page) => page.Locator("tr[data-reference]", new() { HasText = AminasMorning.Name });
}
