namespace Cme.Browser.Tests.States;

/// <summary>Every page in every state, gone through once. The service is empty at first, then a child is missing, then two thousand are.</summary>
public sealed class Gallery : IAsyncLifetime
{
    private readonly Browser _browser = new();

    internal Findings Findings { get; } = new();
    internal AminasMorning Amina { get; private set; } = null!;
    internal Cme.TestSupport.Service.ServiceProcess Service => _browser.Service;

    public async Task InitializeAsync()
    {
        await _browser.InitializeAsync();
        Amina = new AminasMorning(Service);
        await new TheWayIn(this).SeeAsync();
        await new ThePublic(this).SeeAsync();
        await new Nothing(this).SeeAsync();
        await Amina.BeginAsync();
        await Amina.ClockAsync("08:55");
        await Amina.RegisterAsync("08:55", "N", bens: "N");
        await Amina.ClockAsync("14:00");
        await new Boards(this).SeeAsync();
        await new AnEpisode(this).SeeAsync();
        await new Places(this).SeeAsync();
        await new AtASchool(this).SeeAsync();
        await new ConcernsAtTheDesk(this).SeeAsync();
        await new LeavingTheRoll(this).SeeAsync();
        await new Administration(this).SeeAsync();
        await new TwoThousand(this).SeeAsync();
    }

    public Task DisposeAsync() => _browser.DisposeAsync();

    internal async Task<Viewing> SignInAsync(string persona, bool script = true)
    {
        var viewing = await AnybodyAsync(script);
        await viewing.Page.GotoAsync("/sign-in");
        await viewing.Page.EvaluateAsync("document.querySelectorAll('details').forEach(one => { one.open = true; })");
        await viewing.Page.Locator($"button[value='{persona}']").ClickAsync();
        return viewing;
    }

    /// <param name="script">False is a browser that fetches no script of ours; axe still runs in it.</param>
    internal async Task<Viewing> AnybodyAsync(bool script = true)
    {
        var page = await _browser.PageAsync();
        if (!script) { await page.RouteAsync("**/*.js*", route => route.AbortAsync()); }
        return new Viewing(page, Findings);
    }
}
