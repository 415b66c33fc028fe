using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Episodes;

/// <summary>A case worked from its page: what an act leads to, undoing it, and a form that outlives a session, a network and a colleague.</summary>
public sealed class EpisodePage(EpisodeOfAmina episode) : IClassFixture<EpisodeOfAmina>
{
    private const string Officer = $"attendance-officer-{AminasMorning.Urn}";
    private const string Dsl = $"dsl-{AminasMorning.Urn}";

    [Fact]
    public async Task What_an_act_leads_to_stands_beside_its_form_before_it_is_sent()
    {
        var page = await FormAsync(Officer, "call");
        await page.Locator("input[name=Outcome][value=parent-child-safe]").CheckAsync();
        await Expect(Consequences(page)).ToContainTextAsync("The episode closes");
        await page.Locator("input[name=Outcome][value=no-answer]").CheckAsync();
        await Expect(Consequences(page)).Not.ToContainTextAsync("The episode closes");
        await SendAsync(page);
        await Expect(page.Locator("[data-recorded]")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slip_is_undone_and_leaves_its_trace_in_the_history(bool script)
    {
        var page = await FormAsync(Dsl, "call", script);
        await page.Locator("input[name=Outcome][value=parent-child-safe]").CheckAsync();
        await SendAsync(page);
        if (!script) { await page.GetByRole(AriaRole.Button, new() { Name = "Record the call" }).ClickAsync(); }
        await Expect(Closed(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Undone");
        await Expect(Closed(page)).ToHaveCountAsync(0);
        await Expect(page.Locator(".moj-timeline")).ToContainTextAsync("moments after it was recorded");
    }

    [Fact]
    public async Task A_form_that_was_sent_after_its_session_had_ended_is_there_again_after_signing_in()
    {
        var page = await FormAsync(Dsl, "risk-assessment", script: false);
        await page.Locator("input[name=Outcome][value=concern]").CheckAsync();
        await page.Locator("#note").FillAsync("The neighbour has not seen them since Sunday.");
        await page.Context.ClearCookiesAsync();
        await SendAsync(page);
        await page.Locator($"button[value='{Dsl}']").ClickAsync();

        await Expect(page.GetByText("Your session had ended")).ToBeVisibleAsync();
        await Expect(page.Locator("#note")).ToHaveValueAsync("The neighbour has not seen them since Sunday.");
        await Expect(page.Locator("input[value=concern]")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task What_was_typed_outlives_a_lost_network_and_lies_encrypted_meanwhile()
    {
        var page = await FormAsync(Officer, "call");
        await page.Locator("input[name=Outcome][value=voicemail]").CheckAsync();
        await page.Locator("#note").FillAsync("Asked them to call back.");
        await page.Context.SetOfflineAsync(true);
        await SendAsync(page);
        await Expect(page.Locator("[data-part=offline]")).ToContainTextAsync("Nothing is lost");
        (await page.EvaluateAsync<string>("Object.values(sessionStorage).join()")).ShouldNotContain("call back", Case.Insensitive);
        await page.Context.SetOfflineAsync(false);
        await page.GotoAsync($"{episode.Page}/record-call");

        await Expect(page.Locator("[data-part=restored]")).ToBeVisibleAsync();
        await Expect(page.Locator("#note")).ToHaveValueAsync("Asked them to call back.");
        await SendAsync(page);
        await Expect(page.Locator("[data-recorded]")).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('cme-form')).length")).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_was_slower_reads_what_a_colleague_did_and_keeps_what_they_typed()
    {
        var slow = await FormAsync(Officer, "enquiry");
        await slow.Locator("#note").FillAsync("Asked the aunt.");
        var fast = await FormAsync(Dsl, "risk-assessment");
        await fast.Locator("input[name=Outcome][value=concern]").CheckAsync();
        await SendAsync(fast);
        await Expect(fast.Locator("[data-recorded]")).ToBeVisibleAsync();
        await SendAsync(slow);

        await Expect(slow.GetByRole(AriaRole.Alert)).ToContainTextAsync("Risk assessment recorded by");
        await Expect(slow.Locator("#note")).ToHaveValueAsync("Asked the aunt.");
        await SendAsync(slow);
        await Expect(slow.Locator(".moj-timeline")).ToContainTextAsync("Asked the aunt.");
    }

    [Fact]
    public async Task The_auditor_reads_the_case_as_it_was_known_in_every_part_and_can_change_nothing()
    {
        var page = await episode.Browser.SignedInAsync("auditor");
        await page.GotoAsync(episode.Page);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Record a call" })).ToHaveCountAsync(0);
        await page.GetByText("As known on another day").ClickAsync();
        await page.Locator("#on-time").FillAsync("8:54am");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByText("This page shows what was known")).ToBeVisibleAsync();
        await Expect(page.Locator(".moj-timeline")).Not.ToContainTextAsync("Call recorded");
        await page.GetByRole(AriaRole.Link, new() { Name = "Registers (" }).ClickAsync();
        await Expect(page.GetByText("This page shows what was known")).ToBeVisibleAsync();
    }

    private async Task<IPage> FormAsync(string persona, string action, bool script = true)
    {
        var page = await episode.Browser.SignedInAsync(persona, script: script);
        await page.GotoAsync($"{episode.Page}/record-{action}");
        return page;
    }

    private static ILocator Consequences(IPage page) => page.Locator("[data-part=consequences]");

    private static ILocator Closed(IPage page) => page.Locator("#closed-title");

    private static Task SendAsync(IPage page) => page.Locator("form[data-cme-record] button.govuk-button[type=submit]").ClickAsync();
}

/// <summary>A browser, and the episode of a child who was found missing at six to nine; it is a minute past that.</summary>
public sealed class EpisodeOfAmina : IAsyncLifetime
{
    public Browser Browser { get; } = new();

    /// <summary>The address of the episode's page.</summary>
    public string Page { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Browser.InitializeAsync();
        var amina = new AminasMorning(Browser.Service);
        await amina.BeginAsync();
        await amina.RegisterAsync("08:54", "N");
        Page = $"/episodes/{await amina.ReferenceAsync()}";
        await amina.ClockAsync("08:56");                             // What is recorded next is known later than what was known at six to nine.
    }

    public Task DisposeAsync() => Browser.DisposeAsync();
}
