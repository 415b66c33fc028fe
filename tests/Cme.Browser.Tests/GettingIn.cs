using System.Text.Json;
using System.Text.RegularExpressions;
using Cme.Browser.Tests.Looking;
using Cme.Web.Security.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests;

/// <summary>From an invitation to the board, as somebody new goes through it; and back in by each way there is.</summary>
public sealed partial class GettingIn(Browser browser) : IClassFixture<Browser>
{
    private const string Password = "lemon harbour quilt";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_invited_gets_in_by_password_and_authenticator_with_JavaScript_or_without(bool script)
    {
        var address = $"florence-{(script ? "script" : "plain")}@school.example";
        var link = await InviteAsync(address, script);
        var page = await browser.PageAsync(script ? 1440 : 320, script);

        await page.GotoAsync(link);
        await LookAsync(page, "the invitation", script);
        if (script)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Show password" }).ClickAsync();
            await Expect(page.GetByLabel("Password", new() { Exact = true })).ToHaveAttributeAsync("type", "text");
        }
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await ContinueAsync(page);
        await LookAsync(page, "the choice of a second step", script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up an authenticator app" }).ClickAsync();
        await LookAsync(page, "the QR code", script);
        var secret = (await page.Locator("[data-secret]").GetAttributeAsync("data-secret"))!;
        await page.GetByLabel("Code that the app shows").FillAsync(CodeOf(secret));
        await ContinueAsync(page);
        await LookAsync(page, "the recovery codes", script);
        (await page.Locator(".cme-codes li").CountAsync()).ShouldBe(10);
        var recovery = await page.Locator(".cme-codes li").First.InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Board());

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/schools/900001/board");
        await page.GetByLabel("Email address").FillAsync(address);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await ContinueAsync(page);
        await LookAsync(page, "the question for the code", script);
        await page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await page.GetByLabel("Recovery code").FillAsync(recovery);
        await ContinueAsync(page);
        await Expect(page).ToHaveURLAsync(Board());
    }

    [Fact]
    public async Task Somebody_invited_gets_in_by_a_passkey_and_later_by_it_alone()
    {
        var link = await InviteAsync("florence-passkey@school.example", script: true);
        var page = await browser.PageAsync();
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        // A passkey belongs to a name, never to a number: localhost in place of 127.0.0.1.
        var local = new UriBuilder(browser.Service.BaseUrl) { Host = "localhost" }.Uri;
        await page.GotoAsync(new Uri(local, new Uri(link).AbsolutePath).ToString());
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await ContinueAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Set up a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Keep your recovery codes" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Board());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(Board());
        await page.GotoAsync(new Uri(local, "/account").ToString());
        await LookAsync(page, "the account", script: true);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_credentials_of_the_demo_open_the_form_that_everybody_uses()
    {
        using var credentials = JsonDocument.Parse(await File.ReadAllTextAsync(browser.Service.Credentials));
        var account = credentials.RootElement.GetProperty("accounts").EnumerateArray().Single(one => one.GetProperty("userName").GetString() == "duty-desk");
        var page = await browser.PageAsync(script: false);
        await page.GotoAsync("/sign-in");

        await page.GetByLabel("Email address").FillAsync(account.GetProperty("userName").GetString()!);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(account.GetProperty("password").GetString()!);
        await ContinueAsync(page);
        await page.GetByLabel("Code from your authenticator app").FillAsync(CodeOf(account.GetProperty("totpSecret").GetString()!));
        await ContinueAsync(page);

        await Expect(page).ToHaveURLAsync(new Regex("/desk$"));
    }

    private async Task<string> InviteAsync(string address, bool script)
    {
        var page = await browser.SignedInAsync("school-admin-900001", script: script);
        await page.GotoAsync("/people/invite");
        await page.GetByLabel("Full name").FillAsync("Florence Testperson");
        await page.GetByLabel("Work email address").FillAsync(address);
        await page.GetByLabel("Designated safeguarding lead", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        await LookAsync(page, "the link", script);
        var link = await page.Locator("[data-link]").InnerTextAsync();
        await page.Context.CloseAsync();
        return link;
    }

    private static Task ContinueAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();

    private static string CodeOf(string secret) => Totp.CodeOf(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()));

    // axe is a script.
    private static async Task LookAsync(IPage page, string where, bool script)
    {
        if (script) { await Looks.NothingToFindAsync(page, where); }
        else { (await Looks.MeasureAsync(page)).ShouldBeEmpty(where); }
    }

    [GeneratedRegex("/schools/900001/board$")]
    private static partial Regex Board();
}
