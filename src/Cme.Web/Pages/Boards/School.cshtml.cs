using Cme.Storage.Schools;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Boards;

/// <summary>A school's own board: every open episode of its pupils.</summary>
[Authorize(Policies.SchoolBoard)]
public sealed class SchoolModel(BoardReader boards, ISchools schools) : BoardPage(boards)
{
    public string SchoolName { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string urn)
    {
        var viewer = Viewer.Of(User);
        var board = Board.School(urn);
        if (!Scope.MayWatch(viewer, board) || await schools.GetAsync(viewer.Authority, urn) is not { } school) { return NotFound(); }
        SchoolName = school.Name;
        return await Show(board);
    }
}
