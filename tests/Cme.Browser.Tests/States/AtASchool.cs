using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>What a school keeps for later: documents of its admissions, and whom others turn to.</summary>
internal sealed class AtASchool(Gallery gallery)
{
    private const string School = $"/schools/{AminasMorning.Urn}";

    public async Task SeeAsync()
    {
        await using (var dsl = await gallery.SignInAsync("dsl-900001"))
        {
            await dsl.OpenAsync($"{School}/admissions?", $"{School}/admissions/a1", $"{School}/contacts");
            await Places.SendWrongAsync(dsl, $"{School}/admissions/a1", "a document with errors", ("#seen-day", "40"), ("#by", ""));
            await dsl.Page.GotoAsync($"{School}/admissions/a1");
            await dsl.Page.Locator("#document").FillAsync("Passport");
            await dsl.Page.Locator("main button[type=submit]").ClickAsync();
            await Expect(dsl.Page.Locator("#recorded-title")).ToBeVisibleAsync();
            await dsl.SeeAsync("a document that was seen");
            await dsl.OpenAsync($"{School}/admissions/a1?", $"{School}/admissions?all=true");
            await Places.SendWrongAsync(dsl, $"{School}/contacts", "contacts with errors", ("#dsl-name", ""));
            await dsl.Page.GotoAsync($"{School}/contacts");
            await dsl.Page.Locator("#attendance-officer-phone").FillAsync("01632 960101");
            await dsl.Page.Locator("main button[type=submit]").ClickAsync();
            await Expect(dsl.Page.Locator("#recorded-title")).ToBeVisibleAsync();
            await dsl.SeeAsync("contacts confirmed");
        }
        await using var lead = await gallery.SignInAsync("cme-lead");
        await lead.OpenAsync("/contacts", "/contacts?all=true", $"{School}/contacts?", $"{School}?contacts");
        await using var auditor = await gallery.SignInAsync("auditor");
        await auditor.OpenAsync($"{School}/admissions/a1?&");
    }
}
