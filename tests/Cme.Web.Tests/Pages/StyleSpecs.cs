using System.Text.RegularExpressions;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Pages;

/// <summary>Two pages that mean different things by one class break each other without a word.</summary>
public sealed partial class StyleSpecs
{
    [Fact]
    public void A_block_of_a_page_is_drawn_by_one_stylesheet_and_by_none_but_print_beside_it() =>
        (from file in Directory.GetFiles(Path.Combine(Repository.Root, "src/Cme.Web/ClientApp/styles"), "_*.scss")
         let sheet = Path.GetFileName(file)
         where sheet != "_print.scss"
         from Match rule in Rule().Matches(File.ReadAllText(file))
         group sheet by rule.Groups[1].Value into drawn
         where drawn.Distinct().Count() > 1
         select $"{drawn.Key}: {string.Join(" and ", drawn.Distinct())}").ShouldBeEmpty();

    [GeneratedRegex(@"^(\.cme-[\w-]+)(?:,| \{)$", RegexOptions.Multiline)]
    private static partial Regex Rule();
}
