using Cme.Domain;
using Cme.Storage.Episodes;
using Cme.Storage.Searches;
using Cme.Web.Api.Searches;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Search;

/// <summary>What a search finds now: children, those with an open episode first.</summary>
[Authorize(Policies.Person)]
[Audited(ReadKinds.Search)]
public sealed class ResultsModel(
    ISearches searches, ChildSearch children, [FromKeyedServices(Clock.System)] TimeProvider system, [FromKeyedServices(Clock.Business)] TimeProvider business) : PageModel
{
    public SearchForm Form { get; private set; } = new();
    public FoundChildren Found { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }

    public async Task<IActionResult> OnGetAsync(string search)
    {
        var viewer = Viewer.Of(User);
        if (await searches.GetAsync(new CallerScope(viewer.Authority, viewer.School), search, system.GetUtcNow(), HttpContext.RequestAborted) is not { } asked)
        {
            return Redirect("/search?expired=true");
        }
        ReadNote.Of(HttpContext).Sought(asked.Criteria.AsText());
        (Form, Now) = (SearchForm.Of(asked.Criteria), business.GetUtcNow());
        Found = await children.FindAsync(viewer, asked.Criteria, HttpContext.RequestAborted);
        return Page();
    }
}
