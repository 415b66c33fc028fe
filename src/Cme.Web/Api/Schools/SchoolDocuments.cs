using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cme.Web.Api.Schools;

/// <summary>What an authority says of one of its schools or providers.</summary>
public record SchoolDocument
{
    public required string Name { get; init; }
    [Description("school or provider.")]
    public string Kind { get; init; } = "school";
    [Description("The school's own procedure; without one it follows its authority's.")]
    public string? Pack { get; init; }
    [Description("Of a provider: the URN of the school that placed its pupils there.")]
    public string? Commissioner { get; init; }
}

/// <summary>A school as it is held.</summary>
public sealed record HeldSchool : SchoolDocument
{
    public required string Urn { get; init; }
    [Description("The code of the authority that created it.")]
    public required string Authority { get; init; }
    public required long Version { get; init; }
}

/// <summary>The schools of an authority.</summary>
public sealed record SchoolList(ImmutableArray<HeldSchool> Data);

/// <summary>A school year. Dates are days in Europe/London; times are HH:mm there.</summary>
public sealed record CalendarDocument
{
    public required ImmutableArray<TermDocument> Terms { get; init; }
    [Description("Days in term on which only staff come in.")]
    public ImmutableArray<DateOnly> Inset { get; init; } = [];
    public ImmutableArray<ClosureDocument> Closures { get; init; } = [];
    public required SessionsDocument Sessions { get; init; }
    [Description("When the school day ends, HH:mm.")]
    public required string DayEnds { get; init; }
    public ImmutableArray<YearGroupExceptionDocument> YearGroupExceptions { get; init; } = [];
    [Description("A provider's own hours, where they are not the same from Monday to Friday. On a day that is left out it does not meet. Left out altogether, `sessions` holds for every day.")]
    public ImmutableArray<DayHoursDocument> Week { get; init; } = [];
    [Description("Part-week timetables. The roll says which pupil comes by which.")]
    public ImmutableArray<TimetableDocument> Timetables { get; init; } = [];
    [Description("The lessons of a school day, for schools that take a register in each.")]
    public ImmutableArray<LessonDocument> Lessons { get; init; } = [];
}

/// <summary>The sessions held on one day of the week; one that is left out is not held.</summary>
/// <param name="Day">monday to friday.</param>
/// <param name="DayEnds">HH:mm.</param>
public sealed record DayHoursDocument(string Day, SessionDocument? Am, SessionDocument? Pm, string DayEnds);

/// <summary>The sessions of a week for which some pupils come.</summary>
/// <param name="Name">As the roll names it.</param>
/// <param name="Days">A day that is left out is one on which the pupil does not come.</param>
public sealed record TimetableDocument(string Name, ImmutableArray<TimetableDayDocument> Days);

/// <summary>The sessions (AM, PM) for which a pupil comes on one day of the week.</summary>
/// <param name="Day">monday to friday.</param>
public sealed record TimetableDayDocument(string Day, ImmutableArray<string> Sessions);

/// <summary>A lesson of every school day.</summary>
/// <param name="Name">Such as Period 1.</param>
/// <param name="Start">HH:mm. Its registers are to be taken within ten minutes.</param>
/// <param name="Groups">The teaching groups whose registers are taken in it.</param>
public sealed record LessonDocument(string Name, string Start, ImmutableArray<string> Groups);

/// <summary>First and last day of a term, both included.</summary>
public sealed record TermDocument(DateOnly Start, DateOnly End);

/// <summary>A day on which the school is closed.</summary>
/// <param name="Code">#, X or Y1 to Y7.</param>
public sealed record ClosureDocument(DateOnly Date, string Code);

/// <summary>The morning and the afternoon.</summary>
public sealed record SessionsDocument(SessionDocument Am, SessionDocument Pm);

/// <summary>When a session starts and its registration closes, HH:mm.</summary>
public sealed record SessionDocument(string Start, string RegistrationCloses);

/// <summary>The sessions that a year group has on one day; none says that it stays at home.</summary>
public sealed record YearGroupExceptionDocument(string YearGroup, DateOnly Date, ImmutableArray<string> Sessions);

/// <summary>A calendar as it is held.</summary>
public sealed record HeldCalendar
{
    public required string SchoolYear { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required CalendarDocument Calendar { get; init; }
}

/// <summary>What publishing a calendar came to.</summary>
/// <param name="Moved">The deadlines of open episodes that moved.</param>
public sealed record CalendarReport(string SchoolYear, long Version, ImmutableArray<MovedDeadlineDocument> Moved);

/// <summary>A deadline before and after a calendar was published.</summary>
/// <param name="Reference">The episode.</param>
public sealed record MovedDeadlineDocument(string Reference, string Step, string ObligationId, DateTimeOffset From, DateTimeOffset To)
{
    public static MovedDeadlineDocument Of(MovedDeadline moved) => new(moved.Reference, moved.Step, moved.ObligationId, moved.From, moved.To);
}

/// <summary>A full roll.</summary>
public sealed record RollDocument
{
    public required ImmutableArray<PupilDocument> Pupils { get; init; }
    [Description("How many pupils you know to be missing from the list: lets a list that lost many be accepted.")]
    public int? ConfirmMissing { get; init; }
}

/// <summary>Some pupils of a roll, added or replaced.</summary>
public sealed record RollChangeDocument(ImmutableArray<PupilDocument> Pupils);

/// <summary>A pupil as a school's system knows the pupil.</summary>
public record PupilDocument
{
    [Description("The pupil's id in your system.")]
    public required string SchoolPupilId { get; init; }
    public string? Upn { get; init; }
    public ImmutableArray<string> FormerUpns { get; init; } = [];
    public required string Forename { get; init; }
    public required string Surname { get; init; }
    public required DateOnly DateOfBirth { get; init; }
    [Description("M, F or U (not known).")]
    public required string Sex { get; init; }
    public required string YearGroup { get; init; }
    public required DateOnly EntryDate { get; init; }
    public DateOnly? LeavingDate { get; init; }
    [Description("Of a leaver: the letter of the ground on which the name was removed.")]
    public string? Ground { get; init; }
    public string? Destination { get; init; }
    public AddressDocument? Address { get; init; }
    public ImmutableArray<ContactDocument> Contacts { get; init; } = [];
    public string? FirstLanguage { get; init; }
    [Description("Ids of vulnerability and need-to-know flags.")]
    public ImmutableArray<string> Flags { get; init; } = [];
    [Description("The part-week timetable by which the pupil comes, as the school's calendar names it; left out for the whole week. Of a session that it leaves out nothing is expected. A name that the calendar does not have counts as the whole week.")]
    public string? Timetable { get; init; }
}

/// <summary>Where the pupil lives.</summary>
public sealed record AddressDocument(ImmutableArray<string> Lines, string? Postcode);

/// <summary>Someone to call about the pupil.</summary>
public sealed record ContactDocument
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Relationship { get; init; }
    public bool ParentalResponsibility { get; init; }
    public ImmutableArray<string> Phones { get; init; } = [];
    public string? Email { get; init; }
    [Description("1 is called first.")]
    public int? Priority { get; init; }
}

/// <summary>A pupil as held.</summary>
public sealed record HeldPupil : PupilDocument
{
    public required string ChildId { get; init; }
    [Description("False for a pupil whom the last full list no longer had.")]
    public required bool OnList { get; init; }
    [Description("True where the address is held and not shown, because it must be hidden. Sent back so, the address and what hides it stay as they are held.")]
    public bool? AddressHidden { get; init; }
}

/// <summary>A page of a roll.</summary>
public sealed record RollPage(ImmutableArray<HeldPupil> Data);

/// <summary>What became of a roll.</summary>
public sealed record RollReport
{
    public required int Accepted { get; init; }
    public required int Unchanged { get; init; }
    public required int Rejected { get; init; }
    [Description("Pupils whom this full list no longer has. Nothing closes; the school owes a ground and a destination for each.")]
    public required int NotOnList { get; init; }
    public required ImmutableArray<PupilChildDocument> Children { get; init; }
    public required ImmutableArray<ItemReport> Items { get; init; }
}

/// <summary>Which child a pupil is.</summary>
public sealed record PupilChildDocument(string SchoolPupilId, string ChildId);

/// <summary>The stored address and contacts of a pupil.</summary>
internal sealed record Particulars(AddressDocument? Address, ImmutableArray<ContactDocument>? Contacts)
{
    /// <summary>Left out for the whole week, so that a roll that names none is stored as it always was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Timetable { get; init; }
}
