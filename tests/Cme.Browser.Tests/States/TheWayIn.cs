using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>What anybody sees who is not signed in, or not any more, or asks for what is not theirs.</summary>
internal sealed class TheWayIn(Gallery gallery)
{
    public async Task SeeAsync()
    {
        await using (var anybody = await gallery.AnybodyAsync())
        {
            await anybody.OpenAsync("/sign-in", "/accessibility", "/privacy", "/demo", "/problem/400", "/problem/401", "/problem/403", "/problem/413", "/problem/429",
                "/problem/500", "/problem/503", "/no-such-page", "/invitation/none");
            await anybody.Page.GotoAsync("/sign-in");
            await anybody.Page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
            await Expect(anybody.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
            await anybody.SeeAsync("/sign-in with errors");
        }
        await using (var plain = await gallery.AnybodyAsync(script: false)) { await plain.OpenAsync("/sign-in?returnUrl=/desk", "/demo?"); }
        await using var officer = await gallery.SignInAsync("attendance-officer-900001");
        await officer.OpenAsync("/desk");                            // Forbidden.
        await officer.Page.GotoAsync("/search");
        await officer.Page.Context.ClearCookiesAsync();
        await officer.Page.Locator("main form button").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await officer.SeeAsync("a form sent after the session had ended");
        await SeeSignedOutAsync();
    }

    private async Task SeeSignedOutAsync()
    {
        await using var head = await gallery.SignInAsync("head-900011");
        await head.Page.Locator(".cme-header__sign-out").ClickAsync();
        await Expect(head.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await head.SeeAsync("signed out");
    }
}
