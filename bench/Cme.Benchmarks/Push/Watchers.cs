using System.Net.WebSockets;
using System.Text;
using Cme.Benchmarks.Harness;

namespace Cme.Benchmarks.Push;

/// <summary>Many connections to a hub, each of which notes when a change came.</summary>
internal sealed class Watchers : IAsyncDisposable
{
    private const int ConnectingAtOnce = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly byte[] Change = "\"target\":\"Changes\""u8.ToArray();
    private static readonly byte[] Ready = "\"target\":\"Snapshot\""u8.ToArray();

    private readonly ClientWebSocket[] _sockets;
    private readonly long[] _arrivals;
    private readonly CancellationTokenSource _ending = new();
    private Task[] _receiving = [];
    private Waiting _waiting = new(0);

    private Watchers(int count) => (_sockets, _arrivals) = (new ClientWebSocket[count], new long[count]);

    /// <summary>What the last change said: the arguments of the message.</summary>
    public string LastChange { get; private set; } = "";

    /// <summary>Opens connections and waits until each is served.</summary>
    /// <param name="key">The key that is sent along; null for none.</param>
    /// <param name="board">The board that is watched; null where a change comes to everybody.</param>
    public static async Task<Watchers> OpenAsync(int port, int count, string? key, string? board)
    {
        var watchers = new Watchers(count);
        var watching = new Waiting(board is null ? 0 : count);
        watchers._waiting = watching;
        await Callers.RunAsync(ConnectingAtOnce, count, async (_, number) =>
        {
            var socket = watchers._sockets[number] = new ClientWebSocket();
            if (key is not null) { socket.Options.SetRequestHeader("Authorization", $"Bearer {key}"); }
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), CancellationToken.None);
            await SendAsync(socket, """{"protocol":"json","version":1}""");
            await socket.ReceiveAsync(new byte[256], CancellationToken.None);
        });
        watchers._receiving = [.. Enumerable.Range(0, count).Select(watchers.ReceiveAsync)];
        if (board is not null)
        {
            foreach (var socket in watchers._sockets) { await SendAsync(socket, $$"""{"type":1,"target":"Watch","arguments":["{{board}}",null,null]}"""); }
        }
        await watching.All.WaitAsync(Patience, TimeProvider.System);
        return watchers;
    }

    /// <summary>Has something changed, and answers for each connection how long after the commit it came, in milliseconds.</summary>
    /// <param name="change">Makes the change, and answers the instant of its commit (UTC ticks).</param>
    /// <exception cref="BenchmarkBrokenException">A connection missed it.</exception>
    public async Task<double[]> ProbeAsync(Func<Task<long>> change)
    {
        var waiting = new Waiting(_sockets.Length);
        _waiting = waiting;
        var committed = await change();
        try
        {
            await waiting.All.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkBrokenException($"{waiting.Left} of {_sockets.Length} connections missed a change.");
        }
        return [.. _arrivals.Select(at => Math.Max(0, TimeSpan.FromTicks(at - committed).TotalMilliseconds))];
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Array.ForEach(_sockets, socket => socket.Dispose());
        _ending.Dispose();
    }

    private async Task ReceiveAsync(int number)
    {
        var buffer = new byte[64 * 1024];
        var held = 0;
        while (!_ending.IsCancellationRequested)
        {
            var got = await _sockets[number].ReceiveAsync(buffer.AsMemory(held), _ending.Token);
            held += got.Count;
            if (!got.EndOfMessage && held < buffer.Length) { continue; }
            var at = TimeProvider.System.GetUtcNow().UtcTicks;
            var message = buffer.AsSpan(0, held);
            held = 0;
            if (message.IndexOf(Change) >= 0)
            {
                _arrivals[number] = at;
                if (number == 0) { LastChange = Encoding.UTF8.GetString(message).TrimEnd('\u001e'); }
                _waiting.One();
            }
            else if (message.IndexOf(Ready) >= 0)
            {
                _waiting.One();
            }
        }
    }

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);

    private sealed class Waiting
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left;

        public Waiting(int count)
        {
            _left = count;
            if (count == 0) { _all.SetResult(); }
        }

        public Task All => _all.Task;

        public int Left => Volatile.Read(ref _left);

        public void One()
        {
            if (Interlocked.Decrement(ref _left) == 0) { _all.SetResult(); }
        }
    }
}
