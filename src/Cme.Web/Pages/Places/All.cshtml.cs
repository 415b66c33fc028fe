using System.Collections.Immutable;
using Cme.Domain;
using Cme.Web.Api.Places;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Places;

/// <summary>What places are asked about every missing child of the authority, and where nobody has answered.</summary>
[Authorize(Policies.Desk)]
[Audited(ReadKinds.List)]
public sealed class AllModel(PlaceDesk desk, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    public DateTimeOffset Now => clock.GetUtcNow();
    public ImmutableArray<AskedThere> Asked { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Asked = await desk.AboutAsync(Viewer.Of(User), null, null, HttpContext.RequestAborted);
        ReadNote.Of(HttpContext).Rows(Asked.Select(one => one.Row.ChildId).Distinct());
    }
}
