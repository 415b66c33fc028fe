using Cme.TestSupport.Database;
using Cme.Web.Demo;
using Cme.Web.Security;

namespace Cme.Web.Tests.Demo;

public sealed class DemoCredentialsSpecs
{
    [Fact]
    public void Keys_stay_the_same_over_restarts_and_the_file_is_closed_to_others()
    {
        var path = Path.Combine(ThrowAwayDirectory.Create(), "demo", DemoCredentials.FileName);

        var first = DemoCredentials.Renew(null, "http://localhost:5080");
        first.WriteTo(path);
        var second = DemoCredentials.Renew(File.ReadAllText(path), "http://localhost:5090");
        second.WriteTo(path);

#pragma warning disable CA1416 // The product runs on Linux.
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
        second.ApiKeys.ShouldBe(first.ApiKeys);
        second.BaseUrl.ShouldBe("http://localhost:5090");
        second.ApiKeys.Count(key => key.Kind == "school").ShouldBe(DemoAuthority.Schools.Count);
        second.ApiKeys.ShouldAllBe(key => key.Key.StartsWith("cme_") && key.Key.Length >= 46);
        second.Accounts.Select(account => account.Role).Distinct().ShouldBe(Roles.All, ignoreOrder: true);
    }
}
