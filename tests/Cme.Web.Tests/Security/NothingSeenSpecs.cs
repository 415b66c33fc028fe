using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.TestSupport.Service;
using Cme.Web.Security;
using Cme.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Cme.Web.Tests.Security;

/// <summary>
/// Nothing is seen that may not be. Every sensitive value of this world occurs once; everybody asks for everything that there is, over pages,
/// REST and the live boards, and all that is sent to them is searched for the values that they may not see. Who may see what is written
/// here a second time, apart from the product.
/// </summary>
public sealed partial class NothingSeenSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Here = "900001", There = "900002", Authority = EdgeHost.Authority;

    private readonly List<Secret> _secrets = [];
    private readonly List<Watcher> _watchers = [];
    private readonly List<string> _episodes = [], _children = [], _referrals = [];
    private string _restricted = "";

    /// <summary>A value, what it is, and at which school the child is of whom it tells.</summary>
    private sealed record Secret(string Value, Kind What, string School)
    {
        public override string ToString() => $"{Value} ({What} at {School})";
    }

    private enum Kind
    {
        /// <summary>The child's own name.</summary>
        Name,
        /// <summary>Address, postcode and contacts that nothing hides.</summary>
        Address,
        /// <summary>Address and postcode that a flag hides.</summary>
        HiddenAddress,
        /// <summary>A note of what was done.</summary>
        Deed,
        /// <summary>Safeguarding narrative.</summary>
        Narrative,
        /// <summary>What is for named people only.</summary>
        Restricted,
        /// <summary>What another organisation reported, and who told of it.</summary>
        Report,
        /// <summary>What the authority recorded after the child had moved to another school.</summary>
        AfterMove,
    }

    /// <summary>Somebody who asks, and all that was sent to them.</summary>
    private sealed record Watcher(string Name, string Role, string? School, string? Key, HttpClient Client)
    {
        public StringBuilder Sent { get; } = new();
        public bool IsKey => Key is not null;
    }

    /// <summary>The oracle.</summary>
    private static bool MaySee(Watcher who, Secret secret)
    {
        if (who.Role is "stranger" or "school-admin" or "authority-admin") { return false; }
        var own = who.School is null || who.School == secret.School;
        return secret.What switch
        {
            Kind.Name or Kind.Address or Kind.Deed => own,
            Kind.HiddenAddress => false,
            Kind.Narrative => own && who.Role is "dsl" or "deputy-dsl" or "head" or "duty-desk" or "tracking-officer" or "cme-lead" or "auditor" && own,
            Kind.Restricted => who.Name is "deputy-dsl-900001",
            Kind.Report => own && !(who.IsKey && who.School is null),
            Kind.AfterMove => who.School is null,
            _ => throw new InvalidOperationException(),
        };
    }

    public async Task InitializeAsync()
    {
        foreach (var urn in new[] { Here, There })
        {
            await host.Send(host.KeyOf(urn), HttpMethod.Put, $"/api/v1/schools/{urn}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
            await host.Send(host.KeyOf(urn), HttpMethod.Put, $"/api/v1/schools/{urn}/roll", $$"""{"pupils":[{{Pupil(urn, "A", "[]")}},{{Pupil(urn, "B", """["refuge_placement","cp_plan"]""")}}]}""", HttpStatusCode.OK);
        }
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        foreach (var urn in new[] { Here, There })
        {
            var school = new TestSchool(host, urn, host.KeyOf(urn));
            await school.Register("""{"schoolPupilId":"A","code":"N"},{"schoolPupilId":"B","code":"N"}""");
            foreach (var row in (await school.Get("/api/v1/episodes"))["data"]!.AsArray())
            {
                var reference = (string)row!["reference"]!;
                _episodes.Add(reference);
                _children.Add((string)row["child"]!["id"]!);
                await Note(reference, urn, 2, Add(Kind.Deed, urn));
                await Note(reference, urn, 3, Add(Kind.Narrative, urn));
                if (urn == Here && _restricted.Length == 0)
                {
                    _restricted = reference;
                    await Note(reference, urn, 4, Add(Kind.Restricted, urn));
                }
            }
            _referrals.Add((string)(await host.Send(school.Key, HttpMethod.Post, "/api/v1/referrals", $$"""
                {"child":{"surname":"{{Add(Kind.Name, urn)}}","lastSeen":"{{Add(Kind.Report, urn)}}" },"concerns":"{{Add(Kind.Report, urn)}}",
                 "referrer":{"name":"{{Add(Kind.Report, urn)}}","role":"dsl"} }
                """, HttpStatusCode.Created))["reference"]!);
        }
        await NameAsync(_restricted, "deputy-dsl-900001");
        await MovesAsync();
        await Watchers();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Nobody_is_sent_what_they_may_not_see()
    {
        foreach (var who in _watchers)
        {
            foreach (var address in Addresses()) { await AskAsync(who, address); }
            await SearchAsync(who);
            await WatchAsync(who);
        }

        var seen = from who in _watchers from secret in _secrets where Found(who, secret) && !MaySee(who, secret) select $"{who.Name} saw {secret}";
        seen.ShouldBeEmpty();
        // What may be seen is seen by somebody, or the search above would prove nothing.
        _secrets.Where(secret => secret.What is not Kind.HiddenAddress && !_watchers.Any(who => Found(who, secret))).ShouldBeEmpty();
        _watchers.Count(who => who.Sent.Length > 50_000).ShouldBeGreaterThan(8);
    }

    private static bool Found(Watcher who, Secret secret) => who.Sent.ToString().Contains(secret.Value, StringComparison.OrdinalIgnoreCase);

    private string Add(Kind what, string school)
    {
        // A postcode is one with and without its space, so that values are of letters only.
        var value = $"Q{string.Concat(string.Create(CultureInfo.InvariantCulture, $"{_secrets.Count:000}").Select(digit => (char)('a' + (digit - '0'))))}zq{what.ToString().ToLowerInvariant()[..2]}";
        _secrets.Add(new(value, what, school));
        return value;
    }

    private string Pupil(string urn, string id, string flags)
    {
        var address = flags == "[]" ? Kind.Address : Kind.HiddenAddress;
        return $$"""
            {"schoolPupilId":"{{id}}","forename":"{{Add(Kind.Name, urn)}}","surname":"{{Add(Kind.Name, urn)}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7",
             "entryDate":"2025-09-03","flags":{{flags}},"address":{"lines":["{{Add(address, urn)}}"],"postcode":"{{Add(address, urn)}}"},
             "contacts":[{"id":"C1","name":"{{Add(Kind.Address, urn)}}","parentalResponsibility":true,"phones":["{{Add(Kind.Address, urn)}}"],"priority":1}]}
            """;
    }

    private async Task Note(string reference, string urn, int layer, string note)
    {
        var answer = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IEpisodeGrain>(reference).Record(new RecordAction
        {
            Action = "note", At = DateTimeOffset.Parse("2026-09-07T08:58:00+01:00", CultureInfo.InvariantCulture), Note = note, Layer = layer,
            PerformerName = "Somebody", PerformerRole = "dsl", PerformerOrg = urn, RecordedBy = "test",
        });
        answer.Outcome.RefusalCode.ShouldBeNull();
    }

    /// <summary>A child leaves for the other school while the authority has the case: the first keeps what it recorded.</summary>
    private async Task MovesAsync()
    {
        const string Child = """{"schoolPupilId":"D","upn":"A920000126001","forename":"Dora","surname":"Moves","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"7","entryDate":"2025-09-03"}""";
        await Patch(Here, Child);
        var here = new TestSchool(host, Here, host.KeyOf(Here));
        await here.Register("""{"schoolPupilId":"D","code":"N"}""", asOf: "2026-09-07T08:56:00+01:00");
        var moved = (string)(await here.Get("/api/v1/episodes"))["data"]!.AsArray().Single(row => (string)row!["child"]!["schoolPupilId"]! == "D")!["reference"]!;
        _episodes.Add(moved);
        await Note(moved, Here, 2, Add(Kind.Deed, Here));
        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{moved}/assign", "{}", HttpStatusCode.OK);
        await Patch(Here, Child.Replace("\"entryDate\"", "\"leavingDate\":\"2026-09-04\",\"ground\":\"a\",\"destination\":\"There\",\"entryDate\"", StringComparison.Ordinal));
        await Patch(There, Child);
        await Note(moved, Authority, 2, Add(Kind.AfterMove, Here));

        Task Patch(string urn, string pupil) => host.Send(
            host.KeyOf(urn), HttpMethod.Patch, $"/api/v1/schools/{urn}/roll", $$"""{"pupils":[{{pupil}}]}""", HttpStatusCode.OK);
    }

    private Task<List<string>> NameAsync(string reference, string person) => host.Sql(
        $"insert into cme.named_reader (authority, subject, person, name, named_by, reason) values ('{Authority}', '{reference}', '{person}', 'x', 'test', 'because') returning id");

    private async Task Watchers()
    {
        foreach (var account in host.Credentials.Accounts)
        {
            _watchers.Add(new(account.UserName, account.Role, account.Organisation == Authority ? null : account.Organisation, null, await host.PersonAsync(account.UserName)));
        }
        Key("key of here", Here, host.KeyOf(Here), "key");
        Key("key of there", There, host.KeyOf(There), "key");
        Key("key of the authority", null, host.AuthorityKey, "key");
        Key("key of another authority", null, await host.NewKeyAsync("998", null, [.. Scopes.All]), "stranger");
        _watchers.Add(new("nobody", "stranger", null, null, host.Client()));

        void Key(string name, string? school, string key, string role) => _watchers.Add(new(name, role, school, key, host.Client(key)));
    }

    /// <summary>Every address that can be read, with everything that there is in the place of its parameters.</summary>
    private IEnumerable<string> Addresses()
    {
        var patterns = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).Where(pattern => pattern is not "/live" and not "/demo/clock").Distinct();
        foreach (var pattern in patterns)
        {
            IEnumerable<string> addresses = [pattern + (pattern == "/boards/rows" ? "?board={board}" : pattern == "/api/v1/episodes" ? "?status=all" : "")];
            foreach (var (name, values) in Values())
            {
                addresses = addresses.SelectMany(address => values.Select(value =>
                    Regex.Replace(address, $@"\{{\*{{0,2}}{name}(:[^}}]*)?\}}", value))).Distinct();
            }
            foreach (var address in addresses.Where(address => !address.Contains('{'))) { yield return address; }
        }
    }

    private IEnumerable<(string Name, IEnumerable<string> Values)> Values() =>
    [
        ("urn", [Here, There]), ("reference", _episodes), ("childId", _children), ("referral", _referrals), ("code", [Authority, "998"]),
        ("schoolYear", ["2026-27"]), ("date", ["2026-09-07"]), ("session", ["AM"]), ("what", ["call", "risk-assessment", "close"]), ("status", ["404"]),
        ("documentName", ["v1"]), ("board", ["desk", "lead", $"school:{Here}", $"school:{There}"]),
    ];

    private static async Task AskAsync(Watcher who, string address)
    {
        using var answer = await who.Client.GetAsync(address);
        ((int)answer.StatusCode).ShouldBeLessThan(500, $"{address} asked by {who.Name}");
        who.Sent.Append(await answer.Content.ReadAsStringAsync()).Append(string.Join('\n', answer.Headers));
    }

    private async Task SearchAsync(Watcher who)
    {
        if (who.Key is null) { return; }
        var criteria = _secrets.Where(secret => secret.What is Kind.Name).Select(secret => $$"""{"name":"{{secret.Value}}"}""")
            .Concat(_secrets.Where(secret => secret.What is Kind.Address or Kind.HiddenAddress).Select(secret => $$"""{"postcode":"{{secret.Value}}"}"""))
            .Concat(_episodes.Select(reference => $$"""{"reference":"{{reference}}"}"""));
        foreach (var sought in criteria)
        {
            using var sent = await who.Client.PostAsync("/api/v1/searches", new StringContent(sought, Encoding.UTF8, "application/json"));
            using var found = await who.Client.GetAsync(sent.Headers.Location!);
            var text = await found.Content.ReadAsStringAsync();
            who.Sent.Append(text);
            // That a hidden postcode finds somebody is itself what must not be told.
            if (_secrets.Any(secret => secret.What == Kind.HiddenAddress && sought.Contains(secret.Value, StringComparison.Ordinal))) { text.ShouldContain("\"data\":[]", Case.Sensitive, sought); }
        }
    }

    private async Task WatchAsync(Watcher who)
    {
        if (who.Key is null) { return; }
        await using var hub = await HubClient.ConnectAsync(host.Address, who.Key);
        foreach (var board in new[] { "desk", "lead", $"school:{Here}", $"school:{There}" })
        {
            await hub.WatchAsync(board);
            who.Sent.Append((await hub.NextOfAsync(["Snapshot", "Denied"])).ToJsonString());
        }
    }
}
