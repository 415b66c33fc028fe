using Cme.Browser.Tests.Looking;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Concerns;

/// <summary>A neighbour who knows little reports a child, in any browser, and can leave at any moment.</summary>
public sealed class Reporting(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("1440 px", true)]
    [InlineData("1440 px", false)]
    [InlineData("320 px", true)]
    [InlineData("320 px", false)]
    [InlineData("400 % zoom", true)]
    public async Task CHE04_A_neighbour_who_knows_little_reports_a_child_and_is_given_a_reference(string window, bool script)
    {
        var page = await browser.PageAsync(Window.Of(window).Width, script, Window.Of(window).Height);
        await page.GotoAsync("/report-a-concern");
        await SeeAsync(page, script, $"the start of a report, {window}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start now" }).ClickAsync();
        await ChooseAsync(page, "I don’t know", script, window);
        await ChooseAsync(page, "A child who is not getting an education", script, window);
        await FillAsync(page, "What is the child’s name?", "Kai, perhaps", script, window);
        foreach (var unknown in new[] { "How old is the child?", "Which school do they go to, or did they go to?", "Address or place", "What else would help us to recognise the child?" })
        {
            await FillAsync(page, unknown, "", script, window);
        }
        await FillAsync(page, "In your own words", "A boy plays in the garden every school day.", script, window);
        await FillAsync(page, "Are there other children in the home?", "", script, window);
        await FillAsync(page, "What language does the family speak?", "", script, window);
        await ChooseAsync(page, "No, I want to stay anonymous", script, window);

        await Expect(page.Locator("h1")).ToHaveTextAsync("Check your answers before you send your report");
        await Expect(page.Locator(".govuk-summary-list").Nth(1)).ToContainTextAsync("Kai, perhaps");
        await SeeAsync(page, script, $"checking a report, {window}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send report" }).ClickAsync();

        await Expect(page.Locator(".govuk-panel")).ToContainTextAsync("concern-");
        new Uri(page.Url).PathAndQuery.ShouldBe("/report-a-concern/received", "the reference stands in no address");
        await SeeAsync(page, script, $"a report received, {window}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CHE05_Whoever_has_to_leave_is_away_at_once_and_going_back_shows_nothing(bool script)
    {
        var page = await browser.PageAsync(script: script);
        await page.RouteAsync("https://www.bbc.co.uk/**", route => route.FulfillAsync(new() { Body = "<h1>Weather</h1>", ContentType = "text/html" }));
        await page.GotoAsync("/report-a-concern/danger");
        await page.GetByLabel("No", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GotoAsync("/report-a-concern/name");
        await page.Locator("#name").FillAsync("Kai");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.Locator("#age")).ToBeVisibleAsync();

        if (script)
        {
            // The script that counts the presses is there once it has drawn what it counts with.
            await page.Locator(".govuk-exit-this-page__indicator").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            for (var press = 0; press < 3; press++) { await page.Keyboard.PressAsync("Shift"); }
        }
        else
        {
            await page.Locator(".govuk-exit-this-page__button").ClickAsync();
        }

        await Expect(page.Locator("h1")).ToHaveTextAsync("Weather");
        await page.GotoAsync("/report-a-concern/name");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Report a concern about a child missing education");
        (await page.ContentAsync()).ShouldNotContain("Kai");
    }

    private static async Task ChooseAsync(IPage page, string label, bool script, string window)
    {
        await SeeAsync(page, script, $"{label} {window}");
        await page.GetByLabel(label, new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    private static async Task FillAsync(IPage page, string label, string value, bool script, string window)
    {
        await SeeAsync(page, script, $"{label} {window}");
        await page.GetByLabel(label, new() { Exact = true }).FillAsync(value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    private static async Task SeeAsync(IPage page, bool script, string where)
    {
        if (script) { await Looks.NothingToFindAsync(page, $"report {where}"); }
        else { (await Looks.MeasureAsync(page)).ShouldBeEmpty(where); }
    }
}
