using System.Collections.Immutable;
using Cme.Runtime.Embedded.Simulation;
using Orleans;

namespace Cme.Grains.EmbeddedTests.Runtime;

[GenerateSerializer, Immutable]
public sealed record Sheet
{
    public ImmutableArray<string> Marks { get; init; } = [];
}

public sealed class Basket
{
    public List<string> Marks { get; init; } = [];
}

public abstract record Shape
{
    public sealed record Circle(int Radius) : Shape;
}

/// <summary>A grain that changes what it is given, keeps it, and gives it back.</summary>
public interface IKeeperGrain : IGrainWithStringKey
{
    Task<Sheet> Keep(Sheet sheet);

    Task<bool> IsTheOneKept(Sheet sheet);

    Task<Basket> Fill(Basket basket, string mark);

    Task<Basket> Kept();

    Task FillUncopied([Immutable] Basket basket);

    Task<int> Count(IReadOnlyList<string> marks);

    Task<string> NameOf(Shape shape);

    Task<string> Ask(ITurnGrain other);

    Task<ImmutableArray<Basket>> Many(ImmutableArray<Basket> baskets);
}

public sealed class KeeperGrain : Grain, IKeeperGrain
{
    private Basket _kept = new();
    private Sheet? _sheet;

    public Task<Sheet> Keep(Sheet sheet) => Task.FromResult(_sheet = sheet);

    public Task<bool> IsTheOneKept(Sheet sheet) => Task.FromResult(ReferenceEquals(sheet, _sheet));

    public Task<Basket> Fill(Basket basket, string mark)
    {
        basket.Marks.Add(mark);
        return Task.FromResult(_kept = basket);
    }

    public Task<Basket> Kept() => Task.FromResult(_kept);

    public Task FillUncopied([Immutable] Basket basket)
    {
        basket.Marks.Add("shared");
        return Task.CompletedTask;
    }

    public Task<int> Count(IReadOnlyList<string> marks) => Task.FromResult(marks.Count);

    public Task<string> NameOf(Shape shape) => Task.FromResult(shape.ToString());

    public async Task<string> Ask(ITurnGrain other) => await other.WhoAreYou();

    public Task<ImmutableArray<Basket>> Many(ImmutableArray<Basket> baskets) => Task.FromResult(baskets);
}

public sealed class ArgumentSpecs
{
    [Fact]
    public async Task An_immutable_value_crosses_by_reference()
    {
        await using var test = await RuntimeUnderTest.Start();
        var sheet = new Sheet { Marks = ["N"] };
        (await test.Grain<IKeeperGrain>("keeper").Keep(sheet)).ShouldBeSameAs(sheet);
        (await test.Grain<IKeeperGrain>("keeper").IsTheOneKept(sheet)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_value_that_can_change_crosses_as_a_copy_both_ways()
    {
        await using var test = await RuntimeUnderTest.Start();
        var mine = new Basket { Marks = ["N"] };
        var answer = await test.Grain<IKeeperGrain>("keeper").Fill(mine, "O");
        mine.Marks.ShouldBe(["N"]);
        answer.Marks.ShouldBe(["N", "O"]);
        answer.Marks.Clear();
        (await test.Grain<IKeeperGrain>("keeper").Kept()).Marks.ShouldBe(["N", "O"]);
    }

    [Fact]
    public async Task A_parameter_marked_immutable_crosses_by_reference()
    {
        await using var test = await RuntimeUnderTest.Start();
        var mine = new Basket();
        await test.Grain<IKeeperGrain>("keeper").FillUncopied(mine);
        mine.Marks.ShouldBe(["shared"]);
    }

    [Fact]
    public async Task Lists_behind_interfaces_derived_records_and_references_make_the_journey()
    {
        await using var test = await RuntimeUnderTest.Start();
        var keeper = test.Grain<IKeeperGrain>("keeper");
        (await keeper.Count(["a", "b"])).ShouldBe(2);
        (await keeper.NameOf(new Shape.Circle(3))).ShouldBe("Circle { Radius = 3 }");
        (await keeper.Ask(test.Grain<ITurnGrain>("turn-a"))).ShouldStartWith("turn-a");
    }

    [Fact]
    public async Task An_immutable_array_of_things_that_can_change_is_copied()
    {
        await using var test = await RuntimeUnderTest.Start();
        var mine = new Basket { Marks = ["N"] };
        var answer = await test.Grain<IKeeperGrain>("keeper").Many([mine]);
        answer[0].ShouldNotBeSameAs(mine);
        answer[0].Marks.ShouldBe(["N"]);
    }

    [Fact]
    public async Task Chaos_copies_immutable_values_too()
    {
        await using var test = await RuntimeUnderTest.Start(options => options.Chaos = new ChaosOptions());
        var sheet = new Sheet { Marks = ["N"] };
        var answer = await test.Grain<IKeeperGrain>("keeper").Keep(sheet);
        answer.ShouldNotBeSameAs(sheet);
        answer.Marks.ShouldBe(["N"]);
        (await test.Grain<IKeeperGrain>("keeper").IsTheOneKept(sheet)).ShouldBeFalse();
        (await test.Grain<IKeeperGrain>("keeper").Ask(test.Grain<ITurnGrain>("turn-a"))).ShouldStartWith("turn-a");
    }
}
