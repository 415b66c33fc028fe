using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.States;

/// <summary>Two thousand children missing at once, each first on the desk: the boards of a very bad day.</summary>
internal sealed class TwoThousand(Gallery gallery)
{
    private const int Schools = 10, OfEach = 200;

    public async Task SeeAsync()
    {
        foreach (var urn in Enumerable.Range(900002, Schools)) { await MissAllAsync($"{urn}"); }
        using (var anybody = new HttpClient { BaseAddress = gallery.Service.BaseUrl, Timeout = TimeSpan.FromMinutes(5) })
        {
            (await anybody.PostAsJsonAsync("/demo/clock", new { advanceBy = "PT1M" })).EnsureSuccessStatusCode();
        }
        await using (var duty = await gallery.SignInAsync("duty-desk"))
        {
            await duty.Page.GotoAsync("/desk");
            var rows = int.Parse((await duty.Page.Locator("[data-found]").GetAttributeAsync("data-found"))!, System.Globalization.CultureInfo.InvariantCulture);
            rows.ShouldBeGreaterThanOrEqualTo(Schools * OfEach);
            await Expect(duty.Page.Locator("tr[data-reference]")).ToHaveCountAsync(100);
            await duty.SeeAsync("the desk with two thousand rows");
            await duty.OpenAsync("/desk?page=20", "/wall/desk?many", "/schools/900002/board", "/pictures?many", "/schools/900002/roll", "/schools/900002/registers/2026-09-08/AM");
        }
        await using var lead = await gallery.SignInAsync("cme-lead");
        await lead.OpenAsync("/lead/due/2026-09-08", "/reports/quarterly/2026-q3?many");
    }

    private async Task MissAllAsync(string urn)
    {
        using var school = gallery.Service.ClientOf(urn);
        var pupils = Enumerable.Range(0, OfEach).ToArray();
        (await school.PutAsJsonAsync($"/api/v1/schools/{urn}/calendar/2026-27", JsonNode.Parse("""
            {
              "terms": [ { "start": "2026-09-02", "end": "2026-10-23" } ], "inset": [ "2026-09-02", "2026-09-03" ], "closures": [],
              "sessions": { "am": { "start": "08:50", "registrationCloses": "09:20" }, "pm": { "start": "13:00", "registrationCloses": "13:15" } },
              "dayEnds": "15:30", "yearGroupExceptions": []
            }
            """))).EnsureSuccessStatusCode();
        (await school.PutAsJsonAsync($"/api/v1/schools/{urn}/roll", new { pupils = pupils.Select(number => new
        {
            schoolPupilId = $"p{number}", forename = $"Forename{number}", surname = $"Surname-of-{urn}", dateOfBirth = "2017-03-04", sex = "F", yearGroup = $"{(number % 6) + 1}",
            entryDate = "2026-09-01", address = new { lines = new[] { "1 Example Street" }, postcode = "ZZ99 9ZZ" }, contacts = Array.Empty<object>(), flags = new[] { "cp_plan" },
        }) })).EnsureSuccessStatusCode();
        (await school.PutAsJsonAsync($"/api/v1/schools/{urn}/registers/2026-09-08/AM", new
        {
            asOf = "2026-09-08T08:55:00+01:00", complete = true, marks = pupils.Select(number => new { schoolPupilId = $"p{number}", code = "N" }),
        })).EnsureSuccessStatusCode();
    }
}
