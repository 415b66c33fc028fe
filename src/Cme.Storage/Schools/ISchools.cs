using System.Collections.Immutable;
using Cme.Storage.Episodes;

namespace Cme.Storage.Schools;

/// <summary>Authorities, their schools, calendars and rolls.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface ISchools
{
    Task<AuthorityRecord?> GetAuthorityAsync(string code, CancellationToken cancel = default);

    Task<ImmutableArray<AuthorityRecord>> AuthoritiesAsync(CancellationToken cancel = default);

    /// <summary>Creates the authority or replaces its name and calendar. Its numbering goes on.</summary>
    /// <returns>The version of the record; unchanged if nothing was new.</returns>
    Task<int> PutAuthorityAsync(AuthorityRecord authority, CancellationToken cancel = default);

    /// <summary>Chooses the procedure of the authority's schools that have none of their own. The authority must exist; nothing else of it changes.</summary>
    Task ChoosePackAsync(string authority, string pack, CancellationToken cancel = default);

    Task<SchoolRecord?> GetAsync(string authority, string urn, CancellationToken cancel = default);

    /// <summary>The schools of an authority by name.</summary>
    Task<ImmutableArray<SchoolRecord>> ListAsync(string authority, CancellationToken cancel = default);

    /// <summary>Creates the school or replaces its details; the authority must exist.</summary>
    /// <returns>The version of the record; unchanged if nothing was new.</returns>
    Task<int> PutAsync(SchoolRecord school, CancellationToken cancel = default);

    /// <summary>Publishes a school year's calendar; the school must exist. The same body again keeps its version.</summary>
    /// <param name="body">JSON of the grain's own making.</param>
    /// <returns>The version: one above any that the school had, over all its years.</returns>
    Task<int> PublishCalendarAsync(
        string authority, string urn, string schoolYear, string body, DateTimeOffset publishedAt, CancellationToken cancel = default);

    /// <summary>
    /// The calendars as they were known at <paramref name="version"/> (null: now): for each school year the latest that is not
    /// above it, oldest year first.
    /// </summary>
    Task<ImmutableArray<CalendarRecord>> CalendarsAsync(
        string authority, string urn, int? version = null, CancellationToken cancel = default);

    /// <summary>The authority's own calendar as it was known at <paramref name="version"/> (null: now); null if it has published none.</summary>
    Task<CalendarRecord?> AuthorityCalendarAsync(string authority, int? version = null, CancellationToken cancel = default);

    /// <summary>Publishes the authority's own calendar; the authority must exist. The same body again keeps its version.</summary>
    /// <param name="held">The version that is to be replaced, 0 for none.</param>
    /// <returns>The version, or null if another than <paramref name="held"/> is published.</returns>
    Task<int?> PublishAuthorityCalendarAsync(
        string authority, string body, int held, DateTimeOffset publishedAt, CancellationToken cancel = default);

    /// <summary>Stores a roll or some pupils of it in one statement, and says which child each is. All or nothing.</summary>
    /// <param name="full">True: pupils whom <paramref name="listed"/> does not name are no longer on the list. Nothing is deleted.</param>
    /// <param name="pupils">The pupils to store.</param>
    /// <param name="listed">Every pupil id that the list named, also those of items that were not good enough to store.</param>
    Task<RollStored> ChangeRollAsync(
        string authority, string urn, bool full, IReadOnlyList<PupilRecord> pupils, IReadOnlyCollection<string> listed,
        CancellationToken cancel = default);

    /// <summary>The roll as the school grain's index needs it: everyone who ever was on it.</summary>
    Task<ImmutableArray<RollEntry>> ReadRollAsync(string authority, string urn, CancellationToken cancel = default);

    /// <summary>A page of the roll by pupil id, for those who read it.</summary>
    /// <param name="after">The last pupil id of the page before; null starts.</param>
    Task<ImmutableArray<PupilRecord>> PupilsAsync(
        string authority, string urn, string? after, int limit, CancellationToken cancel = default);

    /// <summary>The pupil records of one child in the authority, those on a list first.</summary>
    Task<ImmutableArray<ChildPupil>> PupilsOfChildAsync(string authority, string childId, CancellationToken cancel = default);

    /// <summary>The other schools and providers whose list has a child on a day, by URN.</summary>
    /// <param name="urn">The school that asks.</param>
    Task<ImmutableArray<OtherPlace>> OtherPlacesAsync(string authority, string urn, string childId, DateOnly on, CancellationToken cancel = default);

    /// <summary>Every version of every leave of a school, or of one leave, by id and version (<see cref="LeaveRecord.AsOf"/>).</summary>
    Task<ImmutableArray<LeaveRecord>> LeavesAsync(string authority, string urn, string? id = null, CancellationToken cancel = default);

    /// <summary>Adds a version of a leave; the school must exist.</summary>
    /// <returns>False if that version is held already, and then nothing was stored.</returns>
    Task<bool> PutLeaveAsync(string authority, string urn, LeaveRecord leave, CancellationToken cancel = default);
}

/// <param name="Calendar">Unused: what an authority publishes has rows of its own.</param>
/// <param name="Pack">The procedure of its schools that have none of their own; null if it has chosen none.</param>
public sealed record AuthorityRecord(string Code, string Name, string Calendar = "{}", int Version = 0, string? Pack = null);

public sealed record SchoolRecord
{
    public string Authority { get; init; } = "";
    public string Urn { get; init; } = "";
    public string Name { get; init; } = "";
    /// <summary><c>school</c> or <c>provider</c>.</summary>
    public string Kind { get; init; } = "school";
    public string? Pack { get; init; }
    public string? Commissioner { get; init; }
    /// <summary>Not written: the store counts.</summary>
    public int Version { get; init; }
}

public sealed record CalendarRecord(string SchoolYear, int Version, string Body, DateTimeOffset PublishedAt);

/// <summary>A pupil as stored. <see cref="ChildId"/>, <see cref="OnList"/> and <see cref="Version"/> are not written: the store decides them.</summary>
public sealed record PupilRecord
{
    public string SchoolPupilId { get; init; } = "";
    public string ChildId { get; init; } = "";
    public string? Upn { get; init; }
    public ImmutableArray<string> FormerUpns { get; init; } = [];
    public string Forename { get; init; } = "";
    public string Surname { get; init; } = "";
    public DateOnly DateOfBirth { get; init; }
    public string Sex { get; init; } = "";
    public string YearGroup { get; init; } = "";
    public DateOnly EntryDate { get; init; }
    public DateOnly? LeavingDate { get; init; }
    public string? Ground { get; init; }
    public string? Destination { get; init; }
    public string? FirstLanguage { get; init; }
    public ImmutableArray<string> Flags { get; init; } = [];
    /// <summary>The part-week timetable by which the pupil comes; null for the whole week. Not written: the particulars name it.</summary>
    public string? Timetable { get; init; }
    /// <summary>Address and contacts, JSON as sent.</summary>
    public string Particulars { get; init; } = "{}";
    /// <summary>The address must not be shown (<see cref="Cme.Domain.Children.Flags.HidingAddress"/>). Not written.</summary>
    public bool AddressHidden { get; init; }
    public bool OnList { get; init; }
    public int Version { get; init; }
}

/// <summary>A child who may be of the same family.</summary>
/// <param name="LivesThere">At the same address; else only a telephone number is shared.</param>
/// <param name="Flags">Of the child's record and of the latest episode, for whoever must hide some children from some viewers.</param>
/// <param name="Reference">Of the latest episode within the caller's scope; null if there is none.</param>
public sealed record FamilyMember(
    string ChildId, string Urn, string SchoolName, string Forename, string Surname, string YearGroup, bool LivesThere, ImmutableArray<string> Flags,
    string? Reference, string? Status);

/// <param name="MovedOn">The first day that the child was at another school of the authority and no longer at this one; null if it has not moved.</param>
/// <param name="Fourth">Layer 4 of what is held of the child is open to the reader who asks (<see cref="Connections.Reader"/>).</param>
public sealed record ChildPupil(string Urn, PupilRecord Pupil, DateOnly? MovedOn = null, bool Fourth = false);

public sealed record RollEntry(
    string SchoolPupilId, string? Upn, ImmutableArray<string> FormerUpns, string ChildId, string YearGroup,
    ImmutableArray<string> Flags, DateOnly EntryDate, DateOnly? LeavingDate, bool OnList, int Version = 1, string? FirstLanguage = null)
{
    /// <summary>The ground on which the name was removed, and where the pupil went; null until the school says.</summary>
    public string? Ground { get; init; }
    public string? Destination { get; init; }
    /// <summary>The part-week timetable by which the pupil comes; null for the whole week.</summary>
    public string? Timetable { get; init; }
}

/// <summary>What storing a roll came to.</summary>
/// <param name="Pupils">One for each pupil given, in that order.</param>
/// <param name="NotOnList">The pupil ids that this full list no longer has.</param>
public sealed record RollStored(ImmutableArray<PupilStored> Pupils, ImmutableArray<string> NotOnList);

/// <param name="Changed">False: the record was the same already.</param>
/// <param name="Conflict">The UPN belongs to a child of another name and another birth date: a child of its own was made, and a
/// person must decide.</param>
public readonly record struct PupilStored(string SchoolPupilId, string ChildId, bool Changed, bool Conflict);

/// <summary>Another school or provider whose list has a child, with what says when it expects the child.</summary>
/// <param name="Timetable">The part-week timetable by which the child comes; null for the whole week.</param>
public sealed record OtherPlace(string Urn, string YearGroup, string? Timetable);
