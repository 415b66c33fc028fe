using System.Collections.Immutable;
using Cme.Storage.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Sequencer;

/// <summary>
/// Numbers what was committed, for each authority, and announces it. At once when idle, in batches under load. Several may run,
/// in one process or many: PostgreSQL lets one at a time at an authority's numbers.
/// </summary>
public sealed partial class SequencerService(
    StorageDatabase database, SequencerSignal signal, IPublishedListener listener, SequencerOptions options, TimeProvider clock,
    ILogger<SequencerService> logger) : BackgroundService
{
    private const string Waiting = "select * from cme.waiting_authorities()";
    private const int AuthoritiesATransaction = 25;

    private static readonly string Publish = Sql.Beside<SequencerService>("Publish.sql");

    private readonly Announcer _announcer = new(listener, logger);
    private readonly Lock _gate = new();
    private List<TaskCompletionSource> _awaitQuiet = [];
    private bool _away;

    /// <summary>Completes when everything that was committed before the call is numbered, and announced.</summary>
    /// <remarks>While PostgreSQL is away it waits.</remarks>
    public async Task WhenQuietAsync(CancellationToken cancel = default)
    {
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _awaitQuiet.Add(quiet);
        }
        signal.Poke();
        await quiet.Task.WaitAsync(cancel);
        await _announcer.WhenIdleAsync().WaitAsync(cancel);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RoundAsync(stoppingToken))
                {
                    await Task.Delay(options.Spacing, clock, stoppingToken);
                }
                await signal.WaitAsync(options.Rest, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    // One look at who has something to number. True: there was something, so look again soon.
    private async Task<bool> RoundAsync(CancellationToken cancel)
    {
        var awaiting = TakeAwaiting();
        try
        {
            var authorities = await database.ReadAsync(Waiting, _ => { }, row => row.GetString(0), cancel);
            foreach (var some in authorities.Chunk(AuthoritiesATransaction))
            {
                await PublishAsync(some, cancel);
            }
            NoteReached();
            if (authorities.IsEmpty)
            {
                awaiting.ForEach(one => one.SetResult());
                awaiting = [];
            }
            return !authorities.IsEmpty;
        }
#pragma warning disable CA1031 // Whatever it was, what is committed waits in its queue: the next round finds it.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            NoteLost(fault);
            return false;
        }
        finally
        {
            PutBack(awaiting);
        }
    }

    private async Task PublishAsync(string[] authorities, CancellationToken cancel)
    {
        var published = await database.WriteAsync(
            Publish,
            parameters => parameters.AddTexts(authorities).AddTyped(NpgsqlDbType.Integer, options.Limit),
            PublishedOf,
            cancel);
        foreach (var one in published)
        {
            _announcer.Add(one, cancel);
        }
    }

    private static Published PublishedOf(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetGuid(1).ToString("n"), row.GetInt64(2), row.Texts("urns"), row.GetBoolean(4), row.GetBoolean(5));

    private List<TaskCompletionSource> TakeAwaiting()
    {
        lock (_gate)
        {
            var taken = _awaitQuiet;
            _awaitQuiet = [];
            return taken;
        }
    }

    private void PutBack(List<TaskCompletionSource> awaiting)
    {
        lock (_gate)
        {
            _awaitQuiet.AddRange(awaiting);
        }
    }

    private void NoteLost(Exception fault)
    {
        // Once, not five times a second while PostgreSQL is away.
        if (!_away)
        {
            LogStopped(logger, fault);
        }
        _away = true;
    }

    private void NoteReached()
    {
        if (_away)
        {
            LogResumed(logger);
        }
        _away = false;
    }

    [LoggerMessage(3022, LogLevel.Error, "Numbering has stopped; what is committed waits and is numbered as soon as PostgreSQL answers")]
    private static partial void LogStopped(ILogger logger, Exception fault);

    [LoggerMessage(3023, LogLevel.Information, "Numbering goes on")]
    private static partial void LogResumed(ILogger logger);
}
