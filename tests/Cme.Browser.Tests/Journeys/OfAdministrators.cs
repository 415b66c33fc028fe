using Cme.Browser.Tests.Looking;
using Cme.Web.Security;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Journeys;

/// <summary>A day's work of those who manage people, keys and schools, and see no case.</summary>
[Collection(OnOneDay.Name)]
public sealed class OfAdministrators(WorkingDay day)
{
    [Theory, InWindows(8)]
    public async Task The_school_s_administrator_invites_somebody_and_makes_and_revokes_a_key(string window, bool script)
    {
        await using var admin = await Journey.BeginAsync(day, $"school-admin-{WorkingDay.Urn}", window, script);
        await admin.SeeAsync("the people");
        await admin.PressAsync("Invite somebody");
        await admin.IsToldAsync("Make the link", "Enter");
        await admin.FillAsync("Full name", "Florence Testperson");
        await admin.FillAsync("Work email address", $"florence-{window.Split(' ')[0]}-{script}@school.example");
        await admin.ChooseAsync("Attendance officer");
        await admin.PressAsync("Make the link");
        var link = await admin.Page.Locator("[data-link]").InnerTextAsync();
        await admin.SeeAsync("the link");
        await LinkLeadsToAPassword(link, window, script);

        await admin.GoAsync("Keys");
        await admin.PressAsync("Make a key");
        await admin.IsToldAsync("Make the key", "Enter");
        var label = $"MIS {window} {script}";
        await admin.FillAsync("Label", label);
        await admin.PressAsync("Make the key");
        await Expect(admin.Page.Locator("[data-key]")).ToContainTextAsync("cme_");
        await admin.SeeAsync("the key");
        await admin.GoAsync("Keys");
        await admin.PressAsync($"Revoke the key {label}");
        await Expect(admin.Page.Locator("tr", new() { HasText = label })).ToContainTextAsync("Revoked");
        await admin.EndAsync();
    }

    [Theory, InWindows(9)]
    public async Task The_council_s_administrator_sets_up_a_school_its_key_and_the_offices_and_lets_somebody_back_in(string window, bool script)
    {
        await using var admin = await Journey.BeginAsync(day, "authority-admin", window, script);
        await admin.SeeAsync("what is to set up");
        await admin.FollowAsync("Add your schools");
        await admin.IsToldAsync("Add school", "Enter");
        var number = (Window.All.ToList().IndexOf(Window.Of(window)) * 2) + (script ? 1 : 0);
        var (name, urn) = ($"New School {window} {script}", $"90020{number}");
        await admin.FillAsync("School’s name", name);
        await admin.FillAsync("URN", urn);
        await admin.Page.GetByLabel("Procedure that it follows").SelectOptionAsync("northamptonshire");
        await admin.PressAsync("Add school");
        await Expect(admin.Page.Locator("tr", new() { HasText = urn })).ToContainTextAsync(name);

        await admin.GoAsync("Keys");
        await admin.PressAsync("Make a key");
        await admin.Page.GetByLabel("Whose system is it for?").SelectOptionAsync(urn);
        await admin.FillAsync("Label", "MIS nightly job");
        await admin.PressAsync("Make the key");
        await admin.SeeAsync("the key");

        await admin.GoAsync("Set up");
        await admin.FollowAsync("Set your office hours and days");
        await admin.FillAsync("Offices open at", "later");
        await admin.IsToldAsync("Publish", "Enter");
        await admin.GoAsync("People");
        await admin.FollowAsync(Personas.All.Single(person => person.Id == $"deputy-dsl-{900002 + number}").Name);
        await admin.SeeAsync("a person");
        await admin.PressAsync("Reset how they sign in");
        await admin.PressAsync("Reset and make a link");
        await LinkLeadsToAPassword(await admin.Page.Locator("[data-link]").InnerTextAsync(), window, script);
        await admin.EndAsync();
    }

    private async Task LinkLeadsToAPassword(string link, string window, bool script)
    {
        var page = await day.Browser.PageAsync(Window.Of(window).Width, script, Window.Of(window).Height);
        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Set your password" })).ToBeVisibleAsync();
        (await Looks.MeasureAsync(page)).ShouldBeEmpty($"the invitation, {window}");
        await page.Context.CloseAsync();
    }
}
