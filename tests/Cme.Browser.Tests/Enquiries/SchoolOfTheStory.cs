using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.Domain.Calendars;
using Cme.TestSupport.Service;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Browser.Tests.Enquiries;

/// <summary>
/// A school's weeks of enquiries, told to the service as its system and its staff would tell them. Instants are written as a case
/// officer writes them, "Thu 22 Oct 2026 09:40", London time; a pupil is called by forename.
/// </summary>
internal sealed class SchoolOfTheStory(ServiceProcess service, string urn)
{
    private readonly Dictionary<string, string> _references = [];
    private string[] _pupils = [];
    private string _now = "";

    /// <summary>Publishes the autumn as a school of the worked check in FACTS C5 has it: half term from 26 to 30 October.</summary>
    /// <returns>What the school is told: which deadlines moved.</returns>
    public async Task<JsonObject> CalendarAsync(params string[] inset)
    {
        using var school = service.ClientOf(urn);
        var present = await school.GetAsync($"/api/v1/schools/{urn}/calendar/2026-27");
        var put = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/schools/{urn}/calendar/2026-27")
        {
            Content = JsonContent.Create(new
            {
                terms = new[] { new { start = "2026-09-02", end = "2026-10-23" }, new { start = "2026-11-02", end = "2026-12-18" } },
                inset = inset.Select(day => On(day).ToString("O", CultureInfo.InvariantCulture)),
                closures = Array.Empty<object>(),
                sessions = new
                {
                    am = new { start = "08:50", registrationCloses = "09:20" }, pm = new { start = "13:00", registrationCloses = "13:15" },
                },
                dayEnds = "15:30",
                yearGroupExceptions = Array.Empty<object>(),
            }),
        };
        if (present.Headers.ETag is { } etag) { put.Headers.IfMatch.Add(etag); }
        return await Answer(school.SendAsync(put));
    }

    /// <param name="forenames">Each once; a name in brackets speaks another language at home, as in "[Farah]".</param>
    public async Task RollAsync(params string[] forenames)
    {
        _pupils = [.. forenames.Select(name => name.Trim('[', ']'))];
        using var school = service.ClientOf(urn);
        await Answer(school.PutAsJsonAsync($"/api/v1/schools/{urn}/roll", new
        {
            pupils = forenames.Select(name => new
            {
                schoolPupilId = name.Trim('[', ']').ToLowerInvariant(), forename = name.Trim('[', ']'), surname = "Example",
                dateOfBirth = "2014-03-04", sex = "F", yearGroup = "7", entryDate = "2026-09-01",
                address = new { lines = new[] { "1 Example Street" }, postcode = "ZZ99 9ZZ" }, contacts = Array.Empty<object>(),
                firstLanguage = name.StartsWith('[') ? "POL" : "ENG", flags = Array.Empty<string>(),
            }),
        }));
    }

    /// <summary>Moves the demo's clock there; where it is already, several things happen in the same minute.</summary>
    public async Task ClockAsync(string at)
    {
        if (at == _now) { return; }
        _now = at;
        using var anybody = new HttpClient { BaseAddress = service.BaseUrl, Timeout = TimeSpan.FromMinutes(5) };
        await Answer(anybody.PostAsJsonAsync("/demo/clock", new { advanceTo = Instant(at) }));
    }

    /// <summary>The morning's register, sent at that time: everybody has <c>/</c> who is not named.</summary>
    public async Task MorningAsync(string at, params (string Pupil, string Code)[] marks)
    {
        await ClockAsync(at);
        using var school = service.ClientOf(urn);
        await Answer(school.PutAsJsonAsync($"/api/v1/schools/{urn}/registers/{London.DateOf(At(at)):O}/AM", new
        {
            asOf = Instant(at), complete = true,
            marks = _pupils.Select(pupil => new
            {
                schoolPupilId = pupil.ToLowerInvariant(), code = marks.FirstOrDefault(mark => mark.Pupil == pupil).Code ?? "/",
            }),
        }));
    }

    /// <summary>Corrects one mark of a morning. <paramref name="reportedBy"/> null is a code without a reason.</summary>
    public async Task CorrectAsync(string at, string day, string pupil, string code, string? reportedBy = null)
    {
        using var school = service.ClientOf(urn);
        var mark = new JsonObject { ["schoolPupilId"] = pupil.ToLowerInvariant(), ["code"] = code };
        if (reportedBy is not null) { mark["reason"] = new JsonObject { ["text"] = "told the office", ["reportedBy"] = reportedBy }; }
        await Answer(school.PatchAsJsonAsync($"/api/v1/schools/{urn}/registers/{On(day):O}/AM", new JsonObject
        {
            ["asOf"] = Instant(at), ["complete"] = false, ["marks"] = new JsonArray(mark),
        }));
    }

    /// <summary>Records what somebody did, and moves the clock there first.</summary>
    public async Task<JsonObject> DoAsync(string at, string pupil, string action, string? outcome = null, string role = "attendance-officer", object? more = null)
    {
        await ClockAsync(at);
        using var client = service.ClientOf(role == "tracking-officer" ? "999" : urn);
        var body = new JsonObject
        {
            ["action"] = action, ["at"] = Instant(at),
            ["performedBy"] = new JsonObject { ["name"] = "Sam Sample", ["role"] = role, ["org"] = role == "tracking-officer" ? "999" : urn },
        };
        if (outcome is not null) { body["outcome"] = outcome; }
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject()) { body[name] = value?.DeepClone(); }
        return await Answer(client.PostAsJsonAsync($"/api/v1/episodes/{await ReferenceAsync(pupil)}/actions", body));
    }

    /// <summary>What is owed about a pupil: each step with its obligation; every state with <paramref name="all"/>.</summary>
    public async Task<Dictionary<string, JsonObject>> OwedAsync(string pupil, bool all = false)
    {
        using var school = service.ClientOf(urn);
        var states = all ? "?state=pending&state=due&state=overdue&state=satisfied&state=suppressed&state=superseded" : "";
        var list = await Answer(school.GetAsync($"/api/v1/episodes/{await ReferenceAsync(pupil)}/obligations{states}"));
        return list["data"]!.AsArray().Select(owed => owed!.AsObject()).GroupBy(owed => (string)owed["step"]!)
            .ToDictionary(step => step.Key, step => step.OrderBy(owed => (string)owed["dueAt"]!).Last());
    }

    public async Task<JsonObject> EpisodeAsync(string pupil)
    {
        using var school = service.ClientOf(urn);
        return await Answer(school.GetAsync($"/api/v1/episodes/{await ReferenceAsync(pupil)}"));
    }

    /// <summary>The reference of the pupil's latest episode.</summary>
    public async Task<string> ReferenceAsync(string pupil)
    {
        if (_references.TryGetValue(pupil, out var known)) { return known; }
        var found = await FindAsync(pupil) ?? throw new InvalidOperationException($"{pupil} has no episode.");
        return _references[pupil] = found;
    }

    /// <summary>The reference of the pupil's latest episode, or null if there has been none.</summary>
    public async Task<string?> FindAsync(string pupil)
    {
        using var school = service.ClientOf(urn);
        var list = await Answer(school.GetAsync("/api/v1/episodes?status=all&limit=500"));
        return list["data"]!.AsArray().Where(row => (string?)row!["child"]!["forename"] == pupil)
            .OrderBy(row => (string)row!["openedAt"]!).Select(row => (string)row!["reference"]!).LastOrDefault();
    }

    /// <summary>What the timeline says, in words, oldest last or first as the service lists it.</summary>
    public async Task<string> TimelineAsync(string pupil)
    {
        using var school = service.ClientOf(urn);
        return (await Answer(school.GetAsync($"/api/v1/episodes/{await ReferenceAsync(pupil)}/timeline"))).ToJsonString();
    }

    private static string Instant(string at) => At(at).ToString("O", CultureInfo.InvariantCulture);

    private static async Task<JsonObject> Answer(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(body)!.AsObject()
            : throw new HttpRequestException($"{answer.RequestMessage!.RequestUri!.PathAndQuery}: {answer.StatusCode} {body}");
    }
}
