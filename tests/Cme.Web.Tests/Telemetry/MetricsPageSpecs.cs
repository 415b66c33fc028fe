using System.Net;
using Cme.TestSupport.Service;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.Readme;

namespace Cme.Web.Tests.Telemetry;

/// <summary>What Prometheus reads, and who may read it.</summary>
[Collection(Measurements.Name)]
public sealed class MetricsPageSpecs(MeasuredHost host)
{
    [Fact]
    public async Task The_public_address_has_no_metrics_for_anybody()
    {
        using var lead = await host.PersonAsync("duty-desk");
        foreach (var who in new[] { host.Client(), host.Client(host.AuthorityKey), lead })
        {
            using (who)
            {
                (await who.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/metrics/")]
    [InlineData("GET", "/health/ready")]
    [InlineData("POST", "/metrics")]
    public async Task The_management_address_has_nothing_but_metrics(string method, string path)
    {
        using var client = new HttpClient { BaseAddress = host.Management };
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);

        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_metric_of_the_product_is_in_the_operations_guide_with_its_unit_and_labels_and_no_other()
    {
        var emitted = PrometheusText.Read(await host.ScrapeAsync()).Where(one => one.Name.StartsWith("cme_", StringComparison.Ordinal))
            .Select(one => $"{one.Name} {one.Type} {string.Join(",", one.Labels)}");

        emitted.Order(StringComparer.Ordinal).ShouldBe(await OperationsTable.MetricsAsync());
    }

    [Theory]
    [InlineData("http_server_request_duration_seconds", "http_route")]
    [InlineData("kestrel_active_connections", null)]
    [InlineData("dotnet_gc_collections_total", "gc_heap_generation")]
    [InlineData("db_client_connection_count", "db_client_connection_state")]
    public async Task What_the_framework_and_PostgreSQL_s_driver_measure_is_there_too(string name, string? label)
    {
        var metric = PrometheusText.Read(await host.ScrapeAsync()).Single(one => one.Name == name);

        if (label is not null) { metric.Labels.ShouldContain(label); }
    }

    [Fact]
    public async Task Registers_are_counted_by_what_became_of_them()
    {
        var text = await host.ScrapeAsync();

        PrometheusText.Value(text, "cme_registers_total{outcome=\"accepted\"}").ShouldBeGreaterThan(0);
        PrometheusText.Value(text, "cme_registers_total{outcome=\"refused\"}").ShouldBeGreaterThan(0);
    }

    // Both were told in the story: nobody did what was owed, and nobody looked at the concern.
    [Fact]
    public async Task What_waits_is_counted_by_whose_it_is()
    {
        var text = await host.ScrapeAsync();

        PrometheusText.Value(text, "cme_obligations_overdue{role=\"dsl\"}").ShouldBeGreaterThan(0);
        PrometheusText.Value(text, "cme_obligations_overdue{role=\"head\"}").ShouldBeGreaterThanOrEqualTo(0);
        PrometheusText.Value(text, "cme_concerns_waiting").ShouldBeGreaterThan(0);
        PrometheusText.Value(text, "cme_concerns_oldest_seconds").ShouldBeGreaterThan(0);
        PrometheusText.Value(text, "cme_deadlines_lag_seconds_count").ShouldBeGreaterThan(0);
        PrometheusText.Value(text, "cme_duties_held").ShouldBe(1);
    }

    [Fact]
    public async Task No_series_stands_there_twice()
    {
        var series = (await host.ScrapeAsync()).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]).ToArray();

        series.Length.ShouldBeGreaterThan(100);
        series.ShouldBeUnique();
    }

    [Fact]
    public async Task Promtool_finds_nothing_wrong_with_what_the_product_names()
    {
        if (!Promtool.IsHere) { return; }                            // RulesSpecs says so.
        var own = (await host.ScrapeAsync()).Split('\n').Where(line => line.StartsWith("cme_", StringComparison.Ordinal) || line.StartsWith("# ", StringComparison.Ordinal) && line.Contains(" cme_", StringComparison.Ordinal));

        await Printed.RunAsync(Promtool.Path, string.Join('\n', own), "check", "metrics");
    }
}

/// <summary>A program of which nobody asked for measurements.</summary>
public sealed class UnmeasuredSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    [Fact]
    public async Task Without_a_setting_nothing_is_served_and_nothing_collected()
    {
        using var anybody = host.Client();
        (await anybody.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        host.Services.GetService(typeof(Cme.Telemetry.Collection)).ShouldBeNull();
    }

    [Theory]
    [InlineData("--Metrics:Url=9464", "Metrics:Url must be an address without a path, such as http://127.0.0.1:9464.")]
    [InlineData("--Metrics:Url=http://127.0.0.1:9464/metrics", "Metrics:Url must be an address without a path, such as http://127.0.0.1:9464.")]
    public async Task An_address_that_cannot_be_used_is_named_with_what_to_write(string setting, string remedy)
    {
        var said = await Assert.ThrowsAnyAsync<Exception>(() => ServiceProcess.StartAsync(setting));

        said.Message.ShouldContain(remedy);
    }
}
