using Cme.Grains.Specs.Hosts;
using Cme.Storage.Duties;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cme.Grains.ClusterTests.Grains;

/// <summary>A cluster is of one build (ADR 0341).</summary>
public sealed class OneBuildSpecs : GrainSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock, ofCluster: true);

    [Fact]
    public async Task A_silo_does_not_start_beside_living_ones_of_another_build_and_ends_when_the_cluster_has_become_another()
    {
        await Host.StopAsync();
        await Rows("update cme.cluster_build set build = 'another' returning build");
        await Rows(
            """
            insert into cme.membership (deployment_id, address, port, generation, silo_name, host_name, status, start_time, i_am_alive_time)
            values ('cme', '127.0.0.1', 1, 1, 'another-1', 'here', 3, now(), now()) returning port
            """);
        (await Should.ThrowAsync<OtherBuildException>(Host.StartAsync)).Message.ShouldStartWith("Silos of another build than this one");

        await Rows("delete from cme.membership where silo_name = 'another-1' returning port");
        await Host.StartAsync();
        var ends = new TaskCompletionSource();
        using var ending = Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(ends.SetResult);
        await Rows("update cme.cluster_build set build = 'another' returning build");
        await ends.Task.WaitAsync(Patience);
    }
}
