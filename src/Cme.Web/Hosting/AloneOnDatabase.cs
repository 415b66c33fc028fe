using Cme.Storage.Duties;

namespace Cme.Web.Hosting;

/// <summary>
/// Refuses to start grains in this process beside a cluster that has them. Nothing would be lost, since every write is checked against its
/// version, but each would make the other's fail.
/// </summary>
internal sealed class AloneOnDatabase(SiloTable silos) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (await silos.LivingAsync(cancellationToken) is > 0 and var living)
        {
            throw new StartupException(
                $"A cluster serves this database: {living} silos lately said that they live. Stop them, and wait 90 seconds if they were killed, or join them with Cluster:Role=client.");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
