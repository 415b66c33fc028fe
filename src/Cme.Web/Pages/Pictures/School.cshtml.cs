using System.Collections.Immutable;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Pictures;

/// <summary>One school in pictures, for those who may open each of its episodes: so no number is hidden here (ADR 0241).</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.List)]
public sealed class SchoolModel(ISchools schools, ChartReader charts) : PageModel
{
    public SchoolRecord School { get; private set; } = null!;
    public ImmutableArray<Chart> Charts { get; private set; } = [];

    /// <param name="csv">A picture's id: its table is sent as a file.</param>
    public async Task<IActionResult> OnGetAsync(string urn, string? csv)
    {
        var (viewer, cancel) = (Viewer.Of(User), HttpContext.RequestAborted);
        if (!Scope.MayReadSchool(viewer, urn) || await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school) { return NotFound(); }
        School = school;
        Charts = await charts.AllAsync(viewer.Authority, urn, cancel);
        if (csv is null) { return Page(); }
        return Charts.FirstOrDefault(chart => chart.Id == csv) is { } chart ? Csv.Of(chart) : NotFound();
    }
}
