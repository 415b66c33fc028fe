using System.Collections.Immutable;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Pictures;

/// <summary>The authority in pictures.</summary>
[Authorize(Policies.Pictures)]
public sealed class IndexModel(ChartReader charts) : PageModel
{
    public ImmutableArray<Chart> Charts { get; private set; } = [];

    /// <param name="csv">A picture's id: its table is sent as a file.</param>
    public async Task<IActionResult> OnGetAsync(string? csv)
    {
        Charts = await charts.AllAsync(Viewer.Of(User).Authority, null, HttpContext.RequestAborted);
        if (csv is null) { return Page(); }
        return Charts.FirstOrDefault(chart => chart.Id == csv) is { } chart ? Csv.Of(chart) : NotFound();
    }
}
