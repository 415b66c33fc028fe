using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Episodes;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Records;

/// <summary>Opens the records that an authority leads, for its people, its systems and what schools' lists say.</summary>
public sealed class AuthorityRecords(
    IGrainFactory grains, ISchools schools, IEpisodes episodes, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <summary>Opens the record, or finds the one of its kind that is open. Whether the child is the viewer's, the caller has asked.</summary>
    /// <param name="pupils">What is held of the child: at least one row.</param>
    public Task<RecordAnswer> OpenAsync(Viewer viewer, ImmutableArray<ChildPupil> pupils, RecordAsked asked)
    {
        var latest = pupils[0].Pupil;
        return Child(latest.ChildId).OpenRecord(new()
        {
            Authority = viewer.Authority, ChildId = latest.ChildId, Kind = asked.Kind, Since = asked.Since, LinkedTo = asked.LinkedTo,
            YearGroup = latest.YearGroup, FirstLanguage = latest.FirstLanguage, RecordedBy = viewer.Id, Says = Says(viewer, asked),
        });
    }

    /// <summary>Makes a child known whom no school of the authority has: kept under the authority's own code, on nobody's list.</summary>
    /// <param name="pupil">With a pupil id that tells one such child from another, such as a referral's reference.</param>
    /// <returns>The child's id; an earlier child's where the UPN says so.</returns>
    public async Task<string> KeepChildAsync(string authority, PupilRecord pupil, CancellationToken cancel) =>
        (await schools.ChangeRollAsync(authority, authority, false, [pupil with { LeavingDate = pupil.EntryDate }], [pupil.SchoolPupilId], cancel)).Pupils[0].ChildId;

    /// <summary>Brings the open records of an authority to its own calendar.</summary>
    /// <returns>The deadlines that moved.</returns>
    public async Task<ImmutableArray<Cme.Contracts.Episodes.MovedDeadline>> TakeCalendarAsync(string authority)
    {
        using var everybody = Reader.AsTheProduct();
        if (await schools.AuthorityCalendarAsync(authority) is not { Version: var version }) { return []; }
        var open = await episodes.OpenOfSchoolAsync(authority, authority);
        var moved = await Task.WhenAll(open.Select(one => grains.GetGrain<IEpisodeGrain>(one.Reference).TakeCalendar(version)));
        return [.. moved.SelectMany(one => one)];
    }

    private RecordAction? Says(Viewer viewer, RecordAsked asked) => asked.Reason is null ? null : new()
    {
        Action = ActionNames.Reason, Outcome = asked.Reason, At = clock.GetUtcNow(), Note = asked.Note, Layer = viewer.Layers < 3 ? 2 : 3, Sending = asked.Sending,
        PerformerName = viewer.Name, PerformerRole = viewer.Role, PerformerOrg = viewer.Organisation, RecordedBy = viewer.Id,
    };

    private IChildGrain Child(string childId) => grains.GetGrain<IChildGrain>(Keys.Child(childId));
}

/// <summary>A record that somebody asks to be opened.</summary>
/// <param name="Kind">One of <see cref="EpisodeKinds.OfAuthority"/>.</param>
/// <param name="Since">The first day of what it is about.</param>
/// <param name="Reason">One of <see cref="MissingReasons"/>; null while it is not known.</param>
/// <param name="LinkedTo">The record of the child that led to it.</param>
/// <param name="Sending">Tells this sending from another.</param>
public sealed record RecordAsked(string Kind, DateOnly Since, string? Reason, string? LinkedTo, string? Note, string? Sending);
