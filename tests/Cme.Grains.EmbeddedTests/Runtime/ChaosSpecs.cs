using Cme.Runtime.Embedded.Simulation;
using Cme.Runtime.Embedded.Storage;
using Orleans.Storage;

namespace Cme.Grains.EmbeddedTests.Runtime;

public sealed class ChaosSpecs
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly InMemoryStateStore _store = new();

    [Fact]
    public async Task A_forced_deactivation_lets_every_call_read_the_stored_state()
    {
        await using var test = await Start(new ChaosOptions { Deactivations = 1 });
        for (var i = 1; i <= 3; i++)
        {
            (await test.Grain<ILedgerGrain>("ledger-a").Add(1)).ShouldBe($"{i} etag {i} exists True began with {i - 1}");
        }

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => test.Grain<ILedgerGrain>("ledger-a").Add(1)));
        (await test.Grain<ILedgerGrain>("ledger-a").Read()).ShouldStartWith("53 ");
    }

    [Fact]
    public async Task A_forced_conflict_writes_nothing()
    {
        await using var test = await Start(new ChaosOptions { WriteConflicts = 1 });
        await Should.ThrowAsync<InconsistentStateException>(() => test.Grain<ILedgerGrain>("ledger-a").Add(1));
        (await test.Grain<ILedgerGrain>("ledger-a").Read()).ShouldStartWith("0 ");
        _store.Commits.ShouldBe(0);
    }

    [Fact]
    public async Task A_write_that_lands_and_reports_a_timeout_is_found_by_the_next_call()
    {
        await using var test = await Start(new ChaosOptions { LandedTimeouts = 1 });
        await Should.ThrowAsync<TimeoutException>(() => test.Grain<ILedgerGrain>("ledger-a").Add(1));
        (await test.Grain<ILedgerGrain>("ledger-a").Read()).ShouldBe("1 etag 1 exists True began with 1");
    }

    [Theory]
    [InlineData(1, 0, 0, 0)]
    [InlineData(0, 1, 0, 2)]
    public async Task Ticks_are_lost_or_doubled(double lost, double doubled, double late, int expected)
    {
        await using var test = await Start(new ChaosOptions { LostTicks = lost, DoubledTicks = doubled, LateTicks = late });
        await test.Grain<IBellGrain>("bell-a").Set("look", _hour, _hour);
        test.BusinessClock.Advance(_hour);
        await test.Runtime.Reminders.WhenQuietAsync();
        test.Stage.Notes.Count.ShouldBe(expected);
        test.Runtime.Reminders.NextDue.ShouldBe(test.BusinessClock.GetUtcNow() + _hour);
    }

    [Fact]
    public async Task A_late_tick_comes_once_within_the_time_configured()
    {
        await using var test = await Start(new ChaosOptions { LateTicks = 1, LatestTick = TimeSpan.FromMinutes(30) });
        await test.Grain<IBellGrain>("bell-a").Set("look", _hour, 10 * _hour);
        test.BusinessClock.Advance(_hour);
        await test.Runtime.Reminders.WhenQuietAsync();
        test.Stage.Notes.ShouldBeEmpty();
        test.BusinessClock.Advance(TimeSpan.FromMinutes(30));
        await test.Runtime.Reminders.WhenQuietAsync();
        test.Stage.Notes.Count.ShouldBe(1);
        test.BusinessClock.Advance(TimeSpan.FromHours(5));
        await test.Runtime.Reminders.WhenQuietAsync();
        test.Stage.Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_seed_gives_the_same_faults_again_and_another_seed_others()
    {
        var first = await OutcomesWith(seed: 1);
        first.ShouldBe(await OutcomesWith(seed: 1));
        first.ShouldNotBe(await OutcomesWith(seed: 2));
        first.Count(failed => failed).ShouldBeInRange(40, 160);
        first.Chunk(10).Select(grain => string.Join(' ', grain)).Distinct().Count().ShouldBeGreaterThan(1);
    }

    private Task<RuntimeUnderTest> Start(ChaosOptions chaos) => RuntimeUnderTest.Start(options => options.Chaos = chaos, _store);

    // Twenty grains write ten times each, all grains at once: which writes fail must not depend on the order of the threads.
    private static async Task<List<bool>> OutcomesWith(int seed)
    {
        await using var test = await RuntimeUnderTest.Start(options => options.Chaos = new ChaosOptions { Seed = seed, WriteConflicts = 0.5 });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async grain =>
        {
            var failed = new List<bool>();
            for (var i = 0; i < 10; i++)
            {
                failed.Add(await Failed(() => test.Grain<ILedgerGrain>($"ledger-{grain}").Add(1)));
            }

            return failed;
        }));
        return [.. outcomes.SelectMany(o => o)];
    }

    private static async Task<bool> Failed(Func<Task> call)
    {
        try
        {
            await call();
            return false;
        }
        catch (InconsistentStateException)
        {
            return true;
        }
    }
}
