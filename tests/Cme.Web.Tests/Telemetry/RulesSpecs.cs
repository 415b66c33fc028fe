using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cme.TestSupport.Service;
using Cme.Web.Tests.Readme;
using Xunit.Abstractions;

namespace Cme.Web.Tests.Telemetry;

/// <summary>Alert rules and the dashboard ask for what the program really measures: an alert on a name that is gone never comes.</summary>
[Collection(Measurements.Name)]
public sealed partial class RulesSpecs(MeasuredHost host, ITestOutputHelper output)
{
    private static readonly string Alerts = Path.Combine(Repository.Root, "deploy", "alerts");

    /// <summary>Prometheus' own, and those of its configuration (prometheus.yaml).</summary>
    private static readonly string[] OfPrometheus = ["job", "instance", "part", "le"];

    [Fact]
    public async Task Every_metric_and_label_of_a_rule_is_measured() => 
        (await UnmeasuredAsync((await RulesAsync()).Select(rule => rule.Expression))).ShouldBeEmpty();

    [Fact]
    public async Task Every_metric_and_label_of_the_dashboard_is_measured()
    {
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "dashboards", "cme.json")))!;
        var asked = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!).ToArray();

        asked.Length.ShouldBeGreaterThan(30);
        (await UnmeasuredAsync(asked)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_every_alert_means_and_what_to_do_stands_in_the_operations_guide()
    {
        var guide = (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "operations.md")))
            .Select(line => AlertOfGuide().Match(line).Groups[1].Value).Where(name => name.Length > 0);

        guide.Order().ShouldBe((await RulesAsync()).Select(rule => rule.Alert).Order());
    }

    [Fact]
    public async Task Promtool_tries_the_rules()
    {
        if (!Promtool.IsHere)
        {
            output.WriteLine($"Not tried: {Promtool.Path} is not installed (Debian's package \"prometheus\").");
            return;
        }
        await Printed.RunAsync(Promtool.Path, "", "check", "config", Path.Combine(Alerts, "prometheus.yaml"));
        await Printed.RunAsync(Promtool.Path, "", "test", "rules", Path.Combine(Alerts, "rules.test.yaml"));
    }

    private async Task<IEnumerable<string>> UnmeasuredAsync(IEnumerable<string> expressions)
    {
        var measured = PrometheusText.Read(await host.ScrapeAsync()).SelectMany(one => one.Series.Select(series => (series, one.Labels))).ToDictionary();
        return expressions.SelectMany(expression => UnmeasuredIn(expression, measured)).ToArray();
    }

    /// <summary>Metrics that are unknown, and labels that no metric of the expression has.</summary>
    private static IEnumerable<string> UnmeasuredIn(string expression, Dictionary<string, ImmutableArray<string>> measured)
    {
        var names = Metric().Matches(Labelling().Replace(expression, "")).Select(found => found.Value).ToArray();
        var labels = names.Where(measured.ContainsKey).SelectMany(name => measured[name]).Concat(OfPrometheus).ToHashSet();
        return names.Where(name => name != "up" && !measured.ContainsKey(name)).Select(name => $"{name} in {expression}")
            .Concat(Matcher().Matches(expression).Select(found => found.Groups[1].Value)
                .Concat(Grouping().Matches(expression).SelectMany(found => found.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)))
                .Where(label => !labels.Contains(label)).Select(label => $"label {label} in {expression}"));
    }

    private static async Task<IReadOnlyList<(string Alert, string Expression)>> RulesAsync()
    {
        var rules = Rule().Matches(await File.ReadAllTextAsync(Path.Combine(Alerts, "rules.yaml"))).Select(found => (found.Groups[1].Value, found.Groups[2].Value)).ToArray();
        rules.Length.ShouldBeGreaterThan(20);
        return rules;
    }

    [GeneratedRegex(@"- alert: (\w+)\n\s+expr: '(.+)'")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\| `(Cme\w+)` \| .{20,} \| .{10,} \|$")]
    private static partial Regex AlertOfGuide();

    [GeneratedRegex(@"\b(?:up\b|(?:cme|http|kestrel|dotnet|db|signalr|aspnetcore)_\w+)")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\{[^}]*\}|\bby \([^)]*\)")]
    private static partial Regex Labelling();

    [GeneratedRegex(@"[{,]\s*(\w+)\s*(?:=~|!~|!=|=)""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby \(([^)]+)\)")]
    private static partial Regex Grouping();
}
