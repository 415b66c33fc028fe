using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>A board worked with keyboard, with and without scripts: nothing is lost while rows change under the hand.</summary>
public sealed class BoardByHand(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private static bool s_begun;
    private readonly AminasMorning _amina = new(browser.Service);

    public async Task InitializeAsync()
    {
        if (s_begun) { return; }                                     // The clock of the one service never goes back.
        s_begun = true;
        await _amina.BeginAsync();
        await _amina.ClockAsync("08:55");
        await _amina.RegisterAsync("08:55", "N", bens: "N");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_was_taken_on_changes_on_every_screen_and_the_keyboard_s_focus_stays_on_its_button()
    {
        var (mine, theirs) = (await browser.SignedInAsync($"dsl-{AminasMorning.Urn}"), await browser.SignedInAsync($"attendance-officer-{AminasMorning.Urn}"));
        await Expect(mine.Locator("[data-status]")).ToHaveTextAsync("Live");
        var button = Row(mine).GetByRole(AriaRole.Button);
        await button.FocusAsync();
        await mine.Keyboard.PressAsync("Enter");

        await Expect(mine.Locator(".cme-acted")).ToContainTextAsync($"You have taken on the episode of {AminasMorning.Name}");
        await Expect(button).ToContainTextAsync("Give up");
        await Expect(button).ToBeFocusedAsync();
        await Expect(Row(theirs)).ToContainTextAsync("Taken on by");
        await Expect(Row(theirs).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await mine.GotoAsync("/work");
        await Expect(Row(mine)).ToHaveCountAsync(1);
        await Row(mine).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(mine.Locator(".cme-acted")).ToContainTextAsync("You have given up");
    }

    [Fact]
    public async Task Single_keys_do_nothing_until_they_are_switched_on_and_then_what_their_person_chose()
    {
        var page = await browser.SignedInAsync($"dsl-{AminasMorning.Urn}");
        await Expect(page.Locator("[data-status]")).ToHaveTextAsync("Live");
        await page.Keyboard.PressAsync("j");
        (await InARow(page)).ShouldBeFalse();

        await page.Locator("[data-keys]").ClickAsync();
        await page.Locator("#keys-on").CheckAsync();
        await page.Locator("#key-next").FillAsync("m");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep these" }).ClickAsync();
        await page.Locator("[data-heading]").FocusAsync();
        await page.Keyboard.PressAsync("m");
        (await InARow(page)).ShouldBeTrue();

        await page.ReloadAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("dialog")).ToBeVisibleAsync();
        await Expect(page.Locator("#key-next")).ToHaveValueAsync("m");
    }

    [Fact]
    public async Task Filters_stay_in_the_address_for_the_back_button_and_work_without_a_script()
    {
        foreach (var script in new[] { true, false })
        {
            var page = await browser.SignedInAsync("duty-desk", width: 768, script: script);
            await Expect(Rows(page)).ToHaveCountAsync(1);            // Ben is flagged; Amina's school still has the time.
            await page.Locator(".cme-filter__details summary").ClickAsync();
            await page.Locator("#filter-overdue").SelectOptionAsync("yes");
            await page.Locator(".cme-filter__form button").ClickAsync();
            await page.WaitForURLAsync("**/desk?*overdue=yes*");
            await Expect(Rows(page)).ToHaveCountAsync(0);
            await Expect(page.Locator("[data-empty]")).ToHaveTextAsync("No episode fits these filters.");

            await page.GoBackAsync();
            await Expect(Rows(page)).ToHaveCountAsync(1);
            await page.GoForwardAsync();
            await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Clear") }).ClickAsync();
            await page.WaitForURLAsync("**/desk");
            await Expect(Rows(page)).ToHaveCountAsync(1);
        }
    }

    [Fact]
    public async Task A_wall_goes_on_by_itself_and_names_nobody()
    {
        var wall = await browser.SignedInAsync("duty-desk");
        await wall.GotoAsync("/wall/desk");
        await Expect(wall.Locator(".cme-wall__figure").First).ToContainTextAsync("1");
        (await wall.Locator("body").InnerTextAsync()).ShouldNotContain("Ben");
    }

    private static ILocator Row(IPage page) => page.Locator("tr[data-reference]", new() { HasText = AminasMorning.Name });

    private static ILocator Rows(IPage page) => page.Locator("tr[data-reference]");

    private static Task<bool> InARow(IPage page) => page.EvaluateAsync<bool>("document.activeElement.closest('tr[data-reference]') !== null");
}
