using System.Net;
using System.Text.RegularExpressions;

namespace Cme.Web.Tests.Hosting;

/// <summary>Somebody with a browser that runs no script: keeps cookies, fills in forms, and follows no redirect unasked.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;
    private string _token = "";

    public Visitor(Uri service)
    {
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = service };
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Opens a page.</summary>
    public async Task<Page> OpenAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return await ReadAsync(answer);
    }

    /// <summary>Sends a form of the page that is open.</summary>
    public async Task<Page> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", _token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var answer = await _client.PostAsync(path, form);
        return await ReadAsync(answer);
    }

    /// <summary>Goes where an answer leads, to the end.</summary>
    public async Task<Page> FollowAsync(Page page)
    {
        while (page.Location is { } next) { page = await OpenAsync(next); }
        return page;
    }

    public void Dispose() => _client.Dispose();

    private async Task<Page> ReadAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync();
        if (Token().Match(html) is { Success: true } found) { _token = found.Groups[1].Value; }
        return new((int)answer.StatusCode, answer.Headers.Location?.ToString(), WebUtility.HtmlDecode(html), answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>What a visitor got.</summary>
/// <param name="Location">Where it leads; null if it is a page to be looked at.</param>
public sealed partial record Page(int Status, string? Location, string Html, string Path)
{
    /// <summary>The value of a hidden field.</summary>
    public string Hidden(string name) => Regex.Match(Html, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    /// <summary>The errors beside the fields and above the form.</summary>
    public IReadOnlyList<string> Errors => [.. ErrorItem().Matches(Html.Split("govuk-error-summary__list") is [_, var summary, ..] ? summary.Split("</ul>")[0] : "").Select(found => found.Groups[1].Value)];

    /// <summary>True if it is the sign-in page, or leads there.</summary>
    public bool IsSignIn => Path == "/sign-in" || Location?.Contains("/sign-in", StringComparison.Ordinal) == true;

    [GeneratedRegex("<li>(?:<a href=\"#[^\"]*\">)?([^<]+)(?:</a>)?</li>")]
    private static partial Regex ErrorItem();
}
