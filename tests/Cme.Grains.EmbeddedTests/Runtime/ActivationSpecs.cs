using Cme.Runtime.Embedded.Hosting;
using Orleans.Runtime;

namespace Cme.Grains.EmbeddedTests.Runtime;

public sealed class ActivationSpecs
{
    [Fact]
    public async Task A_failed_activation_fails_every_call_that_waited_and_the_next_call_tries_anew()
    {
        await using var test = await RuntimeUnderTest.Start();
        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => test.Grain<ITurnGrain>("turn-fails-once").WhoAreYou());
        thrown.Message.ShouldBe("The calendar is missing.");
        (await test.Grain<ITurnGrain>("turn-fails-once").WhoAreYou()).ShouldStartWith("turn-fails-once");
    }

    [Fact]
    public async Task Calls_wait_until_the_grain_is_activated_and_then_interleave_if_they_may()
    {
        await using var test = await RuntimeUnderTest.Start();
        var grain = test.Grain<ITurnGrain>("turn-slow-start");
        var ordinary = grain.Hold("ordinary");
        var interleaving = grain.Peek();
        test.Facts.WaitingCalls.ShouldBe(2);
        test.Stage.Open("start");
        await interleaving;
        await test.Stage.Reached("ordinary");
        test.Stage.Open("ordinary");
        await ordinary;
    }

    [Fact]
    public async Task A_grain_that_nobody_calls_for_fifteen_minutes_leaves_memory()
    {
        await using var test = await RuntimeUnderTest.Start();
        var before = await test.Grain<ITurnGrain>("turn-a").WhoAreYou();
        test.SystemClock.Advance(TimeSpan.FromMinutes(15));
        test.Stage.Notes.ShouldBe(["activated"]);
        test.SystemClock.Advance(TimeSpan.FromSeconds(10));
        await test.Stage.Reached("deactivating");
        test.Stage.Notes.ShouldContain("deactivated ActivationIdle");
        (await test.Grain<ITurnGrain>("turn-a").WhoAreYou()).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_grain_with_a_call_under_way_is_not_idle()
    {
        await using var test = await RuntimeUnderTest.Start();
        var poll = test.Grain<ITurnGrain>("turn-a").HoldInterleaved("poll");
        await test.Stage.Reached("poll");
        test.SystemClock.Advance(TimeSpan.FromHours(1));
        test.Facts.Activations.ShouldBe(1);
        test.Stage.Open("poll");
        await poll;
        test.Stage.Notes.ShouldBe(["activated", "poll begins", "poll ends"]);
    }

    [Fact]
    public async Task A_grain_that_asks_to_be_deactivated_ends_after_its_call_and_those_waiting_get_a_fresh_one()
    {
        await using var test = await RuntimeUnderTest.Start();
        var grain = test.Grain<ITurnGrain>("turn-a");
        var before = await grain.WhoAreYou();
        var holding = grain.Hold("held");
        var leaving = grain.LeaveMemory();
        var after = grain.WhoAreYou();
        test.Stage.Open("held");
        await Task.WhenAll(holding, leaving);
        (await after).ShouldNotBe(before);
        test.Stage.Notes.ShouldBe(
            ["activated", "held begins", "held ends", "deactivated ApplicationRequested", "deactivated", "activated"]);
    }

    [Fact]
    public async Task A_grain_that_asks_to_be_deactivated_lives_on_until_the_last_interleaving_call_is_over()
    {
        await using var test = await RuntimeUnderTest.Start();
        var grain = test.Grain<ITurnGrain>("turn-a");
        var poll = grain.HoldInterleaved("poll");
        await test.Stage.Reached("poll");
        await grain.LeaveMemory();
        var after = grain.Peek();
        await OthersHaveRun(test);
        test.Stage.Notes.ShouldBe(["activated", "poll begins"]);
        test.Stage.Open("poll");
        await poll;
        (await after).ShouldBe(0);
        test.Stage.Notes.ShouldBe(
            ["activated", "poll begins", "poll ends", "deactivated ApplicationRequested", "deactivated", "activated"]);
    }

    [Fact]
    public async Task A_call_that_arrives_during_deactivation_waits_for_its_end_and_gets_a_fresh_activation()
    {
        await using var test = await RuntimeUnderTest.Start();
        var grain = test.Grain<ITurnGrain>("turn-slow-end");
        await grain.LeaveMemory();
        await test.Stage.Reached("deactivating");
        var late = grain.Peek();
        test.Facts.WaitingCalls.ShouldBe(1);
        await OthersHaveRun(test);
        test.Stage.Notes.ShouldBe(["activated", "deactivated ApplicationRequested"]);
        test.Stage.Open("end");
        await late;
        test.Stage.Notes.ShouldBe(["activated", "deactivated ApplicationRequested", "deactivated", "activated"]);
    }

    [Fact]
    public async Task Stopping_lets_calls_finish_deactivates_every_grain_and_takes_no_more_calls()
    {
        await using var test = await RuntimeUnderTest.Start();
        var running = test.Grain<ITurnGrain>("turn-a").Hold("held");
        var waiting = test.Grain<ITurnGrain>("turn-a").Travel("turn-b");
        await test.Stage.Reached("held");
        var stopping = test.Runtime.StopAsync();
        await Should.ThrowAsync<OrleansException>(() => test.Grain<ITurnGrain>("turn-a").WhoAreYou());
        test.Stage.Open("held");
        await stopping;
        await running;
        (await waiting).ShouldBe("turn-a turn-b");
        test.Facts.Activations.ShouldBe(0);
        test.Stage.Notes.Count(note => note == "deactivated ShuttingDown").ShouldBe(2);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_ever()
    {
        await using var test = await RuntimeUnderTest.Start();
        var stuck = test.Grain<ITurnGrain>("turn-a").Hold("stuck");
        await test.Stage.Reached("stuck");
        var stopping = test.Runtime.StopAsync();
        stopping.IsCompleted.ShouldBeFalse();
        test.SystemClock.Advance(TimeSpan.FromSeconds(10));
        await stopping;
        test.Stage.Open("stuck");
        await stuck;
    }

    [Fact]
    public async Task Deactivating_all_leaves_nothing_in_memory_and_the_next_call_works()
    {
        await using var test = await RuntimeUnderTest.Start();
        await test.Grain<ITurnGrain>("turn-a").Travel("turn-b>turn-c");
        await test.Runtime.DeactivateAllAsync();
        test.Facts.Activations.ShouldBe(0);
        await test.Grain<ITurnGrain>("turn-a").WhoAreYou();
    }

    [Fact]
    public void A_runtime_without_grain_assemblies_is_refused() =>
        Should.Throw<InvalidOperationException>(() =>
            EmbeddedRuntimeHosting.AddEmbeddedRuntime(new Microsoft.Extensions.DependencyInjection.ServiceCollection(), _ => { }))
            .Message.ShouldContain("GrainAssemblies");

    // Whatever could have run by now has: the pool has carried many calls since. Keeps no notes.
    private static async Task OthersHaveRun(RuntimeUnderTest test)
    {
        for (var i = 0; i < 200; i++)
        {
            await test.Grain<IKeeperGrain>($"keeper-{i % 4}").Count([]);
        }
    }
}
