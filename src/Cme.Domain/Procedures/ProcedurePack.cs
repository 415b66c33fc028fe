using System.Collections.Immutable;

namespace Cme.Domain.Procedures;

/// <summary>
/// A written procedure as data: one authority's or setting's steps, what starts each, its deadline, who does it, what completes
/// it and which clause requires it. A pack is only made by <see cref="PackReader"/>, which checks it.
/// </summary>
/// <param name="Id">Such as <c>northamptonshire</c>.</param>
/// <param name="Version">1 or more. An episode keeps the version that it started under.</param>
/// <param name="Title">The name of the procedure for people.</param>
/// <param name="Source">Document and heading that the pack was written from.</param>
/// <param name="Beneath">Packs whose steps apply too, unless a step of this pack has the same id.</param>
public sealed record ProcedurePack(
    string Id, int Version, string Title, string Source, ImmutableArray<string> Beneath, ImmutableArray<Step> Steps);

/// <summary>One step: something to be done, by whom, from when, by when, and why.</summary>
/// <param name="Id">Stable; part of obligation ids.</param>
/// <param name="Clause">A rule id such as <c>NOR-06</c>, or <c>product</c> for the product's own steps.</param>
/// <param name="What">What is to be done, as an instruction to the person who does it.</param>
/// <param name="Why">The reason, for the person who asks.</param>
/// <param name="Who">One of <see cref="Roles.All"/>.</param>
/// <param name="ContactsFamily">True if the step contacts the family: suppressed for a child whose family must not be contacted.</param>
/// <param name="Class">How it climbs when it is late; see <see cref="StepClass"/>.</param>
/// <param name="Starts">What makes it owed. The first unfinished start stands; later ones begin a new occurrence once it is done.</param>
/// <param name="DoneBy">What completes it.</param>
public sealed record Step(
    string Id, string Clause, string What, string Why, string Who, bool ContactsFamily, StepClass Class,
    ImmutableArray<Start> Starts, ImmutableArray<ActionMatch> DoneBy);

/// <summary>How a late step climbs (DESIGN 5, "Climbing").</summary>
public enum StepClass
{
    /// <summary>Deadlines in minutes or hours: DSL at once, head + 30 minutes, duty desk + 60, CME lead + 120.</summary>
    Hour,

    /// <summary>Deadlines in days: the next level each working morning at 09:00.</summary>
    Day,

    /// <summary>Police and social care: due and act-by at once; DSL and duty desk together, at once.</summary>
    Referral,
}

/// <summary>What makes a step owed, and by when.</summary>
/// <param name="On">The kind of fact that starts it.</param>
/// <param name="Act">The act that starts it, where <paramref name="On"/> is <see cref="StartKind.Act"/>.</param>
/// <param name="FirstOnly">True if only the first such act of the episode starts it.</param>
/// <param name="Flag">The start holds only for a child with this flag; null for every child.</param>
/// <param name="UnlessBefore">The start is void if such an act was done by the time it falls due.</param>
/// <param name="Due">The deadline.</param>
/// <param name="FlaggedDue">The deadline for a flagged child; null for the same as everyone's.</param>
public sealed record Start(
    StartKind On, ActionMatch? Act, bool FirstOnly, string? Flag, ActionMatch? UnlessBefore, Deadline Due, Deadline? FlaggedDue);

public enum StartKind
{
    /// <summary>The episode opened. Counted from the close of registration of the first session missing.</summary>
    Opened,

    /// <summary>An act was recorded. Counted from when it was done.</summary>
    Act,

    /// <summary>A code came that does not close by itself. Counted from when it was known.</summary>
    ConfirmationAsked,
}

/// <summary>An action with some of its outcomes; no outcomes means any.</summary>
public sealed record ActionMatch(string Action, ImmutableArray<string> Outcomes)
{
    public bool Matches(string action, string? outcome) =>
        action == Action && (Outcomes.IsEmpty || (outcome is not null && Outcomes.Contains(outcome)));
}

/// <summary>A number of units after the anchor. <see cref="DeadlineUnit.AbsenceDay"/> counts the first day missing as day 1.</summary>
public sealed record Deadline(int Number, DeadlineUnit Unit);

public enum DeadlineUnit
{
    /// <summary>Wall-clock minutes; exact.</summary>
    Minutes,

    /// <summary>Wall-clock hours; exact.</summary>
    Hours,

    /// <summary>School day n of the absence, first day missing = day 1, by the end of the pupil's own school's day.</summary>
    AbsenceDay,

    /// <summary>School days after the anchor's day (day 0), by the end of the school's day.</summary>
    SchoolDays,

    /// <summary>The authority's working days after the anchor's day (day 0), by the end of its office day.</summary>
    WorkingDays,

    /// <summary>Calendar days after the anchor's day (day 0), by midnight in Europe/London.</summary>
    CalendarDays,

    /// <summary>Weeks of seven calendar days.</summary>
    Weeks,
}

/// <summary>Who may owe a step, and who hears of it at which level.</summary>
public static class Roles
{
    public const string AttendanceOfficer = "attendance-officer";
    public const string Dsl = "dsl";

    public static readonly ImmutableArray<string> All =
        [AttendanceOfficer, Dsl, "deputy-dsl", "head", "duty-desk", "tracking-officer", "cme-lead"];

    /// <summary>True for roles at the authority, false for roles at the school.</summary>
    public static bool IsAuthority(string role) => role is "duty-desk" or "tracking-officer" or "cme-lead";
}

/// <summary>The five levels of climbing (0 is the owner).</summary>
public static class Levels
{
    public const int Owner = 0;
    public const int Dsl = 1;
    public const int Head = 2;
    public const int DutyDesk = 3;
    public const int CmeLead = 4;

    /// <summary>The level's published name.</summary>
    public static string Name(int level) => level switch
    {
        Owner => "owner",
        Dsl => "dsl",
        Head => "head",
        DutyDesk => "duty-desk",
        CmeLead => "cme-lead",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "A level is 0 to 4."),
    };
}
