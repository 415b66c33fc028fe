using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>What the public reports, as the desk works on it: new, matched, refused, barred and closed.</summary>
internal sealed class ConcernsAtTheDesk(Gallery gallery)
{
    public async Task SeeAsync()
    {
        var concern = await ReportAsync();
        await using var duty = await gallery.SignInAsync("duty-desk");
        await duty.OpenAsync("/desk?overdue=no&with=concerns", "/concerns?show=closed", "/concerns?show=new", $"/concerns/{concern}");
        await RefusedAsync(duty, $"/concerns/{concern}/record-screen", "screening a concern, with errors");
        await RecordAsync(duty, concern, "screen", "Outcome-2");
        await RefusedAsync(duty, $"/concerns/{concern}/open-record", "a record of a concern's child, with errors");
        await RefusedAsync(duty, $"/concerns/{concern}/match", "matching a concern, with errors");
        await duty.Page.Locator("#nobody").CheckAsync();
        await SaveAsync(duty);
        await duty.OpenAsync($"/concerns/{concern}/record-contact-family");
        await RefusedAsync(duty, $"/concerns/{concern}/record-check", "a check without what was checked");
        await duty.OpenAsync($"/concerns/{concern}/reporter");
        await duty.Page.GotoAsync($"/concerns/{concern}");
        await duty.Page.GetByRole(AriaRole.Button, new() { Name = "Take it on" }).ClickAsync();
        await Expect(duty.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("You work on this concern");
        await duty.SeeAsync("a concern taken on");
        await RefusedAsync(duty, $"/concerns/{concern}/reporter", "who reported, without a reason");
        await duty.Page.Locator("#Reason").FillAsync("To ask when they last saw the child");
        await duty.Page.GetByRole(AriaRole.Button, new() { Name = "Show who reported it" }).ClickAsync();
        await Expect(duty.Page.Locator("main")).ToContainTextAsync("Doreen Nextdoor");
        await duty.SeeAsync("who reported a concern");
        await duty.Page.GotoAsync($"/concerns/{concern}/record-check");
        await duty.Page.Locator("#Whom-0").CheckAsync();
        await duty.Page.Locator("#Note").FillAsync("Known to housing.");
        await SaveAsync(duty);
        await duty.Page.GotoAsync($"/concerns/{concern}/record-conclude-checks");
        await duty.Page.Locator("#Outcome-1").CheckAsync();
        await duty.Page.Locator("#Note").FillAsync("An aunt was threatened last year.");
        await SaveAsync(duty);
        await duty.OpenAsync($"/concerns/{concern}?barred", $"/concerns/{concern}/record-contact-family?barred");
        await RefusedAsync(duty, $"/concerns/{concern}/record-close", "closing a concern, with errors");
        await RefusedAsync(duty, "/concerns/new", "writing down a report, with errors");
    }

    private async Task<string> ReportAsync()
    {
        using var anybody = new HttpClient { BaseAddress = gallery.Service.BaseUrl };
        using var answer = await anybody.PostAsJsonAsync("/api/v1/concerns", new
        {
            worry = "missing-from-area", immediateDanger = "yes", seen = "Gone since Friday.\nThe curtains are drawn.", seenWhen = "Since Friday",
            child = new { name = "Amina Example", age = "about 11", address = "The blue boat by the lock, Example Canal", description = "Red coat" },
            otherChildren = "A girl of about 5", language = "Polish", reporter = new { name = "Doreen Nextdoor", phone = "01632 960123", relationship = "Neighbour", mayContact = true },
        });
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["reference"]!;
    }

    private static async Task RecordAsync(Viewing duty, string concern, string act, string choice)
    {
        await duty.Page.GotoAsync($"/concerns/{concern}/record-{act}");
        await duty.Page.Locator($"#{choice}").CheckAsync();
        await SaveAsync(duty);
    }

    private static async Task SaveAsync(Viewing duty)
    {
        await duty.Page.Locator("main form button[type=submit]").Last.ClickAsync();
        await Expect(duty.Page.Locator("#recorded-title")).ToBeVisibleAsync();
    }

    private static async Task RefusedAsync(Viewing duty, string path, string state)
    {
        await duty.Page.GotoAsync(path);
        await duty.Page.Locator("main form button[type=submit]").Last.ClickAsync();
        await Expect(duty.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await duty.SeeAsync(state);
    }
}
