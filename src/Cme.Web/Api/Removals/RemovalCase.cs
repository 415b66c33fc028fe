using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Registers.Counts;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Access;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;

namespace Cme.Web.Api.Removals;

/// <summary>Gathers what is known of a pupil whose name is to come off the roll.</summary>
public sealed class RemovalCase(
    ISchools schools, IEpisodes episodes, IApiKeys keys, PupilCounts counts, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private const int AllEpisodes = 500;

    /// <param name="pupil">A UPN or a school pupil id.</param>
    /// <param name="evidence">What the school gave along, by kind.</param>
    /// <returns>Null if the roll has no such pupil, or more than one.</returns>
    internal async Task<(RollEntry Entry, RemovalFacts Facts)?> FactsAsync(
        string authority, string urn, string pupil, ImmutableDictionary<string, string> evidence, CancellationToken cancel)
    {
        var roll = await schools.ReadRollAsync(authority, urn, cancel);
        var entry = roll.FirstOrDefault(one => one.SchoolPupilId == pupil);
        if (entry is null && roll.Where(one => pupil.Equals(one.Upn, StringComparison.OrdinalIgnoreCase)).ToList() is [var only]) { entry = only; }
        if (entry is null) { return null; }

        var scope = new CallerScope(authority, urn);
        var own = await episodes.ListAsync(new() { Scope = scope, ChildId = entry.ChildId, Status = "all" }, AllEpisodes, null, cancel);
        var latest = own.Rows.MaxBy(row => row.OpenedAt);
        var standing = await counts.OfPupilAsync(authority, urn, entry.SchoolPupilId, cancel);
        var born = (await schools.PupilsOfChildAsync(authority, entry.ChildId, cancel)).First(one => one.Urn == urn).Pupil.DateOfBirth;
        var today = London.DateOf(clock.GetUtcNow());
        return (entry, new RemovalFacts
        {
            Counts = standing?.Counts ?? AttendanceCounts.None, UncodedDays = standing?.UncodedDays ?? 0, Leave = standing?.Leave,
            Acts = await ActsAsync(authority, scope, own.Rows, cancel), IsEpisodeOpen = own.Rows.Any(row => row.Status == "open"),
            FirstDayMissing = latest?.FirstDayMissing,
            SchoolDaysMissing = latest is null ? 0 : standing?.Calendar.SchoolDaysBetween(latest.FirstDayMissing, today).Count ?? 0,
            HoldsFourWeeks = latest?.Pack == "dorset", DateOfBirth = born, Today = today, Evidence = evidence,
        });
    }

    /// <summary>What was done, without what was corrected since.</summary>
    private async Task<ImmutableArray<RemovalAct>> ActsAsync(
        string authority, CallerScope scope, ImmutableArray<EpisodeRow> rows, CancellationToken cancel)
    {
        var schoolKeys = (await keys.ListAsync(authority, cancel)).Where(key => key.Grant.Urn is not null).Select(key => $"key-{key.Id:n}").ToHashSet();
        var acts = new List<RemovalAct>();
        foreach (var row in rows.OrderBy(row => row.OpenedAt))
        {
            var recorded = (await episodes.EventsAsync(scope, row.Reference, cancel)).Where(one => one.Type == nameof(EpisodeEvent.ActionRecorded))
                .Select(one => (Number: one.Version, Happened: (EpisodeEvent.ActionRecorded)EventCodec.Read(one.Type, one.HappenedAt, one.KnownAt, one.Data)))
                .ToList();
            var corrected = recorded.Select(one => (long?)one.Happened.Deed.Corrects).ToHashSet();
            acts.AddRange(recorded.Where(one => !corrected.Contains(one.Number)).OrderBy(one => one.Happened.HappenedAt)
                .Select(one => Act(one.Happened, authority, schoolKeys)));
        }
        return [.. acts];
    }

    /// <summary>Whoever holds a school's key may name anybody as the performer; what that key says is the school's all the same.</summary>
    private static RemovalAct Act(EpisodeEvent.ActionRecorded recorded, string authority, HashSet<string> schoolKeys)
    {
        var by = recorded.Deed.By;
        var ofAuthority = (by.Org == authority || Domain.Procedures.Roles.IsAuthority(by.Role)) && !schoolKeys.Contains(by.RecordedBy);
        return new(recorded.Deed.Action, recorded.Deed.Outcome, ofAuthority, by.Name, London.DateOf(recorded.HappenedAt));
    }
}
