using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.Browser.Tests.Looking;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Journeys;

/// <summary>
/// From the twentieth day through open conditions to a lawful removal and its file, and a removal that was made all the same. It is Monday
/// 5 October; two children have been missing since 7 September.
/// </summary>
public sealed class LeavingTheRoll : IAsyncLifetime
{
    private const string Urn = "900001";
    private readonly Browser _browser = new();

    public async Task InitializeAsync()
    {
        await _browser.InitializeAsync();
        using var school = _browser.Service.ClientOf(Urn);
        await Done(school.PutAsJsonAsync($"/api/v1/schools/{Urn}/calendar/2026-27", JsonNode.Parse("""
            {
              "terms": [ { "start": "2026-09-02", "end": "2026-10-23" }, { "start": "2026-11-02", "end": "2026-12-18" } ],
              "inset": [ "2026-09-02" ], "closures": [],
              "sessions": { "am": { "start": "08:50", "registrationCloses": "09:20" }, "pm": { "start": "13:00", "registrationCloses": "13:15" } },
              "dayEnds": "15:30", "yearGroupExceptions": []
            }
            """)));
        await Done(school.PutAsJsonAsync($"/api/v1/schools/{Urn}/roll", new { pupils = new[] { Pupil("lena", "Lena", "7"), Pupil("mara", "Mara", "8") } }));
        using var anybody = new HttpClient { BaseAddress = _browser.Service.BaseUrl, Timeout = TimeSpan.FromMinutes(5) };
        await Done(anybody.PostAsJsonAsync("/demo/clock", new { advanceTo = "2026-10-05T08:00:00+01:00" }));
        for (var day = new DateOnly(2026, 9, 7); day < new DateOnly(2026, 10, 5); day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) { continue; }
            foreach (var session in new[] { "AM", "PM" })
            {
                await Done(school.PutAsJsonAsync($"/api/v1/schools/{Urn}/registers/{day:yyyy-MM-dd}/{session}", new
                {
                    asOf = $"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}T14:00:00+01:00", complete = false,
                    marks = new[] { new { schoolPupilId = "lena", code = "N" }, new { schoolPupilId = "mara", code = "N" } },
                }));
            }
        }
    }

    public Task DisposeAsync() => _browser.DisposeAsync();

    [Theory]
    [InlineData("lena", true, 1440)]
    [InlineData("mara", false, 320)]
    public async Task From_the_twentieth_day_to_a_lawful_removal_and_the_file(string pupil, bool script, int width)
    {
        var episode = $"/episodes/{await ReferenceAsync(pupil)}";
        await RecordAsync("attendance-officer-900001", episode, "enquiry?whom=staff", script, width);
        var head = await _browser.SignedInAsync($"head-{Urn}", width, script);
        await head.GotoAsync($"{episode}/enquiries");
        await Expect(head.Locator("[data-line='enquiry-staff'][data-state='Asked']")).ToBeVisibleAsync();
        await LookAsync(head, script, $"the enquiries, {width}");
        await head.GotoAsync($"{episode}/removal");
        await Expect(head.Locator("[data-gate='closed']")).ToBeVisibleAsync();
        await LookAsync(head, script, $"the gate, closed, {width}");
        await head.GetByRole(AriaRole.Link, new() { Name = "Record the statement about the roll" }).ClickAsync();
        await head.Locator("#note").FillAsync("Nothing suggests illness. The family gave up the flat.");
        await SendAsync(head);
        await RecordAsync($"head-{Urn}", episode, "joint-log", script, width, "signed");
        await RecordAsync("tracking-officer", episode, "check?whom=housing", script, width);
        await RecordAsync("tracking-officer", episode, "joint-log", script, width, "signed");
        await RecordAsync("tracking-officer", episode, "roll-decision", script, width, "remove");
        await head.GotoAsync($"{episode}/removal");
        await Expect(head.Locator("[data-gate='open']")).ToBeVisibleAsync();
        await LookAsync(head, script, $"the gate, open, {width}");

        await LeaveAsync(pupil);

        await head.GotoAsync($"{episode}/removal");
        await Expect(head.Locator("[data-removed]")).ToContainTextAsync("Every condition was met.");
        await head.GotoAsync("/transfers");
        await head.Locator($"a[href$='/transfers/{pupil}']").ClickAsync();
        await head.Locator("#route-lost-pupils").CheckAsync();
        await head.Locator("#reference").FillAsync("8121234_CTF_XXXXXXX_001.xml");
        await head.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(head.Locator("h1")).ToHaveTextAsync("Check before you record");
        await LookAsync(head, script, $"the file, checked, {width}");
        await head.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await Expect(head.Locator("#recorded-title")).ToBeVisibleAsync();
        await head.GotoAsync(episode);
        await Expect(head.Locator("main")).ToContainTextAsync("Every condition was met.");
        await head.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true, 1440)]
    [InlineData(false, 320)]
    public async Task A_removal_made_all_the_same_is_with_the_duty_desk_and_a_referral(bool script, int width)
    {
        var episode = $"/episodes/{await ReferenceAsync("lena")}";
        await LeaveAsync("lena");
        var duty = await _browser.SignedInAsync("duty-desk", width, script);

        await Expect(duty.Locator("a[data-removed]")).ToHaveTextAsync("1 name");
        await duty.Locator("a[data-removed]").ClickAsync();
        await Expect(duty.Locator("[data-removals]")).ToContainTextAsync("The authority has decided that the name may be removed");
        await LookAsync(duty, script, $"removed all the same, {width}");
        await duty.GetByRole(AriaRole.Link, new() { Name = "The referral that it opened" }).ClickAsync();
        await Expect(duty.Locator("main")).ToContainTextAsync("The school removed the name from its roll on ground i");
        await duty.GotoAsync($"{episode}/removal");
        await Expect(duty.Locator("[data-removed]")).ToContainTextAsync("The council’s duty desk was told.");
        await LookAsync(duty, script, $"the gate of a removal all the same, {width}");
        await duty.Context.CloseAsync();
    }

    /// <summary>Records an act; without scripts, and wherever it leads to something, what it leads to is confirmed first.</summary>
    private async Task RecordAsync(string persona, string episode, string act, bool script, int width, string? outcome = null)
    {
        var page = await _browser.SignedInAsync(persona, width, script);
        await page.GotoAsync($"{episode}/record-{act}");
        if (outcome is not null) { await page.Locator($"input[name=Outcome][value={outcome}]").CheckAsync(); }
        await SendAsync(page);
        await page.Context.CloseAsync();
    }

    private static async Task SendAsync(IPage page)
    {
        await page.Locator("main form button.govuk-button[type=submit]").First.ClickAsync();
        var check = page.GetByRole(AriaRole.Heading, new() { Name = "Check before you record" });
        await Expect(check.Or(page.Locator("[data-recorded]"))).ToBeVisibleAsync();
        if (await check.IsVisibleAsync()) { await page.Locator("main form button.govuk-button[type=submit]").First.ClickAsync(); }
        await Expect(page.Locator("[data-recorded]")).ToBeVisibleAsync();
    }

    private static async Task LookAsync(IPage page, bool script, string where)
    {
        if (script) { await Looks.NothingToFindAsync(page, where); return; }
        await Looks.KeepPictureAsync(page, where);
        (await Looks.MeasureAsync(page)).ShouldBeEmpty(where);
    }

    /// <summary>The school's list says that today is the last day.</summary>
    private async Task LeaveAsync(string pupil)
    {
        using var school = _browser.Service.ClientOf(Urn);
        var gone = Pupil(pupil, pupil == "lena" ? "Lena" : "Mara", pupil == "lena" ? "7" : "8");
        (gone["leavingDate"], gone["ground"], gone["destination"]) = ("2026-10-05", "i", "Not known");
        await Done(school.PatchAsJsonAsync($"/api/v1/schools/{Urn}/roll", new { pupils = new[] { gone } }));
    }

    private async Task<string> ReferenceAsync(string pupil)
    {
        using var school = _browser.Service.ClientOf(Urn);
        var list = await Done(school.GetAsync("/api/v1/episodes?limit=500"));
        return (string)list["data"]!.AsArray().Single(row => (string)row!["child"]!["schoolPupilId"]! == pupil)!["reference"]!;
    }

    private static JsonObject Pupil(string id, string forename, string year) => new()
    {
        ["schoolPupilId"] = id, ["forename"] = forename, ["surname"] = "Example", ["dateOfBirth"] = "2014-03-04", ["sex"] = "F", ["yearGroup"] = year,
        ["entryDate"] = "2025-09-01",
    };

    private static async Task<JsonObject> Done(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(body)!.AsObject() : throw new HttpRequestException(body);
    }
}
