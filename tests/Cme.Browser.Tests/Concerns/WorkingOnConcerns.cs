using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.Browser.Tests.Looking;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Concerns;

/// <summary>The desk works on a concern to its outcome, with and without JavaScript, and hears of a new one without asking.</summary>
public sealed class WorkingOnConcerns(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("1440 px", true)]
    [InlineData("320 px", false)]
    [InlineData("400 % zoom", true)]
    public async Task SUF23_The_desk_works_on_a_concern_from_the_report_to_its_outcome(string window, bool script)
    {
        var concern = await ReportAsync("Kai Canalside");
        var page = await browser.SignedInAsync("duty-desk", Window.Of(window).Width, script);
        await page.GotoAsync("/concerns");
        await SeeAsync(page, script, $"concerns {window}");
        await page.Locator($"a[href='/concerns/{concern}']").ClickAsync();
        await SeeAsync(page, script, $"a new concern {window}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it on" }).ClickAsync();
        await RecordAsync(page, script, window, "Say how great the risk is", "A child may be missing education");
        await RecordAsync(page, script, window, "Say which child it is", "I have looked, and the child is not known to us");

        // The family first: refused, and it says why.
        await page.GetByRole(AriaRole.Link, new() { Name = "Record a contact with the family" }).ClickAsync();
        await page.GetByLabel("Telephone call").CheckAsync();
        await page.GetByLabel("Somebody was reached, and the child is safe").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Checks always come before");
        await SeeAsync(page, script, $"contact before the checks {window}");
        await page.GotoAsync($"/concerns/{concern}");

        await RecordAsync(page, script, window, "Record a check", "Admissions", "No application.");
        await RecordAsync(page, script, window, "Say what the checks mean", "Yes, the checks are complete and nothing speaks against it");
        await page.GetByRole(AriaRole.Link, new() { Name = "Record a contact with the family" }).ClickAsync();
        await page.GetByLabel("Visit").CheckAsync();
        await page.GetByLabel("Somebody was reached, and the child is safe").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await RecordAsync(page, script, window, "Record what is known of the other children", "Yes");
        await RecordAsync(page, script, window, "Close it", "The child is back in education");

        await Expect(page.Locator("main")).ToContainTextAsync("Closed: The child is back in education");
        await SeeAsync(page, script, $"a concern closed {window}");
        await page.GotoAsync("/concerns?show=closed");
        await Expect(page.Locator($"a[href='/concerns/{concern}']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_new_concern_shows_on_the_open_desk_without_reloading_it()
    {
        var page = await browser.SignedInAsync("duty-desk");
        await page.GotoAsync("/desk");
        await Expect(page.Locator("[data-status]")).ToHaveTextAsync("Live");
        var before = await page.Locator("[data-part=concerns]").InnerTextAsync();

        await ReportAsync("Kai Sample");

        await Expect(page.Locator("[data-part=concerns]")).Not.ToHaveTextAsync(before);
        await Expect(page.Locator("[data-part=concerns] .govuk-tag")).ToHaveTextAsync("New");
        await Looks.NothingToFindAsync(page, "the desk with a new concern");
    }

    private async Task<string> ReportAsync(string name)
    {
        using var anybody = new HttpClient { BaseAddress = browser.Service.BaseUrl };
        using var answer = await anybody.PostAsJsonAsync("/api/v1/concerns", new { child = new { name, address = "The blue boat by the lock" }, seen = "At home all day", otherChildren = "A girl" });
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["reference"]!;
    }

    private static async Task RecordAsync(IPage page, bool script, string window, string form, string choice, string? note = null)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = form }).ClickAsync();
        await SeeAsync(page, script, $"{form} {window}");
        await page.GetByLabel(choice, new() { Exact = true }).CheckAsync();
        if (note is not null) { await page.Locator("#Note").FillAsync(note); }
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await Expect(page.Locator("#recorded-title")).ToBeVisibleAsync();
    }

    private static async Task SeeAsync(IPage page, bool script, string where)
    {
        if (script) { await Looks.NothingToFindAsync(page, $"concerns {where}"); }
        else { (await Looks.MeasureAsync(page)).ShouldBeEmpty(where); }
    }
}
