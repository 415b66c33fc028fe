namespace Cme.Domain.Procedures;

/// <summary>
/// A time in which nothing of an episode alerts, turns overdue, climbs or changes hands: from an instant up to which all was noticed
/// until the next that <see cref="Obligations.NextInstant"/> gave then. It holds while the episode has no further event.
/// </summary>
/// <param name="From">UTC; included.</param>
/// <param name="Until">UTC; not included.</param>
public readonly record struct Quiet(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Nothing is known: somebody must look.</summary>
    public static Quiet Never => default;

    /// <param name="next">What <see cref="Obligations.NextInstant"/> gave at <paramref name="noticed"/>; null if nothing will follow.</param>
    public static Quiet Between(DateTimeOffset noticed, DateTimeOffset? next) => new(noticed, next ?? DateTimeOffset.MaxValue);

    public bool Covers(DateTimeOffset instant) => instant >= From && instant < Until;
}
