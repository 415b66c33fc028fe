namespace Cme.Storage.People;

/// <summary>Counts failed sign-ins, under a hash of the address that was tried.</summary>
public interface ISignInLocks
{
    /// <summary>Counts a failure, each exactly once however many come together.</summary>
    /// <param name="within">Failures before this are forgotten.</param>
    /// <returns>How many there are now.</returns>
    Task<int> FailedAsync(byte[] key, DateTimeOffset now, TimeSpan within, CancellationToken cancel = default);

    /// <summary>Locks an address until then, and begins to count anew.</summary>
    Task LockAsync(byte[] key, DateTimeOffset? until, CancellationToken cancel = default);

    /// <summary>Until when an address is locked; null if it never was.</summary>
    Task<DateTimeOffset?> LockedUntilAsync(byte[] key, CancellationToken cancel = default);

    /// <summary>Forgets the failures: the right person came.</summary>
    Task ForgetAsync(byte[] key, CancellationToken cancel = default);
}
