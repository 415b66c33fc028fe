using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cme.TestSupport.Service;

namespace Cme.Browser.Tests.States;

/// <summary>The W3C's checker of HTML, as the package <c>vnu-jar</c> has it: all pages in one run, because to start it takes longest.</summary>
internal static partial class Checker
{
    private static readonly string s_jar = Path.Combine(Repository.Root, "tests/Cme.Browser.Tests/node_modules/vnu-jar/build/dist/vnu.jar");

    /// <summary>What is missing to run it, for a person to read; null if nothing is.</summary>
    public static string? Missing =>
        !File.Exists(s_jar) ? "The W3C's checker is not here. Fetch it: npm ci --prefix tests/Cme.Browser.Tests"
        : !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "java")))
            ? "The W3C's checker needs Java. Install it: sudo apt-get install -y default-jre-headless" : null;

    /// <summary>Its errors, a line each. What it only warns of is left to people.</summary>
    /// <param name="pages">HTML by the state that it shows.</param>
    public static async Task<IReadOnlyList<string>> ErrorsAsync(IReadOnlyDictionary<string, string> pages)
    {
        var folder = Directory.CreateTempSubdirectory("cme-served-").FullName;
        try
        {
            var states = pages.Keys.ToArray();
            for (var number = 0; number < states.Length; number++)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, $"{number}.html"), pages[states[number]]);
            }
            var said = await RunAsync(folder);
            return [.. said.EnumerateArray().Where(message => message.GetProperty("type").GetString() == "error").Select(message => Line(message, states))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<JsonElement> RunAsync(string folder)
    {
        using var checker = Process.Start(new ProcessStartInfo("java", ["-Xss4m", "-jar", s_jar, "--errors-only", "--format", "json", "--exit-zero-always", folder])
        {
            RedirectStandardError = true,
        })!;
        var said = await checker.StandardError.ReadToEndAsync();
        await checker.WaitForExitAsync();
        checker.ExitCode.ShouldBe(0, said);
        return JsonDocument.Parse(said).RootElement.GetProperty("messages");
    }

    private static string Line(JsonElement message, string[] states)
    {
        var state = states[int.Parse(Number().Match(message.GetProperty("url").GetString()!).Groups[1].Value, CultureInfo.InvariantCulture)];
        return $"{state}: {message.GetProperty("message").GetString()} {(message.TryGetProperty("extract", out var extract) ? extract.GetString() : "")}";
    }

    [GeneratedRegex(@"(\d+)\.html$")]
    private static partial Regex Number();
}

/// <summary>A fact that is skipped, and says so, where the W3C's checker cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CheckerFactAttribute : FactAttribute
{
    public CheckerFactAttribute() => Skip = Checker.Missing;
}
