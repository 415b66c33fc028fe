using Cme.Browser.Tests.Looking;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>Boards on which something has climbed: live, paused, filtered, acted on, and on the wall.</summary>
internal sealed class Boards(Gallery gallery)
{
    public async Task SeeAsync()
    {
        await using (var dsl = await gallery.SignInAsync("dsl-900001")) { await dsl.OpenAsync("/schools/900001/board?order=missing", "/wall/school/900001?full"); }
        await using (var lead = await gallery.SignInAsync("cme-lead")) { await lead.OpenAsync("/lead?order=missing", "/lead?acknowledged=no", "/lead/due/2026-09-09"); }
        await using (var duty = await gallery.SignInAsync("duty-desk"))
        {
            await duty.OpenAsync("/desk?order=missing", "/desk?overdue=yes&flag=any", "/desk?overdue=no", "/work", "/work?owner=nobody", "/wall/desk?full");
            await SeeActsAsync(duty);
            await SeeControlsAsync(duty);
            await HearCardsAsync(duty);
        }
        await using var plain = await gallery.SignInAsync("duty-desk", script: false);
        await plain.OpenAsync("/desk?flag=any", "/wall/desk?plain");
        await plain.Page.GotoAsync("/desk");
        await plain.Page.Locator(".cme-bulk button[value=take-on]").ClickAsync();
        await Expect(plain.Page.Locator(".cme-acted--not")).ToBeVisibleAsync();
        await plain.SeeAsync("the desk, without scripts, nothing ticked");
    }

    private static async Task SeeActsAsync(Viewing duty)
    {
        await duty.Page.GotoAsync("/desk");
        await duty.Page.Locator(".cme-row__button[value^='take-on']").First.ClickAsync();
        await Expect(duty.Page.Locator(".cme-row__holder")).ToBeVisibleAsync();
        await duty.SeeAsync("the desk, a row taken on");
        await duty.Page.Locator(".cme-bulk button[value=give-to]").ClickAsync();
        await Expect(duty.Page.Locator(".cme-acted--not")).ToBeVisibleAsync();
        await duty.SeeAsync("the desk, refused");
        await duty.OpenAsync("/work?owner=me");
    }

    /// <summary>Cards on a phone are still the rows and cells of a table to a screen reader.</summary>
    private static async Task HearCardsAsync(Viewing duty)
    {
        await duty.Page.GotoAsync("/desk");
        await duty.Page.SetViewportSizeAsync(Window.Phone.Width, Window.Phone.Height);
        var devTools = await duty.Page.Context.NewCDPSessionAsync(duty.Page);
        var tree = (await devTools.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray()
            .Where(node => node.TryGetProperty("role", out _)).Select(node => node.GetProperty("role").GetProperty("value").GetString()).ToArray();
        foreach (var role in new[] { "table", "row", "rowheader", "cell", "columnheader" }) { tree.ShouldContain(role); }
        await duty.Page.SetViewportSizeAsync(Window.Desk.Width, Window.Desk.Height);
    }

    private static async Task SeeControlsAsync(Viewing duty)
    {
        await duty.Page.GotoAsync("/desk");
        await Expect(duty.Page.Locator("[data-status]")).ToHaveTextAsync("Live");
        await duty.Page.Locator("[data-pause]").ClickAsync();
        await Expect(duty.Page.Locator("[data-status]")).ToContainTextAsync("Paused");
        await duty.SeeAsync("the desk, paused");
        await duty.Page.Locator("[data-keys]").ClickAsync();
        await Expect(duty.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await duty.SeeAsync("the desk, its shortcuts listed");
    }
}
