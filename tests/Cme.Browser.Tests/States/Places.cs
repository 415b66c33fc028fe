using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.Web.Pages.SetUp;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>Children, schools, registers, calendars, procedures, pictures, searches and the log, where there is something to show.</summary>
internal sealed class Places(Gallery gallery)
{
    public async Task SeeAsync()
    {
        var episode = $"/episodes/{await gallery.Amina.ReferenceAsync()}";
        await using (var dsl = await gallery.SignInAsync("dsl-900001"))
        {
            await dsl.OpenAsync("/schools/900001?", "/schools/900001/roll?", "/schools/900001/registers/2026-09-08/AM", "/schools/900001/registers/2026-09-07/AM",
                "/schools/900001/pictures?", "/schools/900001/calendar?", "/schools/900001/returns/2026-09-08", "/schools/local:riverside/returns/2026-09-05", "/procedures");
            await SeeQuestionsAsync(dsl);
            await dsl.OpenAsync("/schools/900001/pupils/a1/timetable");
            await SeeLetterAsync(dsl, episode);
            await SeeCalendarAsync(dsl);
            await SeeSearchesAsync(dsl);
        }
        await SeeReferralAsync();
        await using var lead = await gallery.SignInAsync("cme-lead");
        await lead.OpenAsync([.. SchoolsModel.Packs.Select(pack => $"/procedures/{pack.Id}")]);
        await SeeTrialAsync(lead);
        await lead.OpenAsync("/pictures?", "/reports", "/reports/quarterly/2026-q3", "/reports/annual/2025-26", "/schools/900001/reports", "/schools/900001/reports/quarterly/2026-q3?", "/audit", "/calendar?", $"/audit?record={episode.Split('/')[^1]}");
        await SendWrongAsync(lead, "/calendar", "office hours with errors", ("#opens", "later"));
        await lead.Page.GotoAsync(episode);
        var child = (await lead.Page.Locator(".cme-identity a[href^='/children/']").GetAttributeAsync("href"))!;
        await lead.OpenAsync(child, $"{child}/flags", $"{child}/open-record");
        await SendWrongAsync(lead, $"{child}/open-record", "a record to open with errors", ("#since-day", "40"));
        await SendWrongAsync(lead, $"{child}/flags", "flags with errors");
    }

    /// <summary>Amina is placed with a provider too, and missing at both: each is asked of the other.</summary>
    private async Task SeeQuestionsAsync(Viewing dsl)
    {
        await gallery.Amina.AtProviderAsync("14:00", "N");
        await dsl.OpenAsync("/schools/900001/board", "/schools/900001/questions");
        await dsl.Page.Locator("[data-asked-here] a").First.ClickAsync();
        await dsl.SeeAsync("a question of another place");
        var question = new Uri(dsl.Page.Url).AbsolutePath;
        await SendWrongAsync(dsl, question, "an answer with errors");
        await dsl.Page.GotoAsync(question);
        await dsl.Page.GetByLabel("Not seen here").CheckAsync();
        await dsl.Page.GetByRole(AriaRole.Button, new() { Name = "Send the answer" }).ClickAsync();
        await dsl.SeeAsync("a question that was answered");
        await using var duty = await gallery.SignInAsync("duty-desk");
        await duty.OpenAsync("/questions");
    }

    private static async Task SeeLetterAsync(Viewing dsl, string episode)
    {
        await dsl.OpenAsync($"{episode}/letter", $"{episode}/letter?kind=no-news");
        await SendWrongAsync(dsl, $"{episode}/letter?kind=no-news", "a letter with errors", ("#body", ""), ("#translation", "Prosimy o kontakt."));
        await dsl.Page.GotoAsync($"{episode}/letter?kind=no-news");
        await dsl.Page.Locator("#language").FillAsync("Polish");
        await dsl.Page.Locator("#translation").FillAsync("Prosimy o kontakt.");
        await dsl.Page.GetByRole(AriaRole.Button, new() { Name = "Keep and preview" }).ClickAsync();
        await dsl.Page.WaitForURLAsync("**/letters/*");
        await dsl.SeeAsync("a letter with a copy in another language");
    }

    private static async Task SeeTrialAsync(Viewing lead)
    {
        await SendWrongAsync(lead, "/procedures/try", "a trial without a file");
        await lead.Page.GotoAsync("/procedures/try");
        await lead.Page.Locator("#file").SetInputFilesAsync(Path.Combine(Cme.TestSupport.Service.Repository.Root, "src/Cme.Domain/Procedures/Packs/northamptonshire.1.json"));
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(lead.Page.Locator("#result")).ToBeVisibleAsync();
        await lead.SeeAsync("what an earlier version would have made of it");
    }

    private static async Task SeeCalendarAsync(Viewing dsl)
    {
        await SendWrongAsync(dsl, "/schools/900001/calendar", "a calendar with errors", ("#am-start", "early"), ("#closures", "some day"));
        await dsl.Page.GotoAsync("/schools/900001/calendar");
        await dsl.Page.Locator("#closures").FillAsync("9 September 2026 Y4");
        await dsl.Page.Locator("button[value=look]").ClickAsync();
        await Expect(dsl.Page.Locator("#moved-title")).ToBeVisibleAsync();
        await dsl.SeeAsync("what a closure would move");
    }

    private static async Task SeeSearchesAsync(Viewing dsl)
    {
        await dsl.OpenAsync("/search");
        await SendWrongAsync(dsl, "/search", "a search with errors", ("#Form_Upn", "A1"), ("#Form_Day", "40"));
        foreach (var (name, state) in new[] { ("amina", "a search that found"), ("nobody", "a search that found nobody") })
        {
            await dsl.Page.GotoAsync("/search");
            await dsl.Page.Locator("#Form_Name").FillAsync(name);
            await dsl.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
            await dsl.Page.WaitForURLAsync("**/search/*");
            await dsl.SeeAsync(state);
        }
        await dsl.OpenAsync("/search/none");
        await dsl.Page.GotoAsync("/schools/900001/roll");
        await dsl.Page.GetByLabel("Name, UPN or pupil id").FillAsync("nobody");
        await dsl.Page.GetByRole(AriaRole.Button, new() { Name = "Find pupils" }).ClickAsync();
        await Expect(dsl.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("No pupil of this school has");
        await dsl.SeeAsync("a roll on which nobody is found");
    }

    private async Task SeeReferralAsync()
    {
        using var school = gallery.Service.ClientOf(AminasMorning.Urn);
        using var answer = await school.PostAsJsonAsync("/api/v1/referrals", new
        {
            kind = "cme", concerns = "Seen alone at the bus station.", enquiriesDone = "Rang the number on the old form",
            referrer = new { name = "Maureen Okafor", role = "attendance-officer", phone = "01632 960123" }, child = new { forename = "Amina", surname = "Example" },
        });
        var reference = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["reference"]!;
        await using var duty = await gallery.SignInAsync("duty-desk");
        await duty.OpenAsync("/referrals?all=true", $"/referrals/{reference}", $"/referrals/{reference}/accept");
        await SendWrongAsync(duty, $"/referrals/{reference}", "a referral with errors");
    }

    internal static async Task SendWrongAsync(Viewing viewing, string path, string state, params (string Field, string Value)[] fields)
    {
        await viewing.Page.GotoAsync(path);
        foreach (var (field, value) in fields) { await viewing.Page.Locator(field).FillAsync(value); }
        await viewing.Page.Locator("main form[method=post] button.govuk-button[type=submit]").Last.ClickAsync();
        await Expect(viewing.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await viewing.SeeAsync(state);
    }
}
