using System.Collections.Concurrent;
using Cme.Web.Measures;
using Cme.Web.Security;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Cme.Web.Live;

/// <summary>
/// Sends to the groups of the live boards, with at most so many messages on the way to any one connection. SignalR's own manager lets them pile up
/// in memory for a reader who does not read (dotnet/aspnetcore#43093). Here what is beyond the limit is not sent, and once the reader has
/// read what was on the way it is told to begin anew.
/// </summary>
public sealed partial class SlowReaders(ILogger<DefaultHubLifetimeManager<LiveHub>> logger) : DefaultHubLifetimeManager<LiveHub>(logger)
{
    private readonly ConcurrentDictionary<string, LiveLine> _lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, LiveLine>> _groups = new(StringComparer.Ordinal);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _lines[connection.ConnectionId] = new(connection.ConnectionId, (message, cancel) => connection.WriteAsync(message, cancel));
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_lines.TryRemove(connection.ConnectionId, out var line))
        {
            foreach (var group in line.Groups.Keys) { Leave(line, group); }
        }
        return base.OnDisconnectedAsync(connection);
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_lines.TryGetValue(connectionId, out var line))
        {
            line.Groups[groupName] = true;
            _groups.GetOrAdd(groupName, _ => new(StringComparer.Ordinal))[connectionId] = line;
        }
        return base.AddToGroupAsync(connectionId, groupName, cancellationToken);
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_lines.TryGetValue(connectionId, out var line)) { Leave(line, groupName); }
        return base.RemoveFromGroupAsync(connectionId, groupName, cancellationToken);
    }

    /// <summary>Starts the send to each of the group; the message is written out once for all of them. A slow reader is not waited for.</summary>
    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        if (!_groups.TryGetValue(groupName, out var lines)) { return Task.CompletedTask; }
        var message = new SerializedHubMessage(new InvocationMessage(methodName, args));
        var board = groupName.Split('/') is [_, var name, ..] ? name : "";
        foreach (var line in lines.Values) { line.Send(message, board); }
        return Task.CompletedTask;
    }

    private void Leave(LiveLine line, string group)
    {
        line.Groups.TryRemove(group, out _);
        if (_groups.TryGetValue(group, out var lines)) { lines.TryRemove(line.Id, out _); }
    }
}

/// <summary>The line to one connection: a bounded number of messages on the way, and what to tell a reader who could not keep up.</summary>
internal sealed class LiveLine(string id, Func<SerializedHubMessage, CancellationToken, ValueTask> write)
{
    /// <summary>Six seconds' worth of pushes: a reader who is further behind reads the whole board sooner than the changes.</summary>
    public const int Most = 32;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _missed = new(StringComparer.Ordinal);
    private int _onTheWay;

    public string Id => id;

    public ConcurrentDictionary<string, bool> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Sends, or notes that the reader of this board is to begin anew.</summary>
    public void Send(SerializedHubMessage message, string board)
    {
        lock (_gate)
        {
            // Once something was left out, what comes after it would only build on a gap.
            if (_onTheWay >= Most || _missed.Contains(board))
            {
                if (_missed.Add(board) && Board.Parse(board) is { } behind) { WebMeasures.SlowReaders.Add(behind.Kind); }
                return;
            }
            Start(message);
        }
    }

    private void Start(SerializedHubMessage message)
    {
        var writing = write(message, CancellationToken.None);
        if (writing.IsCompletedSuccessfully) { return; }
        _onTheWay++;
        _ = Finish(writing.AsTask());
    }

    private async Task Finish(Task writing)
    {
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);   // The connection has broken, and its client will come again.
        lock (_gate)
        {
            if (--_onTheWay > 0) { return; }
            foreach (var board in _missed) { Start(new SerializedHubMessage(new InvocationMessage(nameof(ILiveClient.Resync), [new ResyncMessage(board, "slow")]))); }
            _missed.Clear();
        }
    }
}
