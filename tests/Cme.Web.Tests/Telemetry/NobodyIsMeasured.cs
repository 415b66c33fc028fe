namespace Cme.Web.Tests.Telemetry;

/// <summary>Measurements go to people who may know nothing of any child: those who run machines, and whom they share their screens with (ADR 0336).</summary>
[Collection(Measurements.Name)]
public sealed class NobodyIsMeasured(MeasuredHost host)
{
    [Fact]
    public void No_trace_holds_anything_of_a_person_or_a_key_of_a_child()
    {
        host.Flush();

        Leaks(host.SentTraces).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_metric_holds_anything_of_a_person_or_a_key_of_a_child()
    {
        host.Flush();

        Leaks(host.SentMetrics).ShouldBeEmpty();
        Leaks(await host.ScrapeAsync()).ShouldBeEmpty();
    }

    // Where nothing was traced nothing leaks. These are of the same requests.
    [Theory]
    [InlineData("PUT /api/v1/schools/{urn}/registers/{date}/{session}")]
    [InlineData("POST /api/v1/searches")]
    [InlineData("/episodes/{reference}")]
    [InlineData("ISchoolGrain")]
    [InlineData("IEpisodeGrain")]
    [InlineData("select cme.pupil")]
    [InlineData("insert cme.search")]
    [InlineData("Npgsql.PostgresException")]
    public void A_request_is_traced_by_its_route_to_the_grains_and_statements_that_it_needs(string name)
    {
        host.Flush();

        host.SentTraces.Contains(name, StringComparison.Ordinal).ShouldBeTrue();
    }

    [Theory]
    [InlineData("waiting_authorities")]
    [InlineData("url.path")]
    [InlineData("db.query.text")]
    [InlineData("/health/")]
    public void What_the_service_asks_of_itself_and_what_is_said_in_full_is_not_traced(string name)
    {
        host.Flush();

        host.SentTraces.Contains(name, StringComparison.Ordinal).ShouldBeFalse();
    }

    private string[] Leaks(string sent)
    {
        sent.Length.ShouldBeGreaterThan(1000);
        host.Private.Count.ShouldBeGreaterThan(20);
        return [.. host.Private.Where(secret => sent.Contains(secret, StringComparison.OrdinalIgnoreCase))];
    }
}
