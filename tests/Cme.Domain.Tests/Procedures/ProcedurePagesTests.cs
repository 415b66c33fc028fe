using System.Globalization;
using System.Reflection;
using System.Text;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.TestSupport.Service;

namespace Cme.Domain.Tests.Procedures;

/// <summary>
/// What is written about the procedures is what the packs say, and every rule has a spec. Run with CME_WRITE_PAGES=1 to write the
/// pages anew after a pack or a spec has changed.
/// </summary>
public sealed class ProcedurePagesTests
{
    private static readonly string[] Packs =
        ["northamptonshire", "pan-dorset", "cheshire-east", "midlands-school", "suffolk-alternative-provider", "england-2024"];

    /// <summary>Every clause that a pack names, of a step or standing, in the order of the documents.</summary>
    private static readonly string[] Rules =
    [
        .. Packs.Select(id => PackCatalogue.Shipped[id])
            .SelectMany(pack => pack.Steps.Select(step => step.Clause).Concat(pack.Standing.Select(clause => clause.Clause)))
            .Where(clause => clause != "product").Distinct().OrderBy(clause => clause, StringComparer.Ordinal),
    ];

    [Theory]
    [InlineData("northamptonshire")]
    [InlineData("pan-dorset")]
    [InlineData("cheshire-east")]
    [InlineData("midlands-school")]
    [InlineData("suffolk-alternative-provider")]
    [InlineData("england-2024")]
    [InlineData("product")]
    public void The_page_of_a_pack_says_what_the_pack_says(string id)
    {
        var pack = PackCatalogue.Shipped[id];
        var beneath = pack.Beneath.Select(version => PackCatalogue.Shipped[version]).ToList();
        var own = pack with
        {
            Steps = [.. pack.Steps.Where(step => beneath.All(lower => !lower.Steps.Contains(step)))],
            Standing = [.. pack.Standing.Where(clause => beneath.All(lower => !lower.Standing.Contains(clause)))],
        };
        Holds($"docs/procedures/{id}.md", PackInWords.Page(own, [.. pack.Beneath.Select(version => version.Id)]));
    }

    /// <summary>Not letter by letter: whoever writes another spec of a rule need not write the table anew.</summary>
    [Fact]
    public void The_table_names_every_rule_with_its_steps_and_no_spec_that_there_is_not()
    {
        var file = Path.Combine(Repository.Root, "docs/rules.md");
        if (Environment.GetEnvironmentVariable("CME_WRITE_PAGES") == "1")
        {
            File.WriteAllText(file, Table());
        }
        var written = Rows(File.ReadAllText(file));
        foreach (var (rule, (steps, specs)) in Rows(Table()))
        {
            written.ShouldContainKey(rule);
            written[rule].Steps.ShouldBe(steps);
            written[rule].Specs.Except(specs).ShouldBeEmpty($"{rule} names specs that are gone: run this test with CME_WRITE_PAGES=1.");
        }
    }

    [Fact]
    public void Every_rule_that_a_step_keeps_has_at_least_one_spec() =>
        Rules.Where(rule => Packs.Select(id => PackCatalogue.Shipped[id]).Any(pack => pack.Steps.Any(step => step.Clause == rule)))
            .Where(rule => SpecsOf(rule).Length == 0).ShouldBeEmpty();

    [Fact]
    public void Every_rule_of_the_county_has_at_least_one_spec() =>
        Enumerable.Range(1, 16).Select(number => $"NOR-{number:D2}").Where(rule => SpecsOf(rule).Length == 0).ShouldBeEmpty();

    private static Dictionary<string, (string Steps, string[] Specs)> Rows(string table) =>
        table.Split('\n').Select(line => line.Split(" | ")).Where(cells => cells.Length == 3 && Rules.Contains(cells[0].Trim('|', ' ')))
            .ToDictionary(cells => cells[0].Trim('|', ' '), cells => (cells[1], cells[2].Trim('|', ' ').Split("<br>")));

    private static string Table()
    {
        var packs = Packs.Select(id => PackCatalogue.Shipped[id]).ToList();
        var table = new StringBuilder("""
            # Rules

            Each rule of the five documents and each clause of the national framework that a pack names, the steps that keep it, and the
            specs that hold it (`tests/Cme.Domain.Tests`). A test keeps this page true. A rule without a step is kept by the product as a
            whole: what it asks stands on the page of its pack.

            | rule | steps | specs |
            |---|---|---|

            """);
        foreach (var rule in Rules)
        {
            var steps = packs.SelectMany(pack => pack.Steps.Where(step => step.Clause == rule).Select(step => step.Id)
                .Concat(pack.Standing.Where(clause => clause.Clause == rule).SelectMany(clause => clause.KeptBy))).Distinct().ToList();
            table.Append(CultureInfo.InvariantCulture, $"| {rule} | {(steps.Count == 0 ? "always, without a step" : string.Join(", ", steps))} | {string.Join("<br>", SpecsOf(rule))} |\n");
        }
        return table.ToString().ReplaceLineEndings("\n");
    }

    private static string[] SpecsOf(string rule)
    {
        var prefix = rule.Replace("-", "", StringComparison.Ordinal) + "_";
        return
        [
            .. typeof(ProcedurePagesTests).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
                .Where(method => method.GetCustomAttribute<FactAttribute>() is not null && method.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Order(StringComparer.Ordinal),
        ];
    }

    private static void Holds(string path, string expected)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("CME_WRITE_PAGES") == "1")
        {
            File.WriteAllText(file, expected);
        }
        (File.Exists(file) ? File.ReadAllText(file) : "").ShouldBe(expected, $"{path} is out of date: run this test with CME_WRITE_PAGES=1.");
    }
}
