using Cme.Domain.Concerns;
using Cme.Web.Api.Concerns;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Concerns;

/// <summary>Writes down a report that came by telephone or email (CHE-04).</summary>
[Authorize(Policies.WorkConcerns)]
[Audited(ReadKinds.Concern)]
public sealed class NewModel(ConcernIntake intake) : PageModel
{
    private const int Long = 10_000, Short = 200;

    [BindProperty] public string? Channel { get; set; }
    [BindProperty] public string? Worry { get; set; }
    [BindProperty] public string? Danger { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Age { get; set; }
    [BindProperty] public string? School { get; set; }
    [BindProperty] public string? Place { get; set; }
    [BindProperty] public string? Postcode { get; set; }
    [BindProperty] public string? Description { get; set; }
    [BindProperty] public string? Seen { get; set; }
    [BindProperty] public string? Others { get; set; }
    [BindProperty] public string? Language { get; set; }
    [BindProperty] public string? ReporterName { get; set; }
    [BindProperty] public string? ReporterReach { get; set; }
    [BindProperty] public string? Relationship { get; set; }

    public void OnGet() => ReadNote.Of(HttpContext).Counts = false;

    public async Task<IActionResult> OnPostAsync()
    {
        Check();
        if (!ModelState.IsValid) { return Page(); }
        var viewer = Viewer.Of(User);
        var reference = await intake.TakeAsync(viewer.Authority, Sent(), Channel!, null, suspect: false, viewer.Id, null, CancellationToken.None);
        ReadNote.Of(HttpContext).Subject = reference;
        TempData[nameof(DetailsModel.Recorded)] = "The report is written down.";
        return LocalRedirect($"/concerns/{reference}");
    }

    private void Check()
    {
        if (Channel is not ("phone" or "email")) { ModelState.AddModelError(nameof(Channel), "Select how it came"); }
        if (Worry is null || !ConcernActs.Worries.Contains(Worry)) { ModelState.AddModelError(nameof(Worry), "Select what it is about"); }
        if (Danger is null || !ConcernActs.Dangers.Contains(Danger)) { ModelState.AddModelError(nameof(Danger), "Select whether they think that the child is in danger"); }
        if (!ConcernReading.IsRecognisable(Sent())) { ModelState.AddModelError(nameof(Name), "Write down one thing by which the child can be recognised: a name, school, place or description"); }
        foreach (var (field, text, longest) in new[]
        {
            (nameof(Name), Name, Short), (nameof(Age), Age, Short), (nameof(School), School, Short), (nameof(Place), Place, Long), (nameof(Postcode), Postcode, Short),
            (nameof(Description), Description, Long), (nameof(Seen), Seen, Long), (nameof(Others), Others, Long), (nameof(Language), Language, Short),
            (nameof(ReporterName), ReporterName, Short), (nameof(ReporterReach), ReporterReach, Short), (nameof(Relationship), Relationship, Short),
        })
        {
            if (text?.Length > longest) { ModelState.AddModelError(field, $"Write at most {longest} characters"); }
        }
    }

    private ConcernDocument Sent() => new()
    {
        Worry = Worry ?? "other", ImmediateDanger = Danger ?? "unknown", Seen = Given(Seen), OtherChildren = Given(Others), Language = Given(Language),
        Child = new() { Name = Given(Name), Age = Given(Age), School = Given(School), Address = Given(Place), Postcode = Given(Postcode), Description = Given(Description) },
        Reporter = new() { Name = Given(ReporterName), Phone = Given(ReporterReach), Relationship = Given(Relationship), MayContact = Given(ReporterReach) is not null },
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
