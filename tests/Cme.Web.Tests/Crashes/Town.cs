using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Crashes;

/// <summary>The demo's three schools with sixty synthetic pupils each, told to the service over HTTP as their own systems would.</summary>
internal static class Town
{
    public const string Authority = "999";
    public const int Pupils = 60;

    public static readonly string[] Schools = ["900001", "900002", "900003"];

    /// <summary>Publishes calendars and rolls, and moves the clock to the afternoon of 2 October: 38 sessions lie behind.</summary>
    public static async Task SettleAsync(IService service)
    {
        foreach (var urn in Schools)
        {
            using var school = service.ClientOf(urn);
            await Expect(await school.PutAsJsonAsync($"/api/v1/schools/{urn}/calendar/2026-27", Calendar));
            await Expect(await school.PutAsJsonAsync($"/api/v1/schools/{urn}/roll", new { pupils = Enumerable.Range(1, Pupils).Select(Pupil) }));
        }
        await MoveToAsync(service, "2026-10-02T14:00:00Z");
    }

    public static async Task MoveToAsync(IService service, string instant)
    {
        using var anybody = new HttpClient { BaseAddress = service.BaseUrl };
        await Expect(await anybody.PostAsJsonAsync("/demo/clock", new { advanceTo = instant }));
    }

    public static async Task<DateTimeOffset> NowAsync(IService service)
    {
        using var anybody = new HttpClient { BaseAddress = service.BaseUrl };
        return (await anybody.GetFromJsonAsync<JsonObject>("/demo/clock"))!["now"]!.GetValue<DateTimeOffset>();
    }

    /// <summary>A register in which everybody is present but those named, who have N.</summary>
    public static object Register(DateTimeOffset asOf, params int[] missing) => new
    {
        asOf, complete = true, marks = Enumerable.Range(1, Pupils).Select(id => new { schoolPupilId = Id(id), code = missing.Contains(id) ? "N" : "/" }),
    };

    public static object Correction(DateTimeOffset asOf, int pupil, string code) =>
        new { asOf, complete = false, marks = new[] { new { schoolPupilId = Id(pupil), code, reason = new { text = "told at the gate", reportedBy = "known-contact" } } } };

    public static string Id(int pupil) => string.Create(CultureInfo.InvariantCulture, $"p{pupil:000}");

    public static async Task<JsonArray> AllAsync(HttpClient client, string path)
    {
        var all = new JsonArray();
        var next = path;
        while (next is not null)
        {
            using var answer = await client.GetAsync(next);
            await Expect(answer);
            foreach (var item in (await answer.Content.ReadFromJsonAsync<JsonObject>())!["data"]!.AsArray())
            {
                all.Add(item!.DeepClone());
            }
            next = NextOf(answer);
        }
        return all;
    }

    public static async Task Expect(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.PathAndQuery}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static string? NextOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Link", out var links) && links.First() is var link && link.Contains("rel=\"next\"", StringComparison.Ordinal)
            ? link[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)] : null;

    private static readonly JsonNode Calendar = JsonNode.Parse("""
        {
          "terms": [ { "start": "2026-09-02", "end": "2026-10-23" }, { "start": "2026-11-02", "end": "2026-12-18" } ],
          "inset": [ "2026-09-02", "2026-09-03" ], "closures": [],
          "sessions": { "am": { "start": "08:50", "registrationCloses": "09:20" }, "pm": { "start": "13:00", "registrationCloses": "13:15" } },
          "dayEnds": "15:30", "yearGroupExceptions": []
        }
        """)!;

    private static object Pupil(int id) => new
    {
        schoolPupilId = Id(id), forename = $"Forename{id}", surname = $"Surname{id}", dateOfBirth = "2017-03-04", sex = id % 2 == 0 ? "F" : "M",
        yearGroup = $"{(id % 6) + 1}", entryDate = "2026-09-01", address = new { lines = new[] { "1 Example Street" }, postcode = "ZZ99 9ZZ" },
        contacts = Array.Empty<object>(), flags = id == 1 ? new[] { "cp_plan" } : [],
    };
}
