using System.Collections.Immutable;

namespace Cme.Storage.Schools;

/// <summary>One version of a leave that a school granted. Every version is kept, with who recorded it and when.</summary>
public sealed record LeaveRecord
{
    /// <summary>Such as <c>leave-7k3q92mxh4b2</c>.</summary>
    public string Id { get; init; } = "";
    /// <summary>1 for the grant; one more for each change.</summary>
    public int Version { get; init; }
    public string SchoolPupilId { get; init; } = "";
    public DateOnly From { get; init; }
    public DateOnly ExpectedReturn { get; init; }
    public string Reason { get; init; } = "";
    public string AuthorisedBy { get; init; } = "";
    public bool Cancelled { get; init; }
    /// <summary>Business clock, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }
    /// <summary>The key or person that sent it.</summary>
    public string RecordedBy { get; init; } = "";

    /// <summary>Of each leave the version that stood at an instant (null: the latest), in the order of the first day.</summary>
    public static ImmutableArray<LeaveRecord> AsOf(IEnumerable<LeaveRecord> versions, DateTimeOffset? instant) =>
    [
        .. versions.Where(version => instant is null || version.RecordedAt <= instant).GroupBy(version => version.Id)
            .Select(leave => leave.MaxBy(version => version.Version)!)
            .OrderBy(leave => leave.From).ThenBy(leave => leave.Id, StringComparer.Ordinal),
    ];
}
