using Cme.Storage.Schools;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Reports;

/// <summary>The reports of one school or provider, by period. It shows no number.</summary>
[Authorize(Policies.SchoolReports)]
public sealed class SchoolModel(ISchools schools, ReportReader reports) : PageModel
{
    public SchoolRecord School { get; private set; } = null!;
    public ReportList List => new($"/schools/{School.Urn}/reports", reports.Today);

    public async Task<IActionResult> OnGetAsync(string urn)
    {
        var viewer = Viewer.Of(User);
        if (!Scope.MayReadReports(viewer, urn) || await schools.GetAsync(viewer.Authority, urn, HttpContext.RequestAborted) is not { } school) { return NotFound(); }
        School = school;
        return Page();
    }
}
