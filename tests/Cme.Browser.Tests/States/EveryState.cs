using System.Text.RegularExpressions;
using Cme.TestSupport.Service;

namespace Cme.Browser.Tests.States;

/// <summary>Each page in each state: nothing for axe to find, nothing cut off in any window, and HTML that the W3C's checker takes.</summary>
public sealed partial class EveryState(Gallery gallery) : IClassFixture<Gallery>
{
    [Fact]
    public void Nothing_is_found_in_any_state_of_any_page() => gallery.Findings.Faults.ShouldBeEmpty();

    [CheckerFact]
    public async Task The_W3C_s_checker_finds_no_error_in_what_is_served() => (await Checker.ErrorsAsync(gallery.Findings.Served)).ShouldBeEmpty();

    [Fact]
    public void Every_page_of_the_service_is_among_those_that_are_looked_at()
    {
        // What answers with another page, or with a part of one.
        string[] without = ["/", "/boards/act", "/boards/rows", "/demo/bar", "/report-a-concern/leave", "/sign-out"];
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Cme.Web/Pages"), "*.cshtml", SearchOption.AllDirectories)
            .Select(file => Route().Match(File.ReadAllText(file))).Where(route => route.Success).Select(route => route.Groups[1].Value).Except(without);

        pages.Where(route => !gallery.Findings.Paths.Any(path => Regex.IsMatch(path, PatternOf(route)))).ShouldBeEmpty();
    }

    private static string PatternOf(string route) =>
        "^" + string.Join('/', route.Split('/').Select(part => Regex.Replace(Regex.Escape(part), @"\\\{[^}]*}", "[^/]+"))) + "$";

    [GeneratedRegex("^@page \"([^\"]*)\"", RegexOptions.Multiline)]
    private static partial Regex Route();
}
