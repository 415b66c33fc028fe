using Cme.Storage.Schools;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Boards;

/// <summary>A school's own board: every open episode of its pupils.</summary>
[Authorize(Policies.SchoolBoard)]
public sealed class SchoolModel(BoardReader boards, ISchools schools) : PageModel
{
    public BoardView View { get; private set; } = null!;
    public string SchoolName { get; private set; } = "";

    /// <param name="part">Which page of the board, from 1.</param>
    public async Task<IActionResult> OnGetAsync(string urn, int part = 1)
    {
        var viewer = Viewer.Of(User);
        var board = Board.School(urn);
        if (!Scope.MayWatch(viewer, board) || await schools.GetAsync(viewer.Authority, urn) is not { } school) { return NotFound(); }
        SchoolName = school.Name;
        View = await boards.Page(viewer, board, part);
        return Page();
    }
}
