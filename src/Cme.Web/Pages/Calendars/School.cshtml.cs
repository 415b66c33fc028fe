using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Pages.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;

namespace Cme.Web.Pages.Calendars;

/// <summary>Publishes a school year, and shows which deadlines would move before anything is published.</summary>
[Authorize(Policies.PublishCalendar)]
[Audited(ReadKinds.List)]
public sealed class SchoolModel(
    ISchools schools, IEpisodes episodes, IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    [FromRoute] public string Urn { get; set; } = "";
    /// <summary>The school year, such as <c>2026-27</c>.</summary>
    [BindProperty(SupportsGet = true)] public string? Year { get; set; }
    [BindProperty] public YearForm Form { get; set; } = new();
    /// <summary>The version of the year that the form began from; 0 if it was not published.</summary>
    [BindProperty] public int Version { get; set; }
    /// <summary><c>publish</c>, or anything else to see what would move.</summary>
    [BindProperty] public string? Press { get; set; }

    public SchoolRecord School { get; private set; } = null!;
    /// <summary>Deadlines that move; null until somebody has asked.</summary>
    public ImmutableArray<MovedLine>? Moved { get; private set; }
    public bool Published { get; private set; }
    /// <summary>Years to choose from: last year's, this one, and the one that comes.</summary>
    public IEnumerable<string> Choices => Enumerable.Range(SchoolYear.NumberOf(London.DateOf(clock.GetUtcNow())) - 1, 3).Select(SchoolYear.NameOf);
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        var held = await HeldAsync();
        (Form, Version) = (YearForm.Of(held is null ? null : StoredYear.Read(held)), held?.Version ?? 0);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        var calendar = Form.ToWire(Year!, ModelState) with
        {
            IfMatch = Version == 0 ? new() { MustBeNew = true, IsDemanded = true } : new() { IsGiven = true, Versions = [Version], IsDemanded = true },
        };
        if (!ModelState.IsValid) { return Page(); }
        var school = grains.GetGrain<ISchoolGrain>(Keys.School(School.Authority, Urn));
        var answer = Press == "publish" ? await school.PutCalendar(calendar) : await school.PreviewCalendar(calendar);
        if (answer.Outcome.RefusalCode is not null)
        {
            Refuse(answer);
            return Page();
        }
        Published = Press == "publish";
        ReadNote.Of(HttpContext).Rows(answer.Moved.Select(moved => moved.Reference));
        Moved = await MovedLine.Of(answer.Moved, episodes, Viewer.Of(User), HttpContext.RequestAborted);
        if (Published)
        {
            Version = (int)answer.Outcome.Version;
            ModelState.Remove(nameof(Version));
        }
        return Page();
    }

    private async Task<bool> FindAsync()
    {
        var viewer = Viewer.Of(User);
        if (!Scope.MayPublishCalendar(viewer, Urn) || await schools.GetAsync(viewer.Authority, Urn, HttpContext.RequestAborted) is not { } school) { return false; }
        School = school;
        Year ??= SchoolYear.NameOf(SchoolYear.NumberOf(London.DateOf(Now)));
        return SchoolYear.TryParseName(Year, out _);
    }

    private async Task<CalendarRecord?> HeldAsync() =>
        (await schools.CalendarsAsync(School.Authority, Urn, cancel: HttpContext.RequestAborted)).FirstOrDefault(record => record.SchoolYear == Year);

    /// <summary>Says beside each field what the school refused.</summary>
    private void Refuse(CalendarAnswer answer)
    {
        foreach (var fault in answer.Faults) { ModelState.AddModelError(FieldOf(fault.Pointer), fault.Detail); }
        if (answer.Faults.IsEmpty)
        {
            ModelState.AddModelError("", answer.Outcome.RefusalCode is "precondition-failed" or "if-match-required"
                ? "Somebody published this school year while the form was open. Open it again, and make your changes to what is published now."
                : answer.Outcome.RefusalMessage ?? "The calendar was not published.");
        }
    }

    private static string FieldOf(string pointer) => pointer.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["terms", ..] => nameof(YearForm.Term),
        ["inset", ..] => nameof(YearForm.Inset),
        ["closures", ..] => nameof(YearForm.Closures),
        ["sessions", "am", ..] or ["am", ..] => nameof(YearForm.AmCloses),
        ["sessions", "pm", "start"] or ["pm", "start"] => nameof(YearForm.PmStart),
        ["sessions", "pm", ..] or ["pm", ..] => nameof(YearForm.PmCloses),
        ["dayEnds", ..] => nameof(YearForm.DayEnds),
        ["week", ..] => nameof(YearForm.Week),
        ["timetables", ..] => nameof(YearForm.Timetables),
        ["lessons", ..] => nameof(YearForm.Lessons),
        ["yearGroupExceptions", ..] => nameof(YearForm.YearGroups),
        _ => "",
    };
}
