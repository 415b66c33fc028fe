using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>Whose name came off the roll: lawfully, all the same, and the file that follows.</summary>
internal sealed class LeavingTheRoll(Gallery gallery)
{
    public async Task SeeAsync()
    {
        using var school = gallery.Service.ClientOf(AminasMorning.Urn);
        var changed = await school.PatchAsJsonAsync($"/api/v1/schools/{AminasMorning.Urn}/roll", new { pupils = new[] { Left("gone", "Gwen", "a", "Hill View School"), Left("lost", "Lena", "i", "Not known") } });
        changed.EnsureSuccessStatusCode();
        await using (var head = await gallery.SignInAsync("head-900001"))
        {
            await head.OpenAsync("/removals?", "/removals?all=true&", "/transfers", "/transfers?all=true", "/schools/900001/transfers/gone", "/schools/900001/board");
            await Places.SendWrongAsync(head, "/schools/900001/transfers/gone", "a file with errors", ("#when-day", "40"));
            await SeeRecordedAsync(head);
        }
        await using var duty = await gallery.SignInAsync("duty-desk");
        await duty.OpenAsync("/removals", "/desk");
        await using var auditor = await gallery.SignInAsync("auditor");
        await auditor.OpenAsync("/schools/900001/transfers/gone");
    }

    private static async Task SeeRecordedAsync(Viewing head)
    {
        await head.Page.GotoAsync("/schools/900001/transfers/gone");
        await head.Page.Locator("#reference").FillAsync("8121234_CTF_8125678_001.xml");
        await head.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(head.Page.Locator("h1")).ToHaveTextAsync("Check before you record");
        await head.SeeAsync("a file, checked before it is recorded");
        await head.Page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await Expect(head.Page.Locator("#recorded-title")).ToBeVisibleAsync();
        await head.SeeAsync("a file recorded");
        await head.OpenAsync("/schools/900001/transfers/gone");
    }

    private static object Left(string id, string forename, string ground, string destination) => new
    {
        schoolPupilId = id, forename, surname = "Example", dateOfBirth = "2014-03-04", sex = "F", yearGroup = "7", entryDate = "2025-09-03", leavingDate = "2026-09-07",
        ground, destination,
    };
}
