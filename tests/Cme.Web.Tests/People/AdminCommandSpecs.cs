using System.Diagnostics;
using System.Text.RegularExpressions;
using Cme.TestSupport.Database;
using Cme.TestSupport.Service;
using Cme.Web.Security.People;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.People;

/// <summary>An empty system, outside the demo: the operator makes the first administrator, who sets everything up.</summary>
public sealed class AdminCommandSpecs(RealHost host) : IClassFixture<RealHost>
{
    [Fact]
    public async Task The_first_administrator_comes_from_the_machine_and_sets_the_council_up()
    {
        var (code, said) = await RunAsync(
            "init", "--authority", "941", "--council", "Testshire Council", "--name", "Ada Testperson", "--email", "ada@council.example", "--url", "https://cme.example");
        code.ShouldBe(0, said);
        said.ShouldContain("https://cme.example/invitation/");
        (code, var refused) = await RunAsync("init", "--authority", "940", "--council", "Other", "--name", "Bo", "--email", "bo@council.example");
        (code, refused).ShouldSatisfyAllConditions(answer => answer.code.ShouldBe(1), answer => answer.refused.ShouldContain("There is an administrator already"));

        using var ada = new Visitor(host.Address);
        await JoinAsync(ada, LinkIn(said));
        var setUp = await ada.FollowAsync(await ada.OpenAsync("/"));
        setUp.Path.ShouldBe("/set-up");
        setUp.Html.ShouldContain("7 things are left to do");

        await ada.OpenAsync("/set-up/procedure");
        (await ada.SendAsync("/set-up/procedure", ("Pack", "rutland"))).Errors.ShouldHaveSingleItem();
        (await ada.SendAsync("/set-up/procedure", ("Pack", "cheshire-east"))).Location.ShouldBe("/set-up");
        (await ada.OpenAsync("/set-up/procedure")).Html.ShouldContain("value=\"cheshire-east\" checked");
        await ada.OpenAsync("/set-up/schools");
        (await ada.SendAsync("/set-up/schools", ("name", "Nowhere School"), ("urn", "12345"), ("pack", "none"))).Errors.Count.ShouldBe(2);
        (await ada.SendAsync("/set-up/schools", ("name", "Nowhere School"), ("urn", "123456"), ("pack", "northamptonshire"))).Location.ShouldBe("/set-up/schools");
        (await ada.SendAsync("/set-up/schools", ("name", "Nowhere School"), ("urn", "123456"), ("pack", "northamptonshire"))).Errors.ShouldHaveSingleItem();
        await ada.OpenAsync("/calendar");
        (await ada.SendAsync("/calendar", ("Opens", "9:00am"), ("Closes", "4:30pm"), ("Closed", ""), ("Version", "0"))).Location.ShouldBe("/set-up");
        await ada.OpenAsync("/keys/new");
        (await ada.SendAsync("/keys/new", ("school", "123456"), ("label", "MIS"))).Html.ShouldContain("cme_");
        (await ada.OpenAsync("/set-up")).Html.ShouldContain("3 things are left to do");
        (await ada.OpenAsync("/desk")).Status.ShouldBe(403);

        (code, said) = await RunAsync("link", "ada@council.example");
        code.ShouldBe(0, said);
        using var again = new Visitor(host.Address);
        await JoinAsync(again, LinkIn(said));
        (await again.OpenAsync("/set-up")).Status.ShouldBe(200);
        (await ada.OpenAsync("/set-up")).IsSignIn.ShouldBeTrue();
        (code, said) = await RunAsync("link", "nobody@council.example");
        (code, said).ShouldSatisfyAllConditions(answer => answer.code.ShouldBe(1), answer => answer.said.ShouldContain("No administrator"));
    }

    internal static async Task JoinAsync(Visitor visitor, string link)
    {
        await visitor.OpenAsync(link);
        (await visitor.SendAsync(link, ("password", PeopleHost.Password))).Location.ShouldBe("/account/second-factor");
        var setUp = await visitor.OpenAsync("/account/authenticator");
        var secret = Regex.Match(setUp.Html, "data-secret=\"([A-Z2-7]{32})\"").Groups[1].Value;
        var code = Totp.CodeOf(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()));
        SignInSpecs.CodesOn(await visitor.SendAsync("/account/authenticator", ("sealed", setUp.Hidden("sealed")), ("code", code))).Count.ShouldBe(10);
    }

    internal static string LinkIn(string said) => new Uri(Regex.Match(said, @"https?://\S+/invitation/\S+").Value).AbsolutePath;

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] given =
        [
            Repository.Built("src/Cme.Web", "Cme.Web.dll"), "admin", .. arguments, $"--ConnectionStrings:Cme={host.ConnectionString}",
            $"--Data:Directory={ThrowAwayDirectory.Create()}",
        ];
        given.ToList().ForEach(start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
