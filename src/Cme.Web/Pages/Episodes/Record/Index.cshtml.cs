using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Storage.Episodes;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>Records one act about an episode: who was reached, what was found, when, and by whom.</summary>
[Authorize(Policies.RecordAction)]
public sealed class IndexModel(
    IGrainFactory grains, IEpisodes episodes, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>The episode's reference.</summary>
    [FromRoute] public string Reference { get; set; } = "";
    /// <summary>The action to record, such as <c>call</c>.</summary>
    [FromRoute] public string What { get; set; } = "";
    /// <summary>The obligation that is meant, where several are open.</summary>
    [BindProperty(SupportsGet = true)] public string? For { get; set; }

    [BindProperty] public string? Outcome { get; set; }
    [BindProperty] public WhenDone When { get; set; } = new();
    [BindProperty] public string? Note { get; set; }
    /// <summary>Of a letter, with commas between them.</summary>
    [BindProperty] public string? Languages { get; set; }
    /// <summary><c>me</c> or <c>other</c>.</summary>
    [BindProperty] public string By { get; set; } = "me";
    [BindProperty] public string? ByName { get; set; }
    [BindProperty] public string? ByRole { get; set; }

    public ActForm Form { get; private set; } = null!;
    public EpisodeRow Episode { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Roles that somebody else of the viewer's own organisation can have.</summary>
    public IReadOnlyList<string> RolesAround =>
        [.. (Viewer.OfAuthority ? Roles.OfAuthority : Roles.OfSchool).Where(role => role != Roles.Auditor)];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        When = WhenDone.Of(Now);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        var at = Check();
        if (!ModelState.IsValid) { return Page(); }
        var episode = grains.GetGrain<IEpisodeGrain>(Reference);
        var answer = await episode.Record(ToWire(at!.Value));
        if (answer.Outcome.RefusalCode == "unknown-obligation" && !string.IsNullOrEmpty(For))
        {
            // The step went while the form was open. What was done was done all the same.
            For = null;
            answer = await episode.Record(ToWire(at.Value));
        }
        if (answer.Outcome is { RefusalCode: { } code, RefusalMessage: var why })
        {
            ModelState.AddModelError(FieldOf(code), why ?? "This could not be recorded.");
            return Page();
        }
        TempData["Recorded"] = Said(answer);
        return LocalRedirect($"/episodes/{Reference}");
    }

    private async Task<bool> FindAsync()
    {
        Viewer = Viewer.Of(User);
        if (ActForms.For(What) is not { } form) { return false; }
        if (await episodes.GetAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference) is not { } episode) { return false; }
        (Form, Episode) = (form, episode);
        return Scope.MayWriteEpisode(Viewer, episode.Authority, episode.Urn);
    }

    /// <summary>Says beside each field what is wrong with it; answers when it was done.</summary>
    private DateTimeOffset? Check()
    {
        if (Form.HasOutcomes && !Form.Groups.Any(group => group.Choices.Any(choice => choice.Id == Outcome)))
        {
            ModelState.AddModelError(nameof(Outcome), Form.Missing);
        }
        if (When.Date() is null) { ModelState.AddModelError(nameof(When), "Enter a real date, such as 7 9 2026"); }
        else if (When.TimeOfDay() is null) { ModelState.AddModelError("When.Time", "Enter a time, such as 9:40am"); }
        else if (When.Instant() > Now) { ModelState.AddModelError(nameof(When), $"The date and time must be in the past. It is now {Times.Full(Now)}"); }
        if (By == "other")
        {
            if (string.IsNullOrWhiteSpace(ByName)) { ModelState.AddModelError(nameof(ByName), "Enter the name of the person who did it"); }
            if (!RolesAround.Contains(ByRole)) { ModelState.AddModelError(nameof(ByRole), "Select the role of the person who did it"); }
        }
        if (Form.Action == "note" && string.IsNullOrWhiteSpace(Note)) { ModelState.AddModelError(nameof(Note), "Enter the note"); }
        return When.Instant();
    }

    private RecordAction ToWire(DateTimeOffset at) => new()
    {
        Action = Form.Action,
        Outcome = Form.HasOutcomes ? Outcome : null,
        At = at,
        ObligationId = string.IsNullOrEmpty(For) ? null : For,
        PerformerName = By == "other" ? ByName!.Trim() : Viewer.Name,
        PerformerRole = By == "other" ? ByRole! : Viewer.Role,
        PerformerOrg = Viewer.Organisation,
        Note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(),
        Languages = Form.AsksLanguages
            ? [.. (Languages ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [],
        Layer = Form.Layer,
        RecordedBy = Viewer.Id,
    };

    private static string FieldOf(string refusal) => refusal switch
    {
        "at-in-future" or "at-before-first-day" => nameof(When),
        "outcome-not-allowed" => nameof(Outcome),
        _ => "",
    };

    private string Said(ActionAnswer answer)
    {
        var next = answer.Obligations.Where(it => it.State is "due" or "overdue" or "pending").MinBy(it => it.ActBy);
        return next is null
            ? "Nothing more is due."
            : $"Next: {next.What}, by {DeadlineView.Of(next.DueAt, next.ActBy, Now).By} ({Labels.Who(next.Role)}).";
    }
}
