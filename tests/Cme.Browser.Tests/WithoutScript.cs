using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>Everything works in a browser that runs no script; only being live needs one.</summary>
public sealed class WithoutScript(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_call_can_be_recorded_without_JavaScript()
    {
        var amina = new AminasMorning(browser.Service);
        await amina.BeginAsync();
        await amina.RegisterAsync("08:54", "N");
        var page = await browser.SignedInAsync("attendance-officer-900001", script: false);

        await page.GetByRole(AriaRole.Link, new() { Name = AminasMorning.Name }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Record a call" }).First.ClickAsync();
        await page.Locator("input[name=Outcome][value=voicemail]").CheckAsync();
        await page.Locator("main form button.govuk-button[type=submit]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "If you record this" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the call" }).ClickAsync();

        await Expect(page.Locator(".moj-timeline")).ToContainTextAsync("voicemail");
    }
}
