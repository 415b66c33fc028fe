using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.Letters;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Places;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Wording;
using Cme.Web.Records;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;

namespace Cme.Web.Pages.Episodes;

/// <summary>
/// One episode: whose it is, where it stands, what is due and why, and everything that has happened; now, or as it was known on any
/// day before.
/// </summary>
[Authorize(Policies.Episode)]
public sealed class DetailsModel(
    IGrainFactory grains, IEpisodes episodes, IFamilies families, ILetters letters, PupilCounts counts, UndoOffers undo,
    ISchools schools, EducationReader education, PlaceDesk places,
    [FromKeyedServices(Clock.Business)] TimeProvider clock, [FromKeyedServices(Clock.System)] TimeProvider system) : PageModel
{
    private const int MostOthers = 20;

    /// <summary>The episode's reference.</summary>
    [FromRoute] public string Reference { get; set; } = "";
    /// <summary>Which kind of happening is shown; all of them unless it is named.</summary>
    [FromQuery(Name = "show")] public string? Show { get; set; }
    /// <summary>The day and time as of which the page is asked for.</summary>
    [FromQuery(Name = "on")] public WhenDone On { get; set; } = new();

    public EpisodeRow Episode { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    /// <summary>What the viewer may read of this one record.</summary>
    public Access Access { get; private set; } = null!;
    /// <summary>The instant that the page speaks of: now, or the one asked for.</summary>
    public DateTimeOffset Now { get; private set; }
    /// <summary>The instant asked for; null for now.</summary>
    public DateTimeOffset? KnownOn { get; private set; }
    /// <summary>What is wrong with the instant asked for.</summary>
    public string? OnWrong { get; private set; }
    /// <summary>When the page was made, by the system's clock.</summary>
    public DateTimeOffset MadeAt => system.GetUtcNow();

    /// <summary>What is to be done, by when it must be acted on; the overdue come first by themselves.</summary>
    public ImmutableArray<DutyView> Duties { get; private set; } = [];
    /// <summary>Steps that a flag has stopped.</summary>
    public ImmutableArray<DutyView> Stopped { get; private set; } = [];
    /// <summary>The whole ladder: what is done, what is to be done now, and what may come.</summary>
    public ImmutableArray<StepView> Steps { get; private set; } = [];

    /// <summary>Who must be told, and who was.</summary>
    public ImmutableArray<TellView> Tellings { get; private set; } = [];

    /// <summary>What has happened, the newest first; all of it, whatever is shown.</summary>
    public ImmutableArray<Happening> Happenings { get; private set; } = [];
    public HappeningKind? Kind => HappeningKinds.Find(Show);
    /// <summary>The number of the act that closed it, which alone can then be corrected.</summary>
    public int? ClosedBy { get; private set; }

    /// <summary>The five counts of the pupil's register.</summary>
    public ImmutableArray<CountView> Counts { get; private set; } = [];

    /// <summary>The school days that they rest on, the newest first.</summary>
    public ImmutableArray<DayView> Days { get; private set; } = [];

    /// <summary>The letters that were written here by then, the newest first; none for who keeps only what it recorded itself.</summary>
    public ImmutableArray<LetterRecord> Letters { get; private set; } = [];

    /// <summary>Whether the child misses education, today; null of what is shown as it was, and for who keeps only what it recorded itself.</summary>
    public EducationNow? Education { get; private set; }

    /// <summary>What other places where the child is registered were asked, and answered.</summary>
    public ImmutableArray<AskedThere> Asked { get; private set; } = [];

    public ImmutableArray<OtherEpisode> Others { get; private set; } = [];
    public ImmutableArray<FamilyChild> Family { get; private set; } = [];

    /// <summary>False of a record that the authority leads: no register says anything of it.</summary>
    public bool IsOfSchool => Episode.Kind == EpisodeKinds.Whereabouts;
    public bool IsOpen => Episode.Status == "open";
    /// <summary>Whether the viewer may change anything; never of what is shown as it was.</summary>
    public bool MayWrite => KnownOn is null && Scope.MayWriteEpisode(Viewer, Episode.Authority, Episode.Urn);
    public bool MayRecord => IsOpen && MayWrite;
    public string Closure => Episode.Closure is { } reason ? ClosureReasons.Text(reason) : "";

    /// <summary>What was recorded a moment ago, and what is due next.</summary>
    [TempData] public string? Recorded { get; set; }
    /// <summary>The paper by which it can be undone.</summary>
    [TempData] public string? Undo { get; set; }
    /// <summary>Said of what was undone a moment ago, or could not be.</summary>
    [TempData] public string? Undone { get; set; }

    /// <summary>Why the episode could not be taken on or given up a moment ago.</summary>
    [TempData] public string? Refused { get; set; }

    /// <summary>Whether the viewer may give up what somebody has taken on: one's own, or whatever the authority's officers decide.</summary>
    public bool MayGiveUp => Viewer.OfAuthority || (Episode.ClaimedById is { } id ? id == Viewer.Id : Episode.ClaimedBy == Viewer.Name);

    /// <summary>Whether an act may be corrected on this page: any while the episode is open, and then only what closed it.</summary>
    public bool MayCorrect(Happening one) => MayWrite && one.MayBeCorrected && (IsOpen || one.Number == ClosedBy);

    public Task<IActionResult> OnPostClaimAsync() => Change((episode, claim) => episode.Claim(claim));

    public Task<IActionResult> OnPostReleaseAsync() => Change((episode, claim) => episode.Release(
        Viewer.OfAuthority ? claim with { Officer = null } : claim));

    /// <summary>Undoes what the viewer recorded a moment ago.</summary>
    /// <param name="offer">The paper that the page gave.</param>
    public async Task<IActionResult> OnPostUndoAsync(string? offer)
    {
        if (await FindToWriteAsync() is not { } episode) { return NotFound(); }
        if (undo.Open(Viewer, Reference, offer) is not { } number)
        {
            Undone = "Ten seconds have passed, so it can no longer be undone. Find it in the history below and choose ‘Correct this’.";
            return LocalRedirect($"/episodes/{Reference}");
        }
        var answer = await EpisodeActs.RecordAsync(grains, episode, new RecordAction
        {
            Action = ActionNames.Correct, At = clock.GetUtcNow(), Corrects = number, Undo = true, Sending = $"undo-{number}",
            PerformerName = Viewer.Name, PerformerRole = Viewer.Role, PerformerOrg = Viewer.Organisation, RecordedBy = Viewer.Id,
            RecordedFor = Viewer.Organisation,
        });
        Undone = answer.Outcome.RefusalMessage ?? "Undone. It stays in the history and counts for nothing.";
        return LocalRedirect($"/episodes/{Reference}");
    }

    private async Task<IActionResult> Change(Func<IEpisodeGrain, ClaimEpisode, Task<Outcome>> change)
    {
        if (await FindToWriteAsync() is null) { return NotFound(); }
        var outcome = await change(grains.GetGrain<IEpisodeGrain>(Reference),
            new ClaimEpisode { Officer = Viewer.Name, OfficerId = Viewer.Id, Org = Viewer.Organisation, RecordedBy = Viewer.Id });
        Refused = outcome.RefusalMessage;
        return LocalRedirect($"/episodes/{Reference}");
    }

    private async Task<EpisodeRow?> FindToWriteAsync()
    {
        Viewer = Viewer.Of(User);
        return await episodes.GetAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference) is { } episode
            && Scope.MayWriteEpisode(Viewer, episode.Authority, episode.Urn) ? episode : null;
    }

    public async Task<IActionResult> OnGetAsync()
    {
        Viewer = Viewer.Of(User);
        var scope = new CallerScope(Viewer.Authority, Viewer.School);
        if (await episodes.GetAsync(scope, Reference) is not { } episode) { return NotFound(); }
        Access = Access.Of(Viewer, episode);
        (ReadNote.Of(HttpContext).ChildId, ReadNote.Of(HttpContext).Fourth) = (episode.ChildId, Access.Fourth);
        var history = await episodes.EventsAsync(scope, Reference);
        ReadInstant(history);
        var known = KnownOn is { } at ? AsKnownOn.Until(history, at) : history;
        var then = AsKnownOn.Fold(known);
        var owed = Access.EvidenceOf is null ? await grains.GetGrain<IEpisodeGrain>(Reference).Obligations(KnownOn) : [];
        Episode = KnownOn is null ? episode : AsKnownOn.Row(episode, then, then.Begun!, owed);
        ClosedBy = (then as Episode.Closed)?.ByAct?.Number;
        Happenings = Happening.Of(Access.History(known), Access.Layers);
        ShowOwed(owed);
        if (Access.EvidenceOf is null) { Letters = [.. (await letters.OfEpisodeAsync(scope, Reference)).Where(letter => letter.MadeAt <= Now)]; }
        if (IsOfSchool)
        {
            var days = await counts.DaysAsync(Episode, null, null, KnownOn, HttpContext.RequestAborted);
            (Counts, Days) = (CountView.All(days.Counts), DayView.Of(days.Days));
        }
        if (KnownOn is null) { await ShowLinksAsync(scope, then.Begun?.Subject.LinkedTo); }
        return Page();
    }

    /// <summary>Reads as of when the page is asked for. An instant before the episode was known shows the page as it is, and says why.</summary>
    private void ReadInstant(ImmutableArray<EventRow> history)
    {
        var asked = On.Instant();
        Now = clock.GetUtcNow();
        if (On.IsEmpty) { On = WhenDone.Of(Now); }
        else if (asked is null) { OnWrong = "Enter a real date and a time, such as 7 9 2026 and 9:40am"; }
        else if (asked >= Now) { OnWrong = $"The date and time must be in the past. It is now {Times.Full(Now)}"; }
        // A minute is what people type: what became known within it belongs to it.
        else if (history.IsEmpty || history[0].KnownAt >= asked.Value.AddMinutes(1)) { OnWrong = $"Nothing was known of this episode then. It was first known at {Times.Full(history[0].KnownAt)}"; }
        else { KnownOn = Now = asked.Value.AddMinutes(1).AddTicks(-1) is var end && end < Now ? end : Now; }
    }

    private void ShowOwed(ImmutableArray<ObligationView> owed)
    {
        var views = owed.OrderBy(it => it.ActBy).Select(it => DutyView.Of(it, Episode.Kind, Now)).ToLookup(duty => duty.State);
        var tomorrow = London.At(London.DateOf(Now).AddDays(1), TimeOnly.MinValue);
        Duties = [.. views["overdue"], .. views["due"], .. views["pending"].Where(duty => duty.Deadline.DueAt < tomorrow)];
        Stopped = [.. views["suppressed"]];
        Steps = StepView.Of(owed, Now);
        Tellings = TellView.Of(owed, Happenings);
    }

    private async Task ShowLinksAsync(CallerScope scope, string? linkedTo)
    {
        var all = await episodes.ListAsync(
            new EpisodeFilter { Scope = scope, Status = "all", ChildId = Episode.ChildId }, MostOthers, null, HttpContext.RequestAborted);
        if (Access.EvidenceOf is null && await PupilsAsync() is { IsEmpty: false } pupils)
        {
            Education = await education.OfAsync(Viewer, pupils, all.Rows, HttpContext.RequestAborted);
        }
        Others = OtherEpisode.Of(all.Rows, Episode, linkedTo);
        if (IsOpen && Access.EvidenceOf is null) { Asked = await places.AboutAsync(Viewer, null, Reference, HttpContext.RequestAborted); }
        Family = await FamilyChild.FindAsync(families, Viewer, Access, Episode.ChildId, Episode.Flags, HttpContext.RequestAborted);
    }

    private async Task<ImmutableArray<ChildPupil>> PupilsAsync() =>
        [.. (await schools.PupilsOfChildAsync(Viewer.Authority, Episode.ChildId, HttpContext.RequestAborted)).Where(pupil => Scope.MayReadSchool(Viewer, pupil.Urn))];
}
