using System.Net;

namespace Cme.Web.Tests.Hosting;

/// <summary>Fills in the form of a page as a browser without script does.</summary>
public static class PageForms
{
    /// <summary>Gets the page, and sends its form with these fields and the marks against forgery that the page carries.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient person, string path, params (string Name, string Value)[] fields)
    {
        var page = await person.GetStringAsync(path);
        return await person.PostAsync(path, new FormUrlEncodedContent(
            [new("__RequestVerificationToken", Value(page[page.IndexOf("<main", StringComparison.Ordinal)..], "__RequestVerificationToken")), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));
    }

    /// <summary>The value of a page's hidden field.</summary>
    public static string Value(string page, string name)
    {
        var mark = page.IndexOf($"name=\"{name}\"", StringComparison.Ordinal);
        mark.ShouldBeGreaterThan(0, $"the page has no field {name}");
        var value = page.IndexOf("value=\"", mark, StringComparison.Ordinal) + 7;
        return page[value..page.IndexOf('"', value)];
    }

    /// <summary>The text of a page that must have come, as people read it: marks of HTML decoded.</summary>
    public static async Task<string> ReadAsync(this HttpClient person, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await person.GetAsync(path);
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        answer.StatusCode.ShouldBe(status, text);
        return text;
    }
}
