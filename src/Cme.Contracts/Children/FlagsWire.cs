using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Cme.Contracts.Children;

/// <summary>A flag that the authority set for a child.</summary>
[GenerateSerializer, Immutable, Alias("cme.ChildFlag")]
public sealed record ChildFlag
{
    /// <summary>As in the reference data, such as <c>cp_plan</c>.</summary>
    [Id(0)] public string Id { get; init; } = "";
    /// <summary>Who says so.</summary>
    [Id(1)] public string Source { get; init; } = "";
    /// <summary>When somebody must look whether it still holds.</summary>
    [Id(2)] public DateOnly ReviewOn { get; init; }
    [Id(3)] public string? Note { get; init; }
}

/// <summary>The authority's flags of a child, all of them.</summary>
[GenerateSerializer, Immutable, Alias("cme.PutFlags")]
public sealed record PutFlags
{
    [Id(0)] public string Authority { get; init; } = "";
    [Id(1)] public string ChildId { get; init; } = "";
    [Id(2)] public ImmutableArray<ChildFlag> Flags { get; init; } = [];
    /// <summary>Flags that the sender may not see: they stay as they are.</summary>
    [Id(3)] public ImmutableArray<string> Unseen { get; init; } = [];
    [Id(4)] public string RecordedBy { get; init; } = "";
    [Id(5)] public Precondition IfMatch { get; init; } = new();
    /// <summary>Why they change, in the words of whoever changes them; empty if nobody said.</summary>
    [Id(6)] public string Reason { get; init; } = "";
}

[GenerateSerializer, Immutable, Alias("cme.FlagsAnswer")]
public sealed record FlagsAnswer
{
    [Id(0)] public Outcome Outcome { get; init; } = new();
    [Id(1)] public FlagsView View { get; init; } = new();
}

/// <summary>A child's flags: those that the authority set, and all that are in force.</summary>
[GenerateSerializer, Immutable, Alias("cme.FlagsView")]
public sealed record FlagsView
{
    /// <summary>0 until the authority has set any.</summary>
    [Id(0)] public long Version { get; init; }
    [Id(1)] public ImmutableArray<ChildFlag> Flags { get; init; } = [];
    /// <summary>What each change left in force, oldest first.</summary>
    [Id(2)] public ImmutableArray<FlagsChange> History { get; init; } = [];
}

/// <summary>That the authority changed a child's flags.</summary>
[GenerateSerializer, Immutable, Alias("cme.FlagsChange")]
public sealed record FlagsChange
{
    [Id(0)] public long Version { get; init; }
    /// <summary>Business clock, UTC.</summary>
    [Id(1)] public DateTimeOffset At { get; init; }
    [Id(2)] public string By { get; init; } = "";
    [Id(3)] public ImmutableArray<ChildFlag> Flags { get; init; } = [];
    /// <summary>Safeguarding narrative (layer 3).</summary>
    [Id(4)] public string Reason { get; init; } = "";
}
