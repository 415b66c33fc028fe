using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Pages.Episodes;

namespace Cme.Web.Api.Removals;

/// <summary>Gathers what is known of a pupil whose name is to come off the roll.</summary>
public sealed class RemovalCase(
    ISchools schools, IEpisodes episodes, PupilCounts counts, PackCatalogue packs, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private const int AllEpisodes = 500;

    /// <param name="pupil">A UPN or a school pupil id.</param>
    /// <param name="evidence">What the school gave along, by kind.</param>
    /// <returns>Null if the roll has no such pupil, or more than one.</returns>
    internal async Task<(RollEntry Entry, RemovalFacts Facts)?> FactsAsync(
        string authority, string urn, string pupil, RemovalGround ground, ImmutableDictionary<string, string> evidence, CancellationToken cancel)
    {
        var roll = await schools.ReadRollAsync(authority, urn, cancel);
        var entry = roll.FirstOrDefault(one => one.SchoolPupilId == pupil);
        if (entry is null && roll.Where(one => pupil.Equals(one.Upn, StringComparison.OrdinalIgnoreCase)).ToList() is [var only]) { entry = only; }
        if (entry is null) { return null; }

        var own = await episodes.ListAsync(
            new() { Scope = new(authority, urn), ChildId = entry.ChildId, Status = "all", Kind = "whereabouts" }, AllEpisodes, null, cancel);
        var born = (await schools.PupilsOfChildAsync(authority, entry.ChildId, cancel)).First(one => one.Urn == urn).Pupil.DateOfBirth;
        var facts = own.Rows.MaxBy(row => row.OpenedAt) is { } latest
            ? await FactsAsync(latest, ground, cancel) : await RegisterAsync(authority, urn, entry.SchoolPupilId, ground, null, null, cancel);
        return (entry, facts with { DateOfBirth = born, Evidence = evidence, IsEpisodeOpen = own.Rows.Any(row => row.Status == "open") });
    }

    /// <summary>What an episode's removal would rest on, as of now.</summary>
    /// <remarks>
    /// What was done is read from the episode's own history: an earlier episode's enquiries, signatures and decisions were about another
    /// disappearance.
    /// </remarks>
    internal async Task<RemovalFacts> FactsAsync(EpisodeRow episode, RemovalGround ground, CancellationToken cancel)
    {
        var begun = AsKnownOn.Fold(await episodes.EventsAsync(new(episode.Authority, episode.Urn), episode.Reference, cancel)).Begun;
        var facts = await RegisterAsync(
            episode.Authority, episode.Urn, episode.SchoolPupilId, ground, episode.FirstDayMissing, begun?.Run.Began.Date, cancel)
            with { IsEpisodeOpen = episode.Status == "open" };
        return begun is null ? facts : facts with
        {
            Acts = RemovalStanding.Acts(begun), EnquiryTakenBackAt = RemovalStanding.EnquiryTakenBackAt(begun),
            SomebodyIsToConfirm = !begun.Known.Asked.IsEmpty, HoldsFourWeeks = RemovalStanding.HoldsFourWeeks(packs[begun.Pack]),
        };
    }

    /// <summary>What the register says, session by session since the child went missing or was expected back.</summary>
    /// <param name="began">The first day before any correction: what was corrected since is shown too.</param>
    private async Task<RemovalFacts> RegisterAsync(
        string authority, string urn, string pupil, RemovalGround ground, DateOnly? firstDayMissing, DateOnly? began, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        var facts = new RemovalFacts { Counts = AttendanceCounts.None, Today = today, FirstDayMissing = firstDayMissing };
        if (await counts.OfPupilAsync(authority, urn, pupil, cancel) is not { } standing) { return facts; }
        var missing = began < firstDayMissing ? began : firstDayMissing;
        var since = (ground.Letter == "h" ? standing.Leave?.ExpectedReturn : null) ?? missing ?? today;
        var days = standing.Days.Where(day => day.Date >= since);
        return facts with
        {
            Counts = standing.Counts, UncodedDays = standing.UncodedDays, Leave = standing.Leave,
            Sessions = ground.IsOfMissing ? CodeAudit.Of(ground, days, standing.Calendar, standing.Leaves, now) : [],
            SchoolDaysMissing = firstDayMissing is { } first ? standing.Calendar.SchoolDaysBetween(first, today).Count : 0,
        };
    }
}
