using System.Globalization;
using Cme.Domain;
using Cme.Storage.Episodes;
using Cme.Storage.Searches;
using Cme.Web.Api.Searches;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Search;

/// <summary>
/// Looks for a child. What is looked for is posted and kept for minutes under an id that says nothing, so that neither an address, nor a
/// title, nor the browser's history names anybody.
/// </summary>
[Authorize(Policies.Person)]
public sealed class IndexModel(ISearches searches, [FromKeyedServices(Clock.System)] TimeProvider clock) : PageModel
{
    [BindProperty] public SearchForm Form { get; set; } = new();

    /// <summary>True for somebody who comes from a search that has expired.</summary>
    [FromQuery] public bool Expired { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var criteria = Form.ToCriteria(ModelState);
        if (criteria is null || !ModelState.IsValid) { return Page(); }
        var viewer = Viewer.Of(User);
        var id = await searches.AddAsync(new CallerScope(viewer.Authority, viewer.School), criteria, clock.GetUtcNow(), HttpContext.RequestAborted);
        Response.Headers.Location = $"/search/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
