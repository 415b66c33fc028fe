using Cme.Domain.Children;

namespace Cme.Domain.Tests.Children;

public class IdentityEdgesTests
{
    [Fact]
    public void A_UPN_in_a_log_line_gives_nobody_away()
    {
        Upn.TryParse("H801200001001", out var upn).ShouldBeTrue();

        upn.ToString().ShouldBe("H…01");
        default(Upn).ToString().ShouldBe("");
    }

    [Fact]
    public void What_is_no_UPN_gives_none()
    {
        Upn.TryParse("H80120000100I", out var upn).ShouldBeFalse();

        upn.ShouldBe(default);
    }

    [Fact]
    public void A_child_id_is_read_as_people_may_have_written_it()
    {
        ChildId.TryParse("7K3Q92MXH4B2", null, out var id).ShouldBeTrue();
        id.Value.ShouldBe("7k3q92mxh4b2");

        ChildId.TryParse("not an id", null, out var none).ShouldBeFalse();
        none.Value.ShouldBe("");
    }

    [Fact]
    public void Every_bit_of_the_randomness_counts() =>
        ChildId.Create([0x80, 0, 0, 0, 0, 0, 0, 0]).Value.ShouldNotBe(ChildId.Create([0, 0, 0, 0, 0, 0, 0, 0]).Value);
}
