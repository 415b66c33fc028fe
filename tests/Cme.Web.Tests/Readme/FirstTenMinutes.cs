using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Readme;

/// <summary>What the README prints for a newcomer to paste works as it stands.</summary>
public sealed class FirstTenMinutes
{
    [Fact]
    public async Task The_first_ten_minutes_of_the_README_work_as_printed()
    {
        await using var service = await ServiceProcess.StartAsync();

        var answers = await Printed.BashAsync(await Printed.ScriptAsync(service, "README.md", "first-ten-minutes", most: 1));

        answers.ShouldNotContain("/problems/");
        answers.ShouldContain("\"step\":\"first-call\"");
        answers.ShouldContain("\"events\":[\"ActionRecorded\"]");
        answers.ShouldContain("It has climbed to the duty desk.");
        answers.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].ShouldContain("\"status\":\"closed\"");
    }
}
