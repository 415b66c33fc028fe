using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cme.Domain.Procedures;
using Cme.TestSupport.Service;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// Every rule of the five documents is a behaviour, a record or a definition that a spec holds, or context that a sentence tells
/// (<c>rules.json</c> beside this file). Run with CME_WRITE_PAGES=1 to write <c>docs/rules.md</c> anew.
/// </summary>
public sealed partial class RuleBookTests
{
    private static readonly string[] Kinds = ["behaviour", "record", "definition", "context"];

    /// <summary>How many rules each document has.</summary>
    private static readonly ImmutableArray<(string Prefix, int Rules)> Documents = [("DOR", 59), ("CHE", 12), ("MID", 17), ("NOR", 16), ("SUF", 33)];

    private static readonly ImmutableArray<Rule> Book = [.. JsonSerializer.Deserialize<Rule[]>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests/Cme.Domain.Tests/Rules/rules.json")), JsonSerializerOptions.Web)!];

    private static readonly ILookup<string, string> Specs = SpecsInSources();

    private static readonly ImmutableArray<ProcedurePack> Packs = [.. PackCatalogue.Shipped.Ids.Select(id => PackCatalogue.Shipped[id])];

    [Fact]
    public void Every_rule_of_the_five_documents_stands_in_the_book_once() =>
        Book.Select(rule => rule.Id).ShouldBe(
            Documents.SelectMany(document => Enumerable.Range(1, document.Rules).Select(number => $"{document.Prefix}-{number:D2}")));

    [Fact]
    public void Each_is_a_behaviour_a_record_a_definition_or_context_and_says_what_it_asks() =>
        Book.ShouldAllBe(rule => Kinds.Contains(rule.Kind) && rule.What.EndsWith('.'));

    [Fact]
    public void What_is_kept_has_a_spec_and_what_is_open_has_none() =>
        Book.Where(rule => rule.Kind != "context" && Specs[rule.Id].Any() == rule.Open)
            .Select(rule => rule.Open ? $"{rule.Id} has a spec: it is open no more" : $"{rule.Id} has no spec").ShouldBeEmpty();

    [Fact]
    public void A_clause_that_a_pack_names_is_a_rule_of_a_document_or_of_the_national_framework() =>
        ClausesOf(Packs).Except(Book.Select(rule => rule.Id)).ShouldAllBe(clause => National().IsMatch(clause));

    [Fact]
    public void A_clause_that_a_step_keeps_has_a_spec() =>
        Packs.SelectMany(pack => pack.Steps).Select(step => step.Clause).Distinct()
            .Where(clause => clause != "product" && !Specs[clause].Any()).ShouldBeEmpty();

    /// <summary>Not letter by letter: whoever writes another spec of a rule need not write the table anew.</summary>
    [Fact]
    public void The_page_names_every_rule_with_its_steps_and_no_spec_that_there_is_not()
    {
        var file = Path.Combine(Repository.Root, "docs/rules.md");
        if (Environment.GetEnvironmentVariable("CME_WRITE_PAGES") == "1")
        {
            File.WriteAllText(file, Page());
        }
        var written = Rows(File.ReadAllText(file));
        foreach (var (rule, (about, specs)) in Rows(Page()))
        {
            written.ShouldContainKey(rule);
            written[rule].About.ShouldBe(about, $"{rule} has changed: run this test with CME_WRITE_PAGES=1.");
            written[rule].Specs.Except(specs).ShouldBeEmpty($"{rule} names specs that are gone: run this test with CME_WRITE_PAGES=1.");
        }
    }

    private static Dictionary<string, (string About, string[] Specs)> Rows(string page) =>
        page.Split('\n').Select(line => line.Split(" | ")).Where(cells => cells.Length == 5 && RuleId().IsMatch(cells[0].Trim('|', ' ')))
            .ToDictionary(cells => cells[0].Trim('|', ' '), cells => (string.Join(" | ", cells[1..4]), cells[4].Trim('|', ' ').Split("<br>")));

    private static string Page()
    {
        var page = new StringBuilder($$"""
            # Rules

            Each rule of the five documents and each clause of the national framework that a pack names: what it asks, the steps of a pack that
            keep it, and the specs that hold it. A behaviour, a record and a definition have a spec; context has none, and its sentence says
            where it stands. A rule without a step is kept by the product as a whole. A test keeps this page true.

            {{Book.Length}} rules: {{Book.Count(rule => rule.Kind != "context" && !rule.Open)}} held by specs, {{Book.Count(rule => rule.Kind == "context")}} context, {{Book.Count(rule => rule.Open)}} not yet in the product.

            | rule | kind | what it asks | steps | specs |
            |---|---|---|---|---|

            """);
        foreach (var rule in Book)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {rule.Id} | {(rule.Open ? $"{rule.Kind}, not yet" : rule.Kind)} | {rule.What} | {StepsOf(rule.Id)} | {SpecsOf(rule.Id)} |\n");
        }
        foreach (var clause in ClausesOf(Packs).Where(clause => National().IsMatch(clause)).Order(StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {clause} | national | {Asked(clause)} | {StepsOf(clause)} | {SpecsOf(clause)} |\n");
        }
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Asked(string clause) =>
        string.Join(" ", Packs.SelectMany(pack => pack.Steps).Where(step => step.Clause == clause).Select(step => step.What.TrimEnd('.') + ".").Distinct().Order(StringComparer.Ordinal));

    private static string StepsOf(string clause) => string.Join(", ", Packs.SelectMany(pack => pack.Steps.Where(step => step.Clause == clause).Select(step => step.Id)
        .Concat(pack.Standing.Where(standing => standing.Clause == clause).SelectMany(standing => standing.KeptBy))).Distinct());

    private static string SpecsOf(string clause) => string.Join("<br>", Specs[clause].Order(StringComparer.Ordinal));

    private static IEnumerable<string> ClausesOf(IEnumerable<ProcedurePack> packs) =>
        packs.SelectMany(pack => pack.Steps.Select(step => step.Clause).Concat(pack.Standing.Select(clause => clause.Clause))).Where(clause => clause != "product").Distinct();

    /// <summary>The specs of every suite, from their sources: a rule is held where it can be seen, by the core, over HTTP or in a browser.</summary>
    private static ILookup<string, string> SpecsInSources() =>
        (from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
         where !file.Contains("/obj/", StringComparison.Ordinal)
         from Match spec in SpecName().Matches(File.ReadAllText(file))
         let rule = spec.Groups["rule"].Value
         select (Rule: rule.Length > 2 ? $"{rule[..3]}-{rule[3..]}" : rule, Spec: $"{Path.GetFileNameWithoutExtension(file)}.{spec.Groups["name"].Value}"))
        .ToLookup(found => found.Rule, found => found.Spec);

    [GeneratedRegex(@"public (?:async Task|void|Property) (?<name>(?<rule>(?:DOR|CHE|MID|NOR|SUF)\d\d|B\d)_\w+)")]
    private static partial Regex SpecName();

    [GeneratedRegex(@"^(?:(?:DOR|CHE|MID|NOR|SUF)-\d\d|B\d)$")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"^B\d$")]
    private static partial Regex National();

    /// <param name="What">What it asks, as one sentence.</param>
    /// <param name="Open">True while the product does not keep it.</param>
    private sealed record Rule(string Id, string Kind, string What, bool Open);
}
