using System.Collections.Immutable;
using Cme.Storage.Restricted;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Restricted;

/// <summary>For the CME lead: restricted records that somebody opened with a reason, each to be acknowledged.</summary>
[Authorize(Policies.Lead)]
[Audited(ReadKinds.Log)]
public sealed class IndexModel(IRestricted restricted) : PageModel
{
    private const int Most = 200;

    public ImmutableArray<BrokenGlass> Waiting { get; private set; } = [];
    public ImmutableArray<BrokenGlass> Seen { get; private set; } = [];
    public bool MayAcknowledge { get; private set; }

    public async Task OnGetAsync()
    {
        var viewer = Viewer.Of(User);
        MayAcknowledge = !viewer.ReadOnly;
        var all = await restricted.OpenedAsync(viewer.Authority, Most, HttpContext.RequestAborted);
        (Waiting, Seen) = ([.. all.Where(one => one.AcknowledgedAt is null)], [.. all.Where(one => one.AcknowledgedAt is not null)]);
        ReadNote.Of(HttpContext).Subject = "restricted";
        ReadNote.Of(HttpContext).Rows(all.Select(one => one.Episode));
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var viewer = Viewer.Of(User);
        if (viewer.ReadOnly) { return Forbid(); }
        ReadNote.Of(HttpContext).Subject = "restricted";
        await restricted.AcknowledgeAsync(viewer.Authority, id, viewer.Id);
        return LocalRedirect("/restricted");
    }
}
