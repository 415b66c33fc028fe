using Cme.Contracts;
using Cme.Contracts.Boards;
using Cme.Domain;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Hosting;
using Cme.Web.Security;
using Microsoft.AspNetCore.SignalR;
using Orleans;

namespace Cme.Web.Live;

/// <summary>What a feed works with.</summary>
internal sealed record FeedSurroundings(
    IGrainFactory Grains, IHubContext<LiveHub, ILiveClient> Hub, SchoolDaysMissing Days, DatabaseWatch Database, TimeProvider Clock,
    TimeProvider Business, ILogger Logger)
{
    public IBoardGrain Grain(string authority, Board board) => Grains.GetGrain<IBoardGrain>(board.Kind switch
    {
        BoardKind.Desk => Keys.Desk(authority),
        BoardKind.Lead => Keys.Lead(authority),
        _ => Keys.SchoolBoard(authority, board.Urn!),
    });
}

/// <summary>The boards that somebody on this node watches: one feed each, begun with the first watcher and ended after the last.</summary>
public sealed class BoardFeeds : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Authority, Board Board), (BoardFeed Feed, int Watchers)> _feeds = [];
    private readonly FeedSurroundings _around;
    private readonly ISchools _schools;

    public BoardFeeds(
        IGrainFactory grains, IHubContext<LiveHub, ILiveClient> hub, SchoolDaysMissing days, DatabaseWatch database, ISchools schools,
        [FromKeyedServices(Clock.System)] TimeProvider clock, [FromKeyedServices(Clock.Business)] TimeProvider business, ILogger<BoardFeeds> logger)
    {
        _schools = schools;
        _around = new(grains, hub, days, database, clock, business, logger);
    }

    /// <summary>The feed of a board, counted as watched once more; null if the authority has no such school.</summary>
    public async Task<BoardFeed?> EnterAsync(Audience audience, CancellationToken cancel)
    {
        if (audience.Board.Urn is { } urn && await _schools.GetAsync(audience.Authority, urn, cancel) is null) { return null; }
        lock (_gate)
        {
            var key = (audience.Authority, audience.Board);
            var (feed, watchers) = _feeds.TryGetValue(key, out var running) ? running : (new BoardFeed(audience.Authority, audience.Board, _around), 0);
            _feeds[key] = (feed, watchers + 1);
            return feed;
        }
    }

    /// <summary>Counts one watcher less. A feed that nobody watches ends.</summary>
    public void Leave(BoardFeed feed)
    {
        lock (_gate)
        {
            var key = (feed.Authority, feed.Board);
            var watchers = _feeds[key].Watchers - 1;
            if (watchers > 0)
            {
                _feeds[key] = (feed, watchers);
                return;
            }
            _feeds.Remove(key);
        }
        _ = feed.DisposeAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        BoardFeed[] running;
        lock (_gate)
        {
            running = [.. _feeds.Values.Select(one => one.Feed)];
            _feeds.Clear();
        }
        foreach (var feed in running) { await feed.DisposeAsync(); }
    }
}
