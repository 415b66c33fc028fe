using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Procedures;

/// <summary>The pages of procedures, asked over HTTP.</summary>
public sealed class ProcedurePageSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    [Fact]
    public async Task The_latest_version_is_shown_unless_another_is_named()
    {
        using var officer = await host.PersonAsync("attendance-officer-900001");

        (await officer.GetStringAsync("/procedures/northamptonshire")).ShouldContain("Northamptonshire, version 2");
        (await officer.GetStringAsync("/procedures/northamptonshire?version=1")).ShouldContain("Northamptonshire, version 1");
        (await officer.GetStringAsync("/procedures")).ShouldContain("href=\"/procedures/northamptonshire\"");
    }

    [Theory, InlineData("/procedures/atlantis"), InlineData("/procedures/northamptonshire?version=99")]
    public async Task A_procedure_that_is_not_installed_is_a_page_that_says_what_to_do(string path)
    {
        using var officer = await host.PersonAsync("attendance-officer-900001");

        using var answer = await officer.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("check that it is correct");
    }
}
