using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.SignalR;

namespace Cme.Web.Live;

/// <summary>What the server calls on a client.</summary>
public interface ILiveClient
{
    Task Snapshot(SnapshotMessage snapshot);
    Task Changes(ChangesMessage changes);
    Task Heartbeat(HeartbeatMessage heartbeat);
    Task Resync(ResyncMessage resync);
    Task Denied(DeniedMessage denied);
    Task Stale(StaleMessage stale);
}

/// <summary>
/// The live boards. A client says which board it watches and how far it is; it gets what it lacks, then every change. Who may
/// watch what, <see cref="Scope"/> says.
/// </summary>
public sealed class LiveHub(BoardFeeds feeds, ReadAudit audit, LiveSockets sockets) : Hub<ILiveClient>
{
    /// <summary>More boards than a person can look at, fewer than would be a nuisance.</summary>
    private const int MostBoards = 8;

    /// <summary>Begins to watch a board.</summary>
    /// <param name="board"><c>desk</c>, <c>lead</c> or <c>school:URN</c>.</param>
    /// <param name="epoch">As last heard of this board; null the first time.</param>
    /// <param name="after">The number that the client is at; null the first time.</param>
    public async Task Watch(string board, string? epoch, long? after)
    {
        var viewer = Viewer.Of(Context.User!);
        if (Board.Parse(board) is not { } wanted || !Scope.MayWatch(viewer, wanted) || (Watched.Count >= MostBoards && !Watched.ContainsKey(board)))
        {
            await Clients.Caller.Denied(new(board ?? ""));
            return;
        }
        var audience = new Audience(viewer.Authority, wanted, viewer.Layers);
        if (!Watched.TryGetValue(board, out var feed))
        {
            feed = await feeds.EnterAsync(audience, Context.ConnectionAborted);
            if (feed is null)
            {
                await Clients.Caller.Denied(new(board));
                return;
            }
            // With the rows that it has now. What changes on it meanwhile was not opened anew.
            await audit.AddAsync(viewer, ReadKinds.Board, board, await feed.ReferencesAsync(Context.ConnectionAborted), Context.GetHttpContext());
            Watched[board] = feed;
        }
        await feed.WelcomeAsync(Context.ConnectionId, Clients.Caller, audience, epoch, after, Context.ConnectionAborted);
    }

    /// <summary>Ends watching a board.</summary>
    public async Task Unwatch(string board)
    {
        if (!Watched.Remove(board, out var feed)) { return; }
        await feed.LeaveAsync(Context.ConnectionId, new Audience(feed.Authority, feed.Board, Viewer.Of(Context.User!).Layers));
        feeds.Leave(feed);
    }

    public override Task OnConnectedAsync()
    {
        sockets.Opened(Context);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        sockets.Closed(Context);
        foreach (var feed in Watched.Values) { feeds.Leave(feed); }
        Watched.Clear();
        return base.OnDisconnectedAsync(exception);
    }

    private Dictionary<string, BoardFeed> Watched
    {
        get
        {
            if (Context.Items.TryGetValue(nameof(Watched), out var held)) { return (Dictionary<string, BoardFeed>)held!; }
            var watched = new Dictionary<string, BoardFeed>(StringComparer.Ordinal);
            Context.Items[nameof(Watched)] = watched;
            return watched;
        }
    }
}

/// <summary>Those who see the same of the same board: a push is written once for all of them.</summary>
/// <param name="Layers">The highest layer of a record that they read.</param>
public sealed record Audience(string Authority, Board Board, int Layers)
{
    /// <summary>The name of their group.</summary>
    public string Group => $"{Authority}/{Board.Name}/{Layers}";
}
