using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cme.Web.Security;
using Cme.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Security;

/// <summary>
/// Every route, asked by everybody there is, in every relation to what is asked for. What each is to be told stands in AccessMatrix.txt,
/// which people read and review; a route without a row there fails, and so does a row without a route. The first episode is of school
/// 900001. The one marked "moved" is of 900002, whose pupil has moved to 900001. The child of the first is on the roll of 900003 too.
/// </summary>
public sealed partial class AccessMatrixSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Here = "900001", There = "900002", Joint = "900003", Moved = " @moved";

    private readonly Dictionary<string, HttpClient> _everybody = [];
    private readonly Dictionary<string, string> _values = new()
    {
        ["code"] = EdgeHost.Authority, ["urn"] = Here, ["schoolYear"] = "2026-27", ["date"] = "2026-09-07", ["session"] = "AM", ["documentName"] = "v1",
        ["question"] = "danger", ["act"] = "screen",
        ["what"] = "call", ["status"] = "410", ["pack"] = "northamptonshire", ["kind"] = "quarterly", ["period"] = "2026-q3", ["person"] = "dsl-900001", ["secret"] = "no-such-link", ["pupil"] = "P9", ["admitted"] = "P1",
    };

    public async Task InitializeAsync()
    {
        await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/schools", null, HttpStatusCode.OK);
        foreach (var urn in new[] { Here, There, Joint })
        {
            await host.Send(host.KeyOf(urn), HttpMethod.Put, $"/api/v1/schools/{urn}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        }
        await Roll(Here, Pupil("P1", "A920000126001"));
        await Roll(Joint, Pupil("P1", "A920000126001"));
        await Roll(There, Pupil("P2", "R920000126002", "Bilal"));
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        _values["reference"] = await Missing(Here, "P1");
        _values["moved"] = await Missing(There, "P2");
        (_values["letter"], _values["letter moved"]) = ("letter-here", "letter-moved");
        await host.KeepLetterAsync("letter-here", Here, _values["reference"]);
        await host.KeepLetterAsync("letter-moved", There, _values["moved"]);
        // The case goes to the authority, and the child to the first school.
        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{_values["moved"]}/assign", "{}", HttpStatusCode.OK);
        await Roll(There, Pupil("P2", "R920000126002", "Bilal", "\"leavingDate\":\"2026-09-04\","));
        await Roll(Here, Pupil("P3", "R920000126002", "Bilal"));
        await host.Send(host.KeyOf(Here), HttpMethod.Patch, $"/api/v1/schools/{Here}/roll", TestSchool.Left(9, "2026-09-04", "a", "Hill View School"), HttpStatusCode.OK);

        var key = host.KeyOf(Here);
        _values["childId"] = (string)(await host.Send(key, HttpMethod.Get, $"/api/v1/episodes/{_values["reference"]}", null, HttpStatusCode.OK))["child"]!["id"]!;
        _values["id"] = (string)(await host.Send(key, HttpMethod.Post, $"/api/v1/schools/{Here}/leaves",
            """{"pupil":"P1","from":"2026-12-01","expectedReturn":"2026-12-02","reason":"Funeral","authorisedBy":"Head"}""", HttpStatusCode.Created))["id"]!;
        _values["referral"] = (string)(await host.Send(key, HttpMethod.Post, "/api/v1/referrals",
            """{"child":{"surname":"Nobody"},"concerns":"Not seen.","referrer":{"name":"A","role":"dsl"}}""", HttpStatusCode.Created))["reference"]!;
        _values["concern"] = (string)(await host.Send(null, HttpMethod.Post, "/api/v1/concerns", """{"child":{"name":"A boy"}}""", HttpStatusCode.Accepted))["reference"]!;
        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/concerns/{_values["concern"]}/actions", """{"action":"screen","outcome":"education"}""", HttpStatusCode.OK);
        using (var client = host.Client(key))
        using (var found = await client.PostAsync("/api/v1/searches", new StringContent("""{"name":"testcase"}""", Encoding.UTF8, "application/json")))
        {
            _values["search"] = found.Headers.Location!.ToString().Split('/')[^1];
        }
        _values["asked"] = (await host.Sql($"select data ->> 'question' from cme.event where type = 'PlaceAsked' and data ->> 'urn' = '{Joint}'"))[0];
        await Everybody();
        await host.Sql(
            $"""
            insert into cme.break_glass (authority, person, name, role, organisation, episode, child_id, reason, expires_at)
            values ('999', 'head-{Joint}', 'x', 'head', '{Joint}', '{_values["reference"]}', '{_values["childId"]}', 'She came to us alone.', now() + interval '1 hour')
            returning id
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Everybody_is_answered_as_the_table_says_on_every_route()
    {
        var (columns, expected) = ReadTable();
        var actual = new List<(string Route, string[] Cells)>();
        foreach (var route in Routes())
        {
            var cells = new List<string>();
            foreach (var client in _everybody.Values) { cells.Add(await AskAsync(route, client)); }
            actual.Add((route, [.. cells]));
        }
        // For whoever reviews a change of the table.
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "AccessMatrix.actual.txt"), Write(actual));

        columns.ShouldBe(_everybody.Keys);
        var wrong = from row in actual
                    from cell in row.Cells.Select((said, at) => (said, who: columns[at], told: expected.GetValueOrDefault(row.Route)?[at] ?? "no row"))
                    where cell.said != cell.told
                    select $"{row.Route} asked by {cell.who}: {cell.said}, and the table says {cell.told}";
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        expected.Keys.Except(actual.Select(row => row.Route)).ShouldBeEmpty();
        actual.Sum(row => row.Cells.Length).ShouldBeGreaterThan(900);
    }

    /// <summary>Each method of each route, those of an episode once more for the child who moved.</summary>
    private IEnumerable<string> Routes()
    {
        var all = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => MethodsOf(route).Select(method => $"{method} /{route.RoutePattern.RawText!.TrimStart('/')}")).Distinct().Order(StringComparer.Ordinal);
        foreach (var route in all)
        {
            yield return route;
            if (route.Contains("{reference}", StringComparison.Ordinal)) { yield return route + Moved; }
        }
    }

    private static IEnumerable<string> MethodsOf(RouteEndpoint route)
    {
        if (route.RoutePattern.RawText == "/live/negotiate") { return ["POST"]; }
        return route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];
    }

    private async Task<string> AskAsync(string route, HttpClient client)
    {
        var (method, pattern) = (route[..route.IndexOf(' ', StringComparison.Ordinal)], route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var moved = pattern.EndsWith(Moved, StringComparison.Ordinal);
        var address = Parameter().Replace(moved ? pattern[..^Moved.Length] : pattern, found =>
            _values[(found.Groups[1].Value, moved) switch { ("reference", true) => "moved", ("letter", true) => "letter moved", var (name, _) => name }]);
        // What is asked about the child of the first school is asked of the third.
        if (pattern.Contains("{asked}", StringComparison.Ordinal)) { address = address.Replace(Here, Joint, StringComparison.Ordinal); }
        if (address == "/boards/rows") { address += $"?board=school:{Here}"; }
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), address);
        if (method != "GET") { request.Content = new StringContent("{}", Encoding.UTF8, "application/json"); }
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode switch
        {
            302 when answer.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) == true => "in",
            401 or 403 or 404 or 405 or >= 500 => $"{(int)answer.StatusCode}",
            _ => "ok",
        };
    }

    private async Task Everybody()
    {
        _everybody["nobody"] = host.Client();
        _everybody["key here"] = host.Client(host.KeyOf(Here));
        _everybody["key there"] = host.Client(host.KeyOf(There));
        _everybody["key auth."] = host.Client(host.AuthorityKey);
        _everybody["key 998"] = host.Client(await host.NewKeyAsync("998", null, [.. Scopes.All]));
        _everybody["no scope"] = host.Client(await host.NewKeyAsync(EdgeHost.Authority, Here));
        foreach (var role in Roles.OfSchool) { _everybody[role] = await host.PersonAsync($"{role}-{Here}"); }
        _everybody["dsl there"] = await host.PersonAsync($"dsl-{There}");
        _everybody["dsl joint"] = await host.PersonAsync($"dsl-{Joint}");
        _everybody["head glass"] = await host.PersonAsync($"head-{Joint}");
        foreach (var role in host.Credentials.Accounts.Where(account => account.Organisation == EdgeHost.Authority)) { _everybody[role.Role] = await host.PersonAsync(role.UserName); }
        if (host.Credentials.Accounts.Any(account => account.UserName == $"school-admin-{Here}")) { _everybody["school-admin"] = await host.PersonAsync($"school-admin-{Here}"); }
    }

    private static (string[] Columns, Dictionary<string, string[]> Rows) ReadTable()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Security", "AccessMatrix.txt"))
            .Where(line => line.Contains('|', StringComparison.Ordinal)).Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray()).ToList();
        return (lines[0][1..], lines.Skip(1).ToDictionary(cells => cells[0], cells => cells[1..]));
    }

    private string Write(List<(string Route, string[] Cells)> rows)
    {
        var widths = _everybody.Keys.Select(name => Math.Max(name.Length, 4)).ToArray();
        var first = rows.Max(row => row.Route.Length);
        var text = new StringBuilder(Line("", [.. _everybody.Keys]));
        foreach (var (route, cells) in rows) { text.Append(Line(route, cells)); }
        return text.ToString();

        string Line(string name, string[] cells) => $"{name.PadRight(first)} | {string.Join(" | ", cells.Select((cell, at) => cell.PadRight(widths[at])))}".TrimEnd() + "\n";
    }

    private async Task<string> Missing(string urn, string pupil)
    {
        var school = new TestSchool(host, urn, host.KeyOf(urn));
        await school.Register($$"""{"schoolPupilId":"{{pupil}}","code":"N"}""");
        return await school.OnlyEpisode();
    }

    private Task<JsonObject> Roll(string urn, string pupil) =>
        host.Send(host.KeyOf(urn), HttpMethod.Patch, $"/api/v1/schools/{urn}/roll", $$"""{"pupils":[{{pupil}}]}""", HttpStatusCode.OK);

    private static string Pupil(string id, string upn, string forename = "Amina", string leaving = "") =>
        $$"""{"schoolPupilId":"{{id}}","upn":"{{upn}}","forename":"{{forename}}","surname":"Matrix","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7",{{leaving}}"entryDate":"2025-09-03"}""";

    [GeneratedRegex(@"\{\*{0,2}([a-zA-Z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
