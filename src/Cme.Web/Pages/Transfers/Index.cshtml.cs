using System.Collections.Immutable;
using Cme.Domain;
using Cme.Web.Api.Transfers;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Transfers;

/// <summary>Pupils who have left, and where their files stand.</summary>
[Authorize(Policies.Person)]
[Audited(ReadKinds.List)]
public sealed class IndexModel(TransferDesk desk, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    private const int Most = 200;

    /// <summary>True for those whose files were sent, too.</summary>
    [BindProperty(SupportsGet = true)] public bool All { get; set; }

    public Viewer Viewer { get; private set; } = null!;
    public DateTimeOffset Now => clock.GetUtcNow();
    public ImmutableArray<TransferNow> Leavers { get; private set; } = [];

    /// <summary>What was recorded a moment ago.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task OnGetAsync()
    {
        Viewer = Viewer.Of(User);
        Leavers = await desk.ListAsync(Viewer.Authority, Viewer.School, open: !All, Most, HttpContext.RequestAborted);
        ReadNote.Of(HttpContext).Rows(Leavers.Select(one => one.Leaver.ChildId));
    }
}
