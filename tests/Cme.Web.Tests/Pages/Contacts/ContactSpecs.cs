using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Contacts;

/// <summary>MID-17: whom schools name, by interface and pages, and who sees that a name has gone stale.</summary>
public sealed class ContactSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Urn = "900001", Path = $"/api/v1/schools/{Urn}/contacts";

    private const string Both =
        """{"contacts":[{"role":"attendance-officer","name":"Maureen Okafor","phone":"01632 960101"},{"role":"dsl","name":"Priya Natarajan","email":"dsl@willowbrook.example"}]}""";

    public async Task InitializeAsync()
    {
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await host.Send(host.KeyOf(Urn), HttpMethod.Put, $"/api/v1/schools/{Urn}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task MID17_A_school_s_system_names_them_and_confirms_them_by_sending_the_same_again()
    {
        var held = await Put(Both, HttpStatusCode.OK);
        State(held, "dsl").ShouldBe("confirmed");
        State(held, "deputy-dsl").ShouldBe("not-needed");
        Of(held, "attendance-officer")["phone"]!.GetValue<string>().ShouldBe("01632 960101");

        var again = await Put(Both, HttpStatusCode.OK);

        ((long)again["version"]!).ShouldBeGreaterThan((long)held["version"]!, "that it is still so is worth keeping");
        var without = await Put("""{"contacts":[{"role":"dsl","name":"Priya Natarajan"}]}""", HttpStatusCode.OK);
        State(without, "attendance-officer").ShouldBe("missing");
    }

    [Theory]
    [InlineData("""{"contacts":[{"role":"caretaker","name":"A"}]}""", "/contacts/0/role")]
    [InlineData("""{"contacts":[{"role":"dsl"}]}""", "/contacts/0/name")]
    [InlineData("""{"contacts":[{"role":"dsl","name":"A"},{"role":"dsl","name":"B"}]}""", "/contacts/1/role")]
    [InlineData("{}", "/contacts")]
    public async Task What_cannot_be_named_is_refused_by_its_place(string json, string pointer) =>
        (await Put(json, HttpStatusCode.UnprocessableEntity)).Pointers().ShouldBe([pointer]);

    [Fact]
    public async Task Nobody_overwrites_what_they_have_not_seen()
    {
        await Put(Both, HttpStatusCode.OK);

        (await host.PutIfAsync(Path, Both, "\"v0\"", HttpStatusCode.PreconditionFailed)).Body["code"]!.GetValue<string>().ShouldBe("precondition-failed");
    }

    [Fact]
    public async Task MID17_The_school_is_asked_on_its_page_once_a_name_is_stale_and_the_lead_sees_it_until_it_is_confirmed()
    {
        await Put(Both, HttpStatusCode.OK);
        using var officer = await host.PersonAsync("attendance-officer-900001");
        using var lead = await host.PersonAsync("cme-lead");
        using var desk = await host.PersonAsync("duty-desk");
        (await officer.ReadAsync($"/schools/{Urn}")).ShouldNotContain("and that it is still so");
        (await desk.ReadAsync($"/schools/{Urn}/contacts")).ShouldContain("01632 960101");
        (await lead.ReadAsync("/contacts")).ShouldNotContain($"/schools/{Urn}/contacts");

        await host.Sql("alter table cme.school_contact disable trigger append_only; update cme.school_contact set confirmed_on = '2026-03-06'; alter table cme.school_contact enable trigger append_only");

        (await officer.ReadAsync($"/schools/{Urn}")).ShouldContain("Say whom others can turn to about a child who is missing, and that it is still so.");
        (await lead.ReadAsync("/lead")).ShouldContain("must be asked to name or confirm them");
        (await lead.ReadAsync("/contacts")).ShouldContain($"/schools/{Urn}/contacts");
        var form = await officer.ReadAsync($"/schools/{Urn}/contacts");
        form.ShouldContain("To be confirmed");
        form.ShouldContain("value=\"Priya Natarajan\"");

        var version = form.Split("name=\"version\" value=\"")[1].Split('"')[0];
        using var sent = await officer.SubmitAsync($"/schools/{Urn}/contacts", [.. Form("Maureen Okafor", "Priya Natarajan"), ("version", version)]);

        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await officer.ReadAsync($"/schools/{Urn}/contacts")).ShouldContain("Confirmed on 7 September 2026.");
        (await lead.ReadAsync("/contacts")).ShouldNotContain($"/schools/{Urn}/contacts");
    }

    [Fact]
    public async Task MID17_A_form_without_one_of_the_two_is_refused_beside_its_field()
    {
        using var dsl = await host.PersonAsync("dsl-900001");

        using var sent = await dsl.SubmitAsync($"/schools/{Urn}/contacts", [.. Form("Maureen Okafor", "")]);

        WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync()).ShouldContain("Enter the name of the designated safeguarding lead");
    }

    [Fact]
    public async Task A_school_names_its_own_and_no_other_s_and_of_the_council_the_lead_alone_may()
    {
        await host.Send(host.KeyOf("900002"), HttpMethod.Put, Path, Both, HttpStatusCode.NotFound);
        using var others = await host.PersonAsync("dsl-900002");
        (await others.GetAsync($"/schools/{Urn}/contacts")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var desk = await host.PersonAsync("duty-desk");
        (await desk.ReadAsync($"/schools/{Urn}/contacts")).ShouldNotContain("Confirm these contacts");
        using var lead = await host.PersonAsync("cme-lead");
        (await lead.ReadAsync($"/schools/{Urn}/contacts")).ShouldContain("Confirm these contacts");
    }

    private Task<JsonObject> Put(string json, HttpStatusCode status) => host.Send(host.KeyOf(Urn), HttpMethod.Put, Path, json, status);

    private static JsonNode Of(JsonObject held, string role) => held["contacts"]!.AsArray().Single(one => (string)one!["role"]! == role)!;

    private static string State(JsonObject held, string role) => (string)Of(held, role)["state"]!;

    private static IEnumerable<(string, string)> Form(string officer, string dsl) =>
    [
        ("rows[0].Role", "attendance-officer"), ("rows[0].Name", officer), ("rows[0].Phone", ""), ("rows[0].Email", ""),
        ("rows[1].Role", "dsl"), ("rows[1].Name", dsl), ("rows[1].Phone", ""), ("rows[1].Email", ""),
        ("rows[2].Role", "deputy-dsl"), ("rows[2].Name", ""), ("rows[2].Phone", ""), ("rows[2].Email", ""),
    ];
}
