using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Cme.Storage.PrivateServer;

/// <summary>One run of the server, from its launch to its end.</summary>
internal sealed partial class ServerProcess
{
    private const int LinesKept = 12;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastWordsWithin = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = [];
    private readonly ILogger _logger;

    private ServerProcess(Process process, ILogger logger)
    {
        (_process, _logger) = (process, logger);
        Id = process.Id;
        process.StandardInput.Close();
        Ended = EndAsync(Task.WhenAll(ListenAsync(process.StandardOutput), ListenAsync(process.StandardError)));
    }

    /// <summary>The postmaster's process id: every program before it in the chain replaced itself by the next.</summary>
    public int Id { get; }

    /// <summary>Completes with the exit code when the server has ended, for whatever reason.</summary>
    public Task<int> Ended { get; }

    /// <summary>The last lines the server wrote: its own words for why it ended.</summary>
    public string LastWords
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join(" | ", _lastLines);
            }
        }
    }

    /// <summary>Whether it would not start because sessions of a killed server have not noticed yet that they are alone; they soon do.</summary>
    public bool FoundOldSessions => LastWords.Contains("pre-existing shared memory block", StringComparison.Ordinal);

    public static async Task<ServerProcess> LaunchAsync(ProcessStartInfo how, ILogger logger) => new(await ServerCommand.StartAsync(how), logger);

    /// <summary>Waits until the server accepts connections.</summary>
    /// <exception cref="PrivateServerException">It ended, or was not ready in time.</exception>
    public async Task ReadyAsync(string cluster, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (!OldPostmaster.IsReady(cluster, Id))
        {
            if (Ended.IsCompleted)
            {
                throw new PrivateServerException($"PostgreSQL ended while it started (exit code {await Ended}). It said: {LastWords}");
            }
            if (clock.GetElapsedTime(since) > patience)
            {
                throw new PrivateServerException($"PostgreSQL was not ready after {patience.TotalSeconds:0} s. It said: {LastWords}");
            }
            await Task.Delay(LookEvery, clock, cancellation);
        }
    }

    /// <summary>Fast shutdown; past <paramref name="patience"/> an immediate one, and half as long again later an end by force. Never throws.</summary>
    public async Task StopAsync(TimeSpan patience, TimeProvider clock)
    {
        if (Ended.IsCompleted)
        {
            return;
        }
        Signals.Send(Id, Signals.Interrupt);
        if (await EndedWithinAsync(patience, clock))
        {
            return;
        }
        LogSlowToStop(_logger, Id, patience.TotalSeconds);
        Signals.Send(Id, Signals.Quit);
        if (!await EndedWithinAsync(patience / 2, clock))
        {
            _process.Kill();
            await Ended;
        }
    }

    private async Task<bool> EndedWithinAsync(TimeSpan patience, TimeProvider clock)
    {
        await ((Task)Ended).WaitAsync(patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Ended.IsCompleted;
    }

    // Sessions that outlive a killed postmaster hold its output open: its last words are awaited, theirs are not.
    private async Task<int> EndAsync(Task allSaid)
    {
        await _process.WaitForExitAsync();
        await allSaid.WaitAsync(LastWordsWithin, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.ExitCode;
    }

    // Read here rather than by Process, whose own reader would hold up WaitForExitAsync until every session has ended.
    private async Task ListenAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_lastLines)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > LinesKept)
                {
                    _lastLines.Dequeue();
                }
            }
            LogSaid(_logger, line);
        }
    }

    [LoggerMessage(3011, LogLevel.Debug, "PostgreSQL: {Line}")]
    private static partial void LogSaid(ILogger logger, string line);

    [LoggerMessage(3012, LogLevel.Warning, "PostgreSQL (process {Pid}) has not stopped after {Seconds} s: stopping it at once, it will recover at its next start")]
    private static partial void LogSlowToStop(ILogger logger, int pid, double seconds);
}
