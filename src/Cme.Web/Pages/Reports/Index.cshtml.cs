using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Reports;

/// <summary>The reports of an authority, by period. It shows no number.</summary>
[Authorize(Policies.Reports)]
public sealed class IndexModel(ReportReader reports) : PageModel
{
    public ReportList List => new("/reports", reports.Today);
}

/// <param name="Address">Where the reports are.</param>
public sealed record ReportList(string Address, DateOnly Today);
