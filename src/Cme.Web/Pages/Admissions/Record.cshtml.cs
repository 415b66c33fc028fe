using Cme.Domain;
using Cme.Domain.Children;
using Cme.Web.Api.Admissions;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Admissions;

/// <summary>Which documents of one pupil's admission were seen, and the form that says so.</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.Child)]
public sealed class RecordModel(AdmissionDesk desk, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>The school's URN.</summary>
    [FromRoute] public string Urn { get; set; } = "";
    /// <summary>The pupil's id in the school's system.</summary>
    [FromRoute] public string Admitted { get; set; } = "";

    public AdmissionNow One { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    public DocumentFields Fields { get; private set; } = new();
    public bool MayRecord => Scope.MayWriteSchool(Viewer, Urn);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        Fields = new() { Proof = One.NotSeen is [var next, ..] ? next.Id : null, Seen = WhenDone.Of(clock.GetUtcNow()), By = Viewer.Name };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(DocumentFields fields)
    {
        if (!await FindAsync() || !MayRecord) { return NotFound(); }
        Fields = fields;
        ModelState.Clear();
        foreach (var (field, words) in Faults(fields)) { ModelState.AddModelError(field, words); }
        if (!ModelState.IsValid) { return Page(); }
        var seen = new DocumentSeen(
            fields.Proof!, string.IsNullOrWhiteSpace(fields.Document) ? null : fields.Document.Trim(), fields.Seen.Date()!.Value, fields.By!.Trim(), fields.TakeBack);
        if (desk.WhyNot(One, seen) is var (which, _, message))
        {
            ModelState.AddModelError(which switch { "seenOn" => "seen", "takeBack" => "take-back", var same => same }, which == "seenOn" ? "The date must be today or in the past" : message);
            return Page();
        }
        if (!await desk.RecordAsync(Viewer, One, seen, HttpContext.RequestAborted))
        {
            ModelState.AddModelError("proof", "Somebody else recorded the same meanwhile. Look again, then record it if it is still right.");
            return Page();
        }
        TempData["Recorded"] = $"{One.Pupil.Forename} {One.Pupil.Surname}: {AdmissionProofs.Find(seen.Proof)!.What}, {(seen.TakeBack ? "taken back" : "seen")}.";
        return LocalRedirect($"/schools/{Urn}/admissions");
    }

    private async Task<bool> FindAsync()
    {
        Viewer = Viewer.Of(User);
        if (!Scope.MayReadSchool(Viewer, Urn) || await desk.FindAsync(Viewer.Authority, Urn, Admitted, HttpContext.RequestAborted) is not { } one) { return false; }
        One = one;
        ReadNote.Of(HttpContext).ChildId = one.Pupil.ChildId;
        return true;
    }

    private static IEnumerable<(string Field, string Words)> Faults(DocumentFields fields)
    {
        if (AdmissionProofs.Find(fields.Proof) is null) { yield return ("proof", "Select what the document shows"); }
        if (fields.Document?.Length > Api.Fields.ShortText) { yield return ("document", $"The document must be {Api.Fields.ShortText} characters or fewer"); }
        if (fields.Seen.Date() is null) { yield return ("seen", "Enter a real date, such as 7 9 2026"); }
        if (string.IsNullOrWhiteSpace(fields.By)) { yield return ("by", "Enter who saw it"); }
        else if (fields.By.Length > Api.Fields.ShortText) { yield return ("by", $"The name must be {Api.Fields.ShortText} characters or fewer"); }
    }
}

/// <summary>What somebody filled in.</summary>
public sealed class DocumentFields
{
    public string? Proof { get; set; }
    public string? Document { get; set; }
    public WhenDone Seen { get; set; } = new();
    public string? By { get; set; }
    /// <summary>The entry before was a mistake.</summary>
    public bool TakeBack { get; set; }
}
