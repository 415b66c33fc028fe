using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Api;
using Cme.Web.Api.Episodes;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Schools;

/// <summary>The register of one session, as it stands or as it stood at a revision.</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.Register)]
public sealed class RegisterModel(
    ISchools schools, IRegisters registers, SchoolCalendars calendars, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>As many revisions as are told of; a register hardly ever has more.</summary>
    private const int RevisionsTold = 20;

    public SchoolRecord School { get; private set; } = null!;
    public SessionOf Session { get; private set; } = new(default, Cme.Domain.Calendars.Session.Am);
    /// <summary>Null if nothing has come of it.</summary>
    public SheetRecord? Sheet { get; private set; }
    public RegisterView View { get; private set; } = null!;
    public int Latest { get; private set; }
    /// <summary>The sessions that the school held before and holds after; null where none is published, or none has begun.</summary>
    public SessionOf? Before { get; private set; }
    public SessionOf? After { get; private set; }
    /// <summary>Why there is no register, where there is none.</summary>
    public string Why { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();
    public string SessionName => Session.Session == Cme.Domain.Calendars.Session.Am ? "morning" : "afternoon";

    /// <summary>The address of another register of the school.</summary>
    public string AddressOf(SessionOf session) => $"/schools/{School.Urn}/registers/{session.Date:yyyy-MM-dd}/{SessionNames.Of(session.Session)}";

    /// <param name="revision">The revision to show; the latest unless one is named.</param>
    public async Task<IActionResult> OnGetAsync(string urn, string date, string session, int? revision)
    {
        var (viewer, cancel) = (Viewer.Of(User), HttpContext.RequestAborted);
        if (!Scope.MayReadSchool(viewer, urn) || await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school
            || Fields.ParseDate(date) is not { } day || !SessionNames.TryParse(session, out var which))
        {
            return NotFound();
        }
        (School, Session) = (school, new SessionOf(day, which));
        var calendar = await calendars.ReadAsync(viewer.Authority, urn, cancel);
        Neighbours(calendar);
        if (await registers.ReadAsync(viewer.Authority, urn, day, session, null, cancel) is not { } latest)
        {
            if (revision is not null) { return NotFound(); }
            Why = WhyNone(calendar);
            return Page();
        }
        var from = Math.Max(1, latest.Revision - RevisionsTold + 1);
        var revisions = ImmutableArray.CreateBuilder<SheetRecord>();
        for (var number = from; number < latest.Revision; number++)
        {
            if (await registers.ReadAsync(viewer.Authority, urn, day, session, number, cancel) is { } earlier) { revisions.Add(earlier); }
        }
        revisions.Add(latest);
        Sheet = revision is null ? latest : revisions.FirstOrDefault(sheet => sheet.Revision == revision);
        if (Sheet is null) { return NotFound(); }
        Latest = latest.Revision;
        ReadNote.Of(HttpContext).Rows(Sheet.Marks.Select(mark => mark.SchoolPupilId));
        View = RegisterView.Of(Sheet, revisions.DrainToImmutable(), await schools.PupilsAsync(viewer.Authority, urn, null, Roll.Most, cancel));
        return Page();
    }

    private void Neighbours(SchoolCalendar? calendar)
    {
        Before = calendar?.PreviousSession(Session);
        try
        {
            After = calendar?.NextSession(Session) is { } next && calendar.SessionStarts(next) <= Now ? next : null;
        }
        catch (CalendarTooShortException)
        {
            After = null;                                            // The last session that is published has none after it.
        }
    }

    private string WhyNone(SchoolCalendar? calendar) => calendar?.KindOf(Session.Date) switch
    {
        null or DayKind.NotPublished => "No calendar is published for this day, so that no register can be taken.",
        DayKind.SchoolDay when !calendar.Holds(Session) => "The school does not hold this session.",
        DayKind.SchoolDay when calendar.SessionStarts(Session) > Now => $"The session starts at {Wording.Times.Near(calendar.SessionStarts(Session), Now)}.",
        DayKind.SchoolDay => "Nothing has come from the school. No pupil is shown as absent or present from a register that never came.",
        DayKind.Weekend => "It is a weekend.",
        DayKind.NotThatWeekday => "By its own hours the school does not meet on that day of the week.",
        var kind => $"The school does not meet: {YearInWords.Name(kind)!.ToLowerInvariant()}.",
    };
}
