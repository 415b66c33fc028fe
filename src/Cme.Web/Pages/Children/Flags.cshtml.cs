using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;

namespace Cme.Web.Pages.Children;

/// <summary>
/// Sets and clears the authority's flags of a child. What is saved presumes the flags that the form showed: somebody else's change in
/// between is not overwritten.
/// </summary>
[Authorize(Policies.SetFlags)]
[Audited(ReadKinds.Child)]
public sealed class FlagsModel(
    ChildReader children, IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>A note, and a reason, of a flag: as much as fits a screen.</summary>
    private const int LongestNote = 2_000;

    [FromRoute] public string ChildId { get; set; } = "";

    /// <summary>The version of the flags that the form shows.</summary>
    [BindProperty] public long Version { get; set; }
    /// <summary>Ids of flags that no longer hold.</summary>
    [BindProperty] public List<string> Clear { get; set; } = [];
    /// <summary>The id of a flag to set; empty for none.</summary>
    [BindProperty] public string? Add { get; set; }
    [BindProperty] public string? Source { get; set; }
    [BindProperty] public WhenDone Review { get; set; } = new();
    [BindProperty] public string? Note { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public ChildView Child { get; private set; } = null!;
    /// <summary>The authority's flags that the viewer sees.</summary>
    public ImmutableArray<ChildFlag> Held { get; private set; } = [];

    /// <summary>Every flag that can be set, by what it asks for.</summary>
    public static IEnumerable<IGrouping<FlagSeverity, Flag>> Choices =>
        Flags.All.OrderBy(flag => flag.Label, StringComparer.Ordinal).GroupBy(flag => flag.Severity).OrderBy(group => group.Key);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        Version = Child.FlagsVersion;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        Check();
        if (!ModelState.IsValid) { return Page(); }
        var viewer = Viewer.Of(User);
        var answer = await grains.GetGrain<IChildGrain>(Keys.Child(ChildId)).PutFlags(new()
        {
            Authority = viewer.Authority, ChildId = ChildId, Flags = Wanted(), RecordedBy = viewer.Id, Reason = Reason!.Trim(),
            Unseen = Masks.UnseenFlags(Child.Access.Layers), IfMatch = new() { IsGiven = true, Versions = [Version], IsDemanded = true },
        });
        if (answer.Outcome.RefusalCode is null)
        {
            TempData[nameof(DetailsModel.Recorded)] = "The flags are changed. Open episodes follow at once.";
            return LocalRedirect($"/children/{ChildId}");
        }
        Version = answer.View.Version;
        ModelState.Remove(nameof(Version));
        ModelState.AddModelError("", "Somebody else changed the flags while this form was open. They are shown as they are now: look again, then save.");
        return Page();
    }

    private async Task<bool> FindAsync()
    {
        var viewer = Viewer.Of(User);
        if (await children.ReadAsync(viewer, ChildId, HttpContext.RequestAborted) is not { } child) { return false; }
        Child = child;
        ReadNote.Of(HttpContext).Fourth = child.Access.Fourth;
        Held = [.. (await children.FlagsOf(ChildId)).Flags.Where(flag => ChildReader.Sees(child.Access, flag.Id))];
        return true;
    }

    private ImmutableArray<ChildFlag> Wanted()
    {
        var kept = Held.Where(flag => !Clear.Contains(flag.Id) && flag.Id != Add);
        return Add is { Length: > 0 } id
            ? [.. kept, new() { Id = id, Source = Source!.Trim(), ReviewOn = Review.Date()!.Value, Note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim() }]
            : [.. kept];
    }

    /// <summary>Says beside each field what is wrong with it.</summary>
    private void Check()
    {
        if (Clear.Count == 0 && string.IsNullOrEmpty(Add)) { ModelState.AddModelError(nameof(Add), "Select a flag to set, or one to clear"); }
        if (Add is { Length: > 0 } id)
        {
            if (Flags.Find(id) is null) { ModelState.AddModelError(nameof(Add), "Select a flag from the list"); }
            if (string.IsNullOrWhiteSpace(Source)) { ModelState.AddModelError(nameof(Source), "Enter who says so, such as children’s social care"); }
            if (Review.Date() is not { } review) { ModelState.AddModelError(nameof(Review), "Enter a real date for the review, such as 7 12 2026"); }
            else if (review <= London.DateOf(clock.GetUtcNow())) { ModelState.AddModelError(nameof(Review), "The review must be in the future"); }
            if (Note?.Length > LongestNote) { ModelState.AddModelError(nameof(Note), $"The note must be {LongestNote} characters or fewer"); }
        }
        if (string.IsNullOrWhiteSpace(Reason)) { ModelState.AddModelError(nameof(Reason), "Enter why the flags change"); }
        else if (Reason.Length > LongestNote) { ModelState.AddModelError(nameof(Reason), $"The reason must be {LongestNote} characters or fewer"); }
    }
}
