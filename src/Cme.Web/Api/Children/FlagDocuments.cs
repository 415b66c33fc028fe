using System.Collections.Immutable;
using System.ComponentModel;

namespace Cme.Web.Api.Children;

/// <summary>All the flags that the authority sets for a child.</summary>
public sealed record FlagsDocument(ImmutableArray<FlagDocument> Flags);

/// <summary>One flag.</summary>
public sealed record FlagDocument
{
    [Description("As in the reference data, such as cp_plan.")]
    public required string Id { get; init; }
    [Description("Who says so.")]
    public required string Source { get; init; }
    [Description("When somebody must look whether it still holds.")]
    public required DateOnly ReviewOn { get; init; }
    public string? Note { get; init; }
    [Description("As people read it; not taken.")]
    public string? Label { get; init; }
}

/// <summary>A child's flags.</summary>
public sealed record HeldFlags
{
    public required string Child { get; init; }
    [Description("Grows with every change by the authority; 0 until it has set any.")]
    public required long Version { get; init; }
    [Description("Those that the authority set.")]
    public required ImmutableArray<FlagDocument> Flags { get; init; }
    [Description("All that hold: the authority's, and those of schools' rolls.")]
    public required ImmutableArray<string> InForce { get; init; }
    [Description("What each change by the authority set, oldest first.")]
    public required ImmutableArray<FlagsChangeDocument> History { get; init; }
}

/// <summary>A change of flags.</summary>
/// <param name="By">The key that sent it.</param>
public sealed record FlagsChangeDocument(long Version, DateTimeOffset At, string By, ImmutableArray<FlagDocument> Flags);
