using Cme.Domain;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Children;

/// <summary>One child: who it is, where it goes to school, whom to reach, what to know, and everything that was tracked.</summary>
[Authorize(Policies.Child)]
[Audited(ReadKinds.Child)]
public sealed class DetailsModel(ChildReader children, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    public ChildView Child { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    public DateTimeOffset Now => clock.GetUtcNow();
    public bool MaySetFlags => Scope.MaySetFlags(Viewer);

    /// <summary>What was done a moment ago.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task<IActionResult> OnGetAsync(string childId)
    {
        Viewer = Viewer.Of(User);
        if (await children.ReadAsync(Viewer, childId, HttpContext.RequestAborted) is not { } child) { return NotFound(); }
        Child = child;
        ReadNote.Of(HttpContext).Fourth = child.Access.Fourth;
        return Page();
    }
}
