using System.Collections.Immutable;
using Cme.Contracts.Boards;
using Cme.Domain;
using Cme.Storage.Boards;
using Cme.Storage.Episodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Cme.Grains.Boards;

/// <summary>
/// Holds a board's rows under the sequencer's numbers, so that any number of web nodes can ask what is new without reading the
/// database. What it holds is a copy: it reads by number, so a lost call to <see cref="Advance"/> is made good by the next. A board that
/// nobody asks for reads nothing: whoever asks next finds it behind, and waits for one reading.
/// </summary>
internal sealed class BoardGrain(IBoards boards, [FromKeyedServices(Clock.System)] TimeProvider clock) : Grain, IBoardGrain
{
    /// <summary>How many references that left the board are remembered; who is further behind gets a snapshot.</summary>
    private const int RemovalsKept = 2_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>A board is watched for so long after it was asked for: whoever follows it asks again sooner.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, BoardRow> _rows = [];
    private readonly Queue<(long Number, string Reference)> _removals = new();
    private BoardScope _board;
    private string _epoch = "";
    private long _number;
    private long _oldest;
    private ImmutableArray<SchoolCount> _counts = [];
    private ConcernCount _concerns = new();
    private TaskCompletionSource _news = new();
    private long? _askedAt;
    private bool _behind = true;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _board = BoardKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<BoardChanges> Since(string? epoch, long? after, TimeSpan wait)
    {
        _askedAt = clock.GetTimestamp();
        if (_behind)
        {
            await BeCurrent();
        }
        if (epoch == _epoch && after == _number && wait > TimeSpan.Zero)
        {
            await WaitForNews(wait < LongestWait ? wait : LongestWait);
        }
        return epoch != _epoch || after is not { } from || from < _oldest || from > _number ? Snapshot() : ChangesAfter(from);
    }

    public async Task Advance(string epoch, long number)
    {
        if (_askedAt is not { } asked || clock.GetElapsedTime(asked) > Watched)
        {
            _behind = true;
        }
        else if (epoch != _epoch)
        {
            await Load();
        }
        else if (number > _number)
        {
            await CatchUp();
        }
    }

    public async Task Recount()
    {
        if (_askedAt is { } asked && clock.GetElapsedTime(asked) <= Watched)
        {
            await CountConcerns();
        }
        else
        {
            _behind = true;
        }
    }

    private async Task BeCurrent()
    {
        _behind = false;
        try
        {
            await (_epoch.Length == 0 ? Load() : CatchUp());
            await CountConcerns();
        }
        catch
        {
            _behind = true;
            throw;
        }
    }

    private async Task WaitForNews(TimeSpan wait)
    {
        var news = _news.Task;
        try
        {
            await news.WaitAsync(wait, clock);
        }
        catch (TimeoutException)
        {
            await CatchUp();                                         // In case the call that should have woken us was lost.
            await CountConcerns();
        }
    }

    private async Task CatchUp()
    {
        var read = await boards.ChangesAsync(_board, _number);
        if (read.Epoch != _epoch)
        {
            await Load();
            return;
        }
        if (read.To <= _number)
        {
            return;                                                  // Somebody else caught up while we were reading.
        }
        var counts = await Count();
        // Calls interleave wherever one waits, so that nothing is taken in before all is read: an older reading must not put
        // back a row that a newer one has taken off.
        if (read.Epoch != _epoch || read.To <= _number)
        {
            return;
        }
        foreach (var row in read.Rows)
        {
            _rows[row.Reference] = BoardRows.Of(row);
        }
        foreach (var reference in read.Removed.Where(reference => _rows.Remove(reference)))
        {
            _removals.Enqueue((read.To, reference));
        }
        while (_removals.Count > RemovalsKept)
        {
            _oldest = _removals.Dequeue().Number;
        }
        Announce(read.To, counts);
    }

    private async Task Load()
    {
        var read = await boards.SnapshotAsync(_board);
        var counts = await Count();
        if (read.Epoch == _epoch && read.To < _number)
        {
            return;
        }
        _rows.Clear();
        foreach (var row in read.Rows)
        {
            _rows[row.Reference] = BoardRows.Of(row);
        }
        _removals.Clear();
        (_epoch, _oldest) = (read.Epoch, read.To);
        Announce(read.To, counts);
    }

    private async Task<ImmutableArray<SchoolCount>> Count() => _board.Kind == BoardKind.Desk
        ? [.. (await boards.CountsAsync(_board.Authority)).Select(BoardRows.Of)]
        : [];

    /// <summary>What the public reports has no number of the sequencer: whoever waits hears of it by its count.</summary>
    private async Task CountConcerns()
    {
        if (_board.Kind != BoardKind.Desk)
        {
            return;
        }
        var counted = BoardRows.Of(await boards.ConcernsAsync(_board.Authority));
        if (counted != _concerns)
        {
            _concerns = counted;
            Tell();
        }
    }

    private void Announce(long number, ImmutableArray<SchoolCount> counts)
    {
        (_number, _counts) = (number, counts);
        Tell();
    }

    private void Tell() => Interlocked.Exchange(ref _news, new TaskCompletionSource()).SetResult();

    private BoardChanges Snapshot() => new()
    {
        Epoch = _epoch,
        Snapshot = true,
        To = _number,
        Rows = [.. _rows.Values],
        Counts = _counts,
        Concerns = _concerns,
    };

    private BoardChanges ChangesAfter(long from) => new()
    {
        Epoch = _epoch,
        From = from,
        To = _number,
        Rows = [.. _rows.Values.Where(row => row.Number > from)],
        Removed = [.. _removals.Where(left => left.Number > from && !_rows.ContainsKey(left.Reference)).Select(left => left.Reference)],
        Counts = _counts,
        Concerns = _concerns,
    };
}
