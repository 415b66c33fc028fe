using Cme.Web.Pages.Boards;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;

namespace Cme.Web.Pages.Wall;

/// <summary>The duty desk's screen.</summary>
[Authorize(Policies.Desk)]
public sealed class DeskModel(BoardReader boards) : WallPage(boards)
{
    public Task OnGetAsync() => Show(Board.Desk, "Duty desk");
}
