using System.Collections.Immutable;
using Cme.Domain.Concerns;
using Cme.Web.Api.Concerns;
using Cme.Web.Pages.Referrals;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Concerns;

/// <summary>Says which child a concern is about, or that nobody here is the child.</summary>
[Authorize(Policies.WorkConcerns)]
[Audited(ReadKinds.Concern)]
public sealed class MatchModel(ConcernReader reader, ConcernDesk desk, PossibleMatches matches) : ConcernPage(reader, desk)
{
    /// <summary>The answer that nobody here is the child.</summary>
    public const string Nobody = "nobody";

    public ImmutableArray<PossibleMatch> Matches { get; private set; } = [];

    /// <summary>The child, or <see cref="Nobody"/>.</summary>
    [BindProperty] public string? Child { get; set; }
    [BindProperty] public string? Note { get; set; }

    public async Task<IActionResult> OnGetAsync(string concern) => await LookAsync(concern) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string concern)
    {
        if (!await LookAsync(concern)) { return NotFound(); }
        var note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim();
        if (Child == Nobody)
        {
            return await RecordAsync(Desk.DeedOf(Viewer, ConcernActs.Match, "not-known") with { Note = note }, nameof(Child), "You found nobody here who it could be. It stays open.");
        }
        // Only a child whom the page offered: what is sent otherwise was not chosen by anybody who looked.
        if (Matches.FirstOrDefault(match => match.ChildId == Child) is not { } chosen)
        {
            ModelState.AddModelError(nameof(Child), "Select the child, or that it is none of them");
            return Page();
        }
        ReadNote.Of(HttpContext).ChildId = chosen.ChildId;
        return await RecordAsync(
            Desk.DeedOf(Viewer, ConcernActs.Match, "child") with { Child = chosen.ChildId, Note = note }, nameof(Child),
            $"It is about {chosen.Pupil.Forename} {chosen.Pupil.Surname}. " + (chosen.Episode is null ? "No case of this child is open: go on here." : "It has joined the child’s open case."));
    }

    private async Task<bool> LookAsync(string concern)
    {
        if (!await FindAsync(concern)) { return false; }
        Matches = await matches.FindAsync(Viewer, Concern.Sought, HttpContext.RequestAborted);
        return true;
    }
}
