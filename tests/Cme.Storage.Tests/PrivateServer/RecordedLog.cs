using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Cme.Storage.Tests.PrivateServer;

/// <summary>A log that a test can wait on.</summary>
internal sealed class RecordedLog : ILogger
{
    private readonly ConcurrentQueue<(int Event, LogLevel Level, string Message)> _entries = [];
    private readonly Channel<int> _written = Channel.CreateUnbounded<int>();

    public string Text => string.Join('\n', _entries.Select(entry => $"{entry.Level} {entry.Message}"));

    /// <summary>Waits until the event has been logged so many times with these words in it, for a minute at most.</summary>
    public async Task WaitForAsync(int eventId, int times, string words = "")
    {
        using var aMinute = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (_entries.Count(entry => entry.Event == eventId && entry.Message.Contains(words, StringComparison.Ordinal)) < times)
        {
            await _written.Reader.ReadAsync(aMinute.Token);
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _entries.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
        _written.Writer.TryWrite(eventId.Id);
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
}
