using Cme.Domain.Procedures;
using Cme.TestSupport.Service;

namespace Cme.Domain.Tests.Procedures;

/// <summary>
/// What is written about the procedures is what the packs say. Run with CME_WRITE_PAGES=1 to write the pages anew after a pack has
/// changed.
/// </summary>
public sealed class ProcedurePagesTests
{
    public static TheoryData<string> Ids => [.. PackCatalogue.Shipped.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
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
