using Cme.Domain.Children;

namespace Cme.Domain.Tests.Children;

public class UpnTests
{
    [Theory]
    [InlineData("A123456789012")]
    [InlineData("H801200001001")]
    [InlineData("R935400024123")]
    [InlineData("L895200125007")]
    [InlineData("K92820002400A")]
    [InlineData(" h801200001001 ")]
    public void C1_A_right_UPN_has_no_fault(string text) => Upn.Check(text).ShouldBeNull();

    [Theory]
    [InlineData("I123456789012", "the letter I is not used")]
    [InlineData("A12345678901", "too short")]
    [InlineData("A12345678901O", "the letter O is not used")]
    [InlineData("A1234567890123", "too long")]
    [InlineData("A12345678X012", "a letter in the middle")]
    [InlineData("1123456789012", "no letter")]
    [InlineData("A१२३४५६७८९०१२", "digits of another script")]
    [InlineData("", "empty")]
    [InlineData(null, "nothing")]
    public void C1_A_malformed_UPN_is_an_error(string? text, string because)
    {
        var fault = Upn.Check(text).ShouldNotBeNull(because);
        fault.Code.ShouldBe("upn-format");
        fault.IsWarning.ShouldBeFalse();
    }

    [Fact]
    public void C1_A_wrong_check_letter_is_a_warning_that_names_the_right_one()
    {
        var fault = Upn.Check("B123456789012").ShouldNotBeNull();

        fault.IsWarning.ShouldBeTrue();
        fault.Code.ShouldBe("upn-check-letter");
        fault.Detail.ShouldContain("should be A");
        Upn.TryParse("B123456789012", out var upn).ShouldBeTrue("it is kept");
        upn.HasRightCheckLetter.ShouldBeFalse();
    }

    [Fact]
    public void C1_A_final_letter_makes_it_temporary()
    {
        Upn.TryParse("K92820002400A", out var temporary).ShouldBeTrue();
        temporary.IsTemporary.ShouldBeTrue();
        Upn.TryParse("H801200001001", out var permanent).ShouldBeTrue();
        permanent.IsTemporary.ShouldBeFalse();
    }

    [Fact]
    public void A_UPN_written_out_by_mistake_gives_nobody_away()
    {
        Upn.TryParse("H801200001001", out var upn).ShouldBeTrue();
        $"{upn}".ShouldNotContain("8012");
    }
}
