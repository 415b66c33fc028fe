using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Episodes;

/// <summary>A letter to a parent: filled in from the record, kept as it was written, and recorded once it was sent (NOR-11, DOR-21).</summary>
public sealed class LetterSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    private TestSchool _school = null!;
    private string _reference = "";

    [Fact]
    public async Task NOR11_The_letter_is_filled_in_from_the_record_and_gives_three_working_days_to_reply()
    {
        using var lead = await MissingAsync();

        var letter = PageForm.Of(await lead.GetStringAsync($"/episodes/{_reference}/letter?kind=no-news&contact=C1"), "Body")["Body"];

        letter.ShouldStartWith("Dear Grace Okoro");
        letter.ShouldContain("Amina has not been at Test School since Monday 7 September 2026.");
        letter.ShouldContain("by Thursday 10 September 2026 at the latest");
        letter.ShouldContain("If Amina is in danger now, call 999.");
    }

    [Fact]
    public async Task NOR11_Each_version_is_kept_with_its_copy_in_another_language_and_what_was_sent_is_on_the_timeline()
    {
        using var lead = await MissingAsync();
        var form = PageForm.Of(await lead.GetStringAsync($"/episodes/{_reference}/letter?kind=no-news&contact=C1"), "Body");
        (form["Language"], form["Translation"]) = ("Polish", "Prosimy o kontakt.");

        var (_, kept) = await form.SendAsync(lead, $"/episodes/{_reference}/letter");
        kept.ShouldContain("Dear Grace Okoro");
        kept.ShouldContain("12 Harbour Street");
        kept.ShouldContain("Prosimy o kontakt.");
        await form.SendAsync(lead, $"/episodes/{_reference}/letter");
        (await host.Sql($"select id from cme.letter where episode = '{_reference}'")).Count.ShouldBe(1, "It was sent twice by one press too many.");

        var id = (await host.Sql($"select id from cme.letter where episode = '{_reference}'"))[0];
        var record = PageForm.Of(await lead.GetStringAsync($"/episodes/{_reference}/record-letter?letter={id}"), "Note");
        (record["Outcome"], record["Languages"], record["Evidence[0].Ref"], record["Channel"]) = ("sent", record["Languages"], record["Evidence[0].Ref"], "post");
        record["Languages"].ShouldBe("English, Polish");
        record["Evidence[0].Ref"].ShouldBe(id);
        record["Evidence[0].Kind"] = "letter";
        var (_, check) = await record.SendAsync(lead, $"/episodes/{_reference}/record-letter");
        await PageForm.Of(check, "Checked").SendAsync(lead, $"/episodes/{_reference}/record-letter");
        (await lead.GetStringAsync($"/episodes/{_reference}")).ShouldContain($"href=\"/episodes/{_reference}/letters/{id}\">The letter as it was sent");
    }

    [Fact]
    public async Task A_hidden_address_goes_onto_no_letter_whoever_writes_it()
    {
        using var lead = await MissingAsync("refuge_placement");
        using var desk = await host.PersonAsync("duty-desk");
        foreach (var person in new[] { lead, desk })
        {
            var page = await person.GetStringAsync($"/episodes/{_reference}/letter?kind=nobody-in");
            page.ShouldNotContain("Harbour Street");
            var (_, kept) = await PageForm.Of(page, "Body").SendAsync(person, $"/episodes/{_reference}/letter");
            kept.ShouldNotContain("Harbour Street");
        }
        (await host.Sql($"select array_length(address, 1)::text from cme.letter where episode = '{_reference}'")).ShouldAllBe(lines => string.IsNullOrEmpty(lines));
    }

    [Fact]
    public async Task Nobody_writes_to_a_family_that_must_not_be_contacted()
    {
        using var lead = await MissingAsync("do_not_contact_family");

        var page = await lead.GetStringAsync($"/episodes/{_reference}/letter?kind=no-news");
        page.ShouldContain("Do not contact the family");
        page.ShouldNotContain("name=\"Body\"");
        using var answer = await lead.PostAsync($"/episodes/{_reference}/letter", new FormUrlEncodedContent(
        [
            new("Kind", "no-news"), new("Body", "Dear parent"), new("Sending", Guid.NewGuid().ToString("n")),
            new("__RequestVerificationToken", PageForm.Of(await lead.GetStringAsync($"/episodes/{_reference}/record-note"), "Note")["__RequestVerificationToken"]),
        ]));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Sql($"select id from cme.letter where episode = '{_reference}'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_school_s_letter_is_not_drafted_for_a_record_that_the_authority_leads()
    {
        using var lead = await MissingAsync();
        var child = (string)(await _school.Get($"/api/v1/episodes/{_reference}"))["child"]!["id"]!;
        var record = (string)(await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/children/{child}/records", """{"kind":"cme"}""", HttpStatusCode.Created))["reference"]!;

        (await lead.GetAsync($"/episodes/{record}/letter?kind=no-news")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await lead.GetStringAsync($"/episodes/{record}")).ShouldNotContain($"/episodes/{record}/letter\"");
    }

    [Fact]
    public async Task What_is_missing_is_said_beside_its_field_and_the_text_comes_back()
    {
        using var lead = await MissingAsync();
        var form = PageForm.Of(await lead.GetStringAsync($"/episodes/{_reference}/letter?kind=no-news"), "Body");
        (form["Body"], form["Translation"]) = ("", "Prosimy o kontakt.");

        var (status, page) = await form.SendAsync(lead, $"/episodes/{_reference}/letter");

        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("Write the letter");
        page.ShouldContain("Enter the language of the copy");
        page.ShouldContain("Prosimy o kontakt.");
    }

    [Fact]
    public async Task A_letter_is_read_by_nobody_of_another_school_nor_under_another_episode()
    {
        using var lead = await MissingAsync();
        await PageForm.Of(await lead.GetStringAsync($"/episodes/{_reference}/letter?kind=school-place"), "Body").SendAsync(lead, $"/episodes/{_reference}/letter");
        var id = (await host.Sql($"select id from cme.letter where episode = '{_reference}'"))[0];
        var first = _reference;
        using var other = await host.PersonAsync("dsl-900002");
        (await other.GetAsync($"/episodes/{first}/letters/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var again = await MissingAsync();
        (await again.GetAsync($"/episodes/{_reference}/letters/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <returns>The CME lead, who may write for any school of the authority.</returns>
    private async Task<HttpClient> MissingAsync(params string[] flags)
    {
        await host.ReachAsync("2026-09-07T09:40:00+01:00");
        _school = await host.NewSchoolAsync();
        await host.Send(_school.Key, HttpMethod.Put, $"{_school.Path}/roll", $$"""
            {"confirmMissing":29,"pupils":[{"schoolPupilId":"P1","forename":"Amina","surname":"Okoro","dateOfBirth":"2016-03-02","sex":"F","yearGroup":"5","entryDate":"2023-09-04",
              "firstLanguage":"pol","flags":[{{string.Join(',', flags.Select(flag => $"\"{flag}\""))}}],
              "address":{"lines":["12 Harbour Street","Testford"],"postcode":"ZZ1 1ZZ"},
              "contacts":[{"id":"C1","name":"Grace Okoro","relationship":"Mother","parentalResponsibility":true,"phones":["01604 000001"],"priority":1}]}]}
            """, HttpStatusCode.OK);
        await _school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        _reference = await _school.OnlyEpisode();
        return await host.PersonAsync("cme-lead");
    }
}
