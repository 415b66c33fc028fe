using Microsoft.Playwright;

namespace Cme.Benchmarks.Boards;

/// <summary>The demo's duty officer at a browser.</summary>
internal sealed class Officer : IAsyncDisposable
{
    private const string Persona = "duty-desk";
    private const float Patience = 60_000;      // Milliseconds.

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;
    private readonly string _address;

    private Officer(IPlaywright playwright, IBrowser browser, IPage page, string address) =>
        (_playwright, _browser, _page, _address) = (playwright, browser, page, address);

    public static async Task<Officer> SignInAsync(int port)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CME_CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox"], Timeout = Patience,
        });
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        var address = $"http://localhost:{port}";
        await page.GotoAsync($"{address}/sign-in");
        await page.Locator($"button[value='{Persona}']").ClickAsync();
        await page.WaitForURLAsync($"{address}/desk");
        return new Officer(playwright, browser, page, address);
    }

    /// <summary>The cookies of the session, as a header has them.</summary>
    public async Task<string> CookiesAsync() =>
        string.Join("; ", (await _page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"));

    /// <summary>Opens a page.</summary>
    /// <returns>Milliseconds from the beginning of the navigation until the page can be used.</returns>
    public async Task<double> ShowAsync(string path)
    {
        await _page.GotoAsync(_address + path, new() { WaitUntil = WaitUntilState.Load });
        return await _page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].domInteractive");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
