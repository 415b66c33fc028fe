using Cme.Browser.Tests.Looking;
using Cme.TestSupport.Database;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>While PostgreSQL is away a board says that it may be out of date; when it is back, the board catches up without a reload.</summary>
public sealed class StaleBoard
{
    [Fact]
    public async Task A_board_says_that_it_is_stale_while_PostgreSQL_is_away_and_catches_up_afterwards()
    {
        await using var postgres = await TestServer.StartAsync();
        var browser = new Browser();
        await browser.StartAsync($"--ConnectionStrings:Cme={postgres.ConnectionString}");
        try
        {
            var amina = new AminasMorning(browser.Service);
            await amina.BeginAsync();
            var board = await browser.SignedInAsync($"dsl-{AminasMorning.Urn}");
            await Expect(board.Locator("[data-status]")).ToHaveTextAsync("Live");

            await postgres.StopServerAsync();
            await Expect(board.Locator("[data-stale]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Looks.NothingToFindAsync(board, "a board that may be out of date");

            await postgres.StartServerAgainAsync();
            await Expect(board.Locator("[data-stale]")).ToBeHiddenAsync(new() { Timeout = 60_000 });
            await amina.RegisterAsync("08:54", "N");
            await Expect(board.Locator("tr[data-reference]")).ToContainTextAsync(AminasMorning.Name);
        }
        finally
        {
            await browser.DisposeAsync();
        }
    }
}
