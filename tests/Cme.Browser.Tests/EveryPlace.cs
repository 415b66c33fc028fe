using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>The pages of children, schools, registers, calendars, procedures and pictures, at every width, with and without JavaScript.</summary>
public sealed class EveryPlace(MorningAtSchool morning) : IClassFixture<MorningAtSchool>
{
    private static readonly string[] s_school =
    [
        "/schools/900001", "/schools/900001/roll", "/schools/900001/registers/2026-09-08/AM", "/schools/900001/registers/2026-09-07/AM",
        "/schools/900001/pictures", "/schools/900001/calendar", "/procedures/northamptonshire",
    ];

    [Fact]
    public async Task Every_place_is_accessible_and_fits_any_width()
    {
        var child = await ChildAsync(morning.Amina);
        // 320 pixels are what a window of 1,280 leaves at 400 % zoom.
        foreach (var width in new[] { 1440, 768, 320 })
        {
            await LookAsync("dsl-900001", width, [child, .. s_school]);
            await LookAsync("cme-lead", width, [child, $"{child}/flags", "/pictures", "/calendar", "/procedures"]);
        }
        var lead = await morning.Browser.SignedInAsync("cme-lead", 320);
        await lead.GotoAsync($"{child}/flags");
        await lead.Locator("main form button.govuk-button[type=submit]").ClickAsync();
        await Expect(lead.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await EveryPage.NothingToFindAsync(lead, "flags with errors");
    }

    [Fact]
    public async Task A_child_is_found_on_the_roll_and_a_flag_is_set_without_JavaScript()
    {
        var page = await morning.Browser.SignedInAsync("cme-lead", script: false);

        await page.GotoAsync("/schools/900001/roll");
        await page.GetByLabel("Name, UPN or pupil id").FillAsync("exam");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();
        new Uri(page.Url).Query.ShouldBe("");
        await page.GetByRole(AriaRole.Link, new() { Name = "Example, Amina", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set or clear flags" }).ClickAsync();
        await page.GetByLabel("Flag", new() { Exact = true }).SelectOptionAsync("young_carer");
        await page.GetByLabel("Who says so").FillAsync("The school nurse");
        foreach (var (part, value) in new[] { ("Day", "7"), ("Month", "12"), ("Year", "2026") }) { await page.GetByLabel(part, new() { Exact = true }).FillAsync(value); }
        await page.GetByLabel("Reason for the change").FillAsync("Told this morning.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the flags" }).ClickAsync();

        await Expect(page.Locator("main")).ToContainTextAsync("Said by: The school nurse.");
    }

    [Fact]
    public async Task Where_a_picture_could_not_be_read_the_list_stands_alone()
    {
        var wide = await morning.Browser.SignedInAsync("cme-lead");
        await wide.GotoAsync("/procedures/northamptonshire");
        await Expect(wide.Locator(".cme-flow__svg").First).ToBeVisibleAsync();
        await Expect(wide.Locator("#step-risk-assessment")).ToBeVisibleAsync();

        var narrow = await morning.Browser.SignedInAsync("cme-lead", 320);
        await narrow.GotoAsync("/procedures/northamptonshire");
        await Expect(narrow.Locator(".cme-flow__svg").First).ToBeHiddenAsync();
        await Expect(narrow.Locator("#step-risk-assessment")).ToBeVisibleAsync();
    }

    private async Task<string> ChildAsync(AminasMorning amina)
    {
        var page = await morning.Browser.SignedInAsync("dsl-900001");
        await page.GotoAsync($"/episodes/{await amina.ReferenceAsync()}");
        var address = await page.Locator(".cme-identity a[href^='/children/']").GetAttributeAsync("href");
        await page.Context.CloseAsync();
        return address!;
    }

    private async Task LookAsync(string persona, int width, string[] paths)
    {
        var page = await morning.Browser.SignedInAsync(persona, width);
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            // What is folded away is read by somebody too.
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => { one.open = true; })");
            await EveryPage.NothingToFindAsync(page, $"{path} at {width} pixels");
        }
        await page.Context.CloseAsync();
    }
}

/// <summary>A browser, and a school in which Amina is missing and Ben came late.</summary>
public sealed class MorningAtSchool : IAsyncLifetime
{
    public Browser Browser { get; } = new();
    internal AminasMorning Amina { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Browser.InitializeAsync();
        Amina = new AminasMorning(Browser.Service);
        await Amina.BeginAsync();
        await Amina.ClockAsync("08:55");
        await Amina.RegisterAsync("08:55", "N", bens: "L");
    }

    public Task DisposeAsync() => Browser.DisposeAsync();
}
