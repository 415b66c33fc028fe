using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Boards;

/// <summary>The duty desk's board: flagged first, then what has climbed the furthest.</summary>
[Authorize(Policies.Desk)]
public sealed class DeskModel(BoardReader boards) : PageModel
{
    public BoardView View { get; private set; } = null!;

    /// <param name="part">Which page of the board, from 1.</param>
    public async Task OnGetAsync(int part = 1) => View = await boards.Page(Viewer.Of(User), Board.Desk, part);
}
