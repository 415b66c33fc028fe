namespace Cme.Storage.Demo;

/// <summary>Where the demo's business clock stands, across restarts.</summary>
public interface IDemoClockStore
{
    /// <summary>How far the business clock is ahead of the system clock; zero if it was never moved.</summary>
    Task<TimeSpan> ReadOffsetAsync(CancellationToken cancel = default);

    /// <summary>Stores the offset. It never goes back: a smaller one than stored changes nothing.</summary>
    Task SaveOffsetAsync(TimeSpan offset, CancellationToken cancel = default);

    /// <summary>
    /// The next instant after <paramref name="after"/> at which an open obligation or a reminder wants a look, or null. Moving
    /// the demo clock goes from one to the next.
    /// </summary>
    Task<DateTimeOffset?> NextInstantAsync(DateTimeOffset after, CancellationToken cancel = default);
}
