using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Boards;

/// <summary>
/// The rows of a board that changed after a number, as HTML: the same markup as the board's own page. A live page asks for
/// them when the feed says that there are some (ADR 0060).
/// </summary>
[Authorize(Policies.Person)]
[Audited(ReadKinds.Board)]
public sealed class RowsModel(BoardReader boards) : PageModel
{
    public BoardView View { get; private set; } = null!;
    /// <summary>True if the rows are the whole page: what is not among them has left it.</summary>
    public bool Whole { get; private set; }
    public IReadOnlyList<string> Removed { get; private set; } = [];

    /// <param name="place">Which page shows the board. The rest of the address is that page's own query.</param>
    public async Task<IActionResult> OnGetAsync(string? board, string? epoch, long? after, string? place)
    {
        var viewer = Viewer.Of(User);
        if (Board.Parse(board) is not { } asked || !Scope.MayWatch(viewer, asked)) { return NotFound(); }
        var at = BoardPlace.Parse(place, asked);
        if (at == BoardPlace.Work && asked != WorkModel.BoardOf(viewer)) { return NotFound(); }
        var query = BoardQuery.Read(Request.Query);
        (View, Removed, Whole) = await boards.Changed(viewer, asked, at == BoardPlace.Work ? WorkModel.Usual(query) : query, at, epoch, after);
        ReadNote.Of(HttpContext).Counts = Whole;
        return Page();
    }
}
