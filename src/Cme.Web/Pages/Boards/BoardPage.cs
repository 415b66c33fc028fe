using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Cme.Web.Security;

namespace Cme.Web.Pages.Boards;

/// <summary>A page that shows a board by the query in its address.</summary>
public abstract class BoardPage(BoardReader boards) : PageModel
{
    public BoardView View { get; private set; } = null!;

    protected BoardReader Boards { get; } = boards;

    /// <summary>Reads the board and shows it, under the shortest address that says the same.</summary>
    protected async Task<IActionResult> Show(Board board, BoardPlace? place = null, Func<BoardQuery, BoardQuery>? usual = null)
    {
        var query = BoardQuery.Read(Request.Query);
        if (BoardQuery.HasEmpty(Request.Query)) { return LocalRedirect(Request.Path + query.Address); }
        var acted = ActModel.TakeKept(this);
        if (acted is not null) { await Boards.UntilShownAsync(Viewer.Of(User), board, acted.Versions); }
        View = await Boards.Page(Viewer.Of(User), board, usual?.Invoke(query) ?? query, place) with { Acted = acted };
        return Page();
    }
}
