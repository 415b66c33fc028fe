using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Calendars over HTTP: an authority's own, and what publishing one moves.</summary>
public sealed class CalendarSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Path = $"/api/v1/authorities/{EdgeHost.Authority}/calendar";
    private const string Hours = """{"officeHours":{"start":"08:30","end":"17:00"},"closures":["2026-12-29"],"outOfHours":{"phone":"01632 960999"}}""";

    [Fact]
    public async Task An_authority_publishes_its_calendar_and_a_change_needs_the_version_that_was_read()
    {
        var usual = await host.Send(host.AuthorityKey, HttpMethod.Get, Path, null, HttpStatusCode.OK);
        usual["officeHours"]!["start"]!.GetValue<string>().ShouldBe("08:30");
        usual["version"]!.GetValue<int>().ShouldBe(0);

        var (made, tag) = await Put(Hours, null, HttpStatusCode.OK);
        (made["version"]!.GetValue<int>(), tag).ShouldBe((1, "\"v1\""));
        (await Put(Hours, null, HttpStatusCode.OK)).Tag.ShouldBe("\"v1\"", "the same again needs no version and makes none");

        var changed = Hours.Replace("17:00", "16:30", StringComparison.Ordinal);
        (await Put(changed, null, HttpStatusCode.PreconditionRequired)).Body["code"]!.GetValue<string>().ShouldBe("if-match-required");
        await Put(changed, "\"v7\"", HttpStatusCode.PreconditionFailed);
        (await Put(changed, "\"v1\"", HttpStatusCode.OK)).Tag.ShouldBe("\"v2\"");
        var held = await host.Send(host.AuthorityKey, HttpMethod.Get, Path, null, HttpStatusCode.OK);
        held["officeHours"]!["end"]!.GetValue<string>().ShouldBe("16:30");
        held["closures"]!.AsArray().Select(day => day!.GetValue<string>()).ShouldBe(["2026-12-29"]);
        held["outOfHours"]!["phone"]!.GetValue<string>().ShouldBe("01632 960999");
    }

    [Fact]
    public async Task Another_authority_s_calendar_does_not_exist_and_wrong_hours_are_named()
    {
        await host.Send(host.AuthorityKey, HttpMethod.Get, "/api/v1/authorities/998/calendar", null, HttpStatusCode.NotFound);
        var wrong = await host.Send(host.AuthorityKey, HttpMethod.Put, Path, """{"officeHours":{"start":"17:00","end":"08:30"},"closures":[]}""", HttpStatusCode.UnprocessableEntity);
        wrong["errors"]![0]!["pointer"]!.GetValue<string>().ShouldBe("/officeHours/end");
        await host.Send(host.AuthorityKey, HttpMethod.Put, Path, """{"closures":["never"]}""", HttpStatusCode.UnprocessableEntity);
    }

    private async Task<(JsonObject Body, string? Tag)> Put(string json, string? ifMatch, HttpStatusCode status)
    {
        using var client = host.Client(host.AuthorityKey);
        using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) { request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch)); }
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return (JsonNode.Parse(text)!.AsObject(), answer.Headers.ETag?.Tag);
    }
}
