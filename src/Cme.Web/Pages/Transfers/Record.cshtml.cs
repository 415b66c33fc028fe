using Cme.Domain;
using Cme.Web.Api.Transfers;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using FileTransfers = Cme.Domain.Procedures.Transfers;

namespace Cme.Web.Pages.Transfers;

/// <summary>Where one pupil's file stands, and the form that says what was done about it. The answers are shown before they are recorded.</summary>
[Authorize(Policies.Person)]
[Audited(ReadKinds.Child)]
public sealed class RecordModel(TransferDesk desk, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>The school's URN.</summary>
    [FromRoute] public string Urn { get; set; } = "";
    /// <summary>The pupil's id in the school's system.</summary>
    [FromRoute] public string Pupil { get; set; } = "";

    public TransferNow One { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    public TransferFields Fields { get; private set; } = new();
    /// <summary>True while the answers are shown and not yet recorded.</summary>
    public bool Checking { get; private set; }
    public DateTimeOffset Now => clock.GetUtcNow();
    public bool MayRecord => Scope.MayWriteSchool(Viewer, Urn);

    /// <summary>The ways that a file can go, as the form offers them.</summary>
    public IReadOnlyList<Choice> Routes =>
    [
        new(FileTransfers.NewSchool, "To the new school"),
        new(FileTransfers.LostPupils, "To the lost pupils’ part of the transfer site", "The new school cannot reasonably be found out. One pupil a file, destination XXXXXXX."),
        .. One.IsShortStay ? [new Choice(FileTransfers.ShortStay, "Nothing is sent", "The pupil was registered here for less than four weeks.")] : Array.Empty<Choice>(),
    ];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        Fields = new() { When = WhenDone.Of(Now), By = Viewer.Name, Route = One.Leaver.Destination is { Length: > 0 } ? FileTransfers.NewSchool : null, Destination = One.Leaver.Destination };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(TransferFields fields)
    {
        if (!await FindAsync() || !MayRecord) { return NotFound(); }
        Fields = fields;
        if (fields.Step == "change") { ModelState.Clear(); return Page(); }
        ModelState.Clear();
        foreach (var (field, words) in Faults(fields)) { ModelState.AddModelError(field, words); }
        if (!ModelState.IsValid) { return Page(); }
        var done = Done(fields);
        if (desk.WhyNot(One, done) is { } why) { return Refuse(why); }
        if (fields.Step != "record")
        {
            Checking = true;
            return Page();
        }
        if (await desk.RecordAsync(Viewer, One, done, HttpContext.RequestAborted) is { } refused) { return Refuse(refused); }
        TempData["Recorded"] = $"The file of {One.Leaver.Forename} {One.Leaver.Surname}.";
        return LocalRedirect("/transfers");
    }

    private PageResult Refuse((string Code, string Message) why)
    {
        ModelState.AddModelError(why.Code is "at-in-future" ? "when" : "route", why.Message);
        return Page();
    }

    private async Task<bool> FindAsync()
    {
        Viewer = Viewer.Of(User);
        if (!Scope.MayReadSchool(Viewer, Urn) || await desk.FindAsync(Viewer.Authority, Urn, Pupil, HttpContext.RequestAborted) is not { } one) { return false; }
        One = one;
        ReadNote.Of(HttpContext).ChildId = one.Leaver.ChildId;
        return true;
    }

    private IEnumerable<(string Field, string Words)> Faults(TransferFields fields)
    {
        if (Routes.All(route => route.Id != fields.Route)) { yield return ("route", "Select where the file went"); }
        if (fields.Route == FileTransfers.NewSchool && string.IsNullOrWhiteSpace(fields.Destination)) { yield return ("destination", "Enter the new school"); }
        if (string.IsNullOrWhiteSpace(fields.Reference)) { yield return ("reference", "Enter the reference, or where the proof is kept"); }
        if (string.IsNullOrWhiteSpace(fields.By)) { yield return ("by", "Enter who did it"); }
        if (fields.When.Instant() is not { } at) { yield return ("when", "Enter a real date and a time, such as 7 9 2026 and 9:40am"); }
        else if (at > Now) { yield return ("when", $"The date and time must be in the past. It is now {Wording.Times.Full(Now)}"); }
    }

    private TransferDone Done(TransferFields fields) => new(
        fields.Route!, fields.Route == FileTransfers.NewSchool ? fields.Destination?.Trim() : null, fields.Reference!.Trim(), fields.By!.Trim(),
        fields.By!.Trim() == Viewer.Name ? Viewer.Role : Viewer.OfAuthority ? Roles.TrackingOfficer : Roles.AttendanceOfficer, fields.When.Instant()!.Value,
        string.IsNullOrWhiteSpace(fields.Note) ? null : fields.Note.Trim());
}

/// <summary>What somebody filled in.</summary>
public sealed class TransferFields
{
    public string? Route { get; set; }
    public string? Destination { get; set; }
    public string? Reference { get; set; }
    public WhenDone When { get; set; } = new();
    public string? By { get; set; }
    public string? Note { get; set; }
    /// <summary><c>record</c> once the answers were checked, <c>change</c> to go back to them.</summary>
    public string? Step { get; set; }
}
