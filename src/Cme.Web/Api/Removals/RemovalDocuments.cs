using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;

namespace Cme.Web.Api.Removals;

/// <summary>A pupil's name that is to come off the roll.</summary>
public sealed record RemovalDocument
{
    [Description("A UPN, or the pupil's id in your system.")]
    public required string Pupil { get; init; }
    [Description("The letter of the ground in regulation 9, a to o.")]
    public required string Ground { get; init; }
    [Description("A list of {kind, ref}, or an object of kinds. The kinds are the names of conditions; what we hold ourselves (counts, enquiries, "
        + "signatures, the belief statement, the authority's decision) needs none, and no evidence takes its place.")]
    public JsonElement? Evidence { get; init; }
}

/// <summary>Whether the name may come off the roll, and what is lacking.</summary>
public sealed record RemovalReport
{
    [Description("The question's own id: it and this answer are kept.")]
    public required string Id { get; init; }
    [Description("The pupil's id in your system.")]
    public required string Pupil { get; init; }
    public required string Ground { get; init; }
    [Description("open, once every condition is met; closed otherwise. Nobody is removed by asking.")]
    public required string Gate { get; init; }
    public required ImmutableArray<ConditionDocument> Conditions { get; init; }
}

/// <summary>One thing that the ground asks for.</summary>
public sealed record ConditionDocument
{
    [Description("Stable, for programs.")]
    public required string Condition { get; init; }
    [Description("The same in words.")]
    public required string Text { get; init; }
    public required bool Met { get; init; }
    [Description("What shows it, or what is lacking.")]
    public required string Evidence { get; init; }
    [Description("The rule that asks for it.")]
    public required string Clause { get; init; }
}

/// <summary>How the removal of an episode's pupil stands.</summary>
public sealed record RemovalStandingDocument
{
    public required string Reference { get; init; }
    public required string Ground { get; init; }
    [Description("The ground in words.")]
    public required string GroundText { get; init; }
    [Description("open, once every condition is met; closed otherwise. It closes again as soon as one no longer is.")]
    public required string Gate { get; init; }
    public required ImmutableArray<ConditionDocument> Conditions { get; init; }
    public required WaitDocument Wait { get; init; }
    [Description("Every session since the child went missing (ground i) or was expected back (ground h), oldest first.")]
    public required ImmutableArray<AuditedSessionDocument> Sessions { get; init; }
    [Description("The removals of this child at this school, newest first.")]
    public required ImmutableArray<NotedRemoval> Removals { get; init; }
}

/// <summary>Four weeks and 20 school days, both of them.</summary>
public sealed record WaitDocument
{
    [Description("The day on which four weeks end.")]
    public required DateOnly? FourWeeksEnd { get; init; }
    public required bool FourWeeksPassed { get; init; }
    [Description("School days missing, today included.")]
    public required int SchoolDays { get; init; }
    public required bool TwentySchoolDaysPassed { get; init; }
    [Description("True where the school's procedure asks for both before a removal (DOR-28).")]
    public required bool Required { get; init; }
}

/// <summary>A session and its code.</summary>
public sealed record AuditedSessionDocument
{
    public required DateOnly Date { get; init; }
    public required string Session { get; init; }
    [Description("Empty where there is no register or no code.")]
    public required string Code { get; init; }
    [Description("belongs in the run, skipped (no school for the pupil), missing (no register or no code), or breaks: the run begins anew after it.")]
    public required string Verdict { get; init; }
}

/// <summary>Names that came off a roll.</summary>
public sealed record RemovalList(ImmutableArray<NotedRemoval> Data);

/// <summary>A name that came off a roll, as it was judged when the roll came.</summary>
public sealed record NotedRemoval
{
    [Description("The school's URN.")]
    public required string School { get; init; }
    [Description("The pupil's id in the school's system.")]
    public required string Pupil { get; init; }
    public required string ChildId { get; init; }
    [Description("The last day on roll.")]
    public required DateOnly LeftOn { get; init; }
    public required string Ground { get; init; }
    [Description("True if every condition of the ground was met.")]
    public required bool Lawful { get; init; }
    [Description("The conditions that were not met.")]
    public required ImmutableArray<string> Unmet { get; init; }
    [Description("The open episode about the child's whereabouts at that school.")]
    public string? Episode { get; init; }
    [Description("For the authority: the referral that a removal all the same opened.")]
    public string? Referral { get; init; }
    public required DateTimeOffset NotedAt { get; init; }
    [Description("When the name was put back on the roll.")]
    public DateTimeOffset? PutBackAt { get; init; }
}
