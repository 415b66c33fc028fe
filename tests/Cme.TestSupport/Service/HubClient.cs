using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cme.TestSupport.Service;

/// <summary>A watcher of a live board: SignalR's JSON protocol over a plain WebSocket.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const char RecordSeparator = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonObject> _received = new();

    private HubClient()
    {
    }

    /// <param name="service">Where the service answers.</param>
    /// <param name="key">An API key.</param>
    public static Task<HubClient> ConnectAsync(Uri service, string key, CancellationToken cancel = default) =>
        ConnectAsync(service, $"/live?access_token={key}", null, cancel);

    /// <param name="service">Where the service answers.</param>
    /// <param name="session">The cookies of somebody signed in.</param>
    public static Task<HubClient> ConnectAsync(Uri service, CookieContainer session, CancellationToken cancel = default) =>
        ConnectAsync(service, "/live", session, cancel);

    private static async Task<HubClient> ConnectAsync(Uri service, string path, CookieContainer? session, CancellationToken cancel)
    {
        var client = new HubClient();
        // A container gives its cookies to http addresses only.
        if (session is not null) { client._socket.Options.SetRequestHeader("Cookie", session.GetCookieHeader(service)); }
        var address = new UriBuilder(new Uri(service, path)) { Scheme = service.Scheme == "https" ? "wss" : "ws" };
        await client._socket.ConnectAsync(address.Uri, cancel);
        await client.SendAsync(new JsonObject { ["protocol"] = "json", ["version"] = 1 }, cancel);
        await client.ReceiveAsync(cancel);                            // The answer to the handshake: {}.
        return client;
    }

    public Task WatchAsync(string board, string? epoch = null, long? after = null, CancellationToken cancel = default) => SendAsync(
        new JsonObject { ["type"] = 1, ["target"] = "Watch", ["arguments"] = new JsonArray(board, epoch, after) }, cancel);

    /// <summary>The argument of the next message of that name; others that come before it are passed over.</summary>
    public Task<JsonObject> NextAsync(string target, CancellationToken cancel = default) => NextOfAsync([target], cancel);

    /// <summary>The argument of the next message that has one of these names.</summary>
    public async Task<JsonObject> NextOfAsync(IReadOnlyCollection<string> targets, CancellationToken cancel = default)
    {
        while (true)
        {
            var message = await ReceiveAsync(cancel);
            if (targets.Contains((string?)message["target"]))
            {
                return message["arguments"]!.AsArray()[0]!.AsObject();
            }
        }
    }

    /// <summary>The next message with an argument, whatever its name.</summary>
    public async Task<(string Target, JsonObject Argument)> NextAsync(CancellationToken cancel = default)
    {
        while (true)
        {
            var message = await ReceiveAsync(cancel);
            if (message["target"] is { } target) { return ((string)target!, message["arguments"]!.AsArray()[0]!.AsObject()); }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(JsonObject message, CancellationToken cancel) => await _socket.SendAsync(
        Encoding.UTF8.GetBytes(message.ToJsonString() + RecordSeparator), WebSocketMessageType.Text, true, cancel);

    private async Task<JsonObject> ReceiveAsync(CancellationToken cancel)
    {
        while (_received.Count == 0)
        {
            // A WebSocket message holds whole records, one or several.
            var text = Encoding.UTF8.GetString(await ReceiveBytesAsync(cancel));
            foreach (var record in text.Split(RecordSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                _received.Enqueue(JsonNode.Parse(record)!.AsObject());
            }
        }
        return _received.Dequeue();
    }

    private async Task<byte[]> ReceiveBytesAsync(CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult read;
        do
        {
            read = await _socket.ReceiveAsync(buffer.AsMemory(), cancel);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException($"The service closed the connection: {_socket.CloseStatusDescription}");
            }
            whole.Write(buffer, 0, read.Count);
        }
        while (!read.EndOfMessage);
        return whole.ToArray();
    }
}
