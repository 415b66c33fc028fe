using Cme.Storage.Connections;
using Cme.Storage.Sequencer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NpgsqlTypes;

namespace Cme.Storage.Reads;

/// <summary>Tells the numbering of readings that something waits.</summary>
public sealed class ReadChainSignal
{
    private readonly SequencerSignal _signal = new();

    public void Poke() => _signal.Poke();

    internal Task WaitAsync(TimeSpan rest, TimeProvider clock, CancellationToken cancel) => _signal.WaitAsync(rest, clock, cancel);
}

/// <summary>
/// Numbers and links what was read, in one statement for all authorities. Several may run; PostgreSQL lets one at a time at an authority's
/// chain. Apart from the numbering of events, which nothing here holds up.
/// </summary>
public sealed partial class ReadChain(StorageDatabase database, ReadLog log, ReadChainSignal signal, TimeProvider clock, ILogger<ReadChain> logger) : BackgroundService
{
    private const string Link = "select cme.chain_reads($1)";
    private const int Limit = 1_000;

    // Another program may have queued something and died before it numbered it.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5), AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Numbers everything that waits.</summary>
    public async Task LinkAsync(CancellationToken cancel = default)
    {
        while ((await database.WriteAsync(Link, parameters => parameters.AddTyped(NpgsqlDbType.Integer, Limit), row => row.GetInt32(0), cancel))[0] > 0) { }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await log.AddWhatIsLateAsync(stoppingToken);
                await LinkAsync(stoppingToken);
                await signal.WaitAsync(Rest, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // What was read waits in its queue: the next round finds it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogStopped(logger, fault.GetType().Name);
                await Task.Delay(AfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(3041, LogLevel.Warning, "What was read is not being chained: {Cause}. It waits and is chained as soon as PostgreSQL answers")]
    private static partial void LogStopped(ILogger logger, string cause);
}
