using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Cme.Web.Demo;
using Cme.Web.Security;
using Cme.Web.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Security;

/// <summary>
/// Every route that the program has, asked by everybody there is. A route without a rule fails; so does a rule, a parameter or
/// a role that this table does not know.
/// </summary>
public sealed partial class RouteRuleSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Own = "900001", Other = "900002";

    private static readonly string[] Everybody = ["attendance-officer", "dsl", "deputy-dsl", "head", "duty-desk", "tracking-officer", "cme-lead", "auditor"];
    private static readonly string[] Administrators = ["school-admin", "authority-admin"];

    /// <summary>Who may see which page. Written out here, not read from the program: a new page is to be entered here by hand.</summary>
    internal static readonly Dictionary<string, string[]> Pages = new()
    {
        ["desk"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["lead"] = ["cme-lead", "auditor"],
        ["schools/{urn}/board"] = Everybody,
        ["boards/rows"] = Everybody,
        ["boards/act"] = [.. Everybody.Except(["auditor"])],
        ["work"] = Everybody,
        ["search"] = Everybody,
        ["search/{search}"] = Everybody,
        ["wall/desk"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["wall/school/{urn}"] = Everybody,
        ["lead/due/{date}"] = ["cme-lead", "auditor"],
        ["episodes/{reference}"] = Everybody,
        ["episodes/{reference}/removal"] = Everybody,
        ["episodes/{reference}/enquiries"] = Everybody,
        ["removals"] = Everybody,
        ["transfers"] = Everybody,
        ["schools/{urn}/transfers/{pupil}"] = Everybody,
        ["schools/{urn}/admissions"] = Everybody,
        ["schools/{urn}/contacts"] = Everybody,
        ["contacts"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["schools/{urn}/admissions/{admitted}"] = Everybody,
        ["episodes/{reference}/letter"] = [.. Everybody.Except(["auditor"])],
        ["episodes/{reference}/letters/{letter}"] = Everybody,
        ["episodes/{reference}/record-{what}"] = [.. Everybody.Except(["auditor"])],
        ["schools/{urn}"] = Everybody,
        ["schools/{urn}/roll"] = Everybody,
        ["schools/{urn}/pupils/{pupil}/timetable"] = Everybody,
        ["schools/{urn}/pictures"] = Everybody,
        ["reports"] = ["cme-lead", "auditor"],
        ["reports/{kind}/{period}"] = ["cme-lead", "auditor"],
        ["schools/{urn}/returns/{date}"] = Everybody,
        ["schools/{urn}/questions"] = Everybody,
        ["schools/{urn}/questions/{asked}"] = Everybody,
        ["questions"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["schools/{urn}/reports"] = ["head", "cme-lead", "auditor"],
        ["schools/{urn}/reports/{kind}/{period}"] = ["head", "cme-lead", "auditor"],
        ["schools/{urn}/calendar"] = ["head", "dsl", "cme-lead"],
        ["calendar"] = ["cme-lead", "authority-admin"],
        ["pictures"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["schools/{urn}/registers/{date}/{session}"] = Everybody,
        ["children/{childId}"] = Everybody,
        ["children/{childId}/flags"] = ["duty-desk", "tracking-officer", "cme-lead"],
        ["children/{childId}/open-record"] = ["duty-desk", "tracking-officer", "cme-lead"],
        ["referrals/{referral}/accept"] = ["duty-desk", "tracking-officer", "cme-lead"],
        ["procedures"] = Everybody,
        ["procedures/{pack}"] = Everybody,
        ["procedures/try"] = ["cme-lead", "auditor"],
        ["episodes/{reference}/open-restricted"] = [.. Everybody.Except(["auditor"])],
        ["episodes/{reference}/named-readers"] = ["dsl", "cme-lead"],
        ["referrals"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["referrals/{referral}"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["concerns"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["concerns/{concern}"] = ["duty-desk", "tracking-officer", "cme-lead", "auditor"],
        ["concerns/new"] = ["duty-desk", "tracking-officer", "cme-lead"],
        ["concerns/{concern}/match"] = ["duty-desk", "tracking-officer", "cme-lead"],
        ["concerns/{concern}/open-record"] = ["duty-desk", "tracking-officer", "cme-lead"],
        ["concerns/{concern}/record-{act}"] = ["duty-desk", "tracking-officer", "cme-lead"],
        ["concerns/{concern}/reporter"] = ["duty-desk", "tracking-officer", "cme-lead"],
        ["restricted"] = ["cme-lead", "auditor"],
        ["audit"] = ["cme-lead", "auditor"],
        ["demo/bar"] = Everybody,
        ["people"] = Administrators,
        ["people/invite"] = Administrators,
        ["people/{person}"] = Administrators,
        ["people/{person}/role"] = Administrators,
        ["people/{person}/reset"] = Administrators,
        ["people/{person}/end"] = Administrators,
        ["set-up"] = ["authority-admin"],
        ["set-up/procedure"] = ["authority-admin"],
        ["set-up/schools"] = ["authority-admin"],
        ["keys"] = Administrators,
        ["keys/new"] = Administrators,
        ["account"] = [.. Everybody, .. Administrators],
        ["account/password"] = [.. Everybody, .. Administrators],
        ["account/authenticator"] = [.. Everybody, .. Administrators],
        ["account/second-factor"] = [.. Everybody, .. Administrators],
    };

    private readonly List<string> _wrong = [];
    private readonly Dictionary<string, HttpClient> _people = [];
    private string _child = "", _referral = "", _concern = "", _search = "", _reference = "", _asked = "", _leave = "", _none = "", _otherAuthority = "";
    private int _requests;

    public async Task InitializeAsync()
    {
        foreach (var urn in new[] { Own, Other })
        {
            await host.Send(host.KeyOf(urn), HttpMethod.Put, $"/api/v1/schools/{urn}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
            await host.Send(host.KeyOf(urn), HttpMethod.Put, $"/api/v1/schools/{urn}/roll", TestSchool.Roll([1]), HttpStatusCode.OK);
        }
        await host.Send(host.KeyOf(Own), HttpMethod.Patch, $"/api/v1/schools/{Own}/roll", TestSchool.Left(9, "2026-09-04", "a", "Hill View School"), HttpStatusCode.OK);
        await host.MoveTo("2026-09-07T09:00:00+01:00");
        var school = new TestSchool(host, Own, host.KeyOf(Own));
        await school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        _reference = await school.OnlyEpisode();
        await host.KeepLetterAsync("letter-1", Own, _reference);
        _asked = await host.AskedAsync(Own);
        _child = (string)(await school.Get("/api/v1/episodes"))["data"]![0]!["child"]!["id"]!;
        _leave = (string)(await host.Send(host.KeyOf(Own), HttpMethod.Post, $"/api/v1/schools/{Own}/leaves",
            """{"pupil":"P1","from":"2026-12-01","expectedReturn":"2026-12-02","reason":"Funeral","authorisedBy":"Head"}""", HttpStatusCode.Created))["id"]!;
        _referral = (string)(await host.Send(host.KeyOf(Own), HttpMethod.Post, "/api/v1/referrals",
            """{"child":{"surname":"Nobody"},"concerns":"Not seen.","referrer":{"name":"A","role":"dsl"}}""", HttpStatusCode.Created))["reference"]!;
        _concern = (string)(await host.Send(null, HttpMethod.Post, "/api/v1/concerns", """{"child":{"name":"A boy"}}""", HttpStatusCode.Accepted))["reference"]!;
        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/concerns/{_concern}/actions", """{"action":"screen","outcome":"education"}""", HttpStatusCode.OK);
        using (var client = host.Client(host.KeyOf(Own)))
        using (var found = await client.PostAsync("/api/v1/searches", new StringContent("""{"name":"testcase"}""", Encoding.UTF8, "application/json")))
        {
            _search = found.Headers.Location!.ToString().Split('/')[^1];
        }
        _none = await host.NewKeyAsync(EdgeHost.Authority, Own);
        _otherAuthority = await host.NewKeyAsync("998", null, [.. Scopes.All]);
        foreach (var persona in Accounts) { _people[persona.UserName] = await host.PersonAsync(persona.UserName); }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The officers of the authority, and the people of two of its schools: one's own, and a stranger's.</summary>
    private IEnumerable<DemoAccount> Accounts => host.Credentials.Accounts.Where(account => account.Organisation is EdgeHost.Authority or Own or Other);

    [Fact]
    public async Task Every_route_lets_in_whom_its_rule_names_and_nobody_else()
    {
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        foreach (var route in routes)
        {
            var path = Concrete(route.RoutePattern.RawText ?? "");
            foreach (var method in MethodsOf(route)) { await Ask(route, method, path); }
        }

        _wrong.ShouldBeEmpty(string.Join('\n', _wrong));
        routes.Count.ShouldBeGreaterThan(25);
        _requests.ShouldBeGreaterThan(300);
    }

    private async Task Ask(RouteEndpoint route, HttpMethod method, string path)
    {
        var anyone = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var policies = route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(rule => rule.Policy).OfType<string>().Distinct().ToList();
        switch (policies)
        {
            case []:
                if (!anyone) { _wrong.Add($"{method} {path} has no rule: name a policy, or say that anyone may come in."); }
                else { await Expect(method, path, "anonymous", host.Client(), Allowed); }
                break;
            case [var scope] when Scopes.All.Contains(scope): await AskByScope(method, path, scope, authorityOnly: false); break;
            case [Policies.AuthorityWrite]: await AskByScope(method, path, Scopes.SchoolWrite, authorityOnly: true); break;
            case [Policies.AuthorityCases]: await AskByScope(method, path, Scopes.CaseWrite, authorityOnly: true); break;
            case [Policies.AuthorityReads]: await AskByScope(method, path, Scopes.CaseRead, authorityOnly: true); break;
            case [Policies.Live]: await AskLive(method, path); break;
            case [_] when Pages.TryGetValue(route.RoutePattern.RawText!.TrimStart('/'), out var roles): await AskPage(method, path, roles); break;
            default: _wrong.Add($"{method} {path} has a rule that this table does not know: {string.Join(" + ", policies)}."); break;
        }
    }

    private async Task AskByScope(HttpMethod method, string path, string scope, bool authorityOnly)
    {
        var ofSomebody = path.Contains(Own, StringComparison.Ordinal) || path.Contains("episode-", StringComparison.Ordinal)
            || new[] { _child, _referral, _search }.Any(own => path.Contains(own, StringComparison.Ordinal));
        await Expect(method, path, "anonymous", host.Client(), status => status == 401);
        await Expect(method, path, "a key without scopes", host.Client(_none), status => status == 403);
        var butOne = await host.NewKeyAsync(EdgeHost.Authority, authorityOnly ? null : Own, [.. Scopes.All.Where(one => one != scope)]);
        await Expect(method, path, $"a key with all scopes but {scope}", host.Client(butOne), status => status == 403);
        foreach (var (name, person) in _people) { await Expect(method, path, $"the session of {name}", person, status => status == 401); }

        var own = await host.NewKeyAsync(EdgeHost.Authority, authorityOnly ? null : Own, scope);
        await Expect(method, path, $"a key with {scope}", host.Client(own), Allowed);
        if (authorityOnly)
        {
            await Expect(method, path, "the school's own key", host.Client(host.KeyOf(Own)), status => status == 403);
            return;
        }
        if (!ofSomebody) { return; }
        var others = await host.NewKeyAsync(EdgeHost.Authority, Other, scope);
        await Expect(method, path, "another school's key", host.Client(others), status => status == 404);
        await Expect(method, path, "another authority's key", host.Client(_otherAuthority), status => status == 404);
    }

    private async Task AskPage(HttpMethod method, string path, string[] roles)
    {
        await Expect(method, path, "anonymous", host.Client(), ToSignIn);
        await Expect(method, path, "a key", host.Client(host.AuthorityKey), status => status is 401 or 302);
        foreach (var persona in Accounts)
        {
            var ofSomebody = path.Contains(Own, StringComparison.Ordinal) || path.Contains("episode-", StringComparison.Ordinal) || path.Contains(_child, StringComparison.Ordinal);
            var foreign = persona.Organisation != EdgeHost.Authority && persona.Organisation != Own;
            Func<int, bool> expected = !roles.Contains(persona.Role) ? status => status == 403
                : ofSomebody && foreign ? status => status == 404
                : Allowed;
            await Expect(method, path, persona.UserName, _people[persona.UserName], expected);
        }
    }

    private async Task AskLive(HttpMethod method, string path)
    {
        await Expect(method, path, "anonymous", host.Client(), status => status == 401);
        await Expect(method, path, "a key without case.read", host.Client(await host.NewKeyAsync(EdgeHost.Authority, Own, Scopes.RegisterWrite)), status => status == 403);
        await Expect(method, path, "a key with case.read", host.Client(await host.NewKeyAsync(EdgeHost.Authority, Own, Scopes.CaseRead)), Allowed);
        foreach (var account in Accounts)
        {
            await Expect(method, path, account.UserName, _people[account.UserName], Administrators.Contains(account.Role) ? status => status == 403 : Allowed);
        }
    }

    private async Task Expect(HttpMethod method, string path, string who, HttpClient client, Func<int, bool> expected)
    {
        _requests++;
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get) { request.Content = new StringContent("{}", Encoding.UTF8, "application/json"); }
        using var answer = await client.SendAsync(request);
        if (!expected((int)answer.StatusCode) || (who != "anonymous" && IsSignIn(answer) && expected == Allowed))
        {
            _wrong.Add($"{method} {path} asked by {who}: {(int)answer.StatusCode} {answer.Headers.Location}");
        }
        if (expected == ToSignIn && !IsSignIn(answer)) { _wrong.Add($"{method} {path} asked by {who} does not lead to the sign-in page."); }
    }

    private static bool Allowed(int status) => status is not (401 or 403 or 404 or 405 or >= 500);

    private static bool ToSignIn(int status) => status == 302;

    private static bool IsSignIn(HttpResponseMessage answer) =>
        answer.Headers.Location?.ToString().Contains("/sign-in?", StringComparison.Ordinal) == true;

    private static IEnumerable<HttpMethod> MethodsOf(RouteEndpoint route)
    {
        if (route.RoutePattern.RawText == "/live/negotiate") { return [HttpMethod.Post]; }
        return route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods.Select(method => HttpMethod.Parse(method)) : [HttpMethod.Get];
    }

    private string Concrete(string pattern) => "/" + Parameter().Replace(pattern.TrimStart('/'), found => found.Groups[1].Value switch
    {
        "code" => EdgeHost.Authority, "urn" => Own, "reference" => _reference, "childId" => _child, "schoolYear" => "2026-27", "date" => "2026-09-07", "session" => "AM", "documentName" => "v1", "id" => _leave,
        "referral" => _referral, "concern" => _concern, "search" => _search, "person" => $"dsl-{Own}", "secret" => "no-such-link",
        "question" => "danger", "act" => "screen", "letter" => "letter-1", "asked" => _asked,
        "pupil" => "P9", "admitted" => "P1", "what" => "call", "pack" => "northamptonshire", "status" => "410", "kind" => "quarterly", "period" => "2026-q3",
        var other => throw new InvalidOperationException($"The parameter '{other}' of {pattern} is new: teach this table a value for it."),
    }) + (pattern.TrimStart('/') == "boards/rows" ? $"?board=school:{Own}" : "");

    [GeneratedRegex(@"\{\*{0,2}([a-zA-Z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
