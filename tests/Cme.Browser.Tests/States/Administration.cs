using System.Text.Json;
using Cme.Web.Security.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>People, keys and setting up; an invitation, and every step of getting in by it.</summary>
internal sealed class Administration(Gallery gallery)
{
    private const string Password = "lemon harbour quilt";

    public async Task SeeAsync()
    {
        string link;
        await using (var admin = await gallery.SignInAsync("authority-admin"))
        {
            await admin.OpenAsync("/set-up", "/set-up/procedure", "/set-up/schools", "/people", "/people/invite", "/people/dsl-900004", "/people/authority-admin", "/people/dsl-900004/role",
                "/people/dsl-900004/end", "/people/dsl-900004/reset", "/keys", "/keys/new", "/account", "/account/password", "/account/authenticator", "/account/second-factor");
            foreach (var path in new[] { "/set-up/procedure", "/set-up/schools", "/people/invite", "/keys/new", "/account/password", "/account/authenticator" })
            {
                await Places.SendWrongAsync(admin, path, $"{path} with errors");
            }
            await SeeKeyAsync(admin);
            link = await SeeInvitationAsync(admin);
        }
        await SeeGettingInAsync(link);
        await SeeCodeAsync();
    }

    private static async Task SeeKeyAsync(Viewing admin)
    {
        await admin.Page.GotoAsync("/keys/new");
        await admin.Page.Locator("#school").SelectOptionAsync("council");
        await admin.Page.Locator("#label").FillAsync("Nightly job");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(admin.Page.Locator("[data-key]")).ToBeVisibleAsync();
        await admin.SeeAsync("a key that was made");
        await admin.Page.GotoAsync("/keys");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Replace" }).First.ClickAsync();
        await Expect(admin.Page.Locator("[data-key]")).ToBeVisibleAsync();
        await admin.SeeAsync("a key that was replaced");
        await admin.Page.GotoAsync("/keys");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).First.ClickAsync();
        await Expect(admin.Page.Locator(".govuk-tag--grey").First).ToBeVisibleAsync();
        await admin.SeeAsync("a key that was revoked");
    }

    private static async Task<string> SeeInvitationAsync(Viewing admin)
    {
        await admin.Page.GotoAsync("/people/invite");
        await admin.Page.GetByLabel("Full name").FillAsync("Florence Testperson");
        await admin.Page.GetByLabel("Work email address").FillAsync("florence.testperson.of.the.duty.desk@council.example");
        await admin.Page.GetByLabel("Duty desk officer", new() { Exact = true }).CheckAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var link = await admin.Page.Locator("[data-link]").InnerTextAsync();
        await admin.SeeAsync("an invitation that was made");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Florence Testperson’s page" }).ClickAsync();
        await Expect(admin.Page.Locator("h1")).ToHaveTextAsync("Florence Testperson");
        await admin.SeeAsync("somebody who was invited");
        return link;
    }

    private async Task SeeGettingInAsync(string link)
    {
        await using var florence = await gallery.AnybodyAsync();
        await florence.OpenAsync(new Uri(link).AbsolutePath);
        await ContinueAsync(florence.Page);
        await Expect(florence.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await florence.SeeAsync("an invitation with errors");
        await florence.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await ContinueAsync(florence.Page);
        await Expect(florence.Page.Locator("h1")).ToHaveTextAsync("Set up a second step");
        await florence.SeeAsync("the choice of a second step");
        await florence.Page.GetByRole(AriaRole.Button, new() { Name = "Set up an authenticator app" }).ClickAsync();
        var secret = (await florence.Page.Locator("[data-secret]").GetAttributeAsync("data-secret"))!;
        await florence.Page.GetByLabel("Code that the app shows").FillAsync(CodeOf(secret));
        await ContinueAsync(florence.Page);
        await Expect(florence.Page.Locator(".cme-codes li")).ToHaveCountAsync(10);
        await florence.SeeAsync("the recovery codes");
        await florence.Page.GotoAsync(link);
        await florence.SeeAsync("an invitation that was used");
    }

    /// <summary>The second step of somebody who has one, right password and wrong code.</summary>
    private async Task SeeCodeAsync()
    {
        using var credentials = JsonDocument.Parse(await File.ReadAllTextAsync(gallery.Service.Credentials));
        var account = credentials.RootElement.GetProperty("accounts").EnumerateArray().Single(one => one.GetProperty("userName").GetString() == "duty-desk");
        await using var duty = await gallery.AnybodyAsync();
        await duty.Page.GotoAsync("/sign-in");
        await duty.Page.GetByLabel("Email address").FillAsync("duty-desk");
        await duty.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(account.GetProperty("password").GetString()!);
        await ContinueAsync(duty.Page);
        await Expect(duty.Page.Locator("h1")).ToHaveTextAsync("Confirm it is you");
        await duty.OpenAsync("/sign-in/code", "/sign-in/recovery-code");
        await Places.SendWrongAsync(duty, "/sign-in/code", "a code with errors");
        await Places.SendWrongAsync(duty, "/sign-in/recovery-code", "a recovery code with errors");
    }

    private static Task ContinueAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();

    private static string CodeOf(string secret) => Totp.CodeOf(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()));
}
