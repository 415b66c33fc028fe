using Cme.Runtime.Embedded.Reminders;
using Orleans.Runtime;

namespace Cme.Grains.EmbeddedTests.Runtime;

public sealed class ReminderSpecs
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly InMemoryReminderStore _store = new();

    [Fact]
    public async Task A_reminder_ticks_at_its_instant_on_the_business_clock_and_then_each_period()
    {
        await using var test = await RuntimeUnderTest.Start();
        await test.Grain<IBellGrain>("bell-a").Set("look", 10 * _minute, _hour);
        test.SystemClock.Advance(TimeSpan.FromDays(1));
        await MoveBy(test, (10 * _minute) - TimeSpan.FromTicks(1));
        test.Stage.Notes.ShouldBeEmpty();
        test.Runtime.Reminders.NextDue.ShouldBe(new DateTimeOffset(2026, 9, 8, 7, 10, 0, TimeSpan.Zero));
        await MoveBy(test, TimeSpan.FromTicks(1));
        await MoveBy(test, _hour - _minute);
        test.Stage.Notes.ShouldBe(["bell-a look 07:10:00 first 07:10:00 Utc"]);
        await MoveBy(test, _minute);
        test.Stage.Notes.Count.ShouldBe(2);
        test.Stage.Notes[1].ShouldBe("bell-a look 08:10:00 first 07:10:00 Utc");
    }

    [Fact]
    public async Task A_period_under_a_minute_is_refused_in_the_words_of_Orleans()
    {
        await using var test = await RuntimeUnderTest.Start(reminders: _store);
        var bell = test.Grain<IBellGrain>("bell-a");
        (await Should.ThrowAsync<ArgumentException>(() => bell.Set("look", _minute, TimeSpan.FromSeconds(59)))).Message.ShouldBe(
            "Cannot register reminder look as requested period (00:00:59) is less than minimum allowed reminder period (00:01:00)");
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => bell.Set("look", -_minute, _hour));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => bell.Set("look", _minute, Timeout.InfiniteTimeSpan));
        await Should.ThrowAsync<ArgumentNullException>(() => bell.Set(" ", _minute, _hour));
        await Should.ThrowAsync<InvalidOperationException>(() => test.Grain<IDeafGrain>("deaf-a").Set());
        _store.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Setting_a_reminder_again_replaces_it_and_a_deleted_one_is_silent()
    {
        await using var test = await RuntimeUnderTest.Start(reminders: _store);
        var bell = test.Grain<IBellGrain>("bell-a");
        await bell.Set("look", 10 * _minute, _hour);
        await bell.Set("look", 30 * _minute, _hour);
        await bell.Set("listen", 10 * _minute, _hour);
        (await bell.All()).ShouldBe("listen look");
        await bell.Unset("listen");
        (await bell.Find("listen")).ShouldBeNull();
        (await bell.Find("look")).ShouldBe("look");
        _store.All.Count.ShouldBe(1);
        await MoveBy(test, 29 * _minute);
        test.Stage.Notes.ShouldBeEmpty();
        await MoveBy(test, _minute);
        test.Stage.Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reminders_survive_a_restart_and_one_missed_meanwhile_ticks_once()
    {
        await using (var test = await RuntimeUnderTest.Start(reminders: _store))
        {
            await test.Grain<IBellGrain>("bell-a").Set("missed", 10 * _minute, _hour);
            await test.Grain<IBellGrain>("bell-b").Set("ahead", 10 * _hour, _hour);
            await test.Runtime.StopAsync();
            test.BusinessClock.Advance(_hour);
            test.Stage.Notes.ShouldBeEmpty();
        }

        var later = new TestSupport.Clock.ManualClock("2026-09-08T12:30:00Z");
        await using var again = await RuntimeUnderTest.Start(reminders: _store, businessClock: later);
        await again.Runtime.Reminders.WhenQuietAsync();
        again.Stage.Notes.ShouldBe(["bell-a missed 12:30:00 first 07:10:00 Utc"]);
        later.MoveTo(new DateTimeOffset(2026, 9, 8, 13, 9, 59, TimeSpan.Zero));
        await again.Runtime.Reminders.WhenQuietAsync();
        again.Stage.Notes.Count.ShouldBe(1);
        later.Advance(TimeSpan.FromSeconds(1));
        await again.Runtime.Reminders.WhenQuietAsync();
        again.Stage.Notes[1].ShouldBe("bell-a missed 13:10:00 first 07:10:00 Utc");
    }

    [Fact]
    public async Task Many_due_at_one_instant_tick_with_bounded_concurrency_in_the_order_in_which_they_were_set()
    {
        await using var test = await RuntimeUnderTest.Start(options => options.ConcurrentTicks = 3);
        for (var i = 0; i < 8; i++)
        {
            await test.Grain<IBellGrain>($"bell-{i}").Set(i < 3 ? "hold" : "look", _hour, _hour);
        }

        test.BusinessClock.Advance(_hour);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => test.Stage.Reached($"bell-{i}")));
        (test.Facts.TicksUnderWay, test.Facts.TicksWaiting).ShouldBe((3, 5));
        test.Stage.Notes.Count.ShouldBe(3);
        var quiet = test.Runtime.Reminders.WhenQuietAsync();
        quiet.IsCompleted.ShouldBeFalse();
        test.Stage.Open("hold");
        await quiet;
        test.Stage.Notes.Count.ShouldBe(8);
    }

    [Fact]
    public async Task A_tick_that_fails_silences_nobody_and_comes_again_next_period()
    {
        await using var test = await RuntimeUnderTest.Start();
        await test.Grain<IBellGrain>("bell-a").Set("fail", _hour, _hour);
        await test.Grain<IBellGrain>("bell-b").Set("look", _hour, _hour);
        await MoveBy(test, _hour);
        test.Stage.Notes.Count.ShouldBe(2);
        await MoveBy(test, _hour);
        test.Stage.Notes.Count(note => note.StartsWith("bell-a", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_grain_may_set_its_reminder_anew_while_it_is_reminded()
    {
        await using var test = await RuntimeUnderTest.Start();
        await test.Grain<IBellGrain>("bell-a").Set("again", 10 * _minute, _hour);
        for (var i = 0; i < 3; i++)
        {
            await MoveBy(test, 10 * _minute);
        }

        test.Stage.Notes.Select(note => note.Split(' ')[2]).ShouldBe(["07:10:00", "07:20:00", "07:30:00"]);
    }

    [Fact]
    public async Task A_tick_that_still_waits_is_dropped_when_its_reminder_is_deleted()
    {
        await using var test = await RuntimeUnderTest.Start(options => options.ConcurrentTicks = 1);
        await test.Grain<IBellGrain>("bell-a").Set("hold", _hour, _hour);
        await test.Grain<IBellGrain>("bell-b").Set("look", _hour, _hour);
        test.BusinessClock.Advance(_hour);
        await test.Stage.Reached("bell-a");
        await test.Grain<IBellGrain>("bell-b").Unset("look");
        test.Stage.Open("hold");
        await test.Runtime.Reminders.WhenQuietAsync();
        test.Stage.Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_clock_that_jumps_without_its_timers_needs_a_poke()
    {
        var clock = new JumpingClock();
        await using var test = await RuntimeUnderTest.Start(businessClock: clock);
        await test.Grain<IBellGrain>("bell-a").Set("look", _hour, _hour);
        clock.Now += 30 * _hour;
        test.Facts.TicksUnderWay.ShouldBe(0);
        test.Runtime.Reminders.Poke();
        await test.Runtime.Reminders.WhenQuietAsync();
        test.Stage.Notes.Count.ShouldBe(1);
        test.Runtime.Reminders.NextDue.ShouldBe(clock.Now + _hour);
    }

    [Fact]
    public async Task Reminders_set_at_one_moment_reach_the_store_together()
    {
        var store = new StoreThatWaitsForTwo(_store);
        await using var test = await RuntimeUnderTest.Start(reminders: store);
        await Task.WhenAll(
            test.Grain<IBellGrain>("bell-a").Set("look", _hour, _hour), test.Grain<IBellGrain>("bell-b").Set("look", _hour, _hour));
        _store.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_reminder_that_could_not_be_stored_was_not_set()
    {
        await using var test = await RuntimeUnderTest.Start(reminders: new StoreThatFails());
        await Should.ThrowAsync<TimeoutException>(() => test.Grain<IBellGrain>("bell-a").Set("look", _hour, _hour));
        (await test.Grain<IBellGrain>("bell-a").All()).ShouldBe("");
    }

    private static async Task MoveBy(RuntimeUnderTest test, TimeSpan by)
    {
        test.BusinessClock.Advance(by);
        await test.Runtime.Reminders.WhenQuietAsync();
    }

    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 9, 8, 7, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new TimerThatNeverFires();

        private sealed class TimerThatNeverFires : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private class StoreThatFails : IReminderStore
    {
        public IAsyncEnumerable<StoredReminder> ReadAllAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<StoredReminder>();

        public virtual Task UpsertAsync(StoredReminder reminder, CancellationToken cancellationToken) =>
            Task.FromException(new TimeoutException());

        public Task DeleteAsync(GrainId grain, string name, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class StoreThatWaitsForTwo(IReminderStore inner) : StoreThatFails
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiting;

        public override async Task UpsertAsync(StoredReminder reminder, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _waiting) == 2)
            {
                _both.SetResult();
            }

            await _both.Task;
            await inner.UpsertAsync(reminder, cancellationToken);
        }
    }
}
