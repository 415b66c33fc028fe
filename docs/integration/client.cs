// Sends a school's calendar, roll, register and a correction, as a management information system does.
//
// Usage: dotnet run client.cs BASE_URL URN < key      (the school's key on standard input, so that no list of processes shows it)
#:property PublishAot=false
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

var cme = new Cme(args[0], args[1], Console.ReadLine()!.Trim());
await cme.SendAsync(HttpMethod.Put, "calendar/2026-27", new JsonObject
{
    ["terms"] = new JsonArray(new JsonObject { ["start"] = "2026-09-02", ["end"] = "2026-10-23" }),
    ["inset"] = new JsonArray("2026-09-02", "2026-09-03"), ["closures"] = new JsonArray(),
    ["sessions"] = new JsonObject
    {
        ["am"] = new JsonObject { ["start"] = "08:50", ["registrationCloses"] = "09:20" },
        ["pm"] = new JsonObject { ["start"] = "13:00", ["registrationCloses"] = "13:15" },
    },
    ["dayEnds"] = "15:30", ["yearGroupExceptions"] = new JsonArray(),
});
await cme.SendAsync(HttpMethod.Put, "roll", new JsonObject { ["pupils"] = new JsonArray(Pupil("p1", "Amina", "Example"), Pupil("p2", "Ben", "Sample")) });
var taken = await cme.SendAsync(HttpMethod.Put, "registers/2026-09-07/AM",
    Register("2026-09-07T08:55:00+01:00", complete: true, Mark("p1", "N"), Mark("p2", "/"), Mark("nobody", "/")));
Console.WriteLine($"register: {taken["accepted"]} accepted, {taken["rejected"]} rejected, revision {taken["revision"]}");
var reason = Mark("p1", "I");
reason["reason"] = new JsonObject { ["text"] = "has a temperature", ["reportedBy"] = "known-contact" };
taken = await cme.SendAsync(HttpMethod.Patch, "registers/2026-09-07/AM", Register("2026-09-07T08:58:00+01:00", complete: false, reason));
Console.WriteLine($"correction: {taken["accepted"]} accepted, revision {taken["revision"]}");
try
{
    await cme.SendAsync(HttpMethod.Put, "registers/2026-09-05/AM", Register("2026-09-05T09:00:00+01:00", complete: true, Mark("p1", "/")));
}
catch (RefusedException refused)
{
    Console.WriteLine(refused.Message);
}

static JsonObject Pupil(string id, string forename, string surname) => new()
{
    ["schoolPupilId"] = id, ["forename"] = forename, ["surname"] = surname, ["dateOfBirth"] = "2017-03-04", ["sex"] = "U", ["yearGroup"] = "4",
    ["entryDate"] = "2026-09-01", ["contacts"] = new JsonArray(), ["flags"] = new JsonArray(),
    ["address"] = new JsonObject { ["lines"] = new JsonArray("1 Example Street"), ["postcode"] = "ZZ99 9ZZ" },
};

static JsonObject Mark(string pupil, string code) => new() { ["schoolPupilId"] = pupil, ["code"] = code };

static JsonObject Register(string asOf, bool complete, params JsonNode[] marks) =>
    new() { ["asOf"] = asOf, ["complete"] = complete, ["marks"] = new JsonArray(marks) };

/// <summary>The service refused a request. The message says what to do; sending the same again will not help.</summary>
sealed class RefusedException(string message) : Exception(message);

/// <summary>One school's connection.</summary>
sealed class Cme(string baseUrl, string urn, string key)
{
    private const int Attempts = 5;

    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri($"{baseUrl.TrimEnd('/')}/api/v1/schools/{urn}/"), Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode body)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
                using var answer = await _http.SendAsync(request);
                var json = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
                if (answer.IsSuccessStatusCode)
                {
                    foreach (var item in json["items"]?.AsArray() ?? []) { Console.WriteLine($"{path}: item {item!["index"]} {item["status"]}: {item["detail"]}"); }
                    return json;
                }
                if (!IsPassing(answer.StatusCode) || attempt == Attempts)
                {
                    throw new RefusedException($"{path}: {(int)answer.StatusCode} {json["code"]}: {json["detail"]}");
                }
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(attempt));
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                // Nobody knows whether it arrived. A PUT or PATCH sent twice is one.
                await Task.Delay(TimeSpan.FromSeconds(attempt));
            }
        }
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
