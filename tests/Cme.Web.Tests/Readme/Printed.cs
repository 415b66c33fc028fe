using System.Diagnostics;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Readme;

/// <summary>Commands as a document prints them for its reader to paste.</summary>
internal static class Printed
{
    /// <summary>The shell blocks of a document from some words on, made to speak to the service under test instead of the usual address.</summary>
    /// <param name="most">How many blocks at the most.</param>
    public static async Task<string> ScriptAsync(ServiceProcess service, string document, string from = "", int most = int.MaxValue) =>
        (await BlocksAsync(document, from, most))
            .Replace("CME=http://localhost:5080", $"CME={service.BaseUrl.ToString().TrimEnd('/')}", StringComparison.Ordinal)
            .Replace("KEYS=var/demo/credentials.json", $"KEYS={service.Credentials}", StringComparison.Ordinal);

    /// <summary>The shell blocks of a document from some words on, as they stand.</summary>
    /// <param name="most">How many blocks at the most.</param>
    public static async Task<string> BlocksAsync(string document, string from, int most)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, document));
        return string.Concat(text[text.IndexOf(from, StringComparison.Ordinal)..].Split("```bash").Skip(1).Take(most).Select(block => block.Split("```")[0]));
    }

    /// <summary>Runs a program to its end and answers what it printed.</summary>
    /// <param name="input">What it reads.</param>
    public static async Task<string> RunAsync(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, faults) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{await faults}{await output}");
        return await output;
    }

    public static Task<string> BashAsync(string script) => RunAsync("bash", "", "-euo", "pipefail", "-c", script);
}
