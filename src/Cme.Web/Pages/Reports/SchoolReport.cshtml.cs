using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Reports;

/// <summary>A report of one school or provider, for its head and for those who read its authority's.</summary>
[Authorize(Policies.SchoolReports)]
[Audited(ReadKinds.Export)]
public sealed class SchoolReportModel(ISchools schools, ReportReader reports) : PageModel
{
    public ReportView Report { get; private set; } = null!;

    /// <param name="csv">A table's id, or <see cref="ReportReader.Whole"/>: it is sent as a file.</param>
    public async Task<IActionResult> OnGetAsync(string urn, string kind, string period, string? csv)
    {
        var (viewer, cancel) = (Viewer.Of(User), HttpContext.RequestAborted);
        if (!Scope.MayReadReports(viewer, urn) || await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school
            || await reports.FindAsync(viewer.Authority, school, kind, period, cancel) is not { } report)
        {
            return NotFound();
        }
        Report = report;
        ReportReader.Note(HttpContext, report);
        return csv is null ? Page() : ReportReader.FileOf(report, csv) ?? NotFound();
    }
}
