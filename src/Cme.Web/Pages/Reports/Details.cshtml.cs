using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Reports;

/// <summary>A report of the authority: on the screen, on paper, or as a file. Whoever has it has it to take away, so it is logged as an export.</summary>
[Authorize(Policies.Reports)]
[Audited(ReadKinds.Export)]
public sealed class DetailsModel(ReportReader reports) : PageModel
{
    public ReportView Report { get; private set; } = null!;

    /// <param name="csv">A table's id, or <see cref="ReportReader.Whole"/>: it is sent as a file.</param>
    public async Task<IActionResult> OnGetAsync(string kind, string period, string? csv)
    {
        if (await reports.FindAsync(Viewer.Of(User).Authority, null, kind, period, HttpContext.RequestAborted) is not { } report) { return NotFound(); }
        Report = report;
        ReportReader.Note(HttpContext, report);
        return csv is null ? Page() : ReportReader.FileOf(report, csv) ?? NotFound();
    }
}
