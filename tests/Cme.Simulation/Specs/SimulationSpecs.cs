using System.Globalization;
using Cme.Domain.Procedures;
using Cme.Simulation.Checks;
using Cme.Simulation.World;
using Shouldly;

namespace Cme.Simulation.Specs;

public sealed class SimulationSpecs
{
    private const int InAGroup = 25;

    /// <summary>CME_SEEDS says how many; a hundred unless it does.</summary>
    public static TheoryData<int> Groups =>
        [.. Enumerable.Range(0, Math.Max(1, (int.TryParse(Environment.GetEnvironmentVariable("CME_SEEDS"), CultureInfo.InvariantCulture, out var seeds) ? seeds : 100) / InAGroup))];

    [Theory]
    [MemberData(nameof(Groups))]
    public void What_must_never_happen_does_not_happen(int group)
    {
        foreach (var seed in Enumerable.Range((group * InAGroup) + 1, InAGroup))
        {
            Simulation.Run(Planner.For(seed)).Failure?.Message.ShouldBeNull($"Its story: ./cme simulate --seed {seed}");
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(16)]
    public void The_same_seed_takes_the_same_course(int seed)
    {
        var first = Simulation.Run(Planner.For(seed), withStory: true);
        var again = Simulation.Run(Planner.For(seed), withStory: true);

        again.Trace.ShouldBe(first.Trace);
        again.Story.ShouldBe(first.Story);
        Simulation.Run(Planner.For(seed + 1)).Trace.ShouldNotBe(first.Trace);
    }

    [Fact]
    public void The_seeds_go_through_every_procedure() =>
        Enumerable.Range(1, 100).Select(Planner.PackOf).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(PackCatalogue.Shipped.OfSchools.Where(id => id != "product"));

    [Fact]
    public void The_seeds_go_through_enough()
    {
        var figures = Enumerable.Range(1, 12).Select(seed => Simulation.Run(Planner.For(seed)).Figures).ToList();

        figures.Sum(one => one.Episodes).ShouldBeGreaterThan(20);
        figures.Sum(one => one.Events).ShouldBeGreaterThan(200);
        figures.Sum(one => one.Faults).ShouldBeGreaterThan(10);
        figures.Sum(one => one.Deaths).ShouldBeGreaterThan(10);
    }

    [Fact]
    public void A_failing_plan_is_made_smaller_until_nothing_more_can_be_left_out()
    {
        var whole = Planner.For(9);
        var needed = whole.Happenings.Where((_, at) => at % 9 == 4).Select(happening => happening.Id).Take(2).ToList();

        var part = Shrinking.Smallest(whole, Never.HalfApply, plan =>
            new Verdict(0, needed.TrueForAll(id => plan.Happenings.Any(happening => happening.Id == id)) ? new Violation(Never.HalfApply, "so") : null, [], new(0, 0, 0, 0, 0)));

        part.Only.ShouldBe(needed);
        part.Calm.ShouldBeTrue();
    }
}
