using Cme.Runtime.Embedded.Calls;
using Orleans.Runtime;

namespace Cme.Grains.EmbeddedTests.Runtime;

public sealed class TurnSpecs
{
    [Fact]
    public async Task A_key_has_one_activation_and_another_key_another()
    {
        await using var test = await RuntimeUnderTest.Start();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => test.Grain<ITurnGrain>($"turn-{i % 2}").WhoAreYou()));
        answers.Distinct().Count().ShouldBe(2);
        test.Facts.Activations.ShouldBe(2);
    }

    [Fact]
    public async Task Calls_to_one_grain_take_turns_in_the_order_in_which_they_came()
    {
        await using var test = await RuntimeUnderTest.Start();
        var grain = test.Grain<ITurnGrain>("turn-a");
        var first = grain.Hold("first");
        await test.Stage.Reached("first");
        var second = grain.Hold("second");
        var third = grain.Hold("third");
        test.Facts.WaitingCalls.ShouldBe(2);
        foreach (var name in new[] { "third", "second", "first" })
        {
            test.Stage.Open(name);
        }

        await Task.WhenAll(first, second, third);
        test.Stage.Notes.ShouldBe(
            ["activated", "first begins", "first ends", "second begins", "second ends", "third begins", "third ends"]);
    }

    [Fact]
    public async Task An_interleaving_call_runs_while_another_waits_at_an_await_and_keeps_nobody_waiting()
    {
        await using var test = await RuntimeUnderTest.Start();
        var grain = test.Grain<ITurnGrain>("turn-a");
        var holding = grain.Hold("ordinary");
        await test.Stage.Reached("ordinary");
        (await grain.Peek()).ShouldBe(1);
        test.Stage.Open("ordinary");
        await holding;

        var interleaved = grain.HoldInterleaved("poll");
        await test.Stage.Reached("poll");
        await grain.WhoAreYou();
        test.Stage.Open("poll");
        await interleaved;
    }

    [Fact]
    public async Task Code_between_awaits_never_runs_in_parallel_even_when_calls_interleave()
    {
        await using var test = await RuntimeUnderTest.Start();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => test.Grain<ITurnGrain>("turn-a").CountSlowly())));
        test.Stage.Notes.ShouldBe(["activated"]);
    }

    [Fact]
    public async Task An_exception_crosses_the_call()
    {
        await using var test = await RuntimeUnderTest.Start();
        var thrown = await Should.ThrowAsync<ArgumentException>(() => test.Grain<ITurnGrain>("turn-a").Throw("No such day."));
        thrown.Message.ShouldBe("No such day.");
        await test.Grain<ITurnGrain>("turn-a").WhoAreYou();
    }

    [Fact]
    public async Task Value_tasks_nulls_and_cancellation_cross_the_call()
    {
        await using var test = await RuntimeUnderTest.Start();
        var grain = test.Grain<ITurnGrain>("turn-a");
        (await grain.Echo("here", CancellationToken.None)).ShouldBe("here");
        (await grain.Echo(null, CancellationToken.None)).ShouldBeNull();
        await grain.Nothing();
        await Should.ThrowAsync<OperationCanceledException>(async () => await grain.Echo("", new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("turn-a", "turn/turn-a ITurnGrain.Travel → turn/turn-a ITurnGrain.Travel")]
    [InlineData("turn-b>turn-a", "turn/turn-a ITurnGrain.Travel → turn/turn-b ITurnGrain.Travel → turn/turn-a ITurnGrain.Travel")]
    public async Task A_call_back_into_its_own_chain_is_an_error_that_names_the_chain(string path, string chain)
    {
        await using var test = await RuntimeUnderTest.Start();
        var thrown = await Should.ThrowAsync<ReentrantCallException>(() => test.Grain<ITurnGrain>("turn-a").Travel(path));
        thrown.Message.ShouldContain(chain);
        await test.Grain<ITurnGrain>("turn-a").WhoAreYou();
    }

    [Fact]
    public async Task A_grain_that_calls_its_caller_while_it_is_activated_fails_that_call()
    {
        await using var test = await RuntimeUnderTest.Start();
        var thrown = await Should.ThrowAsync<ReentrantCallException>(() => test.Grain<ITurnGrain>("turn-a").Travel("turn-calls-back"));
        thrown.Chain.ShouldEndWith("turn/turn-calls-back OnActivateAsync");
    }

    [Fact]
    public async Task A_chain_may_come_back_to_an_interleaving_method()
    {
        await using var test = await RuntimeUnderTest.Start();
        (await test.Grain<ITurnGrain>("turn-a").Travel("turn-b>interleaved>turn-a")).ShouldBe("turn-a turn-b turn-a");
    }

    [Fact]
    public async Task Work_left_behind_is_no_part_of_the_call_that_started_it()
    {
        await using var test = await RuntimeUnderTest.Start();
        await test.Grain<ITurnGrain>("turn-a").LeaveWorkBehind();
        test.Stage.Open("left behind");
        await test.Stage.Reached("behind done");
        test.Stage.Notes.ShouldContain("turn-a");
    }

    [Fact]
    public async Task Of_two_grains_that_wait_for_each_other_at_least_one_is_told_after_the_call_timeout()
    {
        await using var test = await RuntimeUnderTest.Start();
        var a = test.Grain<ITurnGrain>("turn-a").HoldThenVisit("a", "turn-b");
        var b = test.Grain<ITurnGrain>("turn-b").HoldThenVisit("b", "turn-a");
        await Task.WhenAll(test.Stage.Reached("a"), test.Stage.Reached("b"));
        test.Stage.Open("a");
        test.Stage.Open("b");
        while (test.Facts.WaitingCalls < 2)
        {
            await Task.Yield();
        }

        test.SystemClock.Advance(TimeSpan.FromSeconds(30));
        test.Facts.OldestWaiting.ShouldBe(TimeSpan.FromSeconds(30));
        test.SystemClock.Advance(TimeSpan.FromSeconds(5));

        // The first that is told gives its turn back, and with luck the other's call gets it before the sweep comes to it.
        var told = await Task.WhenAll(WhatItWasTold(a), WhatItWasTold(b));
        string?[] possible = ["turn/turn-b ITurnGrain.WhoAreYou", "turn/turn-a ITurnGrain.WhoAreYou"];
        told.Zip(possible).ShouldAllBe(one => one.First == null || one.First.Contains(one.Second!, StringComparison.Ordinal));
        told.ShouldContain(message => message != null);
        await test.Grain<ITurnGrain>("turn-a").WhoAreYou();
        await test.Grain<ITurnGrain>("turn-b").WhoAreYou();
    }

    /// <summary>What a call was told when it timed out; null when it was answered.</summary>
    private static async Task<string?> WhatItWasTold(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (TimeoutException late)
        {
            return late.Message;
        }
    }

    [Fact]
    public async Task A_reference_knows_its_grain_and_equals_another_to_the_same()
    {
        await using var test = await RuntimeUnderTest.Start();
        var grain = test.Grain<ITurnGrain>("turn-a");
        Orleans.GrainExtensions.GetGrainId(grain).ShouldBe(GrainId.Create("turn", "turn-a"));
        Orleans.GrainExtensions.GetPrimaryKeyString(grain).ShouldBe("turn-a");
        grain.ShouldBe(test.Grain<ITurnGrain>("turn-a"));
        grain.ShouldNotBe(test.Grain<ITurnGrain>("turn-b"));
    }
}
