using System.Collections.Immutable;

namespace Cme.Storage.Reads;

/// <summary>The log of who read what, chained per authority (migration 0021).</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IReadLog
{
    /// <summary>Queues an entry. It is durable when the task completes, and numbered soon after.</summary>
    Task AddAsync(ReadEntry entry, CancellationToken cancel = default);

    /// <summary>Queues an entry as soon as PostgreSQL can be reached again. It is lost if this program dies before.</summary>
    void AddLater(ReadEntry entry);

    /// <summary>Entries of an authority, newest first.</summary>
    Task<ImmutableArray<ChainedRead>> ListAsync(string authority, ReadFilter filter, int limit, CancellationToken cancel = default);

    /// <summary>How far both chains of an authority were last proved; null before the first time.</summary>
    Task<ChainProof?> ProofAsync(string authority, CancellationToken cancel = default);
}

/// <summary>That somebody was shown something.</summary>
public sealed record ReadEntry
{
    public required string Authority { get; init; }
    /// <summary>System clock.</summary>
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset BusinessAt { get; init; }
    /// <summary>A person's id, or <c>key-…</c>.</summary>
    public required string Reader { get; init; }
    public required string Name { get; init; }
    /// <summary>Empty for a key.</summary>
    public required string Role { get; init; }
    public required string Organisation { get; init; }
    /// <summary>Such as <c>record</c>, <c>board</c>, <c>search</c>.</summary>
    public required string What { get; init; }
    /// <summary>An episode's reference, a child's id, a board, a school.</summary>
    public string? Subject { get; init; }
    public string? ChildId { get; init; }
    /// <summary>How many rows were shown.</summary>
    public int Shown { get; init; }
    /// <summary>Layer 4 was shown.</summary>
    public bool Fourth { get; init; }
    /// <summary>The reason that was given, where one was asked for.</summary>
    public string? Why { get; init; }
    /// <summary>The network address that it was asked from.</summary>
    public string Source { get; init; } = "";
    /// <summary>Which rows were shown, or what was sought. Not stored: only a commitment to it is, so that it can be proved and not read.</summary>
    public string Content { get; init; } = "";
}

/// <summary>An entry with its place in the chain.</summary>
public sealed record ChainedRead(
    long Number, DateTimeOffset At, DateTimeOffset BusinessAt, string Reader, string Name, string Role, string Organisation, string What,
    string? Subject, string? ChildId, int Shown, bool Fourth, string? Why, string Source);

/// <summary>Which entries. A null field does not restrict.</summary>
public sealed record ReadFilter
{
    /// <summary>An episode's reference, a child's id, a board or a school.</summary>
    public string? Subject { get; init; }
    public string? Reader { get; init; }
    /// <summary>A kind of entry, whatever follows its name after a colon.</summary>
    public string? What { get; init; }
    /// <summary>Only entries of a smaller number: where the page before ended.</summary>
    public long? Before { get; init; }
}

/// <summary>How far both chains were proved from their first entry on.</summary>
/// <param name="At">System clock; null while nothing was proved yet.</param>
/// <param name="Fault">What does not hold, or null.</param>
public sealed record ChainProof(long? Events, long? Reads, DateTimeOffset? At, string? Fault, DateTimeOffset? FaultAt);
