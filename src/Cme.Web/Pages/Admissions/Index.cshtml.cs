using System.Collections.Immutable;
using Cme.Storage.Schools;
using Cme.Web.Api.Admissions;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Admissions;

/// <summary>Pupils who came to a school within a year, and which documents were seen.</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.Roll)]
public sealed class IndexModel(AdmissionDesk desk, ISchools schools) : PageModel
{
    private const int Most = 200;

    /// <summary>True for those of whom everything was seen, too.</summary>
    [BindProperty(SupportsGet = true)] public bool All { get; set; }

    public SchoolRecord School { get; private set; } = null!;
    public ImmutableArray<AdmissionNow> Pupils { get; private set; } = [];
    public bool IsCut => Pupils.Length == Most;

    /// <summary>What was recorded a moment ago.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task<IActionResult> OnGetAsync(string urn)
    {
        var (viewer, cancel) = (Viewer.Of(User), HttpContext.RequestAborted);
        if (!Scope.MayReadSchool(viewer, urn) || await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school) { return NotFound(); }
        School = school;
        Pupils = await desk.ListAsync(viewer.Authority, urn, open: !All, Most, cancel);
        ReadNote.Of(HttpContext).Rows(Pupils.Select(one => one.Pupil.ChildId));
        return Page();
    }
}
