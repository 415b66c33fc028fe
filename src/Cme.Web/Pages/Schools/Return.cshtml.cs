using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;
using Cme.Web.Api;
using Cme.Web.Api.Registers;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Schools;

/// <summary>A provider's return of a day, for the provider, its authority and whoever placed its pupils (SUF-11).</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.Register)]
public sealed class ReturnModel(DailyReturnReader returns, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    public SchoolRecord School { get; private set; } = null!;
    public DailyReturnDocument Return { get; private set; } = null!;
    /// <summary>Where the viewer came from: the provider's page, or the own school's.</summary>
    public string Back { get; private set; } = "";
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(string urn, string date)
    {
        var viewer = Viewer.Of(User);
        if (Fields.ParseDate(date) is not { } day
            || await returns.FindAsync(viewer, urn, day, Now, HttpContext.RequestAborted) is not { } found)
        {
            return NotFound();
        }
        (School, Return) = found;
        Back = $"/schools/{(Scope.MayReadSchool(viewer, urn) ? urn : viewer.School)}";
        ReadNote.Of(HttpContext).Rows(Return.Pupils.Select(pupil => pupil.ChildId));
        return Page();
    }
}
