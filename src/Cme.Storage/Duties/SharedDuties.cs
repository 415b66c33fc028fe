using Cme.Storage.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NpgsqlTypes;

namespace Cme.Storage.Duties;

/// <summary>
/// The duties of a cluster, held by one process for seconds at a time (ADR 0325). A process that was paused and wakes finds by its own clock
/// that they are no longer its own, before it asks anybody.
/// </summary>
/// <param name="clock">System clock.</param>
public sealed partial class SharedDuties(StorageDatabase database, TimeProvider clock, ILogger<SharedDuties> logger) : BackgroundService, IDuties
{
    private const string Name = "background";
    private const string Leave = "delete from cme.duty d where d.name = @name and d.holder = @holder";

    /// <summary>How long they are held in the database, and for how much of that we count on it: the answer took time to come.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(4), Counted = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly string Take = Sql.Beside<SharedDuties>("Take.sql");

    private readonly Guid _holder = Guid.NewGuid();
    private long _takenAt;

    public bool AreMine => Interlocked.Read(ref _takenAt) is var at and not 0 && clock.GetElapsedTime(at) < Counted;

    /// <summary>Takes or renews them now.</summary>
    /// <returns>Whether they are ours.</returns>
    public async Task<bool> TakeAsync(CancellationToken cancel = default)
    {
        var asked = clock.GetTimestamp();
        var taken = await database.WriteAsync(
            Take,
            parameters => parameters.AddNamed("name", NpgsqlDbType.Text, Name).AddNamed("holder", NpgsqlDbType.Uuid, _holder)
                .AddNamed("for_ms", NpgsqlDbType.Integer, (int)Held.TotalMilliseconds),
            _ => true,
            cancel);
        Interlocked.Exchange(ref _takenAt, taken.IsEmpty ? 0 : asked);
        return !taken.IsEmpty;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!AreMine) { return; }
        Interlocked.Exchange(ref _takenAt, 0);
        try
        {
            await database.WriteAsync(
                Leave, parameters => parameters.AddNamed("name", NpgsqlDbType.Text, Name).AddNamed("holder", NpgsqlDbType.Uuid, _holder), _ => true, cancellationToken);
        }
        catch (Exception away) when (away is StorageUnavailableException or CommitUnknownException)
        {
            // Nobody else can take them meanwhile either, and they run out by themselves.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var were = false;
        do
        {
            try
            {
                await TakeAsync(stoppingToken);
            }
            catch (Exception away) when (away is StorageUnavailableException or CommitUnknownException)
            {
                // They run out by themselves; who has them then is known when PostgreSQL answers again.
            }
            if (AreMine != were) { LogChanged(logger, were ? "given up" : "taken"); }
            were = AreMine;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(3501, LogLevel.Information, "The duties of the cluster were {Change}: the audit, and finishing what another process left behind")]
    private static partial void LogChanged(ILogger logger, string change);
}
