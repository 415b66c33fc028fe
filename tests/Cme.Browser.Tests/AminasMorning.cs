using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.TestSupport.Service;

namespace Cme.Browser.Tests;

/// <summary>One pupil's Tuesday, told to the service as her school's system would tell it.</summary>
internal sealed class AminasMorning(ServiceProcess service)
{
    public const string Urn = "900001";
    public const string Name = "Amina Example";

    /// <summary>Publishes calendar and roll, and moves the clock to Tuesday 8 September 2026, 08:54.</summary>
    public async Task BeginAsync()
    {
        using var school = service.ClientOf(Urn);
        await Send(school.PutAsync($"/api/v1/schools/{Urn}/calendar/2026-27", Json("""
            {
              "terms": [ { "start": "2026-09-02", "end": "2026-10-23" } ], "inset": [ "2026-09-02", "2026-09-03" ], "closures": [],
              "sessions": { "am": { "start": "08:50", "registrationCloses": "09:20" }, "pm": { "start": "13:00", "registrationCloses": "13:15" } },
              "dayEnds": "15:30", "yearGroupExceptions": []
            }
            """)));
        await Send(school.PutAsync($"/api/v1/schools/{Urn}/roll", Json("""
            { "pupils": [
              { "schoolPupilId": "a1", "upn": "A123456789012", "forename": "Amina", "surname": "Example", "dateOfBirth": "2017-03-04", "sex": "F",
                "yearGroup": "4", "entryDate": "2026-09-01", "address": { "lines": [ "1 Example Street" ], "postcode": "ZZ99 9ZZ" }, "contacts": [], "flags": [] },
              { "schoolPupilId": "b2", "forename": "Ben", "surname": "Sample", "dateOfBirth": "2017-05-04", "sex": "M",
                "yearGroup": "4", "entryDate": "2026-09-01", "address": { "lines": [ "2 Example Street" ], "postcode": "ZZ99 9ZZ" }, "contacts": [], "flags": [ "cp_plan" ] }
            ] }
            """)));
        await ClockAsync("08:54");
    }

    /// <summary>Moves the demo's clock to a time of that Tuesday, London time.</summary>
    public async Task ClockAsync(string time)
    {
        using var anybody = new HttpClient { BaseAddress = service.BaseUrl, Timeout = TimeSpan.FromMinutes(2) };
        await Send(anybody.PostAsJsonAsync("/demo/clock", new { advanceTo = $"2026-09-08T{time}:00+01:00" }));
    }

    public async Task RegisterAsync(string time, string aminas, string bens = "/")
    {
        using var school = service.ClientOf(Urn);
        await Send(school.PutAsJsonAsync($"/api/v1/schools/{Urn}/registers/2026-09-08/AM", new
        {
            asOf = $"2026-09-08T{time}:00+01:00", complete = true,
            marks = new[] { new { schoolPupilId = "a1", code = aminas }, new { schoolPupilId = "b2", code = bens } },
        }));
    }

    /// <summary>The centre that has her in the afternoons too takes its register.</summary>
    public async Task AtProviderAsync(string time, string code)
    {
        const string centre = "/api/v1/schools/local:riverside";
        using var provider = service.ClientOf("local:riverside");
        await Send(provider.PutAsync($"{centre}/calendar/2026-27", Json("""
            {
              "terms": [ { "start": "2026-09-02", "end": "2026-10-23" } ], "inset": [], "closures": [],
              "sessions": { "am": { "start": "09:30", "registrationCloses": "09:50" }, "pm": { "start": "13:00", "registrationCloses": "13:20" } },
              "dayEnds": "15:00", "yearGroupExceptions": []
            }
            """)));
        await Send(provider.PutAsync($"{centre}/roll", Json("""
            { "pupils": [
              { "schoolPupilId": "r1", "upn": "A123456789012", "forename": "Amina", "surname": "Example", "dateOfBirth": "2017-03-04", "sex": "F",
                "yearGroup": "4", "entryDate": "2026-09-01" }
            ] }
            """)));
        await Send(provider.PutAsJsonAsync($"{centre}/registers/2026-09-08/PM", new
        {
            asOf = $"2026-09-08T{time}:00+01:00", complete = true, marks = new[] { new { schoolPupilId = "r1", code } },
        }));
    }

    public async Task CorrectAsync(string time, string code, string? reportedBy = null)
    {
        using var school = service.ClientOf(Urn);
        var mark = new JsonObject { ["upn"] = "A123456789012", ["code"] = code };
        if (reportedBy is not null)
        {
            mark["reason"] = new JsonObject { ["text"] = "has a temperature", ["reportedBy"] = reportedBy };
        }
        await Send(school.PatchAsJsonAsync($"/api/v1/schools/{Urn}/registers/2026-09-08/AM", new JsonObject
        {
            ["asOf"] = $"2026-09-08T{time}:00+01:00", ["complete"] = false, ["marks"] = new JsonArray(mark),
        }));
    }

    /// <summary>The reference of the newest open episode of the school.</summary>
    public async Task<string> ReferenceAsync()
    {
        using var school = service.ClientOf(Urn);
        var list = await school.GetFromJsonAsync<JsonObject>("/api/v1/episodes");
        return list!["data"]!.AsArray().Single(row => (string?)row!["child"]!["forename"] == "Amina")!["reference"]!.GetValue<string>();
    }

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static async Task Send(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        if (!answer.IsSuccessStatusCode)
        {
            var why = await answer.Content.ReadAsStringAsync();
            throw new HttpRequestException($"{answer.RequestMessage!.RequestUri!.PathAndQuery}: {answer.StatusCode} {why}");
        }
    }
}
