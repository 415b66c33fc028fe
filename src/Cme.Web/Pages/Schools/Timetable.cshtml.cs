using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Schools;
using Cme.Web.Pages.Calendars;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Schools;

/// <summary>When a pupil comes: the week of the school or provider, less what the pupil's part-week timetable leaves out.</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.Child)]
public sealed class TimetableModel(ISchools schools, SchoolCalendars calendars, PupilTimetable timetables, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    private const string WholeWeek = "whole-week";

    public SchoolRecord School { get; private set; } = null!;
    public PupilRecord Pupil { get; private set; } = null!;
    public bool MayChange => Scope.MayChangeTimetables(Viewer.Of(User), School.Urn);
    public bool MayPublish => Scope.MayPublishCalendar(Viewer.Of(User), School.Urn);

    /// <summary>A week in which every day is open; none while no calendar is published.</summary>
    public ImmutableArray<DayOfPupil> Week { get; private set; } = [];
    public ImmutableArray<string> Lessons { get; private set; } = [];
    /// <summary>The whole week, and each timetable that the school has published.</summary>
    public ImmutableArray<(string Value, string Words, string Hint)> Choices { get; private set; } = [];
    /// <summary>The roll names a timetable that nobody has published.</summary>
    public bool IsUnknown { get; private set; }

    /// <summary>What was chosen.</summary>
    [BindProperty] public string? Timetable { get; set; }

    [TempData] public string? Recorded { get; set; }

    public async Task<IActionResult> OnGetAsync(string urn, string pupil)
    {
        if (!await FindAsync(urn, pupil)) { return NotFound(); }
        Timetable = Pupil.Timetable ?? WholeWeek;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string urn, string pupil)
    {
        if (!await FindAsync(urn, pupil) || !MayChange) { return NotFound(); }
        if (Choices.All(choice => choice.Value != Timetable)) { ModelState.AddModelError(nameof(Timetable), "Select when the pupil comes"); return Page(); }
        var outcome = await timetables.ChangeAsync(Viewer.Of(User), urn, Pupil, Timetable == WholeWeek ? null : Timetable);
        if (outcome.RefusalMessage is { } why) { ModelState.AddModelError(nameof(Timetable), why); return Page(); }
        Recorded = $"When {Pupil.Forename} {Pupil.Surname} comes.";
        return LocalRedirect($"/schools/{urn}/pupils/{Uri.EscapeDataString(pupil)}/timetable");
    }

    private async Task<bool> FindAsync(string urn, string pupil)
    {
        var (viewer, cancel) = (Viewer.Of(User), HttpContext.RequestAborted);
        if (!Scope.MayReadSchool(viewer, urn) || await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school
            || await timetables.FindAsync(viewer.Authority, urn, pupil, cancel) is not { } found) { return false; }
        (School, Pupil) = (school, found);
        ReadNote.Of(HttpContext).ChildId = found.ChildId;
        var today = London.DateOf(clock.GetUtcNow());
        var years = (await schools.CalendarsAsync(viewer.Authority, urn, cancel: cancel)).Select(StoredYear.Read).ToImmutableArray();
        var published = years.SelectMany(year => year.Timetables).Reverse().DistinctBy(one => one.Name).ToImmutableArray();
        IsUnknown = found.Timetable is { } named && published.All(one => one.Name != named);
        Choices = [(WholeWeek, "The whole week", ""), .. published.Select(one => (one.Name, one.Name, WeekText.Write(one).Split(": ", 2)[^1]))];
        if (await calendars.ReadAsync(viewer.Authority, urn, cancel) is { } calendar)
        {
            Week = DayOfPupil.Of(calendar.For(found.YearGroup, found.Timetable), today);
            Lessons = [.. (years.LastOrDefault(year => year.Terms.Any(term => term.Start <= today)) ?? years[^1]).Lessons.Select(WeekText.Write)];
        }
        return true;
    }
}

/// <summary>A day of the week as a pupil lives it.</summary>
public sealed record DayOfPupil(string Day, string Morning, string Afternoon)
{
    private const int MostWeeks = 60;

    /// <summary>Each weekday as it is on the next day that the school is open for the pupil, within the year.</summary>
    public static ImmutableArray<DayOfPupil> Of(SchoolCalendar own, DateOnly today) =>
        [.. Weekdays.Names.Select((name, at) => Of(own, name, Enumerable.Range(0, MostWeeks).Select(week => Monday(today).AddDays(at + (7 * week))).FirstOrDefault(own.IsSchoolDay)))];

    private static DayOfPupil Of(SchoolCalendar own, string name, DateOnly day) => new(Labels.Sentence(name), In(own, day, Session.Am), In(own, day, Session.Pm));

    private static string In(SchoolCalendar own, DateOnly day, Session session) =>
        day == default || !own.Sessions(day).Contains(session) ? "Does not come" : $"Comes at {Times.Clock(own.SessionStarts(new SessionOf(day, session)))}";

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
