using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Boards;
using Cme.Domain;
using Cme.Grains.Boards;
using Cme.Storage;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Cme.Storage.Referrals;
using Cme.Storage.Removals;
using Cme.Storage.Registers;
using Cme.Web.Api.Places;
using Cme.Web.Pages.Concerns;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Orleans;

namespace Cme.Web.Pages.Boards;

/// <summary>Reads a board for a viewer: the rows that the live feed carries, so that a page and its feed never disagree.</summary>
public sealed class BoardReader(
    IGrainFactory grains, IFeeds feeds, IEpisodes episodes, IReferrals referrals, ConcernReader concerns, IRemovals removals, IColleagues colleagues, PlaceDesk places, IHttpContextAccessor http,
    [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <summary>How often a board is asked whether it has taken in what its reader did, and how long it has each time: two seconds in all.</summary>
    private const int MostLooks = 20;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>More than one officer can have.</summary>
    private const int MostOfOne = 500;

    /// <summary>The business clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>One page of what is wanted of the board.</summary>
    public async Task<BoardView> Page(Viewer viewer, Board board, BoardQuery query, BoardPlace? place = null)
    {
        var at = place ?? BoardPlace.Of(board);
        return await Around(BoardView.Of(board, await All(viewer, board, at), query, at, SightOf(viewer, board)));
    }

    /// <summary>What changed on a page after a number; all of it if that is too long ago or of another epoch.</summary>
    /// <returns>The rows, the references that are to go, and whether these are all the rows that there are.</returns>
    public async Task<(BoardView View, IReadOnlyList<string> Removed, bool Whole)> Changed(
        Viewer viewer, Board board, BoardQuery query, BoardPlace place, string? epoch, long? after)
    {
        // An officer's own work is not all on the board, and a later page shifts as a whole.
        var changes = place == BoardPlace.Work || query.Page > 1 ? null : await Since(viewer, board, epoch, after);
        if (changes is null or { Snapshot: true })
        {
            return (await Page(viewer, board, query, place), [], true);
        }
        var (view, removed) = BoardView.OfChanges(board, changes, await All(viewer, board, place), query, place, SightOf(viewer, board));
        return (await Around(view), removed, false);
    }

    /// <summary>
    /// Waits until the board has taken in what its reader has just done: a page without scripts is not told of it afterwards. Not for ever, as
    /// a board that lags is better shown than not.
    /// </summary>
    /// <param name="versions">Of the episodes that were changed, by reference.</param>
    public async Task UntilShownAsync(Viewer viewer, Board board, IReadOnlyDictionary<string, long> versions)
    {
        var waited = versions.ToDictionary();
        var grain = grains.GetGrain<IBoardGrain>(KeyOf(viewer.Authority, board));
        var read = await grain.Since(null, null, TimeSpan.Zero);
        for (var looks = 0; looks < MostLooks; looks++)
        {
            var (rows, all) = (read.Rows.ToDictionary(row => row.Reference, row => row.Version), read.Snapshot);
            foreach (var (reference, version) in versions)
            {
                if (rows.TryGetValue(reference, out var shown) ? shown >= version : all || read.Removed.Contains(reference)) { waited.Remove(reference); }
            }
            if (waited.Count == 0) { return; }
            read = await grain.Since(read.Epoch, read.To, Look);
        }
    }

    /// <summary>Everything on the board, as the viewer may see it.</summary>
    public async Task<BoardChanges> All(Viewer viewer, Board board, BoardPlace place)
    {
        var all = await Since(viewer, board, null, null);
        return place == BoardPlace.Work ? all with { Rows = [.. all.Rows, .. await Elsewhere(viewer, all.Rows)] } : all;
    }

    public BoardSight SightOf(Viewer viewer, Board board) => new(board.Kind, viewer, Now);

    /// <summary>What the viewer has taken on and the board does not list.</summary>
    private async Task<IEnumerable<BoardRow>> Elsewhere(Viewer viewer, ImmutableArray<BoardRow> listed)
    {
        var here = listed.Select(row => row.Reference).ToHashSet(StringComparer.Ordinal);
        var page = await episodes.ListAsync(
            new() { Scope = new(viewer.Authority, viewer.School), ClaimedBy = viewer.Name }, MostOfOne, null);
        var sight = SightOf(viewer, Board.Desk);
        return page.Rows.Where(row => !here.Contains(row.Reference)).Select(BoardRows.Of).Select(row => Masked(row, viewer)).Where(sight.IsViewers);
    }

    private async Task<BoardView> Around(BoardView view) => view with
    {
        Registers = await Registers(view.Sight.Viewer, view.Board),
        Referrals = view.Board.Kind == BoardKind.Desk ? await Counted(referrals.WaitingAsync(view.Sight.Viewer.Authority)) : null,
        Removed = view.Board.Kind is BoardKind.Desk or BoardKind.School
            ? await Counted(removals.AllTheSameAsync(view.Sight.Viewer.Authority, view.Board.Urn)) : null,
        Concerns = view.Board.Kind == BoardKind.School ? null : await concerns.SummaryAsync(view.Sight.Viewer, CancellationToken.None),
        Asked = view.Board.Kind == BoardKind.Lead ? null : await Known(places.CountAsync(view.Sight.Viewer, view.Board.Urn, CancellationToken.None)),
        Colleagues = view.MayAct ? await colleagues.OfAsync(view.Sight.Viewer) : [],
    };

    /// <summary>What the board says of the registers.</summary>
    public async Task<RegistersView?> Registers(Viewer viewer, Board board)
    {
        try
        {
            return board.Kind switch
            {
                BoardKind.Desk => WithReturns(board.Kind, await feeds.OfAuthorityAsync(viewer.Authority, Now), []),
                BoardKind.School => WithReturns(
                    board.Kind, await feeds.OfSchoolAsync(viewer.Authority, board.Urn!, Now) is { } school ? [school] : [],
                    await CommissionedAsync(viewer.Authority, board.Urn!)),
                _ => null,
            };
        }
        catch (StorageUnavailableException)
        {
            return null;                                             // The rows come from memory: a board must not need the database to show them.
        }
    }

    private RegistersView? WithReturns(BoardKind board, ImmutableArray<SchoolFeed> own, ImmutableArray<SchoolFeed> commissioned) =>
        RegistersView.Of(board, own, Now) is { } view ? view with { LateReturns = LateReturn.Of([.. own, .. commissioned]) } : null;

    /// <summary>That a return did not come is no news of any child, and whoever placed pupils is told it (ADR 0303).</summary>
    private async Task<ImmutableArray<SchoolFeed>> CommissionedAsync(string authority, string urn)
    {
        using (Reader.AsTheProduct()) { return await feeds.OfCommissionedAsync(authority, urn, Now); }
    }

    private static async Task<AskedCounts?> Known(Task<AskedCounts> counts)
    {
        try { return await counts; }
        catch (StorageUnavailableException) { return null; }
    }

    /// <summary>What is counted beside the rows; null while the database is away.</summary>
    private static async Task<int?> Counted(Task<int> count)
    {
        try { return await count; }
        catch (StorageUnavailableException) { return null; }
    }

    private async Task<BoardChanges> Since(Viewer viewer, Board board, string? epoch, long? after)
    {
        var changes = await grains.GetGrain<IBoardGrain>(KeyOf(viewer.Authority, board)).Since(epoch, after, TimeSpan.Zero);
        if (http.HttpContext is { } context)
        {
            // What changes on a board that somebody has open was not opened anew (ADR 0211).
            var note = ReadNote.Of(context);
            (note.Subject, note.Counts) = (board.Name, changes.Snapshot);
            note.Rows(changes.Rows.Select(row => row.Reference).Order(StringComparer.Ordinal));
        }
        return changes with { Rows = [.. changes.Rows.Select(row => Masked(row, viewer))] };
    }

    private static BoardRow Masked(BoardRow row, Viewer viewer) => row with { Flags = Access.OfList(viewer).Flags(row.Flags) };

    private static string KeyOf(string authority, Board board) => board.Kind switch
    {
        BoardKind.Desk => Keys.Desk(authority),
        BoardKind.Lead => Keys.Lead(authority),
        _ => Keys.SchoolBoard(authority, board.Urn!),
    };
}
