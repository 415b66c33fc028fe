using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Api.Places;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Places;

/// <summary>One question to a place, and its answer: a choice, and a time that is filled in already.</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.Child)]
public sealed class AnswerModel(PlaceDesk desk, ISchools schools, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    public AskedHere Asked { get; private set; } = null!;
    public SchoolRecord School { get; private set; } = null!;
    public DateTimeOffset Now => clock.GetUtcNow();
    public bool MayAnswer => Scope.MayWriteSchool(Viewer.Of(User), School.Urn);

    [BindProperty] public string? Answer { get; set; }
    /// <summary>The time of day at which the pupil was last seen, on the day that is asked about.</summary>
    [BindProperty] public string? Time { get; set; }

    public async Task<IActionResult> OnGetAsync(string urn, string asked)
    {
        if (!await FindAsync(urn, asked)) { return NotFound(); }
        Answer = Asked.Row.Answer;
        Time = Asked.Row.SeenAt is { } seen ? Times.Clock(seen) : London.DateOf(Now) == Asked.Row.On ? Times.Clock(Now) : "";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string urn, string asked)
    {
        if (!await FindAsync(urn, asked) || !MayAnswer) { return NotFound(); }
        var viewer = Viewer.Of(User);
        var seenAt = Answer == SeenToday.Seen && WhenDone.ReadTime(Time) is { } time ? London.At(Asked.Row.On, time) : (DateTimeOffset?)null;
        if (Answer is null || !SeenToday.Answers.Contains(Answer)) { ModelState.AddModelError(nameof(Answer), "Select what you know"); }
        else if (Answer == SeenToday.Seen && seenAt is null) { ModelState.AddModelError(nameof(Time), "Enter the time at which the pupil was last seen, such as 9:40am"); }
        else if (seenAt > Now) { ModelState.AddModelError(nameof(Time), $"The time must be in the past. It is now {Times.Full(Now)}"); }
        if (!ModelState.IsValid) { return Page(); }
        if ((await desk.AnswerAsync(viewer, Asked, Answer!, seenAt, viewer.Name, viewer.Role)).RefusalMessage is { } why)
        {
            ModelState.AddModelError(nameof(Answer), why);
            return Page();
        }
        TempData["Recorded"] = $"Answered for {Asked.Pupil.Forename} {Asked.Pupil.Surname}. Thank you.";
        return LocalRedirect($"/schools/{urn}/questions");
    }

    private async Task<bool> FindAsync(string urn, string asked)
    {
        var (viewer, cancel) = (Viewer.Of(User), HttpContext.RequestAborted);
        if (await desk.FindAsync(viewer, urn, asked, cancel) is not { } found || await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school) { return false; }
        (Asked, School) = (found, school);
        ReadNote.Of(HttpContext).ChildId = found.Row.ChildId;
        return true;
    }
}
