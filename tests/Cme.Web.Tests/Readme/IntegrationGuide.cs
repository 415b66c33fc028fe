using Cme.TestSupport.Database;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Readme;

/// <summary>The guide for whoever connects a school's system works as printed, and so do the clients beside it.</summary>
public sealed class IntegrationGuide
{
    [Fact]
    public async Task Every_block_of_the_guide_works_as_printed()
    {
        await using var service = await ServiceProcess.StartAsync();

        var answers = (await Printed.BashAsync(await Printed.ScriptAsync(service, "docs/integration/README.md"))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        answers.Where(answer => answer.Contains(" <- ")).Select(answer => answer.Split(" <- ")[^1]).ShouldBe(["200", "200", "200", "200", "207", "422", "400"]);
        answers[3].ShouldContain("\"accepted\":2");
        answers[^4].ShouldContain("\"detail\":");
        answers[^1].ShouldContain("\"state\":\"received\"");
    }

    [Theory]
    [InlineData("python3", "client.py")]
    [InlineData("dotnet", "client.cs")]
    public async Task A_client_sends_a_day_and_says_what_was_not_taken(string program, string client)
    {
        await using var service = await ServiceProcess.StartAsync();
        await Printed.BashAsync($$"""curl -sS -H 'Content-Type: application/json' -d '{"advanceTo":"2026-09-07T09:00:00+01:00"}' {{service.BaseUrl}}demo/clock""");
        // Away from this repository, whose build settings a reader's copy does not have.
        var copy = Path.Combine(ThrowAwayDirectory.Create(), client);
        File.Copy(Path.Combine(Repository.Root, "docs/integration", client), copy);

        var said = await Printed.RunAsync(program, service.KeyOf("900001"), [.. program == "dotnet" ? ["run", copy, "--"] : new[] { copy }, service.BaseUrl.ToString(), "900001"]);

        said.ShouldContain("item 2 rejected");
        said.ShouldContain("register: 2 accepted, 1 rejected, revision 1");
        said.ShouldContain("correction: 1 accepted, revision 2");
        said.ShouldContain("registers/2026-09-05/AM: 422");
    }
}
