using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.TestSupport.Stories;

/// <summary>
/// A school's weeks of enquiries, told to the service as its system and its staff would tell them. Instants are written as a case
/// officer writes them, "Thu 22 Oct 2026 09:40", London time; a pupil is called by forename.
/// </summary>
/// <param name="clientOf">Somebody with the key of an organisation: a URN, or the authority's code.</param>
public sealed class SchoolOfTheStory(Func<string, HttpClient> clientOf, string urn)
{
    private const string Authority = "999";

    private static readonly string[] OfAuthority = ["duty-desk", "tracking-officer", "cme-lead"];

    private readonly Dictionary<string, (string Reference, string Of)> _episodes = [];
    private string[] _pupils = [];
    private string _now = "";

    public string Urn => urn;

    /// <summary>Has the school follow a procedure other than its authority's.</summary>
    /// <param name="commissioner">The school that places pupils with a provider; null for a school.</param>
    public Task FollowAsync(string pack, string name, string? commissioner = null) => TellAsync(
        Authority, HttpMethod.Put, $"/api/v1/schools/{urn}", new { name, kind = commissioner is null ? "school" : "provider", pack, commissioner });

    /// <summary>Publishes the autumn as a school of the worked check in FACTS C5 has it: half term from 26 to 30 October.</summary>
    /// <returns>What the school is told: which deadlines moved.</returns>
    public Task<JsonObject> CalendarAsync(params string[] inset) => CalendarAsync(new { }, inset);

    /// <param name="more">What else the calendar has, or has otherwise.</param>
    public async Task<JsonObject> CalendarAsync(object more, params string[] inset)
    {
        using var school = clientOf(urn);
        var present = await school.GetAsync($"/api/v1/schools/{urn}/calendar/2026-27");
        var calendar = JsonSerializer.SerializeToNode(new
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
        })!.AsObject();
        Add(more, calendar);
        var put = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/schools/{urn}/calendar/2026-27") { Content = JsonContent.Create(calendar) };
        if (present.Headers.ETag is { } etag) { put.Headers.IfMatch.Add(etag); }
        return await Answer(school.SendAsync(put));
    }

    /// <param name="forenames">Each once; a name in brackets speaks another language at home, as in "[Farah]".</param>
    public Task RollAsync(params string[] forenames)
    {
        _pupils = [.. forenames.Select(name => name.Trim('[', ']'))];
        return TellAsync(urn, HttpMethod.Put, $"/api/v1/schools/{urn}/roll", new
        {
            pupils = forenames.Select(name => Pupil(name.Trim('[', ']'), "2026-09-01", name.StartsWith('[') ? "POL" : "ENG")),
        });
    }

    /// <summary>Changes one pupil of the list: a leaving date with its ground and destination, or flags.</summary>
    public Task ChangeAsync(string pupil, object change)
    {
        var changed = Pupil(pupil, "2026-09-01", "ENG");
        Add(change, changed);
        return TellAsync(urn, HttpMethod.Patch, $"/api/v1/schools/{urn}/roll", new { pupils = new[] { changed } });
    }

    /// <summary>Another school has the pupil on its list from a day on.</summary>
    public Task EntersAsync(string otherUrn, string pupil, string day) => TellAsync(
        otherUrn, HttpMethod.Patch, $"/api/v1/schools/{otherUrn}/roll", new { pupils = new[] { Pupil(pupil, On(day).ToString("O", CultureInfo.InvariantCulture), "ENG") } });

    /// <summary>Moves the demo's clock there; where it is already, several things happen in the same minute.</summary>
    public async Task ClockAsync(string at)
    {
        if (at == _now) { return; }
        _now = at;
        await TellAsync(urn, HttpMethod.Post, "/demo/clock", new { advanceTo = Instant(at) });
    }

    /// <summary>The morning's register, sent at that time: everybody has <c>/</c> who is not named.</summary>
    public Task MorningAsync(string at, params (string Pupil, string Code)[] marks) => RegisterAsync(at, "AM", marks);

    /// <summary>Both registers of so many school days, each afternoon as its second is sent; those who are named are missing.</summary>
    public async Task MissingAsync(string[] days, params string[] pupils)
    {
        foreach (var day in days)
        {
            await ClockAsync($"{day} 13:10");
            foreach (var session in new[] { "AM", "PM" }) { await RegisterAsync($"{day} 13:10", session, [.. pupils.Select(pupil => (pupil, "N"))]); }
        }
    }

    /// <summary>A session's register, sent at that time.</summary>
    public async Task RegisterAsync(string at, string session, params (string Pupil, string Code)[] marks)
    {
        await ClockAsync(at);
        await TellAsync(urn, HttpMethod.Put, $"/api/v1/schools/{urn}/registers/{London.DateOf(At(at)):O}/{session}", new
        {
            asOf = Instant(at), complete = true,
            marks = _pupils.Select(pupil => new
            {
                schoolPupilId = IdOf(pupil), code = marks.FirstOrDefault(mark => mark.Pupil == pupil).Code ?? (session == "AM" ? "/" : "\\"),
            }),
        });
    }

    /// <summary>Corrects one mark of a morning. <paramref name="reportedBy"/> null is a code without a reason.</summary>
    public async Task CorrectAsync(string at, string day, string pupil, string code, string? reportedBy = null)
    {
        var mark = new JsonObject { ["schoolPupilId"] = IdOf(pupil), ["code"] = code };
        if (reportedBy is not null) { mark["reason"] = new JsonObject { ["text"] = "told the office", ["reportedBy"] = reportedBy }; }
        await TellAsync(urn, HttpMethod.Patch, $"/api/v1/schools/{urn}/registers/{On(day):O}/AM", new JsonObject
        {
            ["asOf"] = Instant(at), ["complete"] = false, ["marks"] = new JsonArray(mark),
        });
    }

    /// <summary>Records what somebody did, and moves the clock there first.</summary>
    public async Task<JsonObject> DoAsync(string at, string pupil, string action, string? outcome = null, string role = "attendance-officer", object? more = null)
    {
        await ClockAsync(at);
        var org = OfAuthority.Contains(role) ? Authority : urn;
        var body = new JsonObject
        {
            ["action"] = action, ["at"] = Instant(at),
            ["performedBy"] = new JsonObject { ["name"] = "Sam Sample", ["role"] = role, ["org"] = org },
        };
        if (outcome is not null) { body["outcome"] = outcome; }
        Add(more ?? new { }, body);
        return await TellAsync(org, HttpMethod.Post, $"/api/v1/episodes/{await ReferenceAsync(pupil)}/actions", body);
    }

    /// <summary>What is owed about a pupil: each step with its obligation; every state with <paramref name="all"/>.</summary>
    public async Task<Dictionary<string, JsonObject>> OwedAsync(string pupil, bool all = false)
    {
        var states = all ? "?state=pending&state=due&state=overdue&state=satisfied&state=suppressed&state=superseded" : "";
        return (await OfEpisodeAsync(pupil, $"/obligations{states}"))["data"]!.AsArray().Select(owed => owed!.AsObject()).GroupBy(owed => (string)owed["step"]!)
            .ToDictionary(step => step.Key, step => step.OrderBy(owed => (string)owed["dueAt"]!).Last());
    }

    public Task<JsonObject> EpisodeAsync(string pupil) => OfEpisodeAsync(pupil, "");

    /// <summary>Calls a record that the authority leads by a name, as pupils are called.</summary>
    public void Call(string name, string reference) => _episodes[name] = (reference, Authority);

    /// <summary>The reference of the pupil's latest episode.</summary>
    public async Task<string> ReferenceAsync(string pupil)
    {
        if (_episodes.TryGetValue(pupil, out var known)) { return known.Reference; }
        var found = await FindAsync(pupil) ?? throw new InvalidOperationException($"{pupil} has no episode.");
        _episodes[pupil] = (found, urn);
        return found;
    }

    /// <summary>The reference of the pupil's latest episode, or null if there has been none.</summary>
    public async Task<string?> FindAsync(string pupil) =>
        (await ListAsync(urn, "/api/v1/episodes?status=all&limit=500")).Where(row => (string?)row["child"]!["forename"] == pupil)
            .OrderBy(row => (string)row["openedAt"]!).Select(row => (string)row["reference"]!).LastOrDefault();

    /// <summary>What the timeline says, in words, oldest last or first as the service lists it.</summary>
    public async Task<string> TimelineAsync(string pupil) => (await OfEpisodeAsync(pupil, "/timeline")).ToJsonString();

    /// <summary>The rows of a list as an organisation reads it.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string organisation, string path) =>
        [.. (await TellAsync(organisation, HttpMethod.Get, path, null))["data"]!.AsArray().Select(row => row!.AsObject())];

    /// <summary>Asks or tells the service something, by an organisation's system.</summary>
    public async Task<JsonObject> TellAsync(string organisation, HttpMethod method, string path, object? body)
    {
        using var client = clientOf(organisation);
        client.Timeout = TimeSpan.FromMinutes(5);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        return await Answer(client.SendAsync(request));
    }

    /// <summary>The instant as the service takes and gives it.</summary>
    public static string Instant(string at) => At(at).ToString("O", CultureInfo.InvariantCulture);

    private async Task<JsonObject> OfEpisodeAsync(string pupil, string path)
    {
        var reference = await ReferenceAsync(pupil);
        return await TellAsync(_episodes[pupil].Of, HttpMethod.Get, $"/api/v1/episodes/{reference}{path}", null);
    }

    private static string IdOf(string pupil) => pupil.ToLowerInvariant();

    private JsonObject Pupil(string forename, string entryDate, string firstLanguage) => JsonSerializer.SerializeToNode(new
    {
        schoolPupilId = IdOf(forename), upn = UpnOf(forename), forename, surname = "Example",
        dateOfBirth = "2014-03-04", sex = "F", yearGroup = "7", entryDate,
        address = new { lines = new[] { "1 Example Street" }, postcode = "ZZ99 9ZZ" }, contacts = Array.Empty<object>(),
        firstLanguage, flags = Array.Empty<string>(),
    })!.AsObject();

    // By which another school's list is known to name the same child.
    private string UpnOf(string forename)
    {
        var place = Array.IndexOf(_pupils, forename);
        var number = string.Create(CultureInfo.InvariantCulture, $"{(urn.All(char.IsAsciiDigit) ? urn : "999999")}{place:000000}");
        return $"{Upn.CheckLetterOf(number)}{number}";
    }

    private static void Add(object more, JsonObject to)
    {
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more)!.AsObject()) { to[name] = value?.DeepClone(); }
    }

    private static async Task<JsonObject> Answer(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(body)!.AsObject()
            : throw new HttpRequestException($"{answer.RequestMessage!.RequestUri!.PathAndQuery}: {answer.StatusCode} {body}");
    }
}
