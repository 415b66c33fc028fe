using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Api.Authorities;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Calendars;

/// <summary>Publishes when the authority's offices are open: the days and hours that its own deadlines, and those of letters, are counted in.</summary>
[Authorize(Policies.PublishOffices)]
[Audited(ReadKinds.List)]
public sealed class OfficesModel(
    ISchools schools, IEpisodes episodes, OfficeCalendars offices, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    [BindProperty] public string? Opens { get; set; }
    [BindProperty] public string? Closes { get; set; }
    /// <summary>One day a line.</summary>
    [BindProperty] public string? Closed { get; set; }
    [BindProperty] public string? Phone { get; set; }
    /// <summary>The version that the form began from; 0 if none was published.</summary>
    [BindProperty] public int Version { get; set; }

    /// <summary>Deadlines that moved; null until something was published.</summary>
    public ImmutableArray<MovedLine>? Moved { get; private set; }
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync()
    {
        var held = await schools.AuthorityCalendarAsync(Viewer.Of(User).Authority, cancel: HttpContext.RequestAborted);
        var calendar = OfficeCalendars.Of(held);
        (Opens, Closes, Phone, Version) = (Times.Clock(calendar.OfficeStart), Times.Clock(calendar.OfficeEnd), calendar.OutOfHoursPhone, held?.Version ?? 0);
        Closed = string.Join('\n', calendar.ClosedDays.Select(DayText.Write));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var viewer = Viewer.Of(User);
        var calendar = new AuthorityCalendar
        {
            OfficeStart = YearForm.Time(Opens, nameof(Opens), ModelState),
            OfficeEnd = YearForm.Time(Closes, nameof(Closes), ModelState),
            ClosedDays = YearForm.ReadDays(Closed, nameof(Closed), ModelState),
            OutOfHoursPhone = string.IsNullOrWhiteSpace(Phone) ? null : Phone.Trim(),
        };
        if (ModelState.IsValid)
        {
            foreach (var fault in calendar.Check()) { ModelState.AddModelError(nameof(Closes), fault.Detail); }
        }
        if (!ModelState.IsValid) { return Page(); }
        var answer = await offices.PublishAsync(viewer.Authority, calendar, Version == 0
            ? new() { MustBeNew = true, IsDemanded = true } : new() { IsGiven = true, Versions = [Version], IsDemanded = true }, HttpContext.RequestAborted);
        if (answer.Outcome.RefusalCode is not null)
        {
            ModelState.AddModelError("", "Somebody published other hours while the form was open. Open it again, and make your changes to what is published now.");
            return Page();
        }
        // Whose deadlines moved, an administrator does not see.
        if (!viewer.SeesCases) { return RedirectToPage("/SetUp/Index"); }
        ReadNote.Of(HttpContext).Rows(answer.Moved.Select(moved => moved.Reference));
        Moved = await MovedLine.Of(answer.Moved, episodes, viewer, HttpContext.RequestAborted);
        Version = (int)answer.Outcome.Version;
        ModelState.Remove(nameof(Version));
        return Page();
    }
}
