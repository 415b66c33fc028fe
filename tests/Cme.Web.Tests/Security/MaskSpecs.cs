using System.Net;
using System.Text.Json.Nodes;
using Cme.Domain.Children;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Security;

/// <summary>What must be hidden of a child is hidden wherever the child is shown.</summary>
public sealed class MaskSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    public static TheoryData<string> Hiding => [.. Flags.HidingAddress];

    [Theory]
    [MemberData(nameof(Hiding))]
    public async Task An_address_that_must_be_hidden_is_given_to_nobody_not_even_to_the_school_that_sent_it(string flag)
    {
        var school = await host.NewSchoolAsync(1);
        await Roll(school, "[]");
        (await Read(school)).ShouldContain("12 Larch Lane");

        await Roll(school, $"[\"{flag}\"]");

        var hidden = await Read(school);
        hidden.ShouldNotContain("12 Larch Lane");
        hidden.ShouldNotContain("ZQ7 9ZZ");
        hidden.ShouldContain("\"addressHidden\":true");
        hidden.ShouldContain("01632 960123");
        (await host.Send(host.AuthorityKey, HttpMethod.Get, $"{school.Path}/roll", null, HttpStatusCode.OK)).ToJsonString().ShouldNotContain("Larch");
    }

    [Fact]
    public async Task A_system_that_sends_back_what_it_read_takes_away_neither_the_hidden_address_nor_what_hides_it()
    {
        var school = await host.NewSchoolAsync(1);
        await Roll(school, """["cp_plan","witness_protection"]""");
        var read = JsonNode.Parse(await Read(school))!["data"]!.AsArray();

        await host.Send(school.Key, HttpMethod.Put, $"{school.Path}/roll", new JsonObject { ["pupils"] = read.DeepClone() }.ToJsonString(), HttpStatusCode.OK);

        var held = await host.Sql($"select particulars::text || array_to_string(flags, ',') from cme.pupil where urn = '{school.Urn}' and school_pupil_id = 'H'");
        held.ShouldHaveSingleItem().ShouldContain("12 Larch Lane");
        held.Single().ShouldContain("witness_protection");
        (await Read(school)).ShouldNotContain("Larch");
    }

    [Fact]
    public async Task A_flag_that_the_authority_sets_hides_the_address_on_the_schools_roll()
    {
        var school = await host.NewSchoolAsync(1);
        var child = await Roll(school, "[]");

        await host.Send(host.AuthorityKey, HttpMethod.Put, $"/api/v1/children/{child}/flags",
            """{"flags":[{"id":"address_hidden_from","source":"Court","reviewOn":"2027-01-01"}]}""", HttpStatusCode.OK);

        (await Read(school)).ShouldNotContain("Larch");
    }

    [Fact]
    public async Task A_flag_that_would_give_a_secret_away_is_not_on_the_roll_that_a_key_reads()
    {
        var school = await host.NewSchoolAsync(1);
        await Roll(school, """["cp_plan","witness_protection"]""");

        var roll = await Read(school);

        roll.ShouldContain("cp_plan");
        roll.ShouldNotContain("witness_protection");
    }

    [Fact]
    public async Task DOR35_That_a_child_s_stay_is_restricted_is_layer_4_and_so_is_what_passed_with_the_Home_Office()
    {
        var school = await host.NewSchoolAsync(1);
        await Roll(school, """["cp_plan","subject_to_restriction"]""");
        (await Read(school)).ShouldNotContain("subject_to_restriction");
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await school.Register("""{"schoolPupilId":"H","code":"N"}""");
        var episode = await school.OnlyEpisode();
        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{episode}/actions",
            school.Deed("agency-update", "contact", more: ""","whom":"home-office","note":"Officer Quill rang.","layer":2"""), HttpStatusCode.OK);

        using var desk = await host.PersonAsync("duty-desk");
        var page = await desk.ReadAsync($"/episodes/{episode}");
        page.ShouldContain("the Home Office");
        page.ShouldNotContain("Quill");
        page.ShouldNotContain(Flags.Find("subject_to_restriction")!.Label);
        var timeline = (await school.Get($"/api/v1/episodes/{episode}/timeline")).ToJsonString();
        timeline.ShouldNotContain("Quill");
        timeline.ShouldNotContain("Home Office");
        timeline.ShouldNotContain("home-office");

        await host.Sql($"insert into cme.named_reader (authority, subject, person, name, named_by, reason) values ('999', '{episode}', 'duty-desk', 'x', 'cme-lead', 'Sees to it') returning 1");
        (await desk.ReadAsync($"/episodes/{episode}")).ShouldContain("Officer Quill rang.");
    }

    [Fact]
    public async Task A_referral_of_a_child_whose_address_is_hidden_does_not_give_it_away_and_its_narrative_is_not_for_another_organisations_key()
    {
        var school = await host.NewSchoolAsync(1);
        await Roll(school, """["refuge_placement"]""");
        var held = await host.Send(school.Key, HttpMethod.Post, "/api/v1/referrals",
            $$"""
            {"child":{"forename":"Amina","surname":"Hart{{school.Urn}}","dateOfBirth":"2013-05-06","address":"12 Larch Lane","postcode":"ZQ7 9ZZ","lastSeen":"at the bus station"},
             "concerns":"She was afraid.","referrer":{"name":"Nosy Neighbour","role":"dsl","phone":"01632 960999"} }
            """, HttpStatusCode.Created);
        var path = $"/api/v1/referrals/{held["reference"]}";

        var own = (await school.Get(path)).ToJsonString();
        var authoritys = (await host.Send(host.AuthorityKey, HttpMethod.Get, path, null, HttpStatusCode.OK)).ToJsonString();

        own.ShouldContain("She was afraid.");
        foreach (var answer in new[] { held.ToJsonString(), own, authoritys })
        {
            answer.ShouldNotContain("Larch Lane");
            answer.ShouldNotContain("ZQ7");
        }
        foreach (var narrative in new[] { "afraid", "bus station", "Nosy Neighbour", "960999" }) { authoritys.ShouldNotContain(narrative); }
    }

    private async Task<string> Roll(TestSchool school, string flags) => (string)(await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""
        {"pupils":[{"schoolPupilId":"H","forename":"Amina","surname":"Hart{{school.Urn}}","dateOfBirth":"2013-05-06","sex":"F","yearGroup":"7","entryDate":"2025-09-03",
          "address":{"lines":["12 Larch Lane"],"postcode":"ZQ7 9ZZ"},"flags":{{flags}},
          "contacts":[{"id":"C1","name":"Parent","parentalResponsibility":true,"phones":["01632 960123"],"priority":1}]}]}
        """, HttpStatusCode.OK))["children"]![0]!["childId"]!;

    private static async Task<string> Read(TestSchool school) => (await school.Get($"{school.Path}/roll")).ToJsonString();
}
