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
        + "the authority's decision) needs none, and no evidence takes its place.")]
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
