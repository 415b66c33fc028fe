using Cme.Domain.Children;

namespace Cme.Domain.Tests.Children;

public class FlagsTests
{
    [Fact]
    public void Every_flag_of_the_reference_data_is_there_once()
    {
        Flags.All.Count(flag => flag.Severity != FlagSeverity.NeedToKnow).ShouldBe(48);
        Flags.All.Count(flag => flag.Severity == FlagSeverity.NeedToKnow).ShouldBe(13);
        Flags.All.ShouldAllBe(flag => flag.Label.Length > 2);
    }

    [Fact]
    public void A_flag_is_known_by_its_id()
    {
        Flags.Find("cp_plan").ShouldBe(new Flag("cp_plan", "Child protection plan", FlagSeverity.ImmediateReferral));
        Flags.Find("CP_PLAN").ShouldBeNull("ids are as published");
    }

    [Theory]
    [InlineData(true, "cp_plan")]
    [InlineData(true, "send", "looked_after")]
    [InlineData(true, "do_not_contact_family")]
    [InlineData(false, "send")]
    [InlineData(false, "interpreter_needed", "address_hidden_from")]
    [InlineData(false, "no_such_flag")]
    [InlineData(false)]
    public void Flagged_is_a_child_to_be_referred_at_once_or_whose_family_must_not_be_called(bool flagged, params string[] ids) =>
        Flags.IsFlagged([.. ids]).ShouldBe(flagged);
}
