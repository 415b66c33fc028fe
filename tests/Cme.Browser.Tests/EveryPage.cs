using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>Each page in each state: axe finds nothing, and nothing is cut off at 320 pixels.</summary>
public sealed class EveryPage(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Every_page_in_every_state_is_accessible_and_fits_any_width()
    {
        var amina = new AminasMorning(browser.Service);
        await amina.BeginAsync();
        await LookAsync("the empty boards",
        [
            ("dsl-900001", "/schools/900001/board"), ("duty-desk", "/desk"), ("cme-lead", "/lead"), ("duty-desk", "/work"), ("duty-desk", "/search"),
            ("duty-desk", "/wall/desk"), ("dsl-900001", "/wall/school/900001"), ("cme-lead", "/lead/due/2026-09-12"),
        ]);
        await amina.ClockAsync("08:55");
        await amina.RegisterAsync("08:55", "N", bens: "N");
        await amina.ClockAsync("14:00");
        var episode = $"/episodes/{await amina.ReferenceAsync()}";
        await LookAsync("with episodes that have climbed",
        [
            ("dsl-900001", "/schools/900001/board"), ("duty-desk", "/desk"), ("cme-lead", "/lead"), ("dsl-900001", episode),
            ("dsl-900001", $"{episode}/record-call"), ("dsl-900001", $"{episode}/record-risk-assessment"), ("dsl-900001", $"{episode}/record-close"),
            ("duty-desk", "/desk?overdue=yes&flag=any&order=missing"), ("duty-desk", "/work?owner=nobody"), ("cme-lead", "/lead?acknowledged=no"),
            ("cme-lead", "/lead/due/2026-09-09"), ("duty-desk", "/wall/desk"), ("dsl-900001", "/wall/school/900001"),
            ("auditor", "/audit"), ("cme-lead", "/restricted"),
            ("dsl-900001", "/procedures"), ("dsl-900001", "/procedures/northamptonshire"), ("dsl-900001", "/accessibility"), ("dsl-900001", "/no-such-page"),
        ]);
        await LookAtErrorsAsync($"{episode}/record-call");
        await LookAtSignInAsync();
    }

    private async Task LookAsync(string state, (string Persona, string Path)[] pages)
    {
        foreach (var width in new[] { 1440, 320 })
        {
            foreach (var ofPersona in pages.GroupBy(page => page.Persona))
            {
                var page = await browser.SignedInAsync(ofPersona.Key, width);
                foreach (var (_, path) in ofPersona)
                {
                    await page.GotoAsync(path);
                    await NothingToFindAsync(page, $"{path} {state} at {width} pixels");
                }
                await page.Context.CloseAsync();
            }
        }
    }

    private async Task LookAtErrorsAsync(string path)
    {
        var page = await browser.SignedInAsync("dsl-900001");
        await page.GotoAsync(path);
        await page.Locator("main form button.govuk-button[type=submit]").ClickAsync();
        await Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await NothingToFindAsync(page, $"{path} with errors");
    }

    private async Task LookAtSignInAsync()
    {
        foreach (var width in new[] { 1440, 320 })
        {
            var page = await browser.PageAsync(width);
            foreach (var path in new[] { "/sign-in", "/demo" })
            {
                await page.GotoAsync(path);
                await NothingToFindAsync(page, $"{path} at {width} pixels");
            }
        }
    }

    internal static async Task NothingToFindAsync(IPage page, string where)
    {
        var found = await page.RunAxe();
        found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}").ShouldBeEmpty(where);
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            .ShouldBeTrue($"{where}: the page scrolls sideways");
    }
}
