using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Children;

/// <summary>A child's page: who may read which part of it. Asked over HTTP.</summary>
public sealed class ChildPageSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Own = "900001", Other = "900002";

    private TestSchool _own = null!;

    public async Task InitializeAsync()
    {
        _own = new TestSchool(host, Own, host.KeyOf(Own));
        foreach (var urn in new[] { Own, Other })
        {
            await host.Send(host.KeyOf(urn), HttpMethod.Put, $"/api/v1/schools/{urn}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        }
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_child_is_shown_with_school_contacts_and_episodes_to_its_own_school()
    {
        var child = await Enrol(_own, Pupil("A1", "Amina", phone: "01632 960111"));
        await _own.Register("""{"schoolPupilId":"A1","code":"N"}""");
        using var dsl = await host.PersonAsync("dsl-900001");

        var page = await dsl.ReadAsync($"/children/{child}");

        page.ShouldContain("Amina Shared");
        page.ShouldContain("01632 960111");
        page.ShouldContain("Has parental responsibility. Call first.");
        page.ShouldContain("2 March 2014, aged 12");
        page.ShouldContain("1 episode is open.");
        page.ShouldContain("Whereabouts not known, first day missing 7 September 2026");
        page.ShouldContain("<title>A child’s record", Case.Sensitive, "a title tells no name to whoever looks at the window");
    }

    [Fact]
    public async Task A_child_of_another_school_and_a_child_that_there_is_not_are_the_same_page_not_found()
    {
        var child = await Enrol(_own, Pupil("B1", "Basil", phone: "01632 960122"));
        using var others = await host.PersonAsync("dsl-900002");

        (await others.ReadAsync($"/children/{child}", HttpStatusCode.NotFound)).ShouldContain("belong to another organisation");
        (await others.ReadAsync("/children/000000000000", HttpStatusCode.NotFound)).ShouldContain("belong to another organisation");
    }

    [Fact]
    public async Task A_school_reads_its_own_time_with_a_child_and_the_council_every_school_s()
    {
        var child = await Enrol(_own, Pupil("C1", "Cyra", phone: "01632 960133", upn: "H801200001001"));
        (await Enrol(new TestSchool(host, Other, host.KeyOf(Other)), Pupil("X9", "Cyra", phone: "01632 960133", upn: "H801200001001"))).ShouldBe(child);
        var names = (await host.Sql("select name from cme.school where urn in ('900001', '900002') order by urn"));
        using var dsl = await host.PersonAsync("dsl-900001");
        using var desk = await host.PersonAsync("duty-desk");

        (await dsl.ReadAsync($"/children/{child}")).ShouldNotContain(names[1]);
        var whole = await desk.ReadAsync($"/children/{child}");
        whole.ShouldContain(names[0]);
        whole.ShouldContain(names[1]);
    }

    [Fact]
    public async Task D4_Where_an_address_is_to_be_hidden_nobody_reads_it_and_no_link_tells_it()
    {
        var hidden = await Enrol(_own, Pupil("D1", "Dara", phone: "01632 960144", flags: "\"address_hidden_from\""));
        var brother = await Enrol(_own, Pupil("D2", "Danek", phone: "01632 960144"));
        foreach (var persona in new[] { "dsl-900001", "cme-lead" })
        {
            using var person = await host.PersonAsync(persona);

            var page = await person.ReadAsync($"/children/{hidden}");
            page.ShouldContain("It is shown to nobody here");
            page.ShouldNotContain("12 Quarry Row");
            page.ShouldNotContain("Danek");
            (await person.ReadAsync($"/children/{brother}")).ShouldNotContain("Dara");
        }
    }

    [Fact]
    public async Task D4_What_another_school_s_roll_hides_is_hidden_here_too()
    {
        var child = await Enrol(_own, Pupil("E1", "Edda", phone: "01632 960155", upn: "R935400024123"));
        await Enrol(new TestSchool(host, Other, host.KeyOf(Other)), Pupil("E9", "Edda", phone: "01632 960155", upn: "R935400024123", flags: "\"refuge_placement\""));
        using var dsl = await host.PersonAsync("dsl-900001");

        var page = await dsl.ReadAsync($"/children/{child}");

        page.ShouldNotContain("12 Quarry Row");
        page.ShouldNotContain("Placed in a refuge", Case.Insensitive, "the flag itself is of layer 4");
    }

    [Fact]
    public async Task Children_of_one_home_or_one_number_are_linked_however_it_is_written()
    {
        var one = await Enrol(_own, Pupil("F1", "Faye", phone: "01632 960166"));
        var two = await Enrol(_own, Pupil("F2", "Finn", phone: "(01632) 960-166", line: "3 Elsewhere Street", postcode: "NN2 2BB"));
        await Enrol(_own, Pupil("F3", "Fedor", phone: "01632 960199", line: "4 Elsewhere Street", postcode: "NN2 2CC"));
        using var dsl = await host.PersonAsync("dsl-900001");

        var page = await dsl.ReadAsync($"/children/{one}");

        page.ShouldContain($"href=\"/children/{two}\"");
        page.ShouldContain("Same telephone number");
        page.ShouldNotContain("Fedor");
    }

    [Fact]
    public async Task A_number_that_many_children_share_links_nobody()
    {
        string? child = null;
        for (var at = 0; at < 11; at++)
        {
            child = await Enrol(_own, Pupil($"G{at}", "Gus", phone: "01632 960177", line: $"{at} Long Lane", postcode: "NN3 3DD"));
        }
        using var dsl = await host.PersonAsync("dsl-900001");

        (await dsl.ReadAsync($"/children/{child}")).ShouldContain("No other child that you may see");
    }

    [Fact]
    public async Task A_flag_s_note_is_read_by_those_who_answer_for_safeguarding_only()
    {
        var child = await Enrol(_own, Pupil("H1", "Hana", phone: "01632 960188"));
        await host.Send(host.AuthorityKey, HttpMethod.Put, $"/api/v1/children/{child}/flags",
            """{"flags":[{"id":"young_carer","source":"Social care","reviewOn":"2026-12-01","note":"Cares for her father."},{"id":"police_sensitive","source":"Police","reviewOn":"2026-12-01"}]}""",
            HttpStatusCode.OK);
        using var dsl = await host.PersonAsync("dsl-900001");
        using var officer = await host.PersonAsync("attendance-officer-900001");

        var read = await dsl.ReadAsync($"/children/{child}");
        read.ShouldContain("Cares for her father.");
        read.ShouldContain("To be reviewed on 1 December 2026");
        read.ShouldNotContain("Sensitive to a police enquiry");
        var masked = await officer.ReadAsync($"/children/{child}");
        masked.ShouldContain("Young carer");
        masked.ShouldNotContain("Cares for her father.");
    }

    [Fact]
    public async Task Flags_are_set_with_a_reason_and_cleared_again()
    {
        var child = await Enrol(_own, Pupil("J1", "Jory", phone: "01632 960211"));
        using var desk = await host.PersonAsync("duty-desk");
        var form = $"/children/{child}/flags";

        using var without = await desk.SubmitAsync(form, ("Version", "0"), ("Add", "looked_after"));
        (await without.Content.ReadAsStringAsync()).ShouldContain("Enter why the flags change");
        using var set = await desk.SubmitAsync(form, ("Version", "0"), ("Add", "looked_after"), ("Source", "Social care"), ("Review.Day", "7"), ("Review.Month", "12"),
            ("Review.Year", "2026"), ("Reason", "Told by the social worker."));
        set.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await desk.ReadAsync($"/children/{child}");
        page.ShouldContain("Set: Looked after child. Reason: Told by the social worker.");

        using var cleared = await desk.SubmitAsync(form, ("Version", "1"), ("Clear", "looked_after"), ("Reason", "Ended."));
        cleared.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await desk.ReadAsync($"/children/{child}")).ShouldContain("No flag that you may see is in force.");
    }

    [Fact]
    public async Task Somebody_else_s_change_of_flags_is_not_overwritten()
    {
        var child = await Enrol(_own, Pupil("K1", "Kezi", phone: "01632 960222"));
        await host.Send(host.AuthorityKey, HttpMethod.Put, $"/api/v1/children/{child}/flags",
            """{"flags":[{"id":"young_carer","source":"Social care","reviewOn":"2026-12-01"}]}""", HttpStatusCode.OK);
        using var desk = await host.PersonAsync("duty-desk");

        using var answer = await desk.SubmitAsync($"/children/{child}/flags", ("Version", "0"), ("Clear", "young_carer"), ("Reason", "Ended."));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Somebody else changed the flags");
        (await desk.ReadAsync($"/children/{child}")).ShouldContain("Young carer");
    }

    /// <summary>Puts a pupil on a school's roll; answers which child it is.</summary>
    private async Task<string> Enrol(TestSchool school, string pupil) =>
        (string)(await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""{"pupils":[{{pupil}}]}""", HttpStatusCode.OK))["children"]![0]!["childId"]!;

    private static string Pupil(
        string id, string forename, string phone, string? upn = null, string flags = "", string line = "12 Quarry Row", string postcode = "NN1 1AA") =>
        $$"""
        {"schoolPupilId":"{{id}}",{{(upn is null ? "" : $"\"upn\":\"{upn}\",")}}"forename":"{{forename}}","surname":"Shared","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7",
         "entryDate":"2025-09-03","flags":[{{flags}}],"address":{"lines":["{{(id == "F1" || line != "12 Quarry Row" ? line : $"{line}, flat {id}")}}"],"postcode":"{{postcode}}"},
         "contacts":[{"id":"C1","name":"Parent of {{forename}}","relationship":"Mother","parentalResponsibility":true,"phones":["{{phone}}"],"priority":1}]}
        """;
}
