using System.Collections.Immutable;
using Cme.Domain.Concerns;
using Cme.Domain.Procedures;
using Cme.Storage;
using Cme.Storage.Concerns;
using Cme.Web.Api.Concerns;
using Cme.Web.Api.Referrals;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;

namespace Cme.Web.Pages.Concerns;

/// <summary>A concern as an officer of the authority reads it, without anything of who reported.</summary>
/// <param name="Duties">What is owed and was done, by when it is due.</param>
/// <param name="Now">The business clock.</param>
public sealed record ConcernView(ConcernRecord Record, ConcernDocument Told, ImmutableArray<ConcernDuty> Duties, DateTimeOffset Now)
{
    public Concern Concern => Record.Concern;

    /// <summary>Whom it is about, as far as it says.</summary>
    public string Name => Told.Child.Name ?? "A child without a name";

    public (string Words, string Colour) Stage => ConcernWords.Stage(Concern.Stage);

    /// <summary>The next thing that is to be done; null if nothing is.</summary>
    public ConcernDuty? Next => Duties.FirstOrDefault(duty => duty.State == ObligationState.Overdue) ?? Duties.FirstOrDefault(duty => duty.IsOpen);

    public bool IsOverdue => Duties.Any(duty => duty.State == ObligationState.Overdue);

    /// <summary>Whether it has climbed to the CME lead.</summary>
    public bool IsWithLead => Duties.Any(duty => duty.Level >= Levels.CmeLead);

    /// <summary>Who is responsible at this moment. There always is somebody.</summary>
    public string With => !Concern.IsOpen ? "Nobody: it is closed"
        : $"{Concern.Holder?.Name ?? "The duty desk"}{(IsWithLead ? ", and the CME lead: it is late" : "")}";

    /// <summary>Whether the family must not be contacted.</summary>
    public bool IsBarred => Record.Child.FamilyBarred || Concern.Conclusion == ConcernActs.DoNotContact;

    /// <summary>What was said of the child, each with what it is; what was not said is left out.</summary>
    public ImmutableArray<(string Key, string Value)> Facts =>
    [
        .. new (string Key, string? Value)[]
        {
            ("Name", Told.Child.Name), ("Age", Told.Child.Age), ("Date of birth", Told.Child.DateOfBirth is { } born ? Times.Date(born) : null), ("School", Told.Child.School),
            ("Address or place", Hidden(Told.Child.Address)), ("Postcode", Hidden(Told.Child.Postcode ?? Told.Postcode)), ("To recognise the child by", Told.Child.Description),
            ("Other children", Told.OtherChildren), ("Language", Told.Language),
        }.Where(fact => !string.IsNullOrWhiteSpace(fact.Value)).Select(fact => (fact.Key, fact.Value!)),
    ];

    /// <summary>The child as a referral would have it, so that the same search finds whom it may be about.</summary>
    public ReferredChild Sought
    {
        get
        {
            var words = (Told.Child.Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new()
            {
                Forename = words.FirstOrDefault(), Surname = words.Length > 1 ? words[^1] : null, DateOfBirth = Told.Child.DateOfBirth, Postcode = Told.Child.Postcode ?? Told.Postcode,
            };
        }
    }

    private string? Hidden(string? address) => address is null ? null : Masks.Address(address, Record.AddressHidden) ?? "Hidden: it is shown to nobody here";
}

/// <summary>What the desk says of concerns.</summary>
public sealed record ConcernSummary(int Open, int Unscreened, int Overdue, int WithLead);

/// <summary>Reads concerns for the pages of the authority's officers.</summary>
public sealed class ConcernReader(IConcerns concerns, ConcernDesk desk)
{
    /// <summary>How many are read at a time.</summary>
    private const int Page = 500;

    /// <summary>The open concerns, those first that are most urgent: what is overdue by how long it is, then what is due next.</summary>
    public async Task<ImmutableArray<ConcernView>> OpenAsync(Viewer viewer, CancellationToken cancel)
    {
        // All of them, however many: those that a flood of new ones would push off a list are the oldest, and the most overdue.
        var records = ImmutableArray.CreateBuilder<ConcernRecord>();
        for ((DateTimeOffset, string)? before = null; ;)
        {
            var page = await concerns.ListAsync(viewer.Authority, true, before, Page, cancel);
            records.AddRange(page);
            if (page.Length < Page) { break; }
            before = (page[^1].Concern.Received.At, page[^1].Reference);
        }
        var found = await ViewsAsync(viewer, records.DrainToImmutable(), cancel);
        return [.. found.OrderBy(one => one.Next?.ActBy ?? DateTimeOffset.MaxValue).ThenBy(one => one.Record.Reference, StringComparer.Ordinal)];
    }

    /// <summary>A page of the closed ones, newest first, and whether there are more.</summary>
    public async Task<(ImmutableArray<ConcernView> Page, bool More)> ClosedAsync(Viewer viewer, (DateTimeOffset, string)? before, int limit, CancellationToken cancel)
    {
        var found = await concerns.ListAsync(viewer.Authority, false, before, limit + 1, cancel);
        return (await ViewsAsync(viewer, [.. found.Take(limit)], cancel), found.Length > limit);
    }

    /// <summary>One concern; null if the authority has none so.</summary>
    public async Task<ConcernView?> FindAsync(Viewer viewer, string reference, CancellationToken cancel) =>
        await concerns.GetAsync(viewer.Authority, reference, cancel) is { } held ? (await ViewsAsync(viewer, [held], cancel))[0] : null;

    /// <summary>What the desk counts; null while it cannot be read, since a board must not need the database.</summary>
    public async Task<ConcernSummary?> SummaryAsync(Viewer viewer, CancellationToken cancel)
    {
        try
        {
            var open = await OpenAsync(viewer, cancel);
            return new(open.Length, open.Count(one => one.Concern.Risk is null), open.Count(one => one.IsOverdue), open.Count(one => one.IsWithLead));
        }
        catch (StorageUnavailableException)
        {
            return null;
        }
    }

    private async Task<ImmutableArray<ConcernView>> ViewsAsync(Viewer viewer, ImmutableArray<ConcernRecord> records, CancellationToken cancel)
    {
        if (records.IsEmpty) { return []; }
        var offices = await desk.OfficesAsync(viewer.Authority, cancel);
        return [.. records.Select(one => new ConcernView(one, ConcernIntake.Told(one), ConcernDuties.Of(one.Concern, one.Child, offices, desk.Now), desk.Now))];
    }
}
