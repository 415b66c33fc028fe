using Cme.Storage.Schools;
using Cme.Web.Pages.Boards;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Wall;

/// <summary>A school's screen.</summary>
[Authorize(Policies.SchoolBoard)]
public sealed class SchoolModel(BoardReader boards, ISchools schools) : WallPage(boards)
{
    public async Task<IActionResult> OnGetAsync(string urn)
    {
        var viewer = Viewer.Of(User);
        var board = Board.School(urn);
        if (!Scope.MayWatch(viewer, board) || await schools.GetAsync(viewer.Authority, urn) is not { } school) { return NotFound(); }
        await Show(board, school.Name);
        return Page();
    }
}
