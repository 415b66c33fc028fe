using System.Collections.Immutable;
using Cme.Domain.Children;
using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>
/// A written procedure as data: one authority's or setting's steps, what starts each, its deadline, who does it, what completes
/// it and which clause requires it. A pack is only made by <see cref="PackReader"/>, which checks it.
/// </summary>
/// <param name="Id">Such as <c>northamptonshire</c>.</param>
/// <param name="Version">1 or more. An episode keeps the version that it started under.</param>
/// <param name="Title">The name of the procedure for people.</param>
/// <param name="Source">Document and heading that the pack was written from.</param>
/// <param name="Beneath">Packs whose steps apply too, unless a step of this pack has the same id. Their version is part of this one.</param>
/// <param name="Standing">Clauses that ask for no step of their own.</param>
public sealed record ProcedurePack(
    string Id, int Version, string Title, string Source, ImmutableArray<PackVersion> Beneath, ImmutableArray<StandingClause> Standing,
    ImmutableArray<Step> Steps)
{
    /// <summary>The kind of record that it is for, one of <see cref="EpisodeKinds"/>.</summary>
    public string Kind { get; init; } = EpisodeKinds.Whereabouts;

    /// <summary>Who misses education by it; null where neither it nor a pack beneath says so.</summary>
    public EducationDefinition? Definition { get; init; }

    /// <summary>The questions that an action answers: those of the steps that it does.</summary>
    public ImmutableArray<Question> QuestionsOf(string action) =>
        [.. Steps.Where(step => step.DoneBy.Any(match => match.Action == action)).SelectMany(step => step.Questions)];
}

/// <summary>A clause that holds all the time, or says how a step is taken: it has no deadline of its own.</summary>
/// <param name="What">What the clause asks.</param>
/// <param name="KeptBy">The steps through which it is kept; none where the product as a whole keeps it.</param>
public sealed record StandingClause(string Clause, string What, ImmutableArray<string> KeptBy);

/// <summary>One step: something to be done, by whom, from when, by when, and why.</summary>
/// <param name="Id">Stable; part of obligation ids.</param>
/// <param name="Clause">A rule id such as <c>NOR-06</c>, or <c>product</c> for the product's own steps.</param>
/// <param name="What">What is to be done, as an instruction to the person who does it. <c>{days}</c> stands for the days of a holiday.</param>
/// <param name="Why">The reason, for the person who asks.</param>
/// <param name="Who">One of <see cref="Roles.All"/>.</param>
/// <param name="ContactsFamily">True if the step contacts the family: suppressed for a child whose family must not be contacted.</param>
/// <param name="Class">How it climbs when it is late; see <see cref="StepClass"/>.</param>
/// <param name="Starts">What makes it owed. The first unfinished start stands; later ones begin a new occurrence once it is done.</param>
/// <param name="DoneBy">What completes it, from when its window opens.</param>
/// <param name="NoNeedAfter">What makes it needless, at any time in the run: it then counts as satisfied.</param>
public sealed record Step(
    string Id, string Clause, string What, string Why, string Who, bool ContactsFamily, StepClass Class,
    ImmutableArray<Start> Starts, ImmutableArray<ActionMatch> DoneBy, ImmutableArray<ActionMatch> NoNeedAfter)
{
    /// <summary>True if nobody closes the record by hand while it is owed: whoever must be told is told first (DOR-33).</summary>
    public bool BeforeClosing { get; init; }

    /// <summary>The questions that are to be answered; none for a step that asks none.</summary>
    public ImmutableArray<Question> Questions { get; init; } = [];

    /// <summary>True if what it owes depends on what other steps owe.</summary>
    public bool WaitsForOthers
    {
        get
        {
            foreach (var start in Starts)
            {
                if (start.Step is not null || start.OrOnce is not null)
                {
                    return true;
                }
            }
            return false;
        }
    }
}

/// <summary>A question of a procedure, to be answered with yes, no or unknown, and a reason.</summary>
public sealed record Question(string Id, string Text);

/// <summary>How a late step climbs (DESIGN 5, "Climbing").</summary>
public enum StepClass
{
    /// <summary>Deadlines in minutes or hours: DSL at once, head + 30 minutes, duty desk + 60, CME lead + 120.</summary>
    Hour,

    /// <summary>Deadlines in days: the next level each working morning at 09:00.</summary>
    Day,

    /// <summary>Police and social care: due and act-by at once; DSL and duty desk together, at once.</summary>
    Referral,

    /// <summary>What the authority must not let slip by a day: the CME lead hears at once.</summary>
    Lead,
}

/// <summary>What makes a step owed, and by when.</summary>
/// <param name="On">The kind of fact that starts it.</param>
/// <param name="Due">The deadline.</param>
public sealed record Start(StartKind On, Deadline Due)
{
    /// <summary>The act that starts it, where <see cref="On"/> is <see cref="StartKind.Act"/>.</summary>
    public ActionMatch? Act { get; init; }

    /// <summary>The kind of record whose opening starts it, where <see cref="On"/> is <see cref="StartKind.Opened"/>: that of its pack.</summary>
    public string Kind { get; init; } = EpisodeKinds.Whereabouts;

    /// <summary>True if only the first such act of the run starts it.</summary>
    public bool FirstOnly { get; init; }

    /// <summary>True if the step goes on for as long as the episode does: doing it is what asks for it again.</summary>
    public bool Recurs { get; init; }

    /// <summary>The count that starts it when it reaches <see cref="Reaches"/>, where <see cref="On"/> is <see cref="StartKind.Count"/>.</summary>
    public string? Count { get; init; }

    /// <summary>School days of <see cref="Count"/>; 1 or more.</summary>
    public int Reaches { get; init; }

    /// <summary>The step whose lateness starts it, where <see cref="On"/> is <see cref="StartKind.Overdue"/>.</summary>
    public string? Step { get; init; }

    /// <summary>The start holds only for a child with this flag; null for every child.</summary>
    public string? Flag { get; init; }

    /// <summary>
    /// The start is void while a record of that kind, linked with this one, is open: what it asks for is owed there, and once. Null for
    /// whatever is open.
    /// </summary>
    public string? UnlessOpen { get; init; }

    /// <summary>The start holds only where English may not be the first language.</summary>
    public bool OtherLanguageOnly { get; init; }

    /// <summary>The start is void if such an act was done by the time it falls due.</summary>
    public ActionMatch? UnlessBefore { get; init; }

    /// <summary>The deadline for a flagged child; null for the same as everyone's.</summary>
    public Deadline? FlaggedDue { get; init; }

    /// <summary>
    /// When it may first be done; null for as soon as it is owed, and so for a child for whom <see cref="FlaggedDue"/> makes it sooner.
    /// The obligation is pending until then.
    /// </summary>
    public Deadline? Opens { get; init; }

    /// <summary>From when on an act completes it, where that is before it opens.</summary>
    public Deadline? CountsFrom { get; init; }

    /// <summary>What turns it overdue, where that is later than what it is due by.</summary>
    public Deadline? OverdueAfter { get; init; }

    /// <summary>The other reading of a number whose unit the document leaves open; the earlier of the two alerts.</summary>
    public Deadline? AlsoRead { get; init; }

    /// <summary>Steps after which it falls due at once, if that is before <see cref="Due"/>.</summary>
    public OnceComplete? OrOnce { get; init; }
}

/// <summary>"Once you have completed these checks": some steps done, and the time of others over.</summary>
/// <param name="Done">Steps that must have been done.</param>
/// <param name="Passed">Steps whose deadline must have passed, done or not: somebody was given that long to answer.</param>
public sealed record OnceComplete(ImmutableArray<string> Done, ImmutableArray<string> Passed);

public enum StartKind
{
    /// <summary>The episode opened. Counted from the close of registration of the first session missing.</summary>
    Opened,

    /// <summary>An act was recorded. Counted from when it was done.</summary>
    Act,

    /// <summary>A code came that does not close by itself, or another school marked the child as seen. Counted from when it was known.</summary>
    ConfirmationAsked,

    /// <summary>A flag that asks for an immediate referral, or forbids contact, came while the episode ran. Counted from when it was known.</summary>
    FlagRaised,

    /// <summary>One of the five counts reached a number. Counted from the school day on which it did.</summary>
    Count,

    /// <summary>Another step became overdue. Counted from when it did.</summary>
    Overdue,

    /// <summary>A session of the run is still marked N. Counted from the oldest; the register completes it.</summary>
    CodeN,

    /// <summary>
    /// The school's list no longer has the child, without ground and destination. Counted from when that was known, or from the end
    /// of the last day on roll; the school's list completes it.
    /// </summary>
    OffRoll,

    /// <summary>The last session of a term begins, and the child will not be seen until the next. Counted from that session.</summary>
    Holiday,

    /// <summary>A name was entered in the admission register. Of a pupil, with an episode or without.</summary>
    Entered,

    /// <summary>A name was deleted from the admission register. Of a pupil, with an episode or without.</summary>
    Removed,

    /// <summary>A name was deleted though a condition of its ground was not met. Counted from when that was known.</summary>
    RemovedAllTheSame,
}

/// <summary>An action with some of its outcomes; no outcomes means any.</summary>
public sealed record ActionMatch(string Action, ImmutableArray<string> Outcomes)
{
    /// <summary>True if it must have been in another language than English too.</summary>
    public bool InOtherLanguage { get; init; }

    /// <summary>Whom it must have been about, any one of them; empty if that does not matter. One of <see cref="Parties"/>.</summary>
    public ImmutableArray<string> Whom { get; init; } = [];

    /// <summary>True if an act that names another obligation does not do: what one notice told is not what another was to tell.</summary>
    public bool UnlessMeantElsewhere { get; init; }

    /// <summary>Whether the act is such a one, for the obligation <paramref name="obligationId"/>.</summary>
    public bool Matches(Act act, string obligationId) =>
        Matches(act)
        && (!InOtherLanguage || act.Languages.Any(language => !Languages.IsEnglish(language)))
        && (!UnlessMeantElsewhere || act.ObligationId is null || act.ObligationId == obligationId);

    /// <summary>Whether the act has this action and outcome, and is about one of those.</summary>
    public bool Matches(Act act) =>
        act.Action == Action
        && (Outcomes.IsEmpty || (act.Outcome is { } outcome && Outcomes.Contains(outcome)))
        && (Whom.IsEmpty || (act.Whom is { } whom && Whom.Contains(whom)));
}

/// <summary>A number of units after the anchor. <see cref="DeadlineUnit.AbsenceDay"/> counts the first day missing as day 1.</summary>
public sealed record Deadline(int Number, DeadlineUnit Unit);

public enum DeadlineUnit
{
    /// <summary>Wall-clock minutes; exact.</summary>
    Minutes,

    /// <summary>Wall-clock hours; exact.</summary>
    Hours,

    /// <summary>Hours of the authority's offices; exact.</summary>
    WorkingHours,

    /// <summary>School day n of the absence, first day missing = day 1, by the end of the pupil's own school's day.</summary>
    AbsenceDay,

    /// <summary>Calendar day n of the absence, first day missing = day 1, by the end of its owner's day.</summary>
    AbsenceCalendarDay,

    /// <summary>School days after the anchor's day (day 0), by the end of the school's day.</summary>
    SchoolDays,

    /// <summary>The authority's working days after the anchor's day (day 0), by the end of its office day.</summary>
    WorkingDays,

    /// <summary>Calendar days after the anchor's day (day 0), by the end of its owner's day.</summary>
    CalendarDays,

    /// <summary>Weeks of seven calendar days, by the end of its owner's day.</summary>
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
