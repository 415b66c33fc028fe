using System.Net;
using System.Text.RegularExpressions;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.Security;

namespace Cme.Web.Tests.Pages;

/// <summary>Whoever begins at their own first page and follows links finds every page that they may open, and none that they may not.</summary>
public sealed partial class EveryPageIsReached(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Own = "900001";

    /// <summary>What a form or a script opens, and no link.</summary>
    private static readonly string[] ByForm = ["boards/rows", "boards/act", "search/{search}", "demo/bar"];

    /// <summary>Of one kind of page so many are opened: links are the same on all of them.</summary>
    private const int MostOfOneKind = 6;

    private static bool _begun;

    public async Task InitializeAsync()
    {
        if (_begun) { return; }
        _begun = true;
        await host.Send(host.KeyOf(Own), HttpMethod.Put, $"/api/v1/schools/{Own}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        await host.Send(host.KeyOf(Own), HttpMethod.Put, $"/api/v1/schools/{Own}/roll", """
            {"pupils":[{"schoolPupilId":"P1","forename":"Amina","surname":"Linked","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03","flags":["cp_plan"]}]}
            """, HttpStatusCode.OK);
        await host.Send(host.KeyOf(Own), HttpMethod.Patch, $"/api/v1/schools/{Own}/roll", TestSchool.Left(9, "2026-09-04", "a", "Hill View School"), HttpStatusCode.OK);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await new TestSchool(host, Own, host.KeyOf(Own)).Register("""{"schoolPupilId":"P1","code":"N"}""");
        await host.Send(host.KeyOf(Own), HttpMethod.Post, "/api/v1/referrals",
            """{"child":{"surname":"Unknown"},"concerns":"Not seen.","referrer":{"name":"A","role":"dsl"}}""", HttpStatusCode.Created);
        await host.KeepLetterAsync("letter-linked", Own, await new TestSchool(host, Own, host.KeyOf(Own)).OnlyEpisode());
        var concern = (string)(await host.Send(null, HttpMethod.Post, "/api/v1/concerns", """{"child":{"name":"Kai Sample"},"reporter":{"name":"A"}}""", HttpStatusCode.Accepted))["reference"]!;
        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/concerns/{concern}/actions", """{"action":"screen","outcome":"education"}""", HttpStatusCode.OK);
        await host.AskedAsync(Own);
        // Nobody has called: it climbs to the head, the desk and the lead.
        await host.ReachAsync("2026-09-07T16:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("attendance-officer-900001", "attendance-officer")]
    [InlineData("dsl-900001", "dsl")]
    [InlineData("deputy-dsl-900001", "deputy-dsl")]
    [InlineData("head-900001", "head")]
    [InlineData("duty-desk", "duty-desk")]
    [InlineData("tracking-officer", "tracking-officer")]
    [InlineData("cme-lead", "cme-lead")]
    [InlineData("auditor", "auditor")]
    [InlineData("school-admin-900001", "school-admin")]
    [InlineData("authority-admin", "authority-admin")]
    public async Task From_its_first_page_a_role_reaches_by_links_each_page_that_it_may_open_and_no_other_and_meets_no_word_of_engineers(
        string persona, string role)
    {
        var places = RouteRuleSpecs.Pages.Where(page => page.Value.Contains(role)).Select(page => page.Key).Except(ByForm).ToArray();
        using var person = await host.PersonAsync(persona);
        var (reached, refused, words) = (new HashSet<string>(), new List<string>(), new List<string>());
        var seen = new Dictionary<string, int>();
        var next = new Queue<(string Path, string From)>([("/", "the beginning")]);
        while (next.TryDequeue(out var at))
        {
            using var answer = await person.GetAsync(at.Path);
            if (answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Found)
            {
                Add(answer.Headers.Location!.ToString(), at.Path);
                continue;
            }
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                refused.Add($"{at.Path} on {at.From}: {(int)answer.StatusCode}");
                continue;
            }
            reached.UnionWith(places.Where(place => Matches(place, at.Path)));
            var html = await answer.Content.ReadAsStringAsync();
            words.AddRange(Ours().Matches(Text(html)).Select(word => $"{at.Path}: {word.Value}"));
            foreach (Match link in Link().Matches(html)) { Add(WebUtility.HtmlDecode(link.Groups[1].Value), at.Path); }
        }

        refused.ShouldBeEmpty("a link leads where this role may not go, or to nothing");
        places.Except(reached).ShouldBeEmpty("no link leads there");
        words.ShouldBeEmpty("a word that only those who made the service know");

        void Add(string address, string from)
        {
            var path = address.Split('?', '#')[0];
            // "Exit this page" leads out of the service, as fast as it can.
            if (path is "/docs" or "/demo" or "/report-a-concern/leave" || path.StartsWith("/dist/", StringComparison.Ordinal) || path.StartsWith("/openapi/", StringComparison.Ordinal)) { return; }
            var kind = KindOf(path);
            if (!seen.TryAdd(path, 0) || (kind != path && seen.Keys.Count(other => KindOf(other) == kind) > MostOfOneKind)) { return; }
            next.Enqueue((path, from));
        }
    }

    private static string KindOf(string path) => RouteRuleSpecs.Pages.Keys.FirstOrDefault(place => Matches(place, path)) ?? path;

    private static bool Matches(string place, string path) => place.Contains('{', StringComparison.Ordinal)
        ? Regex.IsMatch(path, $"^/{Part().Replace(place, "[^/]+")}$") && !RouteRuleSpecs.Pages.ContainsKey(path.Trim('/'))
        : path == $"/{place}";

    /// <summary>What a page says in its middle, its marks and hidden values left out.</summary>
    private static string Text(string html) =>
        WebUtility.HtmlDecode(Tag().Replace(html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)], " "));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    /// <summary>Names of parts of the program, which no officer has ever heard.</summary>
    [GeneratedRegex(@"\b(grains?|sequencer|(?<!legal )obligations?|sheets?|payload|epoch|projections?|chain|folds?|folded|packs?|layer \d|break-glass|tenants?|let go|null|undefined|false|true)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Ours();

    [GeneratedRegex("href=\"(/[^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Part();
}
