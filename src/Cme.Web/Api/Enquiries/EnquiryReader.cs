using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
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
        var assessed = JointEnquiries.IsVisitAssessed(begun, steps);
        var done = begun.Known.Acts.Select(act => (act.Number, deeds[act.Number])).OrderBy(one => one.Number).ToImmutableArray();
        var (addresses, hidden) = await AddressesAsync(viewer, access, row, cancel);
        ImmutableArray<AddressNow> visits = [.. addresses.Select(one => new AddressNow(one.Words, OneByOne.OfAddress(one.Key, one.IsHome, done, assessed, begun.Subject.DoNotContactFamily)))];
        var family = await FamilyChild.FindAsync(families, viewer, access, row.ChildId, row.Flags, cancel);
        ImmutableArray<SiblingNow> siblings = [.. family.Select(child => new SiblingNow(child, OneByOne.OfSibling(child.ChildId, child.Urn == row.Urn, done)))];
        EnquiredOne[] ones = [.. visits.Select(visit => visit.One), .. siblings.Select(sibling => sibling.One)];
        var lines = JointEnquiries.Of(begun, packs[begun.Pack], steps).Select(line => OneByOne.Weigh(line, ones)).ToImmutableArray();
        return new EnquiriesNow
        {
            Lines = [.. lines.Select(line => new EnquiryNow(line, [.. line.Acts.Select(Record)]))],
            Others = [.. JointEnquiries.Others(begun, lines).Select(Record)],
            Held = HeldBack.Of(begun), HeldBy = HeldBack.Of(begun) is { } held ? Record(held.Act) : null,
            VisitAssessed = assessed,
            Addresses = visits, AddressHidden = hidden, Siblings = siblings,
            Recorded = ones.SelectMany(one => one.Acts).Distinct().ToImmutableDictionary(number => number, number => Record(begun.Known.Acts.First(act => act.Number == number))),
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
    private async Task<(ImmutableArray<KnownAddress> Addresses, bool Hidden)> AddressesAsync(Viewer viewer, Access access, EpisodeRow row, CancellationToken cancel)
    {
        var pupils = await schools.PupilsOfChildAsync(row.Authority, row.ChildId, cancel);
        var hidden = access.Hides(row.Flags) || pupils.Any(pupil => pupil.Pupil.AddressHidden);
        return hidden ? ([], true) :
        (
            [
                .. pupils.Where(pupil => Scope.MayReadSchool(viewer, pupil.Urn)).OrderByDescending(pupil => pupil.Urn == row.Urn)
                    .Select(pupil => (pupil.Urn, JsonSerializer.Deserialize(pupil.Pupil.Particulars, EdgeJson.Default.Particulars)?.Address))
                    .Where(one => one.Address is not null)
                    .Select(one => KnownAddress.Of(row.ChildId, string.Join(", ", one.Address!.Lines.Append(one.Address.Postcode ?? "").Where(line => line.Length > 0)), one.Urn == row.Urn))
                    .Where(one => one.Words.Length > 0).DistinctBy(one => one.Key),
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
    /// <summary>Where the child may live, the address that the episode's own school has first; none where they are hidden.</summary>
    public required ImmutableArray<AddressNow> Addresses { get; init; }
    public required bool AddressHidden { get; init; }
    /// <summary>Children who may be of the same family, each to be asked after.</summary>
    public required ImmutableArray<SiblingNow> Siblings { get; init; }
    /// <summary>What was recorded about single addresses and children, by number.</summary>
    public required ImmutableDictionary<int, EnquiryRecord> Recorded { get; init; }
    /// <summary>Reviews, the latest first.</summary>
    public required ImmutableArray<EnquiryRecord> Reviews { get; init; }
    /// <summary>The joint review that is to be held next, where the procedure asks for one.</summary>
    public required ObligationView? NextReview { get; init; }

    /// <summary>What an act was about, in words: an address or a child of these lists; null where it is on none that may be shown.</summary>
    /// <param name="about">The kind and which one, such as <c>child:7k3q92mxh4b2</c>.</param>
    public string? WordsOf(string? about) => about?.Split(':') switch
    {
        [OneByOne.Address, var key] => Addresses.FirstOrDefault(one => one.One.Ref == key)?.Words,
        [OneByOne.Child, var child] => Siblings.FirstOrDefault(one => one.One.Ref == child)?.Child.Name,
        _ => null,
    };

    public int Asked => Lines.Count(one => one.Line.State == EnquiryState.Asked);
}

/// <summary>An address where the child may live, and whether somebody went there.</summary>
public sealed record AddressNow(string Words, EnquiredOne One);

/// <summary>A child who may be of the same family, and what came of asking.</summary>
public sealed record SiblingNow(FamilyChild Child, EnquiredOne One);

/// <summary>An address that a roll gives.</summary>
/// <param name="Key">Tells it from the child's other addresses, and says nothing of it: no address stands in a link or in the history.</param>
/// <param name="IsHome">The episode's own school gives it.</param>
internal sealed record KnownAddress(string Key, string Words, bool IsHome)
{
    public static KnownAddress Of(string childId, string words, bool isHome)
    {
        var same = string.Concat(words.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{childId}|{same}")).AsSpan(0, 8)), words, isHome);
    }
}

/// <summary>A line of the checklist with what was recorded.</summary>
public sealed record EnquiryNow(EnquiryLine Line, ImmutableArray<EnquiryRecord> Records);

/// <summary>One enquiry: who made it, when, how, and what came of it.</summary>
/// <param name="How">The channel as recorded; null if nobody said.</param>
/// <param name="Note">Null for whom it is not to be read by.</param>
public sealed record EnquiryRecord(
    int Number, string Action, string By, string Role, DateTimeOffset At, string? Together, string? How, string? Outcome, string? Note, ReviewPlan? Plan);
