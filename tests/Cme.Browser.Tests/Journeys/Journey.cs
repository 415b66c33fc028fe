using Cme.Browser.Tests.Looking;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Journeys;

/// <summary>Somebody at a browser, from signing in to signing out. Every page that they come to is looked at on the way.</summary>
internal sealed class Journey : IAsyncDisposable
{
    private readonly string _who;

    private Journey(IPage page, string who, bool script) => (Page, _who, Script) = (page, who, script);

    public IPage Page { get; }
    public bool Script { get; }

    public static async Task<Journey> BeginAsync(WorkingDay day, string persona, string window, bool script)
    {
        var (width, height) = (Window.Of(window).Width, Window.Of(window).Height);
        var journey = new Journey(await day.Browser.PageAsync(width, script, height), $"{persona}, {window}, {(script ? "with" : "without")} JavaScript", script);
        await journey.Page.GotoAsync("/sign-in");
        await journey.SeeAsync("signing in");
        await journey.UnfoldAsync("The people of the other schools");
        await journey.Page.Locator($"button[value='{persona}']").ClickAsync();
        return journey;
    }

    /// <summary>Looks at the page: nothing sticks out, focus is seen, everything can be hit.</summary>
    public async Task SeeAsync(string where)
    {
        if (Script && await Page.Locator("[data-board]").CountAsync() > 0) { await Expect(Page.Locator("[data-status]")).ToHaveTextAsync("Live"); }
        await Looks.KeepPictureAsync(Page, $"{_who} {where}");
        (await Looks.MeasureAsync(Page)).ShouldBeEmpty($"{_who}: {where}");
    }

    /// <summary>Goes to a place of the service's navigation, which narrow windows fold behind a button where scripts run.</summary>
    public async Task GoAsync(string words)
    {
        var place = Page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = words, Exact = true });
        if (!await place.IsVisibleAsync()) { await Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync(); }
        await place.ClickAsync();
        await SeeAsync(words);
    }

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    public Task FillAsync(string label, string value) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(value);

    public Task ChooseAsync(string label) => Page.GetByLabel(label, new() { Exact = true }).First.CheckAsync();

    /// <summary>Unfolds what is folded under these words; nothing where it is open already.</summary>
    public async Task UnfoldAsync(string words)
    {
        var details = Page.Locator("details", new() { HasText = words }).Last;
        await Expect(details).ToBeAttachedAsync();
        if (await details.GetAttributeAsync("open") is null) { await details.Locator("summary").ClickAsync(); }
    }

    /// <summary>Sends a form that lacks something, and reads what is said about it.</summary>
    public async Task IsToldAsync(string button, string fault)
    {
        await PressAsync(button);
        await Expect(Page.Locator(".govuk-error-summary")).ToContainTextAsync(fault);
        await SeeAsync(fault);
        await Page.Locator(".govuk-error-summary").GetByRole(AriaRole.Link, new() { Name = fault }).First.ClickAsync();
        if (Script) { await Expect(Page.Locator("input:focus, select:focus, textarea:focus")).ToHaveCountAsync(1); }
    }

    /// <summary>Records an act: without scripts what it leads to is read on a page of its own first.</summary>
    public async Task RecordAsync(string button)
    {
        var check = Page.GetByRole(AriaRole.Heading, new() { Name = "Check before you record" });
        var recorded = Page.Locator("[data-recorded]");
        await PressAsync(button);
        await Expect(check.Or(recorded)).ToBeVisibleAsync();
        if (!Script || await check.IsVisibleAsync())
        {
            await SeeAsync("check before you record");
            await PressAsync(button);
        }
        await Expect(recorded).ToBeVisibleAsync();
        await SeeAsync("recorded");
    }

    public ILocator Row(string child) => Page.Locator("tr[data-reference]", new() { HasText = child });

    public async Task EndAsync()
    {
        await PressAsync("Sign out");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
