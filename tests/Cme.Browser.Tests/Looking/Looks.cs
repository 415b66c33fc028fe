using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Cme.Browser.Tests.Looking;

/// <summary>What is looked for on every page, in whatever state and at whatever width it is shown.</summary>
internal static partial class Looks
{
    private static readonly string[] s_tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    private static readonly string s_measures = Embedded("measures.js");

    /// <summary>Fails if axe or the measures find anything.</summary>
    public static async Task NothingToFindAsync(IPage page, string where)
    {
        await KeepPictureAsync(page, where);
        string[] found = [.. await MeasureAsync(page), .. await AxeAsync(page)];
        found.ShouldBeEmpty(where);
    }

    /// <summary>What axe finds, a line for each element. axe is a script: where a browser runs none, it cannot be asked.</summary>
    public static async Task<IReadOnlyList<string>> AxeAsync(IPage page)
    {
        await page.EvaluateAsync(s_axe);
        return await page.EvaluateAsync<string[]>(
            """
            async (tags) => {
              const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
              return violations.flatMap((violation) => violation.nodes.map((node) => `axe: ${violation.id}: ${node.html}`));
            }
            """,
            s_tags);
    }

    /// <summary>
    /// Nothing sticks out sideways, focus is seen and hidden by nothing, targets can be hit: a line for each fault. Works without JavaScript too.
    /// </summary>
    public static async Task<IReadOnlyList<string>> MeasureAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Tab");
        return await page.EvaluateAsync<string[]>(s_measures);
    }

    /// <summary>For whoever wants to look at the pages: a picture of each in the folder that <c>CME_PICTURES</c> names.</summary>
    public static async Task KeepPictureAsync(IPage page, string where)
    {
        if (Environment.GetEnvironmentVariable("CME_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{NotOfAName().Replace(where, "-").Trim('-')}.png"), FullPage = true });
        }
    }

    private static string Embedded(string name)
    {
        using var stream = typeof(Looks).Assembly.GetManifestResourceStream(typeof(Looks), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("[^a-zA-Z0-9]+")]
    private static partial Regex NotOfAName();
}
