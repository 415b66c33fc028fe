using Cme.TestSupport.Database;
using Cme.TestSupport.Service;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.People;

namespace Cme.Web.Tests.Readme;

/// <summary>Who comes in first, and who is locked out, comes in by the commands of the operations guide as printed, through the real script.</summary>
public sealed class FirstAdministrator(RealHost host) : IClassFixture<RealHost>
{
    [Fact]
    public async Task The_first_administrator_and_one_who_is_locked_out_come_in_as_the_operations_guide_prints_it()
    {
        var clone = await CloneAsync();
        var link = AdminCommandSpecs.LinkIn(await RunAsync(clone, "<!-- first start -->"));
        using var ada = new Visitor(host.Address);
        await AdminCommandSpecs.JoinAsync(ada, link);
        (await ada.OpenAsync("/set-up")).Status.ShouldBe(200);

        var again = await RunAsync(clone, "<!-- lost administrator -->");

        again.ShouldContain("https://cme.testshire.example/invitation/");
        using var back = new Visitor(host.Address);
        await AdminCommandSpecs.JoinAsync(back, AdminCommandSpecs.LinkIn(again));
        (await back.OpenAsync("/set-up")).Status.ShouldBe(200);
        (await ada.OpenAsync("/set-up")).IsSignIn.ShouldBeTrue("whoever had the old way in has it no more");
    }

    /// <summary>Runs the guide's commands in the clone, beside the service under test.</summary>
    private async Task<string> RunAsync(string clone, string from) => await Printed.BashAsync(
        $"""
        cd '{clone}'
        export ConnectionStrings__Cme='{host.ConnectionString}' Data__Directory='{ThrowAwayDirectory.Create()}'
        {await Printed.BlocksAsync("docs/operations.md", from, most: 1)}
        """);

    /// <summary>A folder with the script as it stands, in which the program that this test was built with counts as published already.</summary>
    private static async Task<string> CloneAsync()
    {
        var clone = ThrowAwayDirectory.Create();
        Directory.CreateDirectory(Path.Combine(clone, "src"));
        Directory.CreateDirectory(Path.Combine(clone, "artifacts"));
        foreach (var file in new[] { "cme", "global.json", "Directory.Build.props" }) { File.Copy(Path.Combine(Repository.Root, file), Path.Combine(clone, file)); }
        Directory.CreateSymbolicLink(Path.Combine(clone, "artifacts", "web"), Path.GetDirectoryName(Repository.Built("src/Cme.Web", "Cme.Web.dll"))!);
        await Printed.BashAsync(
            $"""
            cd '{clone}'
            sed '$s/.*/fingerprint/' cme >fingerprint.sh
            bash fingerprint.sh >artifacts/web.sources
            rm fingerprint.sh
            """);
        return clone;
    }
}
