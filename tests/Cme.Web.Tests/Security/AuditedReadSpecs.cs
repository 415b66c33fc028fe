using System.Net;
using System.Text;
using Cme.Storage.Auditor;
using Cme.TestSupport.Service;
using Cme.Web.Security.Reads;
using Cme.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Security;

/// <summary>What is shown of a child is written down before it is shown, in a chain that tells if anybody changes it.</summary>
public sealed class AuditedReadSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    /// <summary>What each route that shows something of a child is called in the log. A new route that shows something is entered by hand.</summary>
    private static readonly Dictionary<string, string> Routes = new()
    {
        ["api/v1/schools/{urn}/roll"] = ReadKinds.Roll,
        ["api/v1/schools/{urn}/registers/{date}/{session}"] = ReadKinds.Register,
        ["api/v1/schools/{urn}/feed"] = ReadKinds.Register,
        ["api/v1/schools/{urn}/leaves"] = ReadKinds.Roll,
        ["api/v1/schools/{urn}/leaves/{id}"] = ReadKinds.Roll,
        ["api/v1/episodes"] = ReadKinds.List,
        ["api/v1/episodes/{reference}"] = ReadKinds.Record,
        ["api/v1/episodes/{reference}/timeline"] = ReadKinds.Record,
        ["api/v1/episodes/{reference}/removal"] = ReadKinds.Record,
        ["api/v1/episodes/{reference}/enquiries"] = ReadKinds.Record,
        ["api/v1/removals"] = ReadKinds.List,
        ["api/v1/transfers"] = ReadKinds.List,
        ["api/v1/schools/{urn}/admissions"] = ReadKinds.Roll,
        ["api/v1/episodes/{reference}/obligations"] = ReadKinds.Record,
        ["api/v1/episodes/{reference}/days"] = ReadKinds.Record,
        ["api/v1/events"] = ReadKinds.List,
        ["api/v1/children/{childId}/flags"] = ReadKinds.Child,
        ["api/v1/children/{childId}/education"] = ReadKinds.Child,
        ["api/v1/referrals"] = ReadKinds.Referral,
        ["api/v1/referrals/{referral}"] = ReadKinds.Referral,
        ["api/v1/concerns"] = ReadKinds.Concern,
        ["api/v1/concerns/{concern}"] = ReadKinds.Concern,
        ["api/v1/searches/{search}"] = ReadKinds.Search,
        ["desk"] = ReadKinds.Board,
        ["lead"] = ReadKinds.Board,
        ["schools/{urn}/board"] = ReadKinds.Board,
        ["boards/rows"] = ReadKinds.Board,
        ["episodes/{reference}"] = ReadKinds.Record,
        ["lead/due/{date}"] = ReadKinds.Board,
        ["work"] = ReadKinds.Board,
        ["wall/desk"] = ReadKinds.Board,
        ["wall/school/{urn}"] = ReadKinds.Board,
        ["boards/act"] = ReadKinds.Record,
        ["search/{search}"] = ReadKinds.Search,
        ["episodes/{reference}/letter"] = ReadKinds.Record,
        ["episodes/{reference}/letters/{letter}"] = ReadKinds.Record,
        ["episodes/{reference}/record-{what}"] = ReadKinds.Record,
        ["episodes/{reference}/open-restricted"] = ReadKinds.BreakGlass,
        ["episodes/{reference}/named-readers"] = ReadKinds.Record,
        ["children/{childId}"] = ReadKinds.Child,
        ["children/{childId}/flags"] = ReadKinds.Child,
        ["children/{childId}/open-record"] = ReadKinds.Child,
        ["referrals/{referral}/accept"] = ReadKinds.Referral,
        ["schools/{urn}"] = ReadKinds.Register,
        ["schools/{urn}/registers/{date}/{session}"] = ReadKinds.Register,
        ["schools/{urn}/roll"] = ReadKinds.Roll,
        ["schools/{urn}/pictures"] = ReadKinds.List,
        ["api/v1/schools/{urn}/lessons/{date}"] = ReadKinds.Register,
        ["schools/{urn}/pupils/{pupil}/timetable"] = ReadKinds.Child,
        ["schools/{urn}/questions"] = ReadKinds.List,
        ["schools/{urn}/questions/{asked}"] = ReadKinds.Child,
        ["questions"] = ReadKinds.List,
        ["api/v1/schools/{urn}/questions"] = ReadKinds.List,
        ["schools/{urn}/returns/{date}"] = ReadKinds.Register,
        ["api/v1/schools/{urn}/returns/{date}"] = ReadKinds.Register,
        ["reports/{kind}/{period}"] = ReadKinds.Export,
        ["schools/{urn}/reports/{kind}/{period}"] = ReadKinds.Export,
        ["schools/{urn}/calendar"] = ReadKinds.List,
        ["calendar"] = ReadKinds.List,
        ["episodes/{reference}/removal"] = ReadKinds.Record,
        ["episodes/{reference}/enquiries"] = ReadKinds.Record,
        ["removals"] = ReadKinds.List,
        ["procedures/try"] = ReadKinds.List,
        ["transfers"] = ReadKinds.List,
        ["schools/{urn}/transfers/{pupil}"] = ReadKinds.Child,
        ["schools/{urn}/admissions"] = ReadKinds.Roll,
        ["schools/{urn}/admissions/{admitted}"] = ReadKinds.Child,
        ["referrals"] = ReadKinds.Referral,
        ["referrals/{referral}"] = ReadKinds.Referral,
        ["concerns"] = ReadKinds.Concern,
        ["concerns/new"] = ReadKinds.Concern,
        ["concerns/{concern}"] = ReadKinds.Concern,
        ["concerns/{concern}/match"] = ReadKinds.Concern,
        ["concerns/{concern}/open-record"] = ReadKinds.Concern,
        ["concerns/{concern}/record-{act}"] = ReadKinds.Concern,
        ["concerns/{concern}/reporter"] = ReadKinds.Reporter,
        ["restricted"] = ReadKinds.Log,
        ["audit"] = ReadKinds.Log,
    };

    /// <summary>What shows nothing of any child.</summary>
    private static readonly string[] Unwritten =
    [
        "report-a-concern", "report-a-concern/{question}", "report-a-concern/check-your-answers", "report-a-concern/received", "report-a-concern/leave",
        "account", "account/authenticator", "account/password", "account/second-factor", "invitation/{secret}", "keys", "keys/new", "people", "people/invite",
        "people/{person}", "people/{person}/end", "people/{person}/reset", "people/{person}/role", "set-up", "set-up/procedure", "set-up/schools", "sign-in/code",
        "sign-in/recovery-code",
        "api/v1/authorities/{code}/calendar", "api/v1/authorities/{code}/calendar/bank-holidays", "api/v1/schools", "api/v1/schools/{urn}", "api/v1/schools/{urn}/calendar/{schoolYear}", "openapi/{documentName}.json",
        "docs", "health/live", "health/ready", "demo/clock", "demo/bar", "live", "live/negotiate", "", "Index", "sign-in", "sign-out", "accessibility", "privacy", "procedures", "search", "procedures/{pack}", "problem/{status?}",
        "problem/{status:int?}", "demo", "pictures", "reports", "schools/{urn}/reports", "contacts", "schools/{urn}/contacts", "api/v1/schools/{urn}/contacts",
    ];

    private TestSchool _school = null!;
    private string _episode = "";

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(3);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        _episode = await _school.OnlyEpisode();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Every_route_that_shows_something_of_a_child_is_audited_under_the_name_written_here()
    {
        var wrong = new List<string>();
        foreach (var route in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            if (methods.Count > 0 && !methods.Contains("GET")) { continue; }
            var pattern = route.RoutePattern.RawText!.Trim('/');
            var what = route.AuditOf()?.What;
            var expected = Routes.GetValueOrDefault(pattern);
            if (what != expected || (expected is null && !Unwritten.Contains(pattern))) { wrong.Add($"{pattern}: {what ?? "not audited"}, expected {expected ?? "to be entered here"}"); }
        }
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_record_opened_on_a_page_and_over_the_interface_is_one_entry_each_with_who_and_what_and_when_on_both_clocks()
    {
        using var desk = await host.PersonAsync("duty-desk");
        await desk.GetStringAsync($"/episodes/{_episode}");
        await _school.Get($"/api/v1/episodes/{_episode}/timeline");

        var entries = await Entries($"subject = '{_episode}'", "reader || ' ' || role || ' ' || organisation || ' ' || what");

        entries.Count(entry => entry == "duty-desk duty-desk 999 record").ShouldBe(1);
        entries.Count(entry => entry.StartsWith("key-", StringComparison.Ordinal) && entry.EndsWith($" {_school.Urn} record", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        (await host.Sql($"select count(*) from cme.read_entry where subject = '{_episode}' and business_at::date = '2026-09-07' and at > now() - interval '5 minutes'"))[0].ShouldNotBe("0");
    }

    [Fact]
    public async Task What_was_refused_or_not_found_was_not_shown()
    {
        var other = await host.NewSchoolAsync(1);
        await other.Get($"/api/v1/episodes/{_episode}/days", HttpStatusCode.NotFound);

        (await Entries($"organisation = '{other.Urn}' and subject = '{_episode}'", "what")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_is_kept_as_a_commitment_that_proves_its_words_and_tells_nobody_them()
    {
        using var client = host.Client(_school.Key);
        using var sent = await client.PostAsync("/api/v1/searches", new StringContent("""{"name":"testcase1"}""", Encoding.UTF8, "application/json"));
        await _school.Get(sent.Headers.Location!.ToString());

        (await Entries($"organisation = '{_school.Urn}' and what = 'search'", "what")).Count.ShouldBe(1);
        (await host.Sql("select r::text from cme.read_entry r")).ShouldAllBe(row => !row.Contains("testcase", StringComparison.OrdinalIgnoreCase));
        (await host.Sql(
            $$"""
            select count(*) from cme.read_entry r
             where r.organisation = '{{_school.Urn}}' and r.what = 'search' and r.digest = sha256(r.salt || convert_to('{"name":"testcase1"}', 'UTF8'))
            """))[0].ShouldBe("1");
    }

    [Fact]
    public async Task Whoever_looks_for_pupils_on_a_roll_has_read_and_changed_nothing()
    {
        using var desk = await host.PersonAsync("duty-desk");
        using var found = await desk.SubmitAsync($"/schools/{_school.Urn}/roll", ("Sought", "testcase1"));
        found.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Entries($"subject = '{_school.Urn}' and reader = 'duty-desk'", "what || ' ' || shown")).ShouldBe(["roll 3", "roll-search 1"]);
        (await host.Sql("select r::text from cme.read_entry r where what = 'roll-search'")).ShouldAllBe(row => !row.Contains("testcase", StringComparison.OrdinalIgnoreCase));
        using var auditor = await host.PersonAsync("auditor");
        (await auditor.ReadAsync($"/audit?record={_school.Urn}&what=roll-search")).ShouldContain("Looked for pupils on a roll");
    }

    [Fact]
    public async Task A_board_opened_is_one_entry_with_its_rows_on_a_page_and_live()
    {
        using var dsl = await host.PersonAsync("duty-desk");
        await dsl.GetStringAsync($"/schools/{_school.Urn}/board");
        await using (var hub = await HubClient.ConnectAsync(host.Address, _school.Key))
        {
            await hub.WatchAsync($"school:{_school.Urn}");
            await hub.NextAsync("Snapshot");
        }

        var entries = await Entries($"subject = 'school:{_school.Urn}'", $"what || ' ' || shown || ' ' || (digest = sha256(salt || convert_to('{_episode}', 'UTF8')))");
        entries.ShouldBe(["board 1 true", "board 1 true"]);
    }

    [Theory]
    [InlineData("update cme.read_entry set reader = 'somebody-else' where number = 2", "link-broken")]
    [InlineData("update cme.read_entry set why = 'a better reason' where number = 2", "link-broken")]
    [InlineData("update cme.read_entry set digest = sha256('other') where number = 2", "link-broken")]
    [InlineData("delete from cme.read_entry where number = 2", "entry-missing")]
    [InlineData("delete from cme.read_entry where number = (select max(number) from cme.read_entry)", "end-cut-off")]
    public async Task The_chain_of_readings_names_where_it_was_tampered_with_and_the_auditor_finds_it(string tampering, string found)
    {
        for (var number = 0; number < 3; number++) { await _school.Get($"/api/v1/episodes/{_episode}"); }
        await Entries("true", "what");
        var audit = host.Services.GetRequiredService<Audit>();
        (await Broken(audit)).ShouldBeEmpty();
        (await host.Sql("select read_number from cme.chain_proof where proved_at is not null")).ShouldNotBeEmpty();

        await host.Sql($"alter table cme.read_entry disable trigger append_only");
        await host.Sql("create table public.kept as select * from cme.read_entry");
        try
        {
            await host.Sql(tampering);
            (await Broken(audit)).ShouldContain(finding => finding.Contains(found, StringComparison.Ordinal));
        }
        finally
        {
            await host.Sql("delete from cme.read_entry where authority = '999' and number <= (select max(number) from public.kept)");
            await host.Sql("insert into cme.read_entry select * from public.kept on conflict do nothing");
            await host.Sql("drop table public.kept");
            await host.Sql("alter table cme.read_entry enable trigger append_only");
        }
        (await Broken(audit)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_shows_auditors_who_looked_at_a_record_and_how_far_the_chain_holds()
    {
        using var officer = await host.PersonAsync("tracking-officer");
        await officer.GetStringAsync($"/episodes/{_episode}");
        await Entries("true", "what");
        await Broken(host.Services.GetRequiredService<Audit>());

        using var auditor = await host.PersonAsync("auditor");
        var page = await auditor.GetStringAsync($"/audit?record={_episode}&person=tracking-officer");

        page.ShouldContain("Yusuf Adeyemi");
        page.ShouldContain("Opened a record");
        page.ShouldContain("Nothing in this log was changed or taken away");
        (await auditor.GetStringAsync($"/audit?record={_episode}&person=nobody")).ShouldContain("There is no such entry");
    }

    private static async Task<string[]> Broken(Audit audit) =>
        [.. (await audit.FindAsync(DateTimeOffset.UnixEpoch)).Where(one => one.Kind == AuditKind.ChainBroken).Select(one => one.Subject)];

    /// <summary>Entries once everything that waits is numbered.</summary>
    private async Task<List<string>> Entries(string where, string columns)
    {
        await host.ChainedAsync();
        return await host.Sql($"select {columns} from cme.read_entry where {where} order by number");
    }
}
