using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Orleans;
using Orleans.Concurrency;

namespace Cme.Contracts.Schools;

/// <summary>What is told of a school by its authority.</summary>
[GenerateSerializer, Immutable, Alias("cme.SchoolDetails")]
public sealed record SchoolDetails
{
    [Id(0)] public string Authority { get; init; } = "";
    /// <summary>Six digits, or <c>local:code</c> for a provider without a URN.</summary>
    [Id(1)] public string Urn { get; init; } = "";
    [Id(2)] public string Name { get; init; } = "";
    /// <summary><c>school</c> or <c>provider</c>.</summary>
    [Id(3)] public string Kind { get; init; } = "school";
    /// <summary>The school's own procedure pack; null follows the authority's.</summary>
    [Id(4)] public string? Pack { get; init; }
    /// <summary>The URN of the commissioning school, for a provider.</summary>
    [Id(5)] public string? Commissioner { get; init; }
    [Id(6)] public Precondition IfMatch { get; init; } = new();
}

/// <summary>A school year as published. Dates are days in Europe/London; times are local wall-clock times.</summary>
[GenerateSerializer, Immutable, Alias("cme.SchoolYearCalendar")]
public sealed record SchoolYearCalendar
{
    /// <summary>Such as <c>2026-27</c>.</summary>
    [Id(0)] public string SchoolYear { get; init; } = "";
    [Id(1)] public ImmutableArray<TermDates> Terms { get; init; } = [];
    [Id(2)] public ImmutableArray<DateOnly> Inset { get; init; } = [];
    [Id(3)] public ImmutableArray<ClosureDay> Closures { get; init; } = [];
    [Id(4)] public SessionTimes Am { get; init; } = new();
    [Id(5)] public SessionTimes Pm { get; init; } = new();
    [Id(6)] public TimeOnly DayEnds { get; init; }
    [Id(7)] public ImmutableArray<YearGroupException> YearGroupExceptions { get; init; } = [];
    [Id(8)] public Precondition IfMatch { get; init; } = new();
    /// <summary>A provider's own hours, day by day of the week; none means the times above from Monday to Friday.</summary>
    [Id(9)] public ImmutableArray<DayHours> Week { get; init; } = [];
    [Id(10)] public ImmutableArray<PartWeek> Timetables { get; init; } = [];
    [Id(11)] public ImmutableArray<LessonTime> Lessons { get; init; } = [];
}

/// <summary>The sessions held on one day of the week, and their times.</summary>
[GenerateSerializer, Immutable, Alias("cme.DayHours")]
public sealed record DayHours
{
    /// <summary><c>monday</c> to <c>friday</c>.</summary>
    [Id(0)] public string Day { get; init; } = "";
    /// <summary>Null where the morning is not held.</summary>
    [Id(1)] public SessionTimes? Am { get; init; }
    [Id(2)] public SessionTimes? Pm { get; init; }
    [Id(3)] public TimeOnly DayEnds { get; init; }
}

/// <summary>A part-week timetable, which the roll names for each pupil who has it.</summary>
[GenerateSerializer, Immutable, Alias("cme.PartWeek")]
public sealed record PartWeek
{
    [Id(0)] public string Name { get; init; } = "";
    [Id(1)] public ImmutableArray<PartWeekDay> Days { get; init; } = [];
}

/// <summary>The sessions (<c>AM</c>, <c>PM</c>) for which a pupil comes on one day of the week.</summary>
[GenerateSerializer, Immutable, Alias("cme.PartWeekDay")]
public sealed record PartWeekDay([property: Id(0)] string Day, [property: Id(1)] ImmutableArray<string> Sessions)
{
    public PartWeekDay() : this("", []) { }
}

/// <summary>A lesson of every school day, and the teaching groups whose registers are taken in it.</summary>
[GenerateSerializer, Immutable, Alias("cme.LessonTime")]
public sealed record LessonTime
{
    [Id(0)] public string Name { get; init; } = "";
    [Id(1)] public TimeOnly Start { get; init; }
    [Id(2)] public ImmutableArray<string> Groups { get; init; } = [];
}

/// <summary>First and last day of a term, both included.</summary>
[GenerateSerializer, Immutable, Alias("cme.TermDates")]
public sealed record TermDates([property: Id(0)] DateOnly Start, [property: Id(1)] DateOnly End)
{
    public TermDates() : this(default, default) { }
}

/// <summary>A day on which the school is closed, with its register code: <c>#</c>, <c>X</c> or <c>Y1</c> to <c>Y7</c>.</summary>
[GenerateSerializer, Immutable, Alias("cme.ClosureDay")]
public sealed record ClosureDay([property: Id(0)] DateOnly Date, [property: Id(1)] string Code)
{
    public ClosureDay() : this(default, "") { }
}

/// <summary>When a session starts and when its registration closes (at most 30 minutes later).</summary>
[GenerateSerializer, Immutable, Alias("cme.SessionTimes")]
public sealed record SessionTimes([property: Id(0)] TimeOnly Start, [property: Id(1)] TimeOnly RegistrationCloses)
{
    public SessionTimes() : this(default, default) { }
}

/// <summary>The sessions that a year group has on one day; an empty list says that it stays at home.</summary>
[GenerateSerializer, Immutable, Alias("cme.YearGroupException")]
public sealed record YearGroupException
{
    [Id(0)] public string YearGroup { get; init; } = "";
    [Id(1)] public DateOnly Date { get; init; }
    /// <summary><c>AM</c>, <c>PM</c>.</summary>
    [Id(2)] public ImmutableArray<string> Sessions { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("cme.CalendarAnswer")]
public sealed record CalendarAnswer
{
    [Id(0)] public Outcome Outcome { get; init; } = new();
    // Id 1 was the references of the episodes alone.
    /// <summary>The deadlines of open episodes that moved.</summary>
    [Id(3)] public ImmutableArray<MovedDeadline> Moved { get; init; } = [];
    /// <summary>Places in the document that are wrong.</summary>
    [Id(2)] public ImmutableArray<FieldFault> Faults { get; init; } = [];
}

/// <summary>One place in a document that is wrong, by JSON pointer.</summary>
[GenerateSerializer, Immutable, Alias("cme.FieldFault")]
public sealed record FieldFault([property: Id(0)] string Pointer, [property: Id(1)] string Code, [property: Id(2)] string Detail)
{
    public FieldFault() : this("", "", "") { }
}

/// <summary>One item of a batch that was rejected, or accepted with a warning.</summary>
[GenerateSerializer, Immutable, Alias("cme.ItemFault")]
public sealed record ItemFault(
    [property: Id(0)] int Index, [property: Id(1)] bool Rejected, [property: Id(2)] string Code, [property: Id(3)] string Detail)
{
    public ItemFault() : this(0, false, "", "") { }
}
