using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts.Episodes;
using Cme.Domain.Enquiries;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.Schools;
using Cme.Web.Pages.Episodes;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Api.Enquiries;

/// <summary>The enquiries about one child as one viewer may read them, for the page and for REST.</summary>
public sealed class EnquiryReader(IEpisodes episodes, ISchools schools, IFamilies families, PackCatalogue packs, IGrainFactory grains)
{
    /// <summary>Steps by which a procedure asks for the joint review.</summary>
    private const string JointReview = "joint-review";

    /// <returns>Null for an episode that has not begun.</returns>
    internal async Task<EnquiriesNow?> ReadAsync(Viewer viewer, Access access, EpisodeRow row, CancellationToken cancel)
    {
        var history = await episodes.EventsAsync(new(viewer.Authority, viewer.School), row.Reference, cancel);
        if (AsKnownOn.Fold(history).Begun is not { } begun) { return null; }
        var owed = await grains.GetGrain<IEpisodeGrain>(row.Reference).Obligations(null);
        var deeds = DeedsOf(history);
        var steps = owed.Select(one => (one.Step, IsOpen: one.State is "pending" or "due" or "overdue")).ToImmutableArray();
        var lines = JointEnquiries.Of(begun, packs[begun.Pack], steps);
        var (addresses, hidden) = await AddressesAsync(viewer, access, row, cancel);
        return new EnquiriesNow
        {
            Lines = [.. lines.Select(line => new EnquiryNow(line, [.. line.Acts.Select(Record)]))],
            Others = [.. JointEnquiries.Others(begun, lines).Select(Record)],
            Held = HeldBack.Of(begun), HeldBy = HeldBack.Of(begun) is { } held ? Record(held.Act) : null,
            VisitAssessed = JointEnquiries.IsVisitAssessed(begun, steps),
            Addresses = addresses, AddressHidden = hidden,
            Family = await FamilyChild.FindAsync(families, viewer, access, row.ChildId, row.Flags, cancel),
            Reviews = [.. begun.Known.Acts.Where(act => act.Action == ActionNames.Review).OrderByDescending(act => act.HappenedAt).Select(Record)],
            NextReview = owed.Where(one => one is { Step: JointReview, State: "pending" or "due" or "overdue" }).MinBy(one => one.ActBy),
        };

        EnquiryRecord Record(Act act)
        {
            var deed = deeds[act.Number];
            var readable = deed.Layer <= access.Layers;
            return new(act.Number, deed.Action, deed.By.Name, deed.By.Role, act.HappenedAt, deed.Together, deed.Channel, deed.Outcome,
                access.Note(deed.Note, deed.Layer), readable ? deed.Plan : null);
        }
    }

    private static Dictionary<int, Deed> DeedsOf(ImmutableArray<EventRow> history) => history.Where(one => one.Type == nameof(EpisodeEvent.ActionRecorded))
        .ToDictionary(one => (int)one.Version, one => ((EpisodeEvent.ActionRecorded)EventCodec.Read(one.Type, one.HappenedAt, one.KnownAt, one.Data)).Deed);

    /// <summary>Every address that a roll gives of the child, each once. One that is to be hidden is shown nowhere, and neither are the others.</summary>
    private async Task<(ImmutableArray<string> Addresses, bool Hidden)> AddressesAsync(Viewer viewer, Access access, EpisodeRow row, CancellationToken cancel)
    {
        var pupils = await schools.PupilsOfChildAsync(row.Authority, row.ChildId, cancel);
        var hidden = access.Hides(row.Flags) || pupils.Any(pupil => pupil.Pupil.AddressHidden);
        return hidden ? ([], true) :
        (
            [
                .. pupils.Where(pupil => Scope.MayReadSchool(viewer, pupil.Urn))
                    .Select(pupil => JsonSerializer.Deserialize(pupil.Pupil.Particulars, EdgeJson.Default.Particulars)?.Address)
                    .Where(address => address is not null)
                    .Select(address => string.Join(", ", address!.Lines.Append(address.Postcode ?? "").Where(line => line.Length > 0))).Where(line => line.Length > 0).Distinct(),
            ],
            false
        );
    }
}

/// <summary>The enquiries about a child, as they stand.</summary>
public sealed record EnquiriesNow
{
    public required ImmutableArray<EnquiryNow> Lines { get; init; }
    /// <summary>Enquiries of which nobody said whom they were about.</summary>
    public required ImmutableArray<EnquiryRecord> Others { get; init; }
    /// <summary>The referral that was held back, if one was.</summary>
    public required HeldBack? Held { get; init; }
    public required EnquiryRecord? HeldBy { get; init; }
    /// <summary>Whether the risk of the next visit has been weighed.</summary>
    public required bool VisitAssessed { get; init; }
    public required ImmutableArray<string> Addresses { get; init; }
    public required bool AddressHidden { get; init; }
    /// <summary>Children who may be of the same family.</summary>
    public required ImmutableArray<FamilyChild> Family { get; init; }
    /// <summary>Reviews, the latest first.</summary>
    public required ImmutableArray<EnquiryRecord> Reviews { get; init; }
    /// <summary>The joint review that is to be held next, where the procedure asks for one.</summary>
    public required ObligationView? NextReview { get; init; }

    public int Asked => Lines.Count(one => one.Line.State == EnquiryState.Asked);
}

/// <summary>A line of the checklist with what was recorded.</summary>
public sealed record EnquiryNow(EnquiryLine Line, ImmutableArray<EnquiryRecord> Records);

/// <summary>One enquiry: who made it, when, how, and what came of it.</summary>
/// <param name="How">The channel as recorded; null if nobody said.</param>
/// <param name="Note">Null for whom it is not to be read by.</param>
public sealed record EnquiryRecord(
    int Number, string Action, string By, string Role, DateTimeOffset At, string? Together, string? How, string? Outcome, string? Note, ReviewPlan? Plan);
