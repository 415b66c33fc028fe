using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Grains.Rules;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Pages.Episodes;
using Cme.Web.Security;

namespace Cme.Web.Records;

/// <summary>Where a child stands with education, as far as the viewer may know: a school answers for its own roll, the council for the child.</summary>
public sealed class EducationReader(
    ISchools schools, IEpisodes episodes, PupilCounts counts, IRulebook rulebook, PackCatalogue packs, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <param name="pupils">What the viewer may read of the child at schools: at least one row.</param>
    /// <param name="records">The child's episodes that the viewer may read.</param>
    public async Task<EducationNow> OfAsync(Viewer viewer, ImmutableArray<ChildPupil> pupils, ImmutableArray<EpisodeRow> records, CancellationToken cancel)
    {
        var today = London.DateOf(clock.GetUtcNow());
        var places = await PlacesAsync(viewer.Authority, [.. pupils.Where(pupil => IsOn(pupil, viewer.Authority, today))], cancel);
        var pack = packs[places.FirstOrDefault()?.School.Pack ?? await rulebook.PackOf(viewer.Authority)];
        var definition = pack.Definition ?? EducationDefinition.National;
        var open = records.Where(record => record.Status == "open").ToLookup(record => record.Kind);
        var known = new EducationFacts
        {
            DateOfBirth = pupils[0].Pupil.DateOfBirth, Today = today,
            Places = [.. places.Select(place => new PlaceOfEducation(place.School.Name, place.IsProvider))],
            WhereaboutsUnknown = open[EpisodeKinds.Whereabouts].Any(),
            RecordOpen = open[EpisodeKinds.Cme].Any(),
            AtHome = open[EpisodeKinds.HomeEducation].FirstOrDefault() is { } record ? await FoundAsync(viewer, record, cancel) : HomeEducation.None,
            SaidToBeAt = SaidToBeAt(pupils, viewer.Authority),
            Missed = places.Select(place => place.Missed).OrderByDescending(missed => missed.Days).ThenByDescending(missed => missed.SessionsLately).FirstOrDefault(),
        };
        var standing = known.Places.IsEmpty && !viewer.OfAuthority
            ? new(MissingEducation.NotKnown, "Not on your school’s roll today. The council answers for a child who has left it.", definition.Missing)
            : MissingEducation.Of(known, definition);
        return new(standing, pack.Id, definition.AgeOf(known.DateOfBirth), [.. places.Select(place => place.School)], today);
    }

    private static bool IsOn(ChildPupil one, string authority, DateOnly today) =>
        one.Urn != authority && one.Pupil is { OnList: true } pupil && pupil.EntryDate <= today && !(pupil.LeavingDate < today);

    private static string? SaidToBeAt(ImmutableArray<ChildPupil> pupils, string authority) =>
        pupils.Where(one => one.Urn != authority).MaxBy(one => one.Pupil.LeavingDate)?.Pupil.Destination;

    /// <summary>Schools before providers: whose roll has the child, by that one's procedure the child is judged.</summary>
    private async Task<ImmutableArray<Place>> PlacesAsync(string authority, ImmutableArray<ChildPupil> on, CancellationToken cancel)
    {
        var places = new List<Place>();
        foreach (var (urn, pupil, _, _) in on)
        {
            if (await schools.GetAsync(authority, urn, cancel) is not { } school) { continue; }
            places.Add(new(school, await MissedAsync(authority, urn, pupil.SchoolPupilId, cancel)));
        }
        return [.. places.OrderBy(place => place.IsProvider)];
    }

    private async Task<UnpermittedAbsence> MissedAsync(string authority, string urn, string pupil, CancellationToken cancel) =>
        await counts.OfPupilAsync(authority, urn, pupil, cancel) is { } standing
            ? UnpermittedAbsence.Of(standing.Days, standing.Leaves, PupilCounts.YearBegins(London.DateOf(clock.GetUtcNow())), standing.Counts.IrregularDays)
            : default;

    private async Task<HomeEducation> FoundAsync(Viewer viewer, EpisodeRow record, CancellationToken cancel)
    {
        var history = await episodes.EventsAsync(new(viewer.Authority, viewer.School), record.Reference, cancel);
        return AsKnownOn.Fold(history).Begun?.Known.Acts.LastOrDefault(act => act.Action == ActionNames.EducationAssessment)?.Outcome switch
        {
            "suitable" => HomeEducation.Suitable,
            "not-suitable" => HomeEducation.NotSuitable,
            "no-information" => HomeEducation.NoInformation,
            _ => HomeEducation.NotAssessed,
        };
    }

    private sealed record Place(SchoolRecord School, UnpermittedAbsence Missed)
    {
        public bool IsProvider => School.Kind == "provider";
    }
}

/// <summary>Where a child stands with education today.</summary>
/// <param name="Procedure">The id of the procedure that says so.</param>
/// <param name="Age">The days on which the child can be missing education by it.</param>
/// <param name="OnRoll">The schools and providers that the viewer may read of whose list has the child, schools first.</param>
public sealed record EducationNow(EducationStanding Standing, string Procedure, CompulsoryAge Age, ImmutableArray<SchoolRecord> OnRoll, DateOnly On);
