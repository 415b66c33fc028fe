using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>What people do on the pages of children, rolls and procedures.</summary>
public sealed class EveryPlace(MorningAtSchool morning) : IClassFixture<MorningAtSchool>
{
    [Fact]
    public async Task A_child_is_found_on_the_roll_and_a_flag_is_set_without_JavaScript()
    {
        var page = await morning.Browser.SignedInAsync("cme-lead", script: false);

        await page.GotoAsync("/schools/900001/roll");
        await page.GetByLabel("Name, UPN or pupil id").FillAsync("exam");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find pupils" }).ClickAsync();
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
