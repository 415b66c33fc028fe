using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>The demo with its pupils, as whoever has just started it finds it.</summary>
public sealed class DemoWithPupils : IAsyncLifetime
{
    public Browser Browser { get; } = new();

    public Task InitializeAsync() => Browser.StartAsync("--Demo:Empty=false");

    public Task DisposeAsync() => Browser.DisposeAsync();
}

/// <summary>What a stranger to the service sees in the demo, without a word of help from anybody.</summary>
public sealed class TheNewcomer(DemoWithPupils demo) : IClassFixture<DemoWithPupils>
{
    [Fact]
    public async Task Sees_a_child_go_missing_a_clock_run_out_and_the_boards_change_and_records_a_call()
    {
        var page = await demo.Browser.PageAsync();

        await OpenAsync(page, "registers-come-in");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/schools/900001/board"));
        await Expect(page.Locator("tr[data-reference]").First).ToContainTextAsync("Call home");

        await page.Locator("tr[data-reference] a").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Record a call" }).First.ClickAsync();
        await page.Locator("input[name=Outcome][value=no-answer]").CheckAsync();
        await page.Locator("main form button.govuk-button[type=submit]").First.ClickAsync();
        await Expect(page.Locator(".moj-timeline")).ToContainTextAsync("no answer");

        await OpenAsync(page, "two-hours-pass");
        await Expect(page.Locator("tr[data-reference]").GetByText("overdue").First).ToBeVisibleAsync();

        await OpenAsync(page, "the-desk-sees-it");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/desk"));
        await Expect(page.Locator("tr[data-reference]").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Opens_each_story_where_something_is_to_be_done()
    {
        var page = await demo.Browser.PageAsync();

        await OpenAsync(page, "second-day");
        await Expect(page.Locator("h1")).ToContainTextAsync("Amina");
        await Expect(page.Locator(".moj-timeline")).ToContainTextAsync("voicemail");

        await OpenAsync(page, "flagged-child");
        await Expect(page.Locator("main")).ToContainTextAsync("NOR-02");

        await OpenAsync(page, "nobody-calls");
        await Expect(page.Locator("tr[data-reference]").First).ToBeVisibleAsync();

        await OpenAsync(page, "looks-wrong");
        await Expect(page.Locator("main")).ToContainTextAsync("looks wrong", new() { IgnoreCase = true });

        await OpenAsync(page, "ten-days");
        await Expect(page.Locator("main")).ToContainTextAsync("NOR-13");
    }

    [Fact]
    public async Task Lets_the_days_go_by()
    {
        var page = await demo.Browser.SignedInAsync("cme-lead");
        var before = await page.Locator(".cme-demo-bar [data-clock]").TextContentAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Play fast" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator(".cme-demo-bar [data-clock]")).Not.ToHaveTextAsync(before!);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(page.Locator(".cme-demo-bar__said")).ToContainTextAsync("Paused");
    }

    private async Task OpenAsync(IPage page, string story)
    {
        await page.GotoAsync("/demo");
        await page.Locator($"button[value={story}]").ClickAsync(new() { Timeout = 240_000 });
        await Expect(page.Locator("h1")).Not.ToHaveTextAsync("The demo", new() { Timeout = 240_000 });
        (await page.Locator("h1").TextContentAsync())!.ShouldNotContain("Sorry", Case.Insensitive, demo.Browser.Service.Output);
    }
}
