using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Cme.Storage.Concerns;
using Cme.Storage.Referrals;
using Cme.Storage.Schools;
using Cme.Web.Api;
using Cme.Web.Api.Admissions;
using Cme.Web.Api.Schools;
using Cme.Web.Pages.Episodes;
using Cme.Web.Pages.Wording;
using Cme.Web.Records;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Pages.Children;

/// <summary>Puts a child's page together for a viewer.</summary>
public sealed class ChildReader(
    IGrainFactory grains, ISchools schools, IFamilies families, IEpisodes episodes, IReferrals referrals, IConcerns concerns,
    EducationReader education, AdmissionDesk admissions,
    [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private const int MostReferrals = 50;

    /// <summary>The child, or null if there is none of whom the viewer may read.</summary>
    public async Task<ChildView?> ReadAsync(Viewer viewer, string childId, CancellationToken cancel)
    {
        var everywhere = await EverywhereAsync(viewer.Authority, childId, cancel);
        var pupils = await schools.PupilsOfChildAsync(viewer.Authority, childId, cancel);
        pupils = [.. pupils.Where(pupil => Scope.MayReadSchool(viewer, pupil.Urn))];
        if (pupils.IsEmpty) { return null; }
        var (latest, today) = (pupils[0].Pupil, London.DateOf(clock.GetUtcNow()));
        var names = await NamesAsync(viewer.Authority, pupils, cancel);
        var tracked = await EpisodesAsync(viewer, childId, cancel);
        var access = Access.Of(viewer, pupils, tracked);
        var set = await FlagsOf(childId);
        // Who must not be called is not called whoever says so: another school's roll counts, though its flags are not shown here.
        ImmutableArray<string> all = [.. set.Flags.Select(flag => flag.Id).Concat(everywhere.SelectMany(pupil => pupil.Pupil.Flags)).Distinct()];
        var hidden = pupils[0].Pupil.AddressHidden;
        var particulars = JsonSerializer.Deserialize(latest.Particulars, EdgeJson.Default.Particulars);
        return new ChildView
        {
            Id = childId,
            Name = $"{latest.Forename} {latest.Surname}",
            Year = Labels.YearGroup(latest.YearGroup),
            Upn = latest.Upn,
            DateOfBirth = latest.DateOfBirth,
            Age = AgeOn(today, latest.DateOfBirth),
            FirstLanguage = latest.FirstLanguage,
            Places = [.. pupils.Select(pupil => PlaceView.Of(pupil, names[pupil.Urn], today)).OrderByDescending(place => place.Now).ThenByDescending(place => place.From)],
            Address = Masks.Address(particulars?.Address, hidden) is { } address
                ? [.. address.Lines.Append(address.Postcode ?? "").Where(line => line.Length > 0)] : null,
            AddressHidden = hidden,
            Contacts = [.. (particulars?.Contacts ?? []).OrderBy(contact => contact.Priority ?? int.MaxValue).Select(Contact)],
            Access = access,
            Flags = FlagLines(set, pupils, names, access, today),
            Badges = FlagView.Of(access.Flags(all)),
            Changes = FlagChange.Of(set, flag => Sees(access, flag.Id), access.Layers >= NotesLayer),
            FlagsVersion = set.Version,
            DoNotContact = all.Contains(Flags.DoNotContactFamily),
            SafeContactOnly = all.Contains("safe_contact_details"),
            Documents = access.EvidenceOf is null ? await admissions.OfChildAsync(viewer.Authority, childId, cancel) : [],
            Education = await education.OfAsync(viewer, pupils, tracked, cancel),
            Episodes = tracked,
            Concerns = viewer.OfAuthority ? await concerns.OfChildAsync(viewer.Authority, childId, MostReferrals, cancel) : [],
            Referrals = viewer.OfAuthority ? await referrals.OfChildAsync(viewer.Authority, childId, MostReferrals, cancel) : [],
            Leaves = await LeavesAsync(viewer.Authority, pupils, names, cancel),
            Linked = hidden ? null : await FamilyChild.FindAsync(families, viewer, access, childId, all, cancel),
        };
    }

    /// <summary>
    /// What every school holds of a child: read as the product, because what one school's roll hides is hidden at another too. What is not
    /// the viewer's to see is left out by the caller.
    /// </summary>
    private async Task<ImmutableArray<ChildPupil>> EverywhereAsync(string authority, string childId, CancellationToken cancel)
    {
        using (Reader.AsTheProduct()) { return await schools.PupilsOfChildAsync(authority, childId, cancel); }
    }

    /// <summary>A flag's note, and why flags were changed, are told to those who answer for safeguarding (FACTS D3, layer 3).</summary>
    public const int NotesLayer = 3;

    /// <summary>The flags that the authority set, as recorded: for the form that changes them.</summary>
    public Task<FlagsView> FlagsOf(string childId) => grains.GetGrain<IChildGrain>(Keys.Child(childId)).Flags();

    /// <summary>Whether a flag is shown.</summary>
    public static bool Sees(Access access, string flag) => !access.Hides([flag]);

    private static ImmutableArray<FlagLine> FlagLines(
        FlagsView set, ImmutableArray<ChildPupil> pupils, IReadOnlyDictionary<string, string> names, Access access, DateOnly today)
    {
        var ofAuthority = set.Flags.Where(flag => Sees(access, flag.Id)).Select(flag => new FlagLine(
            FlagView.Of([flag.Id])[0], flag.Source, flag.ReviewOn, flag.ReviewOn < today, access.Note(flag.Note, NotesLayer)));
        var ofRolls = from pupil in pupils
                      from id in pupil.Pupil.Flags
                      where Sees(access, id)
                      select new FlagLine(FlagView.Of([id])[0], $"The roll of {names[pupil.Urn]}", null, false, null);
        return [.. ofAuthority.Concat(ofRolls).OrderByDescending(line => line.Flag.Urgent).ThenBy(line => line.Flag.Words, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(string authority, ImmutableArray<ChildPupil> pupils, CancellationToken cancel)
    {
        var names = new Dictionary<string, string>();
        foreach (var urn in pupils.Select(pupil => pupil.Urn).Distinct())
        {
            names[urn] = (await schools.GetAsync(authority, urn, cancel))?.Name ?? urn;
        }
        return names;
    }

    private async Task<ImmutableArray<EpisodeRow>> EpisodesAsync(Viewer viewer, string childId, CancellationToken cancel)
    {
        var page = await episodes.ListAsync(
            new() { Scope = new(viewer.Authority, viewer.School), Status = "all", ChildId = childId }, 100, null, cancel);
        return [.. page.Rows.OrderByDescending(row => row.Status == "open").ThenByDescending(row => row.OpenedAt)];
    }

    private async Task<ImmutableArray<LeaveView>> LeavesAsync(
        string authority, ImmutableArray<ChildPupil> pupils, IReadOnlyDictionary<string, string> names, CancellationToken cancel)
    {
        var leaves = new List<LeaveView>();
        foreach (var (urn, pupil, _, _) in pupils)
        {
            leaves.AddRange(LeaveRecord.AsOf(await schools.LeavesAsync(authority, urn, cancel: cancel), null)
                .Where(leave => leave.SchoolPupilId == pupil.SchoolPupilId)
                .Select(leave => new LeaveView(names[urn], leave.From, leave.ExpectedReturn, leave.Reason, leave.AuthorisedBy, leave.Cancelled)));
        }
        return [.. leaves.OrderByDescending(leave => leave.From)];
    }

    private static ContactView Contact(ContactDocument contact) => new(
        contact.Name, Labels.Sentence(contact.Relationship ?? ""), contact.ParentalResponsibility, contact.Priority, contact.Phones, contact.Email);

    private static int AgeOn(DateOnly day, DateOnly born) => day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);
}
