using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Web.Api.Episodes;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;

namespace Cme.Web.Pages.Episodes;

/// <summary>One episode: whose it is, where it stands, what is due and why, and everything that has happened.</summary>
[Authorize(Policies.Episode)]
public sealed class DetailsModel(
    IGrainFactory grains, IEpisodes episodes, PupilCounts counts, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>The episode's reference.</summary>
    [FromRoute] public string Reference { get; set; } = "";

    public EpisodeRow Episode { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }
    /// <summary>What is to be done, by when it must be acted on; the overdue come first by themselves.</summary>
    public ImmutableArray<DutyView> Duties { get; private set; } = [];
    /// <summary>Steps of the days to come whose time has not begun, in the order in which they are due: at first, most of the ladder.</summary>
    public ImmutableArray<DutyView> Coming { get; private set; } = [];
    /// <summary>Steps that a flag has stopped.</summary>
    public ImmutableArray<DutyView> Stopped { get; private set; } = [];

    /// <summary>What has happened, the newest first.</summary>
    public ImmutableArray<Happening> Happenings { get; private set; } = [];

    /// <summary>The five counts of the pupil's register.</summary>
    public ImmutableArray<CountView> Counts { get; private set; } = [];

    /// <summary>The school days that they rest on, the newest first.</summary>
    public ImmutableArray<DayView> Days { get; private set; } = [];

    public bool IsOpen => Episode.Status == "open";
    public bool MayRecord => IsOpen && Scope.MayWriteEpisode(Viewer, Episode.Authority, Episode.Urn);
    public string Closure => Episode.Closure is { } reason ? ClosureReasons.Text(reason) : "";

    /// <summary>What was recorded a moment ago, and what is due next.</summary>
    [TempData] public string? Recorded { get; set; }

    /// <summary>Why the episode could not be taken on or given up a moment ago.</summary>
    [TempData] public string? Refused { get; set; }

    /// <summary>Whether the viewer may give up what somebody has taken on: one's own, or whatever the authority's officers decide.</summary>
    public bool MayGiveUp => Viewer.OfAuthority || Episode.ClaimedBy == Viewer.Name;

    public Task<IActionResult> OnPostClaimAsync() => Change((episode, claim) => episode.Claim(claim));

    public Task<IActionResult> OnPostReleaseAsync() => Change((episode, claim) => episode.Release(
        Viewer.OfAuthority ? claim with { Officer = null } : claim));

    private async Task<IActionResult> Change(Func<IEpisodeGrain, ClaimEpisode, Task<Outcome>> change)
    {
        Viewer = Viewer.Of(User);
        if (await episodes.GetAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference) is not { } episode
            || !Scope.MayWriteEpisode(Viewer, episode.Authority, episode.Urn))
        {
            return NotFound();
        }
        var outcome = await change(grains.GetGrain<IEpisodeGrain>(Reference),
            new ClaimEpisode { Officer = Viewer.Name, Org = Viewer.Organisation, RecordedBy = Viewer.Id });
        Refused = outcome.RefusalMessage;
        return LocalRedirect($"/episodes/{Reference}");
    }

    public async Task<IActionResult> OnGetAsync()
    {
        Viewer = Viewer.Of(User);
        Now = clock.GetUtcNow();
        var scope = new CallerScope(Viewer.Authority, Viewer.School);
        if (await episodes.GetAsync(scope, Reference) is not { } episode) { return NotFound(); }
        Episode = episode;
        Happenings = Happening.Of(await episodes.EventsAsync(scope, Reference), Viewer.Layers);
        var all = await grains.GetGrain<IEpisodeGrain>(Reference).Obligations(null);
        var views = all.OrderBy(it => it.ActBy).Select(it => DutyView.Of(it, Now)).ToLookup(duty => duty.State);
        var tomorrow = London.At(London.DateOf(Now).AddDays(1), TimeOnly.MinValue);
        Duties = [.. views["overdue"], .. views["due"], .. views["pending"].Where(duty => duty.Deadline.DueAt < tomorrow)];
        Coming = [.. views["pending"].Where(duty => duty.Deadline.DueAt >= tomorrow)];
        Stopped = [.. views["suppressed"]];
        var days = await counts.DaysAsync(episode, null, null, null, HttpContext.RequestAborted);
        (Counts, Days) = (CountView.All(days.Counts), DayView.Of(days.Days));
        return Page();
    }
}
