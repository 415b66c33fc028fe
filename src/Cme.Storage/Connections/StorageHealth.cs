namespace Cme.Storage.Connections;

/// <summary>
/// Whether PostgreSQL can be reached. While it cannot, callers are refused at once, and one of them each second goes through to
/// try again.
/// </summary>
/// <remarks>Safe from any thread. The clock is the system's.</remarks>
public sealed class StorageHealth(TimeProvider clock)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    // The timestamp from which someone may try again; 0 while all is well.
    private long _tryAgainAt;

    /// <summary>True from a failed connection until one succeeds.</summary>
    public bool Away => Volatile.Read(ref _tryAgainAt) != 0;

    /// <exception cref="StorageUnavailableException">PostgreSQL is away and it is not this caller's turn to try.</exception>
    public void ThrowIfAway()
    {
        var tryAgainAt = Volatile.Read(ref _tryAgainAt);
        if (tryAgainAt == 0)
        {
            return;
        }
        var now = clock.GetTimestamp();
        if (now < tryAgainAt || Interlocked.CompareExchange(ref _tryAgainAt, NextTry(now), tryAgainAt) != tryAgainAt)
        {
            throw new StorageUnavailableException("PostgreSQL cannot be reached. Nothing was stored; try again shortly.");
        }
    }

    internal void Lost() => Volatile.Write(ref _tryAgainAt, NextTry(clock.GetTimestamp()));

    internal void Reached()
    {
        if (Away)
        {
            Volatile.Write(ref _tryAgainAt, 0);
        }
    }

    private long NextTry(long now) => now + (long)(BetweenTries.TotalSeconds * clock.TimestampFrequency);
}
