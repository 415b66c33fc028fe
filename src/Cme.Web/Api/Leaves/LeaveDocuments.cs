using System.Collections.Immutable;
using System.ComponentModel;

namespace Cme.Web.Api.Leaves;

/// <summary>Leave of absence that the school grants to a pupil.</summary>
public record LeaveDocument
{
    [Description("A UPN, or the pupil's id in your system. Answered as the latter.")]
    public required string Pupil { get; init; }
    [Description("The first day of leave.")]
    public required DateOnly From { get; init; }
    [Description("The day on which the pupil is expected back: who does not come then is missing from that day on.")]
    public required DateOnly ExpectedReturn { get; init; }
    public required string Reason { get; init; }
    [Description("Who granted it: a head, or whom the head named.")]
    public required string AuthorisedBy { get; init; }
}

/// <summary>What to change about a leave.</summary>
public sealed record LeaveChangeDocument
{
    public DateOnly? ExpectedReturn { get; init; }
    [Description("True cancels it, for good.")]
    public bool? Cancelled { get; init; }
}

/// <summary>A leave as it is held.</summary>
public sealed record HeldLeave : LeaveDocument
{
    public required string Id { get; init; }
    public required bool Cancelled { get; init; }
    public required int Version { get; init; }
    [Description("Every version, oldest first.")]
    public required ImmutableArray<LeaveVersion> History { get; init; }
}

/// <summary>One version of a leave: what it said, since when, and who recorded it.</summary>
public sealed record LeaveVersion(int Version, DateOnly ExpectedReturn, bool Cancelled, DateTimeOffset RecordedAt, string RecordedBy);

/// <summary>The leaves of a school, by first day.</summary>
public sealed record LeaveList(ImmutableArray<HeldLeave> Data);
