using Cme.Storage.Connections;
using Cme.TestSupport.Clock;

namespace Cme.Storage.Tests.Connections;

public sealed class StorageHealthTests
{
    [Fact]
    public void While_away_one_caller_a_second_may_try()
    {
        var clock = new ManualClock("2026-09-08T08:30:00Z");
        var health = new StorageHealth(clock);
        health.ThrowIfAway();

        health.Lost();

        Should.Throw<StorageUnavailableException>(health.ThrowIfAway);
        clock.Advance(TimeSpan.FromSeconds(1));
        health.ThrowIfAway();
        Should.Throw<StorageUnavailableException>(health.ThrowIfAway);
        health.Away.ShouldBeTrue();
    }

    [Fact]
    public void Once_reached_again_everyone_goes_through()
    {
        var health = new StorageHealth(new ManualClock("2026-09-08T08:30:00Z"));
        health.Lost();

        health.Reached();

        health.ThrowIfAway();
        health.Away.ShouldBeFalse();
    }
}
