using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Boards;

/// <summary>The board of the CME lead: what has climbed all the way, by why.</summary>
[Authorize(Policies.Lead)]
public sealed class LeadModel(BoardReader boards) : PageModel
{
    public BoardView View { get; private set; } = null!;

    /// <param name="part">Which page of the board, from 1.</param>
    public async Task OnGetAsync(int part = 1) => View = await boards.Page(Viewer.Of(User), Board.Lead, part);
}
