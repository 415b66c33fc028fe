using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages;

/// <summary>What is wrong with an answer is said where it was given, and to whoever hears the page too.</summary>
public sealed class FieldSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    [Theory]
    [InlineData("/set-up/schools", "urn", "12", "urn", "urn-hint urn-error", "Enter a URN of six digits, such as 123456")]
    [InlineData("/calendar", "Opens", "soon", "opens", "opens-error", "Enter a time, such as 8:50am")]
    [InlineData("/calendar", "Closed", "soon", "closed", "closed-hint closed-error", "“soon” cannot be read")]
    public async Task What_is_wrong_with_an_answer_stands_beside_its_field_and_describes_it(
        string path, string name, string written, string id, string described, string wrong)
    {
        using var administrator = await host.PersonAsync("authority-admin");

        using var answer = await administrator.SubmitAsync(path, (name, written));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        page.ShouldContain($"href=\"#{id}\"");
        page.ShouldContain($"id=\"{id}-error\"");
        page[page.IndexOf($"id=\"{id}-error\"", StringComparison.Ordinal)..].ShouldContain(wrong);
        page.ShouldContain($"aria-describedby=\"{described}\"");
    }
}
