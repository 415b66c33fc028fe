using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Boards;

/// <summary>
/// The rows of a board that changed after a number, as HTML: the same markup as the board's own page. A live page asks for
/// them when the feed says that there are some (ADR 0060).
/// </summary>
[Authorize(Policies.Person)]
public sealed class RowsModel(BoardReader boards) : PageModel
{
    public BoardView View { get; private set; } = null!;
    /// <summary>True if the rows are everything: what is not among them has left the board.</summary>
    public bool Whole { get; private set; }
    public IReadOnlyList<string> Removed { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? board, string? epoch, long? after)
    {
        var viewer = Viewer.Of(User);
        if (Board.Parse(board) is not { } asked || !Scope.MayWatch(viewer, asked)) { return NotFound(); }
        var changes = await boards.Since(viewer, asked, epoch, after);
        Whole = changes.Snapshot;
        Removed = changes.Removed;
        View = BoardView.OfChanges(asked, changes, changes.Snapshot ? changes : await boards.Since(viewer, asked, null, null), boards.Now);
        return Page();
    }
}
