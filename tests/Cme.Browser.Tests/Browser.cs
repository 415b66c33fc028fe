using Cme.TestSupport.Service;
using Microsoft.Playwright;

namespace Cme.Browser.Tests;

/// <summary>The real program and a real Chromium, shared by the tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    /// <summary>An empty demo: schools, people and keys only.</summary>
    public ServiceProcess Service { get; private set; } = null!;

    public Task InitializeAsync() => StartAsync();

    /// <param name="arguments">Settings of the program, besides those of an empty demo.</param>
    public async Task StartAsync(params string[] arguments)
    {
        Service = await ServiceProcess.StartAsync(arguments);
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CME_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        Assertions.SetDefaultExpectTimeout(30_000);
    }

    /// <summary>A page of its own, signed in as one of the demo's people.</summary>
    /// <param name="persona">Such as <c>dsl-900001</c>.</param>
    /// <param name="width">Of the window, in CSS pixels.</param>
    /// <param name="script">False is a browser without JavaScript.</param>
    public async Task<IPage> SignedInAsync(string persona, int width = 1440, bool script = true)
    {
        var page = await PageAsync(width, script);
        await page.GotoAsync("/sign-in");
        await page.Locator($"button[value='{persona}']").ClickAsync();
        return page;
    }

    /// <param name="width">Of the window, in CSS pixels; so is the height.</param>
    /// <param name="script">False is a browser without JavaScript.</param>
    public async Task<IPage> PageAsync(int width = 1440, bool script = true, int height = 1_000)
    {
        var context = await _chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Service.BaseUrl.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = script,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }
        _playwright?.Dispose();
        await Service.DisposeAsync();
    }
}
