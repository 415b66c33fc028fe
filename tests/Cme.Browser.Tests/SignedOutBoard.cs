using Cme.Browser.Tests.Looking;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>A screen at which nobody is signed in any more says so, and shows nobody's name.</summary>
public sealed class SignedOutBoard(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_board_whose_session_has_ended_hides_its_rows_and_leads_back_to_the_same_view()
    {
        var amina = new AminasMorning(browser.Service);
        await amina.BeginAsync();
        await amina.ClockAsync("08:55");
        await amina.RegisterAsync("08:55", "N");
        var board = await browser.SignedInAsync($"dsl-{AminasMorning.Urn}");
        await board.GotoAsync($"/schools/{AminasMorning.Urn}/board?order=name");
        await Expect(board.Locator("tr[data-reference]")).ToContainTextAsync(AminasMorning.Name);
        var wall = await board.Context.NewPageAsync();
        await wall.GotoAsync($"/wall/school/{AminasMorning.Urn}");
        await Expect(wall.Locator("[data-numbers]")).ToBeVisibleAsync();

        // As after signing out in another window: the socket is still open, and the next question is refused.
        await board.Context.ClearCookiesAsync();
        await amina.RegisterAsync("08:57", "I");

        await Expect(board.Locator("[data-signed-out]")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Expect(board.Locator("tr[data-reference]")).ToBeHiddenAsync();
        await Expect(board.Locator("[data-stale]")).ToBeHiddenAsync();
        await Looks.NothingToFindAsync(board, "a board that is signed out");
        await Expect(wall.Locator("[data-signed-out]")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Expect(wall.Locator("[data-numbers]")).ToBeHiddenAsync();

        await board.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Sign in to come back to it" }).ClickAsync();
        await Expect(board).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?returnUrl=.*order"));
    }
}
