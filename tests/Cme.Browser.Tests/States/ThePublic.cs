using Cme.Browser.Tests.Looking;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>The form in which anybody reports a concern: each question, as it is asked and as it is asked again.</summary>
internal sealed class ThePublic(Gallery gallery)
{
    private const string Form = "/report-a-concern";

    public async Task SeeAsync()
    {
        await using var anybody = await gallery.AnybodyAsync();
        await anybody.OpenAsync(Form, $"{Form}/danger");
        await RefusedAsync(anybody, "danger");
        await anybody.Page.GetByLabel("Yes").CheckAsync();
        await NextAsync(anybody, "call-999");
        await NextAsync(anybody, "worry");
        await RefusedAsync(anybody, "worry");
        await anybody.Page.GetByLabel("Something else").CheckAsync();
        foreach (var question in new[] { "name", "age", "school", "address", "description" }) { await NextAsync(anybody, question); }
        await RefusedAsync(anybody, "description");
        await anybody.Page.Locator("#description").FillAsync("Red coat, about nine, always with a younger girl.\nLives by the canal, perhaps in the blue boat.");
        foreach (var question in new[] { "seen", "others", "language", "contact" }) { await NextAsync(anybody, question); }
        await RefusedAsync(anybody, "contact");
        await anybody.Page.GetByLabel("Yes, you may ask me for more").CheckAsync();
        await NextAsync(anybody, "your-details");
        await RefusedAsync(anybody, "your-details");
        await anybody.Page.Locator("#yourPhone").FillAsync("01632 960123");
        await NextAsync(anybody, "check-your-answers");
        await anybody.Page.GetByRole(AriaRole.Button, new() { Name = "Send report" }).ClickAsync();
        await Expect(anybody.Page.Locator("h1")).ToHaveTextAsync("Report received");
        await anybody.SeeAsync($"{Form}/received");
        await anybody.Page.Context.ClearCookiesAsync();
        await SeeGoneAsync();
    }

    private async Task SeeGoneAsync()
    {
        await using var late = await gallery.AnybodyAsync();
        await late.Page.Context.AddCookiesAsync([new() { Name = "cme-report", Value = new string('A', 43), Url = new Uri(gallery.Service.BaseUrl, Form).ToString() }]);
        await late.Page.GotoAsync($"{Form}/name");
        await Expect(late.Page.Locator("main [role=status]")).ToContainTextAsync("What you had written is no longer here");
        await late.SeeAsync("a report whose answers are gone");
    }

    private static async Task NextAsync(Viewing anybody, string page)
    {
        await anybody.Page.Locator("main form button[type=submit]").ClickAsync();
        await anybody.Page.WaitForURLAsync($"**{Form}/{page}");
        await anybody.SeeAsync($"{Form}/{page}");
    }

    private static async Task RefusedAsync(Viewing anybody, string question)
    {
        await anybody.Page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(anybody.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await anybody.SeeAsync($"{Form}/{question} with errors");
    }
}
