using Cme.Contracts;
using Cme.Contracts.Boards;
using Cme.Domain;
using Cme.Storage;
using Cme.Storage.Registers;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Pages.Boards;

/// <summary>Reads a board for a viewer: the rows that the live feed carries, so that a page and its feed never disagree.</summary>
public sealed class BoardReader(IGrainFactory grains, IFeeds feeds, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <summary>The business clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>One page of the board.</summary>
    /// <param name="page">From 1.</param>
    public async Task<BoardView> Page(Viewer viewer, Board board, int page) =>
        BoardView.Of(board, await Since(viewer, board, null, null), page, Now) with { Registers = await Registers(viewer, board) };

    /// <summary>What the board says of the registers.</summary>
    public async Task<RegistersView?> Registers(Viewer viewer, Board board)
    {
        try
        {
            return board.Kind switch
            {
                BoardKind.Desk => RegistersView.Of(board.Kind, await feeds.OfAuthorityAsync(viewer.Authority, Now), Now),
                BoardKind.School => RegistersView.Of(board.Kind, await feeds.OfSchoolAsync(viewer.Authority, board.Urn!, Now) is { } school ? [school] : [], Now),
                _ => null,
            };
        }
        catch (StorageUnavailableException)
        {
            return null;                                             // The rows come from memory: a board must not need the database to show them.
        }
    }

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
