using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Security;

/// <summary>What may be read of one child is one rule, on the page of the child, of its episodes, of its flags and in every list.</summary>
public sealed class OneRuleOfLayersSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    /// <summary>A flag of layer 4, and its note of layer 3.</summary>
    private const string Restricted = "Sensitive to a police enquiry", Note = "Ask for Inspector Quill first.", Why = "Works with the police on this case.";

    private TestSchool _school = null!;
    private string _episode = "", _child = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(1);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        _episode = await _school.OnlyEpisode();
        _child = (string)(await _school.Get($"/api/v1/episodes/{_episode}"))["child"]!["id"]!;
        await host.Send(host.AuthorityKey, HttpMethod.Put, $"/api/v1/children/{_child}/flags",
            $$"""{"flags":[{"id":"police_sensitive","source":"Police","reviewOn":"2026-12-01","note":"{{Note}}"}]}""", HttpStatusCode.OK);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Whoever_is_named_for_everything_about_a_child_reads_it_on_every_page_of_the_child_and_in_no_list()
    {
        using var officer = await host.PersonAsync("tracking-officer");
        (await officer.ReadAsync($"/children/{_child}")).ShouldNotContain(Restricted);
        (await officer.ReadAsync($"/children/{_child}/flags")).ShouldNotContain($"Clear “{Restricted}”");

        await NameAsync("tracking-officer", "child");

        var page = await officer.ReadAsync($"/children/{_child}");
        page.ShouldContain(Restricted);
        page.ShouldContain(Note);
        (await officer.ReadAsync($"/episodes/{_episode}")).ShouldContain(Restricted);
        (await officer.ReadAsync($"/children/{_child}/flags")).ShouldContain($"Clear “{Restricted}”");
        using var sought = await officer.SubmitAsync("/search", ("Reference", _episode));
        (await officer.ReadAsync(sought.Headers.Location!.ToString())).ShouldNotContain(Restricted);
        (await officer.ReadAsync($"/schools/{_school.Urn}/board")).ShouldNotContain(Restricted);
        (await FourthAsync("tracking-officer")).ShouldBe(["child", "child", "record"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_is_named_for_one_episode_reads_that_episode_and_not_the_child_s_page()
    {
        using var officer = await host.PersonAsync("duty-desk");
        await NameAsync("duty-desk", "episode");

        (await officer.ReadAsync($"/episodes/{_episode}")).ShouldContain(Restricted);
        (await officer.ReadAsync($"/children/{_child}")).ShouldNotContain(Restricted);
    }

    [Fact]
    public async Task Whoever_opened_an_episode_with_a_reason_reads_the_child_s_page_for_that_hour()
    {
        using var officer = await host.PersonAsync("duty-desk");
        using (var opened = await officer.SubmitAsync($"/episodes/{_episode}/open-restricted", ("Reason", "Police ask where the child is now.")))
        {
            opened.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
        (await officer.ReadAsync($"/children/{_child}")).ShouldContain(Restricted);

        await host.Sql($"update cme.break_glass set expires_at = now() where episode = '{_episode}'");
        (await officer.ReadAsync($"/children/{_child}")).ShouldNotContain(Restricted);
    }

    [Fact]
    public async Task What_a_child_spoke_of_after_the_return_is_told_to_nobody_below_layer_3()
    {
        await host.Send(_school.Key, HttpMethod.Post, $"/api/v1/episodes/{_episode}/actions", _school.Deed("return-interview", "sexual-exploitation"), HttpStatusCode.OK);
        using var lead = await host.PersonAsync("cme-lead");

        (await lead.ReadAsync($"/episodes/{_episode}")).ShouldContain("sexual exploitation");
        var told = (await _school.Get($"/api/v1/episodes/{_episode}/timeline")).ToJsonString();
        told.ShouldContain("Return interview");
        told.ShouldNotContain("sexual");
    }

    [Fact]
    public async Task A_school_that_a_child_has_left_reads_what_it_holds_itself_and_no_flag_that_others_set()
    {
        const string Pupil = """{"schoolPupilId":"M1","upn":"A920000126101","forename":"Mona","surname":"Moves","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03"}""";
        var first = new TestSchool(host, "900001", host.KeyOf("900001"));
        var child = (string)(await PatchAsync("900001", Pupil))["children"]!.AsArray().Single()!["childId"]!;
        await host.Send(host.AuthorityKey, HttpMethod.Put, $"/api/v1/children/{child}/flags",
            """{"flags":[{"id":"young_carer","source":"Social care","reviewOn":"2026-12-01"}]}""", HttpStatusCode.OK);
        using var dsl = await host.PersonAsync("dsl-900001");
        (await dsl.ReadAsync($"/children/{child}")).ShouldContain("Young carer");

        await PatchAsync("900001", Pupil.Replace("\"entryDate\"", "\"leavingDate\":\"2026-09-04\",\"ground\":\"a\",\"destination\":\"There\",\"entryDate\"", StringComparison.Ordinal));
        await PatchAsync("900002", Pupil);

        var left = await dsl.ReadAsync($"/children/{child}");
        left.ShouldContain("Mona Moves");
        left.ShouldContain("has been at another school since");
        left.ShouldNotContain("Young carer");
        using var there = await host.PersonAsync("dsl-900002");
        (await there.ReadAsync($"/children/{child}")).ShouldContain("Young carer");

        Task<System.Text.Json.Nodes.JsonObject> PatchAsync(string urn, string pupil) => host.Send(
            host.KeyOf(urn), HttpMethod.Patch, $"/api/v1/schools/{urn}/roll", $$"""{"pupils":[{{pupil}}]}""", HttpStatusCode.OK);
    }

    private async Task NameAsync(string person, string of)
    {
        using var lead = await host.PersonAsync("cme-lead");
        using var named = await lead.SubmitAsync($"/episodes/{_episode}/named-readers", ("Person", person), ("Of", of), ("Reason", Why));
        named.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>What the log says that somebody was shown of layer 4.</summary>
    private async Task<List<string>> FourthAsync(string reader)
    {
        await host.ChainedAsync();
        return await host.Sql($"select what from cme.read_entry where reader = '{reader}' and child_id = '{_child}' and fourth order by number");
    }
}
