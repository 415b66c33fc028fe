using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Admissions;

/// <summary>The documents of an admission, as a school's people see and record them.</summary>
public sealed class AdmissionPageSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Urn = "900001";

    private string _child = "";

    public async Task InitializeAsync()
    {
        var key = host.KeyOf(Urn);
        await host.Send(key, HttpMethod.Put, $"/api/v1/schools/{Urn}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        var sent = await host.Send(key, HttpMethod.Patch, $"/api/v1/schools/{Urn}/roll",
            """{"pupils":[{"schoolPupilId":"NEW","forename":"Noor","surname":"Newcomer","dateOfBirth":"2015-03-02","sex":"F","yearGroup":"7","entryDate":"2026-09-03"}]}""", HttpStatusCode.OK);
        _child = (string)sent["children"]![0]!["childId"]!;
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task DOR03_A_school_is_reminded_on_its_list_and_on_the_child_s_page_until_the_documents_were_seen()
    {
        using var officer = await host.PersonAsync("attendance-officer-900001");
        (await officer.ReadAsync($"/children/{_child}")).ShouldContain("has not yet seen 4 documents of the admission");
        (await officer.ReadAsync($"/schools/{Urn}")).ShouldContain($"/schools/{Urn}/admissions");
        (await officer.ReadAsync($"/schools/{Urn}/admissions")).ShouldContain("Not seen: who the parent or carer is; who the child is; their status in the United Kingdom; where they live.");

        foreach (var proof in new[] { "parent-identity", "child-identity", "uk-status", "address" })
        {
            using var sent = await officer.SubmitAsync($"/schools/{Urn}/admissions/NEW",
                ("Proof", proof), ("Seen.Day", "4"), ("Seen.Month", "9"), ("Seen.Year", "2026"), ("By", "Maureen Okafor"));
            sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        (await officer.ReadAsync($"/schools/{Urn}/admissions")).ShouldContain("Everything was seen of everybody who came within the last year.");
        (await officer.ReadAsync($"/schools/{Urn}/admissions/NEW")).ShouldContain("Seen on 4 September 2026 by Maureen Okafor.");
        (await officer.ReadAsync($"/children/{_child}")).ShouldNotContain("has not yet seen");
    }

    [Theory]
    [InlineData("Proof", "", "Select what the document shows")]
    [InlineData("Seen.Day", "40", "Enter a real date, such as 7 9 2026")]
    [InlineData("Seen.Year", "2031", "The date must be today or in the past")]
    [InlineData("By", "", "Enter who saw it")]
    [InlineData("TakeBack", "true", "There is no entry of this proof to take back.")]
    public async Task What_is_wrong_is_said_beside_its_field(string field, string value, string words)
    {
        using var dsl = await host.PersonAsync("dsl-900001");
        var fields = new Dictionary<string, string> { ["Proof"] = "address", ["Seen.Day"] = "4", ["Seen.Month"] = "9", ["Seen.Year"] = "2026", ["By"] = "A", [field] = value };
        if (field == "TakeBack") { fields["Proof"] = "uk-status"; }

        using var sent = await dsl.SubmitAsync($"/schools/{Urn}/admissions/NEW", [.. fields.Select(one => (one.Key, one.Value))]);

        WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Fact]
    public async Task The_auditor_reads_and_records_nothing()
    {
        using var auditor = await host.PersonAsync("auditor");

        (await auditor.ReadAsync($"/schools/{Urn}/admissions/NEW")).ShouldNotContain("<form method=\"post\" novalidate");
    }
}
