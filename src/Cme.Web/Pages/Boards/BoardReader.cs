using Cme.Contracts;
using Cme.Contracts.Boards;
using Cme.Domain;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Pages.Boards;

/// <summary>Reads a board for a viewer: the rows that the live feed carries, so that a page and its feed never disagree.</summary>
public sealed class BoardReader(IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <summary>The business clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>One page of the board.</summary>
    /// <param name="page">From 1.</param>
    public async Task<BoardView> Page(Viewer viewer, Board board, int page) =>
        BoardView.Of(board, await Since(viewer, board, null, null), page, Now);

    /// <summary>What changed after a number, or everything if that is too long ago or of another epoch.</summary>
    public async Task<BoardChanges> Since(Viewer viewer, Board board, string? epoch, long? after)
    {
        var changes = await grains.GetGrain<IBoardGrain>(KeyOf(viewer.Authority, board)).Since(epoch, after, TimeSpan.Zero);
        return changes with { Rows = [.. changes.Rows.Select(row => row with { Flags = Masks.Flags(row.Flags, viewer.Layers) })] };
    }

    private static string KeyOf(string authority, Board board) => board.Kind switch
    {
        BoardKind.Desk => Keys.Desk(authority),
        BoardKind.Lead => Keys.Lead(authority),
        _ => Keys.SchoolBoard(authority, board.Urn!),
    };
}
