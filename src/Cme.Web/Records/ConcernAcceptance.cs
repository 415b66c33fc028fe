using Cme.Contracts.Children;
using Cme.Domain.Calendars;
using Cme.Domain.Concerns;
using Cme.Domain.Episodes;
using Cme.Storage.Concerns;
using Cme.Storage.Schools;
using Cme.Web.Api.Concerns;
using Cme.Web.Security;

namespace Cme.Web.Records;

/// <summary>
/// Opens a record for the child whom a concern of the public is about, on a school's list or on none, and joins the two. Most children whom
/// a neighbour reports are on no roll here (CHE-01, CHE-04), and only a record counts them.
/// </summary>
public sealed class ConcernAcceptance(AuthorityRecords records, ConcernDesk desk, ISchools schools)
{
    /// <summary>Whether it can be done now: an open concern, screened, and followed in no case.</summary>
    public static bool IsOffered(ConcernRecord held) => held.Concern is { IsOpen: true, Risk: not null } && !held.Child.IsInEpisode;

    /// <returns>
    /// The record; null where nobody knows which child it is and none was described. What is refused then is the joining: somebody was quicker
    /// with the concern, and the record is open all the same.
    /// </returns>
    public async Task<(RecordAnswer Opened, Refusal? Why)?> AcceptAsync(Viewer viewer, ConcernRecord held, RecordAsked asked, NewChild? child, CancellationToken cancel)
    {
        var known = held.Concern.Child ?? (child is null ? null : await records.KeepChildAsync(viewer.Authority, new()
        {
            SchoolPupilId = held.Reference, Upn = child.Upn, Forename = child.Forename, Surname = child.Surname, DateOfBirth = child.DateOfBirth,
            Sex = child.Sex ?? "", YearGroup = child.YearGroup ?? "", EntryDate = London.DateOf(held.Concern.Received.At),
        }, cancel));
        if (known is null) { return null; }
        var opened = await records.OpenAsync(viewer, await schools.PupilsOfChildAsync(viewer.Authority, known, cancel), asked);
        var joined = await desk.ActAsync(viewer, held.Reference, desk.DeedOf(viewer, ConcernActs.Match, "child") with { Child = known, Sending = asked.Sending }, cancel);
        return (opened, joined.Why);
    }
}
