using System.Diagnostics;
using System.Net;

namespace Cme.TestSupport.Service;

/// <summary>A program of ours as a process of its own, which can be killed, paused and started again.</summary>
public sealed class ChildProgram(string assembly, string workingDirectory, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly HttpClient Anonymous = new() { Timeout = TimeSpan.FromSeconds(10) };

    private readonly List<string> _output = [];
    private Process? _process;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What it has written so far, for a failure's message.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output.TakeLast(60));
            }
        }
    }

    /// <summary>Starts it, and returns when the address answers 200.</summary>
    public async Task StartAsync(Uri ready)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = workingDirectory };
        foreach (var argument in arguments.Prepend(assembly)) { start.ArgumentList.Add(argument); }
        foreach (var (name, value) in environment) { start.Environment[name] = value; }
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync(_process, ready);
    }

    /// <summary>kill -9, as an out-of-memory killer or a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        await _process!.WaitForExitAsync();
    }

    /// <summary>Takes the processor away from it, as a host that is frozen would.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task WakeAsync() => SignalAsync("CONT");

    /// <summary>Waits until it has ended by itself.</summary>
    public Task EndedAsync(TimeSpan within) => _process!.WaitForExitAsync().WaitAsync(within);

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) { await KillAsync(); }
        _process?.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task UntilReadyAsync(Process process, Uri ready)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await tick.WaitForNextTickAsync(patience.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The program ended with {process.ExitCode} instead of becoming ready.\n{Output}");
            }
            try
            {
                using var answer = await Anonymous.GetAsync(ready, patience.Token);
                if (answer.StatusCode == HttpStatusCode.OK) { return; }
            }
            catch (Exception notYet) when (notYet is HttpRequestException || (notYet is TaskCanceledException && !patience.IsCancellationRequested))
            {
                // Not listening yet.
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.Add(line ?? "");
        }
    }
}
