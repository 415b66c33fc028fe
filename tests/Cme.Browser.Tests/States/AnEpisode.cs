using Cme.Domain.Episodes;
using Cme.Web.Pages.Episodes.Record;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>One episode for each who reads it, its forms empty and wrong, and what comes of sending them.</summary>
internal sealed class AnEpisode(Gallery gallery)
{
    private string _page = "";

    public async Task SeeAsync()
    {
        _page = $"/episodes/{await gallery.Amina.ReferenceAsync()}";
        foreach (var persona in new[] { "attendance-officer-900001", "duty-desk", "cme-lead", "auditor" })
        {
            await using var reader = await gallery.SignInAsync(persona);
            await reader.Page.GotoAsync(_page);
            await reader.SeeAsync($"the episode for {persona}");
        }
        await using (var dsl = await gallery.SignInAsync("dsl-900001"))
        {
            await SeeFormsAsync(dsl);
            await SeeThenAsync(dsl);
        }
        // Another browser: what was typed into the forms is kept in that one.
        await using (var dsl = await gallery.SignInAsync("dsl-900001")) { await SeeRecordedAsync(dsl); }
        await using var plain = await gallery.SignInAsync("dsl-900001", script: false);
        await SeeChecksAsync(plain);
        await SeeColleaguesWorkAsync(plain);
        await SeeKeptFormAsync(plain);
    }

    private async Task SeeFormsAsync(Viewing dsl)
    {
        foreach (var action in ActForms.All.Select(form => form.Action).Where(action => action != "reopen" && ActionCatalogue.IsOf(action, EpisodeKinds.Whereabouts)))
        {
            await dsl.OpenAsync($"{_page}/record-{action}");
            await dsl.Page.Locator("#when-time").FillAsync("soon");
            await SendAsync(dsl.Page);
            await Expect(dsl.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
            await dsl.SeeAsync($"record-{action} with errors");
        }
        await dsl.OpenAsync($"{_page}/named-readers", $"{_page}/open-restricted", $"{_page}/removal", $"{_page}/enquiries", $"{_page}/removal?ground=h", "/removals", "/removals?all=true");
    }

    private async Task SeeThenAsync(Viewing dsl)
    {
        await dsl.OpenAsync($"{_page}?on.Day=8&on.Month=9&on.Year=2026&on.Time=9am", $"{_page}?on.Day=40&on.Month=9&on.Year=2026&on.Time=9am", $"{_page}?show=register");
    }

    private async Task SeeRecordedAsync(Viewing dsl)
    {
        await dsl.Page.GotoAsync($"{_page}/record-call");
        await dsl.Page.Locator("input[name=Outcome][value=parent-child-safe]").CheckAsync();
        await Expect(dsl.Page.Locator("[data-part=consequences]")).ToContainTextAsync("The episode closes");
        await dsl.SeeAsync("what a call leads to, beside its form");
        await SendAsync(dsl.Page);
        await Expect(dsl.Page.Locator("[data-recorded]")).ToBeVisibleAsync();
        await dsl.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(dsl.Page.Locator("#undone-title")).ToBeVisibleAsync();
        await dsl.SeeAsync("a call undone");
        await dsl.Page.GotoAsync($"{_page}/record-call");
        await dsl.Page.Locator("input[name=Outcome][value=parent-child-safe]").CheckAsync();
        await SendAsync(dsl.Page);
        await Expect(dsl.Page.Locator("[data-recorded]")).ToBeVisibleAsync();
        await dsl.SeeAsync("a call recorded, which closed the episode");
        await dsl.Page.GotoAsync(_page);
        await dsl.SeeAsync("an episode that is closed");
        await dsl.OpenAsync($"{_page}/record-reopen");
        await SendAsync(dsl.Page);
        await Expect(dsl.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await dsl.SeeAsync("record-reopen with errors");
        await dsl.Page.Locator("#note").FillAsync("Seen in town.");
        await SendAsync(dsl.Page);
        await Expect(dsl.Page.Locator("[data-recorded]")).ToBeVisibleAsync();
        await dsl.Page.GetByRole(AriaRole.Link, new() { Name = "Correct this" }).First.ClickAsync();
        await dsl.Page.WaitForURLAsync("**corrects=*");
        await dsl.SeeAsync("a correction");
    }

    private async Task SeeChecksAsync(Viewing plain)
    {
        await plain.Page.GotoAsync($"{_page}/record-call");
        await plain.SeeAsync("record-call without scripts");
        await plain.Page.Locator("input[name=Outcome][value=no-answer]").CheckAsync();
        await plain.Page.Locator("#note").FillAsync("It rang for a minute.");
        await SendAsync(plain.Page);
        await Expect(plain.Page.Locator("h1")).ToHaveTextAsync("Check before you record");
        await plain.SeeAsync("check before you record");
        await plain.Page.GetByRole(AriaRole.Button, new() { Name = "Record the call" }).ClickAsync();
        await Expect(plain.Page.Locator("[data-recorded]")).ToBeVisibleAsync();
    }

    private async Task SeeColleaguesWorkAsync(Viewing plain)
    {
        await plain.Page.GotoAsync($"{_page}/record-enquiry");
        await using (var other = await gallery.SignInAsync("attendance-officer-900001"))
        {
            await other.Page.GotoAsync($"{_page}/record-note");
            await other.Page.Locator("#note").FillAsync("Asked the aunt.");
            await SendAsync(other.Page);
            await Expect(other.Page.Locator("[data-recorded]")).ToBeVisibleAsync();
        }
        await SendAsync(plain.Page);
        await Expect(plain.Page.Locator("#meanwhile-title")).ToBeVisibleAsync();
        await plain.SeeAsync("a form that met a colleague's work");
    }

    private async Task SeeKeptFormAsync(Viewing plain)
    {
        await plain.Page.GotoAsync($"{_page}/record-risk-assessment");
        await plain.Page.Locator("input[name=Outcome][value=concern]").CheckAsync();
        await plain.Page.Context.ClearCookiesAsync();
        await SendAsync(plain.Page);
        await plain.Page.Locator("button[value='dsl-900001']").ClickAsync();
        await Expect(plain.Page.Locator("#kept-title")).ToBeVisibleAsync();
        await plain.SeeAsync("a form that was kept");
    }

    private static Task SendAsync(IPage page) => page.Locator("form[data-cme-record] button.govuk-button[type=submit]").ClickAsync();
}
