using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Boards;

/// <summary>The duty desk's board: flagged first, then what schools have let go, then what is the council's own.</summary>
[Authorize(Policies.Desk)]
public sealed class DeskModel(BoardReader boards) : BoardPage(boards)
{
    public Task<IActionResult> OnGetAsync() => Show(Board.Desk);
}
