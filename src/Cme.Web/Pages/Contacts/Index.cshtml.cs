using System.Collections.Immutable;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Contacts;

/// <summary>The contacts of an authority's schools: those that nobody named, or has confirmed for long, unless all are asked for.</summary>
[Authorize(Policies.SchoolContacts)]
public sealed class IndexModel(ContactDesk desk) : PageModel
{
    /// <summary>True for schools whose contacts are confirmed, too.</summary>
    [BindProperty(SupportsGet = true)] public bool All { get; set; }

    public Viewer Viewer { get; private set; } = null!;
    public ImmutableArray<SchoolContactsNow> Schools { get; private set; } = [];
    /// <summary>How many schools must be asked, of how many.</summary>
    public (int Open, int All) Counted { get; private set; }

    public async Task OnGetAsync()
    {
        Viewer = Viewer.Of(User);
        var schools = await desk.ListAsync(Viewer.Authority, HttpContext.RequestAborted);
        Counted = (schools.Count(school => school.IsOpen), schools.Length);
        Schools = All ? schools : [.. schools.Where(school => school.IsOpen)];
    }
}
