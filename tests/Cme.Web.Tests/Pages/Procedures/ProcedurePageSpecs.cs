using System.Net;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.Pages.Episodes;

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

    [Fact]
    public async Task A_changed_procedure_is_tried_on_what_was_recorded_and_changes_nothing()
    {
        await host.ReachAsync("2026-09-07T09:40:00+01:00");
        var school = await host.NewSchoolAsync();
        await school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        var reference = await school.OnlyEpisode();
        using var lead = await host.PersonAsync("cme-lead");

        var (status, page) = await TryAsync(lead, Northamptonshire.Replace("\"hours\": 2", "\"hours\": 1", StringComparison.Ordinal));

        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("What Northamptonshire, version 2, would have made of it");
        page.ShouldContain($"href=\"/episodes/{reference}\"");
        page.ShouldContain("only this file asks for");
        (await school.Get($"/api/v1/episodes/{reference}/timeline"))["data"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_told_with_every_place()
    {
        using var lead = await host.PersonAsync("cme-lead");

        (await TryAsync(lead, """{"id":"Mine","version":0}""")).Page.ShouldSatisfyAllConditions(
            page => page.ShouldContain("/id: A pack needs an id"), page => page.ShouldContain("/version: A version is 1 or more"), page => page.ShouldContain("/steps: "));
        (await TryAsync(lead, "no JSON")).Page.ShouldContain("There is a problem");
        (await TryAsync(lead, "")).Page.ShouldContain("Choose the file of the changed procedure");
        (await TryAsync(lead, Northamptonshire, to: "1 September 2020")).Page.ShouldContain("The last day must not be before the first");
    }

    [Fact]
    public async Task Of_another_procedure_than_any_episode_ran_under_it_says_so()
    {
        using var lead = await host.PersonAsync("cme-lead");

        (await TryAsync(lead, Northamptonshire.Replace("\"northamptonshire\"", "\"rutland\"", StringComparison.Ordinal))).Page.ShouldContain("No episode ran under");
    }

    private static string Northamptonshire => File.ReadAllText(Path.Combine(
        Cme.TestSupport.Service.Repository.Root, "src/Cme.Domain/Procedures/Packs/northamptonshire.2.json"));

    private static async Task<(HttpStatusCode Status, string Page)> TryAsync(HttpClient person, string file, string from = "1 September 2026", string to = "31 December 2026")
    {
        var form = PageForm.Of(await person.GetStringAsync("/procedures/try"), "From");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form["__RequestVerificationToken"]), "__RequestVerificationToken" }, { new StringContent(from), "From" },
            { new StringContent(to), "To" }, { new StringContent(file), "Changed", "changed.json" },
        };
        using var answer = await person.PostAsync("/procedures/try", content);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }
}
