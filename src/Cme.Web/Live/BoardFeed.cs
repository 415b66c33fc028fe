using System.Collections.Immutable;
using Cme.Contracts.Boards;
using Cme.Storage.Connections;
using Cme.Web.Api.Episodes;
using Cme.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace Cme.Web.Live;

/// <summary>
/// Follows one board for everybody on this node who watches it: asks the board what is new, keeps a copy, and pushes to each
/// audience once. The first change goes out at once, what follows at most five times a second.
/// </summary>
/// <remarks>
/// Sends are started in order and under one lock, and a connection writes in the order in which sends were started, so every
/// client sees numbers that build on each other. They are not waited for: a reader who does not read must not hold up the
/// others. What is on the way to one is bounded (<see cref="SlowReaders"/>), and the transport cuts it off after ten seconds.
/// </remarks>
public sealed partial class BoardFeed : IAsyncDisposable
{
    /// <summary>How long the board may wait before it answers that nothing is new: also how soon a silent failure is noticed.</summary>
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(4);

    /// <summary>How much longer than the long poll an answer may take: the silo that was asked may have died.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenPushes = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenHeartbeats = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceForFirst = TimeSpan.FromSeconds(3);

    private readonly FeedSurroundings _around;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly BoardPicture _picture = new();
    private readonly HashSet<int> _audiences = [];                   // By the layers that they read.
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _firstPicture = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _following, _beating;
    private bool _stale;

    /// <summary>
    /// The number at which every watcher is. The board's own number also grows by what happens elsewhere in the authority, and
    /// nobody is told of that: a change must build on what its readers have heard.
    /// </summary>
    private long _announced;

    internal BoardFeed(string authority, Board board, FeedSurroundings around)
    {
        (Authority, Board, _around) = (authority, board, around);
        // It works for all who watch, and must not go on reading as the first of them.
        using var everybody = Reader.AsTheProduct();
        _following = Task.Run(() => FollowAsync(_ending.Token));
        _beating = Task.Run(() => BeatAsync(_ending.Token));
    }

    public string Authority { get; }
    public Board Board { get; }

    /// <summary>Sends what the client lacks, and from then on every change.</summary>
    internal async Task WelcomeAsync(
        string connection, ILiveClient client, Audience audience, string? epoch, long? after, CancellationToken cancel)
    {
        // While the board cannot be reached there is nothing to show, and the client must know that this is why.
        await Task.WhenAny(_firstPicture.Task, Task.Delay(PatienceForFirst, _around.Clock, cancel));
        if (!_firstPicture.Task.IsCompleted) { await client.Stale(new(Board.Name, "unreachable")); }
        await _firstPicture.Task.WaitAsync(cancel);

        var missed = epoch == _picture.Epoch && after is { } from && from < _picture.KnownSince
            ? await _around.Grain(Authority, Board).Since(epoch, after, TimeSpan.Zero)
            : null;
        Task sent;
        await _turn.WaitAsync(cancel);
        try
        {
            sent = epoch == _picture.Epoch && after is { } number && number <= _announced && (number >= _picture.KnownSince || missed is { Snapshot: false })
                ? client.Changes(await ChangesAsync(number, _announced, audience.Layers, missed))
                : client.Snapshot(await SnapshotAsync(audience.Layers));
            if (_stale) { sent = Task.WhenAll(sent, client.Stale(new(Board.Name, "unreachable"))); }
            await _around.Hub.Groups.AddToGroupAsync(connection, audience.Group, cancel);
            _audiences.Add(audience.Layers);
        }
        finally
        {
            _turn.Release();
        }
        await sent;
    }

    /// <summary>The episodes on the board, as soon as it is known; none while it cannot be reached.</summary>
    internal async Task<string[]> ReferencesAsync(CancellationToken cancel)
    {
        await Task.WhenAny(_firstPicture.Task, Task.Delay(PatienceForFirst, _around.Clock, cancel));
        await _turn.WaitAsync(cancel);
        try
        {
            return [.. _picture.Rows.Select(row => row.Reference).Order(StringComparer.Ordinal)];
        }
        finally
        {
            _turn.Release();
        }
    }

    internal Task LeaveAsync(string connection, Audience audience) => _around.Hub.Groups.RemoveFromGroupAsync(connection, audience.Group);

    private async Task FollowAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var known = _firstPicture.Task.IsCompleted;
                var changes = await _around.Grain(Authority, Board).Since(known ? _picture.Epoch : null, known ? _picture.Number : null, LongPoll)
                    .WaitAsync(LongPoll + Grace, _around.Clock, ending);
                if (await TakeAsync(changes, ending)) { await Task.Delay(BetweenPushes, _around.Clock, ending); }
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                await GoStaleAsync(failure.GetType().Name, ending);
                await Task.Delay(AfterFailure, _around.Clock, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> TakeAsync(BoardChanges changes, CancellationToken ending)
    {
        await _turn.WaitAsync(ending);
        try
        {
            var first = !_firstPicture.Task.IsCompleted;
            var epoch = _picture.Epoch;
            var news = _picture.Take(changes);
            if (_stale && _around.Database.IsUp)
            {
                _stale = false;
                Broadcast(client => client.Heartbeat(Beat()));
            }
            if (first)
            {
                _announced = _picture.Number;
                _firstPicture.TrySetResult();
            }
            else if (changes.Snapshot)
            {
                _announced = _picture.Number;
                Broadcast(client => client.Resync(new(Board.Name, epoch == changes.Epoch ? "gap" : "new-epoch")));
            }
            else if (news)
            {
                foreach (var layers in _audiences)
                {
                    var message = await ChangesAsync(_announced, _picture.Number, layers, null);
                    Watch(Group(layers).Changes(message));
                }
                _announced = _picture.Number;
            }
            return news;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task BeatAsync(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _around.Clock);
        var last = _around.Clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(ending).AsTask().ConfigureAwait(false))
        {
            if (!_around.Database.IsUp) { await GoStaleAsync("the database is away", ending); }
            if (_stale || _around.Clock.GetElapsedTime(last) < BetweenHeartbeats || !_firstPicture.Task.IsCompleted) { continue; }
            last = _around.Clock.GetTimestamp();
            await _turn.WaitAsync(ending);
            Broadcast(client => client.Heartbeat(Beat()));
            _turn.Release();
        }
    }

    /// <summary>Says once that what is shown may be old. Heartbeats cease until the board is reached again.</summary>
    private async Task GoStaleAsync(string cause, CancellationToken ending)
    {
        if (_stale) { return; }
        LogStale(_around.Logger, Authority, Board.Name, cause);
        await _turn.WaitAsync(ending);
        try
        {
            _stale = true;
            Broadcast(client => client.Stale(new(Board.Name, "unreachable")));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Starts the same send to every audience; each is written once, however many it has.</summary>
    private void Broadcast(Func<ILiveClient, Task> send)
    {
        foreach (var layers in _audiences) { Watch(send(Group(layers))); }
    }

    private ILiveClient Group(int layers) => _around.Hub.Clients.Group(new Audience(Authority, Board, layers).Group);

    private void Watch(Task sending) => _ = sending.ContinueWith(
        static (task, log) => LogNotSent((ILogger)log!, task.Exception!), _around.Logger, CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private HeartbeatMessage Beat() => new(Board.Name, _announced, _around.Business.GetUtcNow());

    private async ValueTask<SnapshotMessage> SnapshotAsync(int layers) =>
        new(Board.Name, _picture.Epoch, _announced, await DocumentsAsync(_picture.Rows, layers), Counts(), Concerns());

    private async ValueTask<ChangesMessage> ChangesAsync(long from, long to, int layers, BoardChanges? missed) => new(
        Board.Name, _picture.Epoch, from, to, await DocumentsAsync(_picture.ChangedAfter(from), layers),
        [.. _picture.RemovedAfter(from).Union(missed?.Removed ?? []).Where(reference => !_picture.Has(reference))], Counts(), Concerns());

    private async ValueTask<ImmutableArray<EpisodeDocument>> DocumentsAsync(IEnumerable<BoardRow> rows, int layers)
    {
        var documents = ImmutableArray.CreateBuilder<EpisodeDocument>();
        foreach (var row in rows)
        {
            var days = await _around.Days.CountAsync(Authority, row.Urn, row.FirstDayMissing, row.ClosedAt, CancellationToken.None);
            documents.Add(row.ToDocument(days, layers, _around.Business.GetUtcNow()));
        }
        return documents.DrainToImmutable();
    }

    private ConcernsDocument? Concerns() => Board.Kind == BoardKind.Desk ? new(_picture.Concerns.Open, _picture.Concerns.Unscreened) : null;

    private ImmutableArray<CountDocument>? Counts() => Board.Kind == BoardKind.Desk
        ? [.. _picture.Counts.Select(count => new CountDocument(count.Urn, count.Name, count.Open, count.Overdue))] : null;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_following, _beating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        _turn.Dispose();
    }

    [LoggerMessage(1101, LogLevel.Warning, "Board {Board} of authority {Authority} cannot be followed: {Cause}. Its watchers are told that it is stale.")]
    private static partial void LogStale(ILogger logger, string authority, string board, string cause);

    [LoggerMessage(1102, LogLevel.Information, "A push to some watchers failed; they will ask again.")]
    private static partial void LogNotSent(ILogger logger, Exception failure);
}
