using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Cme.Contracts.Schools;

/// <summary>A full roll, or some pupils of it to upsert.</summary>
[GenerateSerializer, Immutable, Alias("cme.RollChange")]
public sealed record RollChange
{
    /// <summary>True replaces the roll: a pupil who is not listed becomes <c>not-on-list</c>, and nothing closes.</summary>
    [Id(0)] public bool Full { get; init; }
    [Id(1)] public ImmutableArray<Pupil> Pupils { get; init; } = [];
    /// <summary>How many pupils the sender knows to be missing from the list; lets a list that shrank much be accepted.</summary>
    [Id(2)] public int? ConfirmMissing { get; init; }
    /// <summary>Ids of pupils who are on the list but whose entry the edge could not read: rejected, and not missing.</summary>
    [Id(3)] public ImmutableArray<string> Unreadable { get; init; } = [];
    [Id(4)] public Precondition IfMatch { get; init; } = new();
}

/// <summary>A pupil as the school's management information system knows the pupil.</summary>
[GenerateSerializer, Immutable, Alias("cme.Pupil")]
public sealed record Pupil
{
    /// <summary>Position in the list that was sent, so that a fault can be named.</summary>
    [Id(0)] public int Index { get; init; }
    [Id(1)] public string SchoolPupilId { get; init; } = "";
    [Id(2)] public string? Upn { get; init; }
    [Id(3)] public ImmutableArray<string> FormerUpns { get; init; } = [];
    [Id(4)] public string Forename { get; init; } = "";
    [Id(5)] public string Surname { get; init; } = "";
    [Id(6)] public DateOnly DateOfBirth { get; init; }
    [Id(7)] public string Sex { get; init; } = "";
    [Id(8)] public string YearGroup { get; init; } = "";
    [Id(9)] public DateOnly EntryDate { get; init; }
    [Id(10)] public DateOnly? LeavingDate { get; init; }
    [Id(11)] public string? Ground { get; init; }
    [Id(12)] public string? Destination { get; init; }
    [Id(13)] public string? FirstLanguage { get; init; }
    /// <summary>Ids of vulnerability and need-to-know flags, as in the reference data.</summary>
    [Id(14)] public ImmutableArray<string> Flags { get; init; } = [];
    /// <summary>Address and contacts as sent, JSON: <c>{"address":{...},"contacts":[...]}</c>. No grain reads it.</summary>
    [Id(15)] public string Particulars { get; init; } = "{}";
}

[GenerateSerializer, Immutable, Alias("cme.RollAnswer")]
public sealed record RollAnswer
{
    [Id(0)] public Outcome Outcome { get; init; } = new();
    [Id(1)] public int Accepted { get; init; }
    [Id(2)] public int Unchanged { get; init; }
    [Id(3)] public int Rejected { get; init; }
    [Id(4)] public int NotOnList { get; init; }
    [Id(5)] public ImmutableArray<PupilChild> Children { get; init; } = [];
    [Id(6)] public ImmutableArray<ItemFault> Items { get; init; } = [];
}

/// <summary>Which child a pupil of this school is.</summary>
[GenerateSerializer, Immutable, Alias("cme.PupilChild")]
public sealed record PupilChild([property: Id(0)] string SchoolPupilId, [property: Id(1)] string ChildId)
{
    public PupilChild() : this("", "") { }
}
