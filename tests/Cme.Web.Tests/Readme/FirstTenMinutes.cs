using System.Diagnostics;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Readme;

/// <summary>What the README prints for a newcomer to paste works as it stands.</summary>
public sealed class FirstTenMinutes
{
    [Fact]
    public async Task The_first_ten_minutes_of_the_README_work_as_printed()
    {
        await using var service = await ServiceProcess.StartAsync();
        var script = Block(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md")))
            .Replace("CME=http://localhost:5080", $"CME={service.BaseUrl.ToString().TrimEnd('/')}", StringComparison.Ordinal)
            .Replace("KEYS=var/demo/credentials.json", $"KEYS={service.Credentials}", StringComparison.Ordinal);

        var answers = await BashAsync(script);

        answers.ShouldNotContain("/problems/");
        answers.ShouldContain("\"step\":\"first-call\"");
        answers.ShouldContain("\"events\":[\"ActionRecorded\"]");
        answers.ShouldContain("It has climbed to the duty desk.");
        answers.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].ShouldContain("\"status\":\"closed\"");
    }

    private static string Block(string readme)
    {
        var from = readme.IndexOf("```bash", readme.IndexOf("first-ten-minutes", StringComparison.Ordinal), StringComparison.Ordinal) + "```bash".Length;
        return readme[from..readme.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static async Task<string> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, faults) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        bash.ExitCode.ShouldBe(0, await faults);
        return await output;
    }
}
