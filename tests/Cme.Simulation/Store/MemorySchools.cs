using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cme.Storage.Schools;

namespace Cme.Simulation.Store;

/// <summary>Authorities, schools, calendars and rolls.</summary>
internal sealed partial class MemorySchools(MemoryDatabase database, IDisk disk) : ISchools
{
    public Task<AuthorityRecord?> GetAuthorityAsync(string code, CancellationToken cancel = default) =>
        disk.Read(() => database.Authorities.GetValueOrDefault(code));

    public Task<ImmutableArray<AuthorityRecord>> AuthoritiesAsync(CancellationToken cancel = default) =>
        disk.Read(() => database.Authorities.Values.OrderBy(one => one.Code, StringComparer.Ordinal).ToImmutableArray());

    public Task<int> PutAuthorityAsync(AuthorityRecord authority, CancellationToken cancel = default) => disk.Write($"authority {authority.Code}", () =>
    {
        database.Numbers.TryAdd(authority.Code, new Numbering(EpochOf(database.Numbers.Count + 1), 0));
        var held = database.Authorities.GetValueOrDefault(authority.Code);
        var same = held is not null && held.Name == authority.Name && SameJson(held.Calendar, authority.Calendar);
        var version = (held?.Version ?? 0) + (same ? 0 : 1);
        database.Authorities[authority.Code] = authority with { Version = version, Pack = held?.Pack };
        return version;
    });

    public Task ChoosePackAsync(string authority, string pack, CancellationToken cancel = default) => disk.Write($"procedure of {authority}", () =>
    {
        if (database.Authorities.GetValueOrDefault(authority) is { } held && held.Pack != pack)
        {
            database.Authorities[authority] = held with { Pack = pack, Version = held.Version + 1 };
        }
        return 0;
    });

    public Task<SchoolRecord?> GetAsync(string authority, string urn, CancellationToken cancel = default) =>
        disk.Read(() => database.Schools.GetValueOrDefault((authority, urn)));

    public Task<ImmutableArray<SchoolRecord>> ListAsync(string authority, CancellationToken cancel = default) =>
        disk.Read(() => database.Schools.Values.Where(school => school.Authority == authority)
            .OrderBy(school => school.Name, StringComparer.Ordinal).ThenBy(school => school.Urn, StringComparer.Ordinal).ToImmutableArray());

    public Task<int> PutAsync(SchoolRecord school, CancellationToken cancel = default) => disk.Write($"school {school.Urn}", () =>
    {
        if (!database.Authorities.ContainsKey(school.Authority))
        {
            throw new InvalidOperationException($"There is no authority {school.Authority}.");
        }
        var held = database.Schools.GetValueOrDefault((school.Authority, school.Urn));
        var version = held is null ? 1 : held.Version + (held == school with { Version = held.Version } ? 0 : 1);
        database.Schools[(school.Authority, school.Urn)] = school with { Version = version };
        return version;
    });

    public Task<int> PublishCalendarAsync(
        string authority, string urn, string schoolYear, string body, DateTimeOffset publishedAt, CancellationToken cancel = default) =>
        disk.Write($"calendar {urn}", () =>
        {
            if (!database.Schools.ContainsKey((authority, urn)))
            {
                throw new InvalidOperationException($"There is no school {urn}.");
            }
            var ofSchool = CalendarsOf(authority, urn).ToList();
            if (ofSchool.LastOrDefault(one => one.SchoolYear == schoolYear) is { } held && SameJson(held.Body, body))
            {
                return held.Version;
            }
            var version = ofSchool.Select(one => one.Version).DefaultIfEmpty().Max() + 1;
            database.Calendars.Add(new PublishedCalendar(authority, urn, new CalendarRecord(schoolYear, version, body, publishedAt)));
            return version;
        });

    public Task<CalendarRecord?> AuthorityCalendarAsync(string authority, int? version = null, CancellationToken cancel = default) =>
        disk.Read(() => OfficesOf(authority, version));

    public Task<int?> PublishAuthorityCalendarAsync(
        string authority, string body, int held, DateTimeOffset publishedAt, CancellationToken cancel = default) =>
        disk.Write($"calendar {authority}", () =>
        {
            var latest = OfficesOf(authority);
            if (latest is not null && SameJson(latest.Body, body))
            {
                return latest.Version;
            }
            if ((latest?.Version ?? 0) != held)
            {
                return (int?)null;
            }
            database.Offices.Add((authority, new CalendarRecord("authority", held + 1, body, publishedAt)));
            return held + 1;
        });

    public Task<ImmutableArray<CalendarRecord>> CalendarsAsync(
        string authority, string urn, int? version = null, CancellationToken cancel = default) =>
        disk.Read(() => CalendarsOf(authority, urn).Where(one => version is null || one.Version <= version)
            .GroupBy(one => one.SchoolYear).Select(year => year.MaxBy(one => one.Version)!)
            .OrderBy(one => one.SchoolYear, StringComparer.Ordinal).ToImmutableArray());

    public Task<RollStored> ChangeRollAsync(
        string authority, string urn, bool full, IReadOnlyList<PupilRecord> pupils, IReadOnlyCollection<string> listed,
        CancellationToken cancel = default) =>
        disk.Write($"roll {urn}", () => ChangeRoll(authority, urn, full, pupils, listed));

    public Task<ImmutableArray<RollEntry>> ReadRollAsync(string authority, string urn, CancellationToken cancel = default) =>
        disk.Read(() => PupilsOf(authority, urn).Select(pupil => new RollEntry(
            pupil.SchoolPupilId, pupil.Upn, pupil.FormerUpns, pupil.ChildId, pupil.YearGroup, pupil.Flags, pupil.EntryDate, pupil.LeavingDate,
            pupil.OnList, pupil.Version, pupil.FirstLanguage)
        {
            Ground = pupil.Ground, Destination = pupil.Destination,
        }).ToImmutableArray());

    public Task<ImmutableArray<PupilRecord>> PupilsAsync(
        string authority, string urn, string? after, int limit, CancellationToken cancel = default) =>
        disk.Read(() => PupilsOf(authority, urn).Where(pupil => after is null || string.CompareOrdinal(pupil.SchoolPupilId, after) > 0)
            .OrderBy(pupil => pupil.SchoolPupilId, StringComparer.Ordinal).Take(limit).ToImmutableArray());

    public Task<ImmutableArray<ChildPupil>> PupilsOfChildAsync(string authority, string childId, CancellationToken cancel = default) =>
        disk.Read(() => database.Pupils.Where(row => row.Key.Authority == authority && row.Value.Pupil.ChildId == childId)
            .OrderByDescending(row => row.Value.Pupil.OnList).ThenByDescending(row => row.Value.UpdatedAt)
            .ThenBy(row => row.Key.Pupil, StringComparer.Ordinal).ThenBy(row => row.Key.Urn, StringComparer.Ordinal)
            .Select(row => new ChildPupil(row.Key.Urn, row.Value.Pupil)).ToImmutableArray());

    public Task<ImmutableArray<OtherPlace>> OtherPlacesAsync(string authority, string urn, string childId, DateOnly on, CancellationToken cancel = default) =>
        disk.Read(() => database.Pupils.Where(row => row.Key.Authority == authority && row.Value.Pupil.ChildId == childId && row.Key.Urn != urn && row.Key.Urn != authority)
            .Where(row => row.Value.Pupil is { OnList: true } pupil && pupil.EntryDate <= on && !(pupil.LeavingDate < on))
            .OrderBy(row => row.Key.Urn, StringComparer.Ordinal).ThenByDescending(row => row.Value.UpdatedAt).DistinctBy(row => row.Key.Urn)
            .Select(row => new OtherPlace(row.Key.Urn, row.Value.Pupil.YearGroup, row.Value.Pupil.Timetable)).ToImmutableArray());

    private CalendarRecord? OfficesOf(string authority, int? version = null) =>
        database.Offices.Where(one => one.Authority == authority && (version is null || one.Calendar.Version <= version)).Select(one => one.Calendar).LastOrDefault();

    private IEnumerable<CalendarRecord> CalendarsOf(string authority, string urn) =>
        database.Calendars.Where(one => one.Authority == authority && one.Urn == urn).Select(one => one.Calendar);

    private IEnumerable<PupilRecord> PupilsOf(string authority, string urn) =>
        database.Pupils.Where(row => row.Key.Authority == authority && row.Key.Urn == urn).Select(row => row.Value.Pupil);

    private static string EpochOf(int number) => $"{number:x32}";

    private static bool SameJson(string one, string other) => JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
}
