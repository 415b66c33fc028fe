using Orleans;
using Orleans.Concurrency;

namespace Cme.Contracts.Schools;

/// <summary>Leave that a school grants to a pupil.</summary>
[GenerateSerializer, Immutable, Alias("cme.LeaveGrant")]
public sealed record LeaveGrant
{
    /// <summary>A UPN or the school's own pupil id.</summary>
    [Id(0)] public string Pupil { get; init; } = "";
    [Id(1)] public DateOnly From { get; init; }
    /// <summary>The day on which the pupil is expected back.</summary>
    [Id(2)] public DateOnly ExpectedReturn { get; init; }
    [Id(3)] public string Reason { get; init; } = "";
    [Id(4)] public string AuthorisedBy { get; init; } = "";
    /// <summary>Who is signed in, or which key.</summary>
    [Id(5)] public string RecordedBy { get; init; } = "";
}

/// <summary>Another expected return, or that a leave was cancelled.</summary>
[GenerateSerializer, Immutable, Alias("cme.LeaveChange")]
public sealed record LeaveChange
{
    [Id(0)] public string Id { get; init; } = "";
    [Id(1)] public DateOnly? ExpectedReturn { get; init; }
    [Id(2)] public bool Cancelled { get; init; }
    [Id(3)] public string RecordedBy { get; init; } = "";
    [Id(4)] public Precondition IfMatch { get; init; } = new();
}

[GenerateSerializer, Immutable, Alias("cme.LeaveAnswer")]
public sealed record LeaveAnswer
{
    /// <summary>Its version is the leave's.</summary>
    [Id(0)] public Outcome Outcome { get; init; } = new();
    /// <summary>The leave's id; empty if it was refused.</summary>
    [Id(1)] public string Id { get; init; } = "";
}
