using Cme.Storage.Demo;

namespace Cme.Storage.Tests.Demo;

/// <summary>Two processes over one database show the same time of the demo.</summary>
public sealed class ClockKeeperTests : IAsyncLifetime
{
    private readonly ClockOfDemo _here = new(TimeProvider.System), _there = new(TimeProvider.System);

    private Store _store = null!;
    private DemoClockStore _kept = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        _kept = new DemoClockStore(_store.Database);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_clock_that_another_process_put_forward_is_followed_and_never_goes_back()
    {
        using var keeper = new ClockKeeper(_there, _kept, TimeProvider.System);
        await keeper.ResumeAsync(default);
        var ahead = TimeSpan.FromMilliseconds(Math.Floor(_there.Ahead.TotalMilliseconds)) + TimeSpan.FromDays(2);

        await _kept.SaveOffsetAsync(ahead);
        await keeper.FollowAsync(default);
        _there.Ahead.ShouldBe(ahead);

        _there.Follow(ahead - TimeSpan.FromHours(1));
        _there.Ahead.ShouldBe(ahead);
    }

    [Fact]
    public async Task Whoever_starts_second_takes_the_clock_from_the_first()
    {
        using var first = new ClockKeeper(_here, _kept, TimeProvider.System);
        using var second = new ClockKeeper(_there, _kept, TimeProvider.System);
        await first.ResumeAsync(default);
        _here.Ahead += TimeSpan.FromHours(3);
        await _kept.SaveOffsetAsync(_here.Ahead);

        await second.ResumeAsync(default);

        (_here.Ahead - _there.Ahead).ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
    }
}
