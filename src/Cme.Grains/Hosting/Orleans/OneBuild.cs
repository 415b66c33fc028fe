using System.Security.Cryptography;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Grains.Episodes;
using Cme.Storage;
using Cme.Storage.Duties;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cme.Grains.Hosting;

/// <summary>
/// Holds a cluster to one build of the grains and of what they are made of (ADR 0341). Silos of another build are not joined, and whoever finds
/// that the cluster has changed to another build under it ends.
/// </summary>
/// <param name="isSilo">True for a silo, which says what the cluster's build is; a web node follows.</param>
/// <param name="clock">System clock.</param>
internal sealed partial class OneBuild(
    ClusterBuild cluster, bool isSilo, IHostApplicationLifetime host, [FromKeyedServices(Clock.System)] TimeProvider clock, ILogger<OneBuild> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>What this program is made of, in twelve characters: the same wherever the same sources were built in the same place.</summary>
    public static string Own { get; } = Of(typeof(Clock), typeof(IEpisodeGrain), typeof(ClusterBuild), typeof(EpisodeGrain));

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (isSilo && !await cluster.EnterAsync(Own, cancellationToken))
        {
            throw new OtherBuildException(
                $"Silos of another build than this one ({Own}) serve this database. Two builds never work together: stop every old silo and web node first; "
                + "one that was killed counts for 90 seconds (docs/upgrade.md).");
        }
        if (await cluster.CurrentAsync(cancellationToken) is { } current && current != Own)
        {
            throw new OtherBuildException(
                $"The silos of this cluster are of build {current}, this program of {Own}. Install the same build on all, silos first (docs/upgrade.md).");
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            if (await CurrentAsync(stoppingToken) is { } current && current != Own)
            {
                LogOtherBuild(logger, current, Own);
                host.StopApplication();
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<string?> CurrentAsync(CancellationToken cancel)
    {
        try
        {
            return await cluster.CurrentAsync(cancel);
        }
        catch (StorageUnavailableException)
        {
            return null;                                             // Nobody can have changed it meanwhile.
        }
    }

    private static string Of(params Type[] partOfEach)
    {
        var builds = partOfEach.SelectMany(type => type.Assembly.ManifestModule.ModuleVersionId.ToByteArray()).ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(builds))[..12];
    }

    [LoggerMessage(3502, LogLevel.Critical, "The cluster of this database runs build {Current} now, and this program is of {Own}: it ends. Install the same build everywhere")]
    private static partial void LogOtherBuild(ILogger logger, string current, string own);
}
