using Cme.Web.Pages.Boards;
using Cme.Web.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Wall;

/// <summary>A page for a screen on a wall.</summary>
public abstract class WallPage(BoardReader boards) : PageModel
{
    public WallView View { get; private set; } = null!;

    protected async Task Show(Board board, string title)
    {
        var viewer = Viewer.Of(User);
        View = WallView.Of(
            board, title, await boards.All(viewer, board, BoardPlace.Of(board)), boards.SightOf(viewer, board), await boards.Registers(viewer, board));
    }
}
