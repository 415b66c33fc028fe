using Cme.Domain.Procedures;
using Cme.Web.Pages.Procedures;

namespace Cme.Web.Tests.Pages.Procedures;

/// <summary>The picture of every pack that ships, and that it says nothing else than the pack.</summary>
public sealed class PictureSpec
{
    public static IEnumerable<object[]> Packs => PackCatalogue.Shipped.All.Select(pack => new object[] { pack.Id, pack.Version });

    [Theory, MemberData(nameof(Packs))]
    public void Each_step_stands_in_the_picture_exactly_once(string id, int version)
    {
        var pack = Pack(id, version);

        StepTree.Of(pack).SelectMany(part => part.Branches).SelectMany(BoxesOf).Select(box => box.Step.Id).Order()
            .ShouldBe(pack.Steps.Select(step => step.Id).Order());
    }

    [Theory, MemberData(nameof(Packs))]
    public void Each_start_of_a_step_is_a_way_to_it_in_the_picture(string id, int version)
    {
        var pack = Pack(id, version);
        var shown = StepTree.Of(pack).SelectMany(part => part.Branches).SelectMany(BranchesOf).ToLookup(branch => branch.Step.Id, branch => branch.Start with { Flag = null });

        foreach (var step in pack.Steps)
        {
            step.Starts.Select(start => start with { Flag = null }).Distinct().Except(shown[step.Id]).ShouldBeEmpty(step.Id);
        }
    }

    [Theory, MemberData(nameof(Packs))]
    public void No_box_covers_another_and_no_line_runs_through_one(string id, int version)
    {
        foreach (var picture in Picture.Of(Pack(id, version)))
        {
            foreach (var (one, at) in picture.Shapes.Select((shape, at) => (shape, at)))
            {
                picture.Shapes.Skip(at + 1).ShouldAllBe(other => !Overlap(one, other), picture.Heading);
                one.Lines.ShouldAllBe(line => line.Y > one.Y && line.Y < one.Bottom);
                (one.X + one.Width <= picture.Width && one.Bottom <= picture.Height).ShouldBeTrue(picture.Heading);
            }
            picture.Width.ShouldBeLessThanOrEqualTo(1_200, $"{picture.Heading}: a page has no more room");
        }
    }

    [Fact]
    public void NOR06_Nobody_answering_leads_from_the_call_to_the_risk_assessment_and_a_risk_of_harm_on_to_the_referral()
    {
        var call = StepTree.Of(Pack("northamptonshire", 2)).SelectMany(part => part.Branches).SelectMany(BoxesOf).Single(box => box.Step.Id == "first-call");

        var assess = call.Next.Single(branch => branch.Condition == "Call: nobody answered");
        assess.Box.ShouldNotBeNull().Step.Id.ShouldBe("risk-assessment");
        assess.Box.Next.Single(branch => branch.Condition == "Risk assessment: the child is at risk of harm").Box.ShouldNotBeNull()
            .Step.Id.ShouldBe("refer-police-or-social-care");
    }

    [Fact]
    public void A_step_tells_the_pack_and_the_heading_that_it_comes_from()
    {
        var pack = Pack("northamptonshire", 2);
        StepView Of(string id) => StepView.Of(pack.Steps.Single(step => step.Id == id), PackCatalogue.Shipped.OriginOf(pack, pack.Steps.Single(step => step.Id == id)));

        Of("risk-assessment").Heading.ShouldBe("Day 1 - Phone call");
        Of("risk-assessment").Origin.Id.ShouldBe("northamptonshire");
        Of("sickness-return").Origin.Id.ShouldBe("england-2024");
        Of("sickness-return").Heading.ShouldBe("Regulation 13: returns to the authority");
        Of("first-call").Origin.Id.ShouldBe("product");
    }

    private static ProcedurePack Pack(string id, int version) => PackCatalogue.Shipped.All.Single(pack => pack.Id == id && pack.Version == version);

    private static IEnumerable<Branch> BranchesOf(Branch branch) => [branch, .. (branch.Box?.Next ?? []).SelectMany(BranchesOf)];

    private static IEnumerable<Box> BoxesOf(Branch branch) => BranchesOf(branch).Select(one => one.Box).OfType<Box>();

    private static bool Overlap(Shape one, Shape other) =>
        one.X < other.X + other.Width && other.X < one.X + one.Width && one.Y < other.Bottom && other.Y < one.Bottom;
}
