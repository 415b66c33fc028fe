using Cme.Browser.Tests.Looking;
using Microsoft.Playwright;

namespace Cme.Browser.Tests.States;

/// <summary>Somebody's browser, going from state to state. What is found is kept, and told when all have been seen.</summary>
internal sealed class Viewing : IAsyncDisposable
{
    private readonly Findings _findings;
    private IResponse? _served;

    public Viewing(IPage page, Findings findings)
    {
        (Page, _findings) = (page, findings);
        page.Response += (_, response) =>
        {
            if (response.Request.IsNavigationRequest && response.Frame == page.MainFrame && response.Status is < 300 or >= 400) { _served = response; }
        };
    }

    public IPage Page { get; }

    /// <summary>Opens pages, and looks at each.</summary>
    public async Task OpenAsync(params string[] paths)
    {
        foreach (var path in paths)
        {
            await Page.GotoAsync(path);
            await SeeAsync(path);
        }
    }

    /// <summary>Looks at the page as it stands, on screens and on paper.</summary>
    public async Task SeeAsync(string state)
    {
        _findings.Keep(state, new Uri(Page.Url).AbsolutePath, await _served!.TextAsync());
        // What is folded away is read by somebody too.
        await Page.EvaluateAsync("document.querySelectorAll('details').forEach(one => { one.open = true; })");
        foreach (var (window, withAxe) in _findings.NextWindows())
        {
            var where = $"{state}, {window.Name}";
            await Page.SetViewportSizeAsync(window.Width, window.Height);
            await Looks.KeepPictureAsync(Page, where);
            _findings.Found(where, await Looks.MeasureAsync(Page));
            if (withAxe) { _findings.Found(where, await Looks.AxeAsync(Page)); }
        }
        if (_findings.NextOnPaper()) { await SeeOnPaperAsync(state); }
        await Page.SetViewportSizeAsync(Window.Desk.Width, Window.Desk.Height);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private async Task SeeOnPaperAsync(string state)
    {
        await Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Page.SetViewportSizeAsync(718, 1_000);                 // A4 between its margins.
        await Looks.KeepPictureAsync(Page, $"{state}, on paper");
        _findings.Found($"{state}, on paper", await Looks.AxeAsync(Page));
        await Page.EmulateMediaAsync(new() { Media = Media.Null });
    }
}
