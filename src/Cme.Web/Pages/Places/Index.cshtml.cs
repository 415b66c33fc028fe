using System.Collections.Immutable;
using Cme.Domain;
using Cme.Storage.Schools;
using Cme.Web.Api.Places;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Places;

/// <summary>What a school or provider is asked about its pupils who are missing somewhere else, and what others are asked about its own.</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.List)]
public sealed class IndexModel(PlaceDesk desk, ISchools schools, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    public SchoolRecord School { get; private set; } = null!;
    public DateTimeOffset Now => clock.GetUtcNow();
    public ImmutableArray<AskedHere> Here { get; private set; } = [];
    public ImmutableArray<AskedThere> About { get; private set; } = [];

    /// <summary>What was answered a moment ago.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task<IActionResult> OnGetAsync(string urn)
    {
        var (viewer, cancel) = (Viewer.Of(User), HttpContext.RequestAborted);
        if (!Scope.MayReadSchool(viewer, urn) || await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school) { return NotFound(); }
        School = school;
        Here = await desk.OfPlaceAsync(viewer, urn, cancel);
        About = await desk.AboutAsync(viewer, urn, null, cancel);
        ReadNote.Of(HttpContext).Rows(Here.Select(one => one.Row.ChildId).Concat(About.Select(one => one.Row.ChildId)).Distinct());
        return Page();
    }
}
