using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Concerns;
using Cme.Domain.Episodes;
using Cme.Storage.Concerns;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Api.Concerns;

/// <summary>What became of an act: the concern as it stands now, or why not. Neither: the viewer has no such concern.</summary>
public readonly record struct ConcernAnswer(ConcernRecord? Record, Refusal? Why);

/// <summary>Records what officers do about concerns, and tells the child's open episode of the one that is about it.</summary>
public sealed class ConcernDesk(
    IConcerns concerns, IEpisodes episodes, ISchools schools, BankHolidays installed, IGrainFactory grains, ConcernBell bell,
    [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <summary>How an episode calls the concerns that join it.</summary>
    public const string Kind = "public-concern";

    /// <summary>Two officers who act at once are told apart by the second trying again on what the first left; more than so many are not people.</summary>
    private const int MostTries = 5;

    /// <summary>The business clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>When the authority's offices are open, by which everything here is due.</summary>
    public async Task<WorkingCalendar> OfficesAsync(string authority, CancellationToken cancel) =>
        new PublishedCalendars(await schools.AuthorityCalendarAsync(authority, cancel: cancel) is { } published ? [published] : [], installed).Offices(authority);

    /// <summary>Records a deed, if it may be done now.</summary>
    public async Task<ConcernAnswer> ActAsync(Viewer viewer, string reference, ConcernDeed deed, CancellationToken cancel)
    {
        var offices = await OfficesAsync(viewer.Authority, cancel);
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await concerns.GetAsync(viewer.Authority, reference, cancel) is not { } held) { return default; }
            if (deed.Sending is { } sending && held.Concern.Deeds.Any(done => done.Sending == sending)) { return new(held, null); }
            if (ConcernRules.WhyNot(held.Concern, deed, held.Child, offices, Now) is { } why) { return new(null, why); }
            var episode = deed.Child is { } child ? await OpenEpisodeAsync(viewer, child, cancel) : null;
            if (!await concerns.ActAsync(viewer.Authority, reference, held.Version, held.Concern.After(deed), episode, cancel)) { continue; }
            bell.Ring(viewer.Authority);
            if (episode is not null) { await JoinAsync(new(reference, episode, viewer.Id), concerns, grains, Now); }
            return new(await concerns.GetAsync(viewer.Authority, reference, cancel), null);
        }
        return new(null, new("precondition-failed", "Others are working on this concern at this moment. Read it again, and send what you did once more."));
    }

    /// <summary>A deed of the viewer's, done now.</summary>
    public ConcernDeed DeedOf(Viewer viewer, string action, string? outcome = null) => new(action, outcome, Now, Now, viewer.Id, viewer.Name);

    /// <summary>Gives back to the whole desk what somebody who leaves was working on.</summary>
    /// <returns>How many concerns that were.</returns>
    public async Task<int> GiveBackAsync(string authority, string person, string actor, CancellationToken cancel)
    {
        var held = await concerns.HeldByAsync(authority, person, cancel);
        foreach (var reference in held)
        {
            for (var tries = 0; tries < MostTries && await concerns.GetAsync(authority, reference, cancel) is { Concern: { Holder: { } holder } concern } record && holder.Id == person; tries++)
            {
                var released = new ConcernDeed(ConcernActs.Release, null, Now, Now, actor, holder.Name) { Note = "Left." };
                if (await concerns.ActAsync(authority, reference, record.Version, concern.After(released), null, cancel)) { break; }
            }
        }
        if (!held.IsEmpty) { bell.Ring(authority); }
        return held.Length;
    }

    /// <summary>Tells the episode. Should it have closed meanwhile, the concern goes on by itself.</summary>
    internal static async Task JoinAsync(UnjoinedConcern concern, IConcerns concerns, IGrainFactory grains, DateTimeOffset now)
    {
        var joined = await grains.GetGrain<IEpisodeGrain>(concern.Episode).Join(concern.Reference, Kind, concern.MatchedBy);
        await concerns.JoinedAsync(concern.Reference, joined.RefusalCode is null ? concern.Episode : null, now);
    }

    /// <summary>The open episode of the child that a concern belongs to: the council's own first, then the newest.</summary>
    private async Task<string?> OpenEpisodeAsync(Viewer viewer, string child, CancellationToken cancel)
    {
        const int all = 20;
        var open = await episodes.ListAsync(new() { Scope = new(viewer.Authority), ChildId = child }, all, null, cancel);
        return (open.Rows.FirstOrDefault(row => row.Kind == "cme") ?? open.Rows.FirstOrDefault())?.Reference;
    }
}
