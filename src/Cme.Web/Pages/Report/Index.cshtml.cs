using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Report;

/// <summary>Where anybody begins to report a concern about a child: danger first, and how else to reach the council (CHE-04, CHE-12).</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    /// <summary>When the words of these pages were last reviewed; a change of them is a review.</summary>
    public static DateOnly Reviewed { get; } = new(2026, 11, 22);

    /// <summary>What was answered before is kept no longer.</summary>
    [TempData] public bool Gone { get; set; }
}
