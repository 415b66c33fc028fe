namespace Cme.Storage.Idempotency;

/// <summary>Remembers what an organisation's systems posted under keys of their own, and what they were answered.</summary>
/// <remarks>
/// Instants are the system clock's. Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.
/// </remarks>
public interface IIdempotency
{
    /// <summary>Takes a request on, or says what became of the one that came before it under the same key.</summary>
    /// <param name="posted">Whose it is, the key, and a digest of the request.</param>
    /// <param name="now">System clock.</param>
    Task<Reception> ReceiveAsync(Posted posted, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>Keeps the answer for the repetitions to come. Does nothing if another attempt has taken this one's place.</summary>
    Task KeepAsync(Posted posted, Guid attempt, KeptAnswer answer, CancellationToken cancel = default);

    /// <summary>The attempt came to nothing that may be kept; a repetition may try at once, as the same sending.</summary>
    Task GiveUpAsync(Posted posted, Guid attempt, CancellationToken cancel = default);

    /// <summary>Forgets what is older than <see cref="IdempotencyTerms.KeptFor"/>.</summary>
    /// <returns>How many.</returns>
    Task<int> PurgeAsync(DateTimeOffset now, CancellationToken cancel = default);
}

/// <summary>How long things hold.</summary>
public static class IdempotencyTerms
{
    /// <summary>How long a key is recognised after it was first received.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>An attempt of which nothing was heard for so long died with its process; no request takes nearly as long.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(30);
}

/// <summary>A request under its sender's key.</summary>
/// <param name="Organisation">A URN, or the authority's code: all keys of an organisation share its memory.</param>
/// <param name="Request">A digest of method, address and body.</param>
public sealed record Posted(string Authority, string Organisation, string Key, byte[] Request);

/// <summary>What is to be done with a request.</summary>
public abstract record Reception
{
    /// <summary>Carry it out.</summary>
    /// <param name="Sending">The identity of the act, the same in every attempt of this request.</param>
    public sealed record Fresh(Guid Attempt, Guid Sending) : Reception;

    /// <summary>Another attempt is being carried out.</summary>
    public sealed record InProgress : Reception;

    /// <summary>Answer the same again.</summary>
    public sealed record Answered(KeptAnswer Answer) : Reception;

    /// <summary>The key was used for another request.</summary>
    public sealed record Reused : Reception;

    private Reception()
    {
    }
}

/// <summary>An answer as it was given.</summary>
/// <param name="Headers">JSON: each name with its values.</param>
public sealed record KeptAnswer(int Status, string Headers, byte[] Body);
