using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cme.Storage.Access;
using Cme.Storage.Letters;
using Cme.Storage.Reads;
using Cme.TestSupport.Database;
using Cme.Web.Demo;
using Cme.Web.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Hosting;

/// <summary>The whole program as an empty demo, on Kestrel and a PostgreSQL database of its own: asked over HTTP, like anybody would.</summary>
public class EdgeHost : IAsyncLifetime
{
    public const string Authority = DemoAuthority.Code;

    private static int _schools;
    private readonly string _directory = ThrowAwayDirectory.Create();
    private TestDatabase _database = null!;
    private WebApplicationFactory<Program> _factory = null!;

    /// <summary>True to run as a demo.</summary>
    protected virtual bool Demo => true;

    /// <summary>For a test that looks at what was stored.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <summary>What is configured otherwise than usual: a test that asks every route by everybody is not to be slowed down.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Anonymous:PerMinute"] = "100000", ["SignIn:PerMinute"] = "100000", ["Concerns:PerHour"] = "100000" };

    /// <summary>Puts something else in a service's place, such as a clock.</summary>
    protected virtual void Replace(IServiceCollection services)
    {
    }

    public Uri Address { get; private set; } = null!;
    public IServiceProvider Services => _factory.Services;
    internal DemoCredentials Credentials { get; private set; } = null!;
    public string AuthorityKey => KeyOf(Authority);

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web => web
            .UseSetting("ConnectionStrings:Cme", _database.RunningConnectionString)
            .UseSetting("Data:Directory", _directory)
            .UseSetting("Urls", "http://127.0.0.1:0")
            .UseSetting("Demo:Enabled", Demo ? "true" : "false")
            .UseSetting("Demo:Empty", Demo ? "true" : "false"));
        foreach (var (name, value) in Settings) { _factory = _factory.WithWebHostBuilder(web => web.UseSetting(name, value)); }
        _factory = _factory.WithWebHostBuilder(web => web.ConfigureServices(Replace));
        _factory.UseKestrel();
        _factory.StartServer();
        Address = _factory.ClientOptions.BaseAddress;
        if (Demo)
        {
            Credentials = JsonSerializer.Deserialize(
                await File.ReadAllTextAsync(Path.Combine(_directory, DemoCredentials.FileName)), DemoJson.Default.DemoCredentials)!;
        }
    }

    public async Task DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>The key of an organisation of the demo: the authority's code or a school's URN.</summary>
    public string KeyOf(string organisation) => Credentials.ApiKeys.Single(key => key.Organisation == organisation).Key;

    /// <summary>A client that follows no redirects; with a key, or anonymous.</summary>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (key is not null) { client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key); }
        return client;
    }

    /// <summary>A client signed in as a persona.</summary>
    /// <param name="look">Looks at the answer that began the session.</param>
    public async Task<HttpClient> PersonAsync(string persona, Action<HttpResponseMessage>? look = null)
    {
        var cookies = new CookieContainer();
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = Address };
        var page = await client.GetStringAsync("/sign-in");
        var mark = page.IndexOf("__RequestVerificationToken", StringComparison.Ordinal);
        var value = page.IndexOf("value=\"", mark, StringComparison.Ordinal) + 7;
        var token = page[value..page.IndexOf('"', value)];
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("persona", persona)]));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        look?.Invoke(answer);
        return client;
    }

    /// <summary>Makes a key for tests of what a key may do.</summary>
    /// <summary>A letter of an episode, for a spec that is about who reads it.</summary>
    public Task KeepLetterAsync(string id, string urn, string episode) => Services.GetRequiredService<ILetters>().AddAsync(
        new LetterRecord { Id = id, Authority = Authority, Urn = urn, Episode = episode, Kind = "no-news", Addressee = "Parent or carer", Body = "Please contact us." });

    public async Task<string> NewKeyAsync(string authority, string? urn, params string[] scopes) =>
        (await Services.GetRequiredService<IApiKeys>().CreateAsync(
            new ApiKeyGrant(urn is null ? "authority" : "school", authority, urn, [.. scopes], "test"))).Key;

    /// <summary>A new school of the authority with a calendar and so many pupils P0, P1, …, and a key of its own.</summary>
    public async Task<TestSchool> NewSchoolAsync(int pupils = 30)
    {
        var urn = string.Create(CultureInfo.InvariantCulture, $"91{Interlocked.Increment(ref _schools):0000}");
        await Send(AuthorityKey, HttpMethod.Put, $"/api/v1/schools/{urn}", """{"name":"Test School"}""", HttpStatusCode.OK);
        var school = new TestSchool(this, urn, await NewKeyAsync(Authority, urn, [.. Scopes.OfSchoolKey]));
        await Send(school.Key, HttpMethod.Put, $"{school.Path}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        await Send(school.Key, HttpMethod.Put, $"{school.Path}/roll", TestSchool.Roll(Enumerable.Range(0, pupils)), HttpStatusCode.OK);
        return school;
    }

    /// <summary>A pupil of the school is registered at a new one too, and missing there today (7 September 2026), so that the school is asked.</summary>
    /// <returns>The id of the question.</returns>
    public async Task<string> AskedAsync(string urn)
    {
        const string child = """{"schoolPupilId":"P77","upn":"Y920000126077","forename":"Amina","surname":"Twice","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03"}""";
        await Send(AuthorityKey, HttpMethod.Patch, $"/api/v1/schools/{urn}/roll", $$"""{"pupils":[{{child}}]}""", HttpStatusCode.OK);
        var other = await NewSchoolAsync(0);
        await Send(other.Key, HttpMethod.Put, $"{other.Path}/roll", $$"""{"pupils":[{{child}}]}""", HttpStatusCode.OK);
        await other.Register("""{"schoolPupilId":"P77","code":"N"}""");
        return (await Sql($"select data ->> 'question' from cme.event where type = 'PlaceAsked' and data ->> 'urn' = '{urn}' order by known_at desc limit 1"))[0];
    }

    /// <summary>Sends JSON and reads the JSON that comes back; the status must be as said.</summary>
    public async Task<JsonObject> Send(string? key, HttpMethod method, string path, string? json, HttpStatusCode status)
    {
        using var client = Client(key);
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) { request.Content = new StringContent(json, Encoding.UTF8, "application/json"); }
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        if ((int)status >= 400) { await answer.ShouldBeProblem(); }
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Replaces something of the authority's, if its version is still the one given.</summary>
    public async Task<(JsonObject Body, string? Tag)> PutIfAsync(string path, string json, string? ifMatch, HttpStatusCode status)
    {
        using var client = Client(AuthorityKey);
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) { request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch)); }
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return (JsonNode.Parse(text)!.AsObject(), answer.Headers.ETag?.Tag);
    }

    /// <summary>Moves the business clock on to an instant, unless it is past it already: tests of one host share its clock.</summary>
    public async Task ReachAsync(string instant)
    {
        var now = DateTimeOffset.Parse((string)(await Send(null, HttpMethod.Get, "/demo/clock", null, HttpStatusCode.OK))["now"]!, CultureInfo.InvariantCulture);
        if (now < DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)) { await MoveTo(instant); }
    }

    /// <summary>Has the program's own database refuse rows of a table until what it gives is disposed of.</summary>
    public Task<IAsyncDisposable> BreakingAsync(string table, string when) => _database.BreakingAsync(table, when);

    /// <summary>Asks the program's own database, or harms it on purpose; each row with its columns as text.</summary>
    public async Task<List<string>> Sql(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }
        return rows;
    }

    /// <summary>Waits until everything that was read is numbered: the program numbers too, and whoever comes second to a chain leaves it to the other.</summary>
    public async Task ChainedAsync()
    {
        do { await Services.GetRequiredService<ReadChain>().LinkAsync(); }
        while ((await Sql("select count(*) from cme.read_waiting"))[0] != "0");
    }

    /// <summary>Moves the business clock.</summary>
    public Task MoveTo(string instant) => Send(null, HttpMethod.Post, "/demo/clock", $$"""{"advanceTo":"{{instant}}"}""", HttpStatusCode.OK);
}

/// <summary>The program as it runs for somebody real: no demo.</summary>
public sealed class RealHost : EdgeHost
{
    protected override bool Demo => false;
}

/// <summary>A school of a test.</summary>
public sealed record TestSchool(EdgeHost Host, string Urn, string Key)
{
    public const string Calendar =
        """
        {"terms": [{"start": "2026-09-03", "end": "2026-10-23"}, {"start": "2026-11-02", "end": "2026-12-18"}], "inset": ["2026-09-03"],
         "closures": [], "sessions": {"am": {"start": "08:50", "registrationCloses": "09:20"}, "pm": {"start": "13:00", "registrationCloses": "13:20"}},
         "dayEnds": "15:20", "yearGroupExceptions": []}
        """;

    public string Path => $"/api/v1/schools/{Urn}";

    public static string Roll(IEnumerable<int> pupils) => $$"""{"pupils":[{{string.Join(',', pupils.Select(Pupil))}}]}""";

    public static string Pupil(int number) =>
        $$"""
        {"schoolPupilId":"P{{number}}","forename":"Amina","surname":"Testcase{{number}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"{{7 + (number % 5)}}",
         "entryDate":"2025-09-03","contacts":[{"id":"C1","name":"Parent","parentalResponsibility":true,"phones":["01632 960001"],"priority":1}]}
        """;

    /// <summary>A change of the roll by which a pupil has left.</summary>
    public static string Left(int number, string leavingDate, string ground, string destination) =>
        $$"""{"pupils":[{{Pupil(number).TrimEnd()[..^1]}},"leavingDate":"{{leavingDate}}","ground":"{{ground}}","destination":"{{destination}}"}]}""";

    /// <summary>Sends a register of Monday 7 September's morning.</summary>
    public Task<JsonObject> Register(string marks, HttpStatusCode status = HttpStatusCode.OK, string day = "2026-09-07/AM", string asOf = "2026-09-07T08:55:00+01:00") =>
        Host.Send(Key, HttpMethod.Put, $"{Path}/registers/{day}", $$"""{"asOf":"{{asOf}}","complete":false,"marks":[{{marks}}]}""", status);

    /// <summary>Sends both registers of so many school days, in which a pupil is absent without a reason.</summary>
    public async Task MissingFrom(string from, int days, string pupil = "P1")
    {
        var date = DateOnly.Parse(from, CultureInfo.InvariantCulture);
        for (; days > 0; date = date.AddDays(1))
        {
            if (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) { continue; }
            foreach (var session in new[] { "AM", "PM" })
            {
                await Register($$"""{"schoolPupilId":"{{pupil}}","code":"N"}""", day: $"{date:O}/{session}", asOf: $"{date:O}T14:00:00+01:00");
            }
            days--;
        }
    }

    public Task<JsonObject> Get(string path, HttpStatusCode status = HttpStatusCode.OK) => Host.Send(Key, HttpMethod.Get, path, null, status);

    /// <summary>Something that was done about an episode, as a body.</summary>
    public string Deed(string action, string? outcome, string at = "2026-09-07T08:58:00+01:00", string more = "") =>
        $$"""
        {"action":"{{action}}",{{(outcome is null ? "" : $"\"outcome\":\"{outcome}\",")}}"at":"{{at}}",
         "performedBy":{"name":"Maureen Okafor","role":"attendance-officer","org":"{{Urn}}"}{{more}}}
        """;

    /// <summary>The reference of the school's one open episode.</summary>
    public async Task<string> OnlyEpisode() => (string)(await Get("/api/v1/episodes"))["data"]!.AsArray().Single()!["reference"]!;
}

/// <summary>What every problem document has.</summary>
public static class ProblemAssertions
{
    /// <summary>Checks that an answer is a whole problem document, and returns it.</summary>
    public static async Task<JsonObject> ShouldBeProblem(this HttpResponseMessage answer, string? code = null)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonNode.Parse(text)!.AsObject();
        ((int)problem["status"]!).ShouldBe((int)answer.StatusCode);
        var said = (string)problem["code"]!;
        if (code is not null) { said.ShouldBe(code, text); }
        ((string)problem["type"]!).ShouldBe($"https://cme.example/problems/{said}");
        ((string)problem["title"]!).ShouldNotBeNullOrWhiteSpace();
        ((string)problem["detail"]!).ShouldNotBeNullOrWhiteSpace();
        ((string)problem["instance"]!).ShouldBe(answer.RequestMessage!.RequestUri!.AbsolutePath);
        return problem;
    }

    /// <summary>The places that a problem names, in order.</summary>
    public static string[] Pointers(this JsonObject problem) => [.. problem["errors"]!.AsArray().Select(error => (string)error!["pointer"]!)];
}
