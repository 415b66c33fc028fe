using System.Net;
using System.Text.RegularExpressions;

namespace Cme.Web.Tests.Pages.Episodes;

/// <summary>A form as a browser without script would send it: what stands in its fields, and what somebody fills in.</summary>
internal sealed partial class PageForm
{
    private readonly Dictionary<string, string> _fields = [];

    /// <summary>The page that the form stands on, as text.</summary>
    public required string Html { get; init; }

    public string this[string name]
    {
        get => _fields.GetValueOrDefault(name, "");
        set => _fields[name] = value;
    }

    /// <summary>The form of a page that has a field of this name.</summary>
    public static PageForm Of(string html, string field)
    {
        var form = Forms().Matches(html).Select(found => found.Value).First(found => found.Contains($"name=\"{field}\"", StringComparison.Ordinal));
        var read = new PageForm { Html = html };
        foreach (var tag in Inputs().Matches(form).Select(found => found.Value))
        {
            var type = Attribute(tag, "type");
            if (Attribute(tag, "name") is { Length: > 0 } name && (type is not ("radio" or "checkbox") || tag.Contains(" checked", StringComparison.Ordinal)))
            {
                read[name] = Attribute(tag, "value");
            }
        }
        foreach (Match area in Areas().Matches(form)) { read[Attribute(area.Value, "name")] = WebUtility.HtmlDecode(area.Groups[1].Value).TrimStart('\r', '\n'); }
        return read;
    }

    public FormUrlEncodedContent Content() => new(_fields);

    /// <summary>Sends it, and reads the page that comes of it; where it leads elsewhere, that page.</summary>
    public async Task<(HttpStatusCode Status, string Html)> SendAsync(HttpClient client, string path)
    {
        using var answer = await client.PostAsync(path, Content());
        var html = answer.StatusCode == HttpStatusCode.Redirect
            ? await client.GetStringAsync(answer.Headers.Location)
            : await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, WebUtility.HtmlDecode(html));
    }

    /// <summary>Fills in the form of an act on an episode's page, and confirms what it would lead to where it asks.</summary>
    /// <param name="episode">The page's address.</param>
    /// <returns>The page that comes of it.</returns>
    public static async Task<string> ActAsync(HttpClient person, string episode, string act, params (string Name, string Value)[] fields)
    {
        var path = $"{episode}/record-{act}";
        var form = Of(WebUtility.HtmlDecode(await person.GetStringAsync(path)), "Seal");
        foreach (var (name, value) in fields) { form[name] = value; }
        var (status, html) = await form.SendAsync(person, path);
        if (status == HttpStatusCode.OK && html.Contains("name=\"Checked\"", StringComparison.Ordinal) && html.Contains("Check before you record", StringComparison.Ordinal))
        {
            (status, html) = await Of(html, "Checked").SendAsync(person, path);
            status.ShouldBe(HttpStatusCode.Redirect, html);
        }
        return html;
    }

    private static string Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : "";

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea[^>]*>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Areas();
}
