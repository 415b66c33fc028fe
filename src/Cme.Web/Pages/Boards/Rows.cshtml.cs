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
    /// <summary>True if the rows are the whole page: what is not among them has left it.</summary>
    public bool Whole { get; private set; }
    public IReadOnlyList<string> Removed { get; private set; } = [];

    /// <param name="part">Which page of the board, from 1.</param>
    public async Task<IActionResult> OnGetAsync(string? board, string? epoch, long? after, int part = 1)
    {
        var viewer = Viewer.Of(User);
        if (Board.Parse(board) is not { } asked || !Scope.MayWatch(viewer, asked)) { return NotFound(); }
        var changes = await boards.Since(viewer, asked, epoch, after);
        Whole = changes.Snapshot;
        var all = Whole ? changes : await boards.Since(viewer, asked, null, null);
        (View, Removed) = Whole
            ? (BoardView.Of(asked, all, part, boards.Now), [])
            : BoardView.OfChanges(asked, changes, all, part, boards.Now);
        View = View with { Registers = await boards.Registers(viewer, asked) };
        return Page();
    }
}
