using System.Globalization;
using System.Text.RegularExpressions;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Readme;

/// <summary>
/// What <c>deploy/</c> names is there: a setting that the program no longer has, an address of health that moved or a pod that is killed before it
/// has drained would show itself in somebody's operation only.
/// </summary>
public sealed partial class DeployedFiles
{
    private static readonly Lazy<string[]> Sources = new(() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)]);

    /// <summary>The files of <c>deploy/</c> but for alerts and dashboards, which speak of metrics.</summary>
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path)).Where(path => !path.Contains("/alerts/", StringComparison.Ordinal) && !path.Contains("/dashboards/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_setting_that_is_deployed_is_one_of_the_program(string file) =>
        Setting().Matches(Text(file)).Select(found => (Section: found.Groups[1].Value, Name: found.Groups[2].Value)).Distinct()
            .Where(setting => !IsKnown(setting.Section, setting.Name)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_address_of_health_that_is_asked_answers(string file) =>
        Health().Matches(Text(file)).Select(found => found.Value).Where(path => !Sources.Value.Any(source => source.Contains($"MapHealthChecks(\"{path}\"", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_login_and_every_program_that_is_named_exists(string file)
    {
        var roles = Text("deploy/postgres/roles.sql") + Text("deploy/postgres/backup.sql");
        Login().Matches(Text(file)).Select(found => found.Groups[1].Value).Where(role => !roles.Contains($"create role {role} login", StringComparison.Ordinal)).ShouldBeEmpty();
        Program().Matches(Text(file)).Select(found => found.Groups[1].Value)
            .Where(name => !File.Exists(Path.Combine(Repository.Root, "src", name, $"{name}.csproj"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("deploy/systemd/cme.service", "TimeoutStopSec=([0-9]+)", 0)]
    [InlineData("deploy/systemd/cme-silo@.service", "TimeoutStopSec=([0-9]+)", 0)]
    [InlineData("deploy/systemd/cme-web@.service", "TimeoutStopSec=([0-9]+)", 0)]
    [InlineData("deploy/kubernetes/silo.yaml", "terminationGracePeriodSeconds: ([0-9]+)", 0)]
    [InlineData("deploy/kubernetes/web.yaml", "terminationGracePeriodSeconds: ([0-9]+)", 5)]
    [InlineData("deploy/container/compose.yaml", "stop_grace_period: ([0-9]+)s", 0)]
    public void Whoever_stops_a_process_waits_longer_than_it_takes_to_finish(string file, string grace, int before)
    {
        var drains = Sources.Value.SelectMany(source => ShutdownTimeout().Matches(source)).Select(found => Number(found.Groups[1].Value)).Distinct().ToArray().ShouldHaveSingleItem();
        Number(Regex.Match(Text(file), grace).Groups[1].Value).ShouldBeGreaterThan(before + drains);
        if (before > 0) { Text(file).ShouldContain($"preStop: {{ sleep: {{ seconds: {before} }} }}"); }
    }

    [Fact]
    public void The_ports_that_are_opened_between_silos_are_those_that_they_listen_on()
    {
        var settings = Sources.Value.Single(source => source.Contains("Section = \"Silo\"", StringComparison.Ordinal));
        var ports = Port().Matches(settings).Select(found => found.Groups[1].Value).ToArray();
        ports.Length.ShouldBe(2);
        foreach (var port in ports)
        {
            Text("deploy/kubernetes/silo.yaml").ShouldContain($"containerPort: {port} ");
            Text("deploy/kubernetes/silo.yaml").ShouldContain($"{{ port: {port} }}");
            Text("deploy/container/Dockerfile").ShouldContain(port);
        }
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    /// <summary>A property of the settings of that section, or a key that is read by its whole name.</summary>
    private static bool IsKnown(string section, string name) => Sources.Value.Any(source =>
        (source.Contains($"Section = \"{section}\"", StringComparison.Ordinal) && Regex.IsMatch(source, $@"public \w+\?? {name} \{{ get;"))
        || source.Contains($"\"{section}:{name}\"", StringComparison.Ordinal)
        || (section == "ConnectionStrings" && source.Contains($"GetConnectionString(\"{name}\")", StringComparison.Ordinal)));

    [GeneratedRegex(@"\b([A-Z][A-Za-z]+)__([A-Z][A-Za-z]+)\b")]
    private static partial Regex Setting();

    [GeneratedRegex("/health/[a-z]+")]
    private static partial Regex Health();

    [GeneratedRegex("Username=([a-z_]+)")]
    private static partial Regex Login();

    [GeneratedRegex(@"\b(Cme\.[A-Za-z]+)\.dll")]
    private static partial Regex Program();

    [GeneratedRegex(@"ShutdownTimeout = TimeSpan\.FromSeconds\(([0-9]+)\)")]
    private static partial Regex ShutdownTimeout();

    [GeneratedRegex(@"public int \w*Port \{ get; init; \} = ([0-9]+);")]
    private static partial Regex Port();
}
