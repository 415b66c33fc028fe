using Cme.Web.Pages.Pictures;

namespace Cme.Web.Tests.Pages.Pictures;

/// <summary>Which counts are hidden where a school's name stands beside them.</summary>
public sealed class SmallNumbersSpec
{
    [Theory]
    [InlineData("0,7,12", "0,7,12")]
    [InlineData("2,3,9", "–,–,9")]
    [InlineData("0,1,4,20", "0,–,–,20")]
    public void D4_One_to_four_are_hidden_and_nought_is_not(string counts, string shown) => Shown(counts).ShouldBe(shown);

    [Theory]
    [InlineData("3,9,12", "–,–,12")]
    [InlineData("3,0,9", "–,0,–")]
    [InlineData("1,1,8,30", "–,–,–,30")]
    public void D4_Where_the_total_would_tell_them_the_smallest_of_the_others_is_hidden_too(string counts, string shown) => Shown(counts).ShouldBe(shown);

    [Fact]
    public void D4_A_bar_of_a_hidden_count_is_as_high_whatever_it_is() =>
        SmallNumbers.Hide([1, 4, 9]).Select(count => count.Number).ShouldBe([5, 5, 9]);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-x", "'-x")]
    [InlineData("St Mary, upper", "\"St Mary, upper\"")]
    [InlineData("plain", "plain")]
    public void A_cell_is_never_a_formula(string words, string cell) => Csv.Cell(words).ShouldBe(cell);

    private static string Shown(string counts) => string.Join(',', SmallNumbers.Hide([.. counts.Split(',').Select(count => int.Parse(count, System.Globalization.CultureInfo.InvariantCulture))]).Select(count => count.Short));
}
