using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Referrals;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Records;

/// <summary>A child whom no school of the authority has, as somebody described it.</summary>
public sealed record NewChild(string Forename, string Surname, DateOnly DateOfBirth, string? Sex, string? YearGroup, string? Upn);

/// <summary>Takes a referral on: opens the record that it asks for, and joins the two.</summary>
public sealed class ReferralAcceptance(
    AuthorityRecords records, IReferrals referrals, ISchools schools, IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <returns>The record; null where nobody knows which child it is and no new one was described.</returns>
    public async Task<RecordAnswer?> AcceptAsync(Viewer viewer, ReferralRecord referral, RecordAsked asked, NewChild? child, CancellationToken cancel)
    {
        var childId = referral.ChildId ?? (child is null ? null : await MatchAsync(viewer, referral, child, cancel));
        if (childId is null) { return null; }
        var pupils = await schools.PupilsOfChildAsync(viewer.Authority, childId, cancel);
        var opened = await records.OpenAsync(viewer, pupils, asked);
        var joined = await grains.GetGrain<IEpisodeGrain>(opened.Reference).Join(referral.Reference, referral.Kind, viewer.Id);
        if (joined.RefusalCode is null) { await referrals.JoinedAsync(referral.Reference, opened.Reference, clock.GetUtcNow(), cancel); }
        return opened;
    }

    private async Task<string> MatchAsync(Viewer viewer, ReferralRecord referral, NewChild child, CancellationToken cancel)
    {
        var childId = await records.KeepChildAsync(viewer.Authority, new()
        {
            SchoolPupilId = referral.Reference, Upn = child.Upn, Forename = child.Forename, Surname = child.Surname, DateOfBirth = child.DateOfBirth,
            Sex = child.Sex ?? "", YearGroup = child.YearGroup ?? "", EntryDate = London.DateOf(referral.ReceivedAt),
        }, cancel);
        await referrals.MatchAsync(viewer.Authority, referral.Reference, childId, viewer.Id, clock.GetUtcNow(), cancel);
        return childId;
    }
}
