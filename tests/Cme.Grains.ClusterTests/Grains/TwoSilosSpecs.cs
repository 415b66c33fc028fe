using Cme.Contracts.Episodes;
using Cme.Grains.Specs.Hosts;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Cme.Grains.ClusterTests.Grains;

/// <summary>Two silos find each other through our own tables and share the grains; one that leaves takes nothing with it.</summary>
public sealed class TwoSilosSpecs : GrainSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock, ofCluster: true);

    [Fact]
    public async Task Grains_are_shared_among_two_silos_and_all_answer_when_one_has_left()
    {
        await using var second = new SiloHost(Database, Clock, ofCluster: true);
        await second.StartAsync();
        var management = Grain(second).GetGrain<IManagementGrain>(0);
        (await management.GetHosts(onlyActive: true)).Count.ShouldBe(2);

        for (var child = 0; child < 40; child++)
        {
            await Grain(second).GetGrain<IEpisodeGrain>($"episode-{child:0000000000}-0").Standing();
        }
        var placed = await management.GetSimpleGrainStatistics();
        placed.Where(one => one.GrainType.Contains("EpisodeGrain", StringComparison.Ordinal)).Count(one => one.ActivationCount > 0).ShouldBe(2);

        await Host.StopAsync();
        for (var child = 0; child < 40; child++)
        {
            (await Grain(second).GetGrain<IEpisodeGrain>($"episode-{child:0000000000}-0").Standing()).Status.ShouldBe("not-started");
        }
        await Host.StartAsync();
    }

    private static IGrainFactory Grain(SiloHost host) => host.Services.GetRequiredService<IGrainFactory>();
}
