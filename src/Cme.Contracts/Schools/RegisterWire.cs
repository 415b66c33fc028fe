using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Cme.Contracts.Schools;

/// <summary>A register of one session, or a correction of some of its marks.</summary>
[GenerateSerializer, Immutable, Alias("cme.RegisterSubmission")]
public sealed record RegisterSubmission : ITellsRepeats
{
    /// <inheritdoc/>
    public bool IsSafeToRepeat => !IfMatch.IsGiven;

    [Id(0)] public DateOnly Date { get; init; }
    /// <summary><c>AM</c> or <c>PM</c>.</summary>
    [Id(1)] public string Session { get; init; } = "";
    /// <summary>When the source held these marks; an older mark than the one held is superseded.</summary>
    [Id(2)] public DateTimeOffset AsOf { get; init; }
    /// <summary>True if pupils who are not in the list have no mark (blank once registration has closed).</summary>
    [Id(3)] public bool Complete { get; init; }
    /// <summary>True corrects some marks of a register that was taken.</summary>
    [Id(4)] public bool Correction { get; init; }
    [Id(5)] public ImmutableArray<MarkEntry> Marks { get; init; } = [];
    [Id(6)] public Precondition IfMatch { get; init; } = new();
}

/// <summary>One mark as sent. <see cref="Pupil"/> is a UPN or the school's own pupil id, as <see cref="ByUpn"/> says.</summary>
[GenerateSerializer, Immutable, Alias("cme.MarkEntry")]
public sealed record MarkEntry
{
    [Id(0)] public string Pupil { get; init; } = "";
    [Id(1)] public bool ByUpn { get; init; }
    [Id(2)] public string Code { get; init; } = "";
    [Id(3)] public int? MinutesLate { get; init; }
    [Id(4)] public string? ReasonText { get; init; }
    /// <summary><c>known-contact</c>, <c>other-contact</c>, <c>staff</c> or <c>unknown</c>; null when no reason was given.</summary>
    [Id(5)] public string? ReportedBy { get; init; }
}

[GenerateSerializer, Immutable, Alias("cme.RegisterAnswer")]
public sealed record RegisterAnswer
{
    [Id(0)] public Outcome Outcome { get; init; } = new();
    [Id(1)] public int Revision { get; init; }
    [Id(2)] public int Accepted { get; init; }
    [Id(3)] public int Unchanged { get; init; }
    [Id(4)] public int Superseded { get; init; }
    [Id(5)] public int Rejected { get; init; }
    [Id(6)] public ImmutableArray<ItemFault> Items { get; init; } = [];
}
