using System.Collections.Immutable;

namespace Cme.Storage.Registers;

/// <summary>Keeps every revision of every register, and with each the signals that it causes.</summary>
/// <remarks>
/// Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached; those that write throw
/// <see cref="CommitUnknownException"/> when it was lost during a commit.
/// </remarks>
public interface IRegisters
{
    /// <summary>Stores a sheet's revision and its signals in one commit. When it returns they are durable.</summary>
    /// <returns>
    /// False if that revision or one of the signal sequences is already held, and then nothing was stored: another activation
    /// has written, so read the window again.
    /// </returns>
    Task<bool> AppendAsync(RegisterAppend append, CancellationToken cancel = default);

    /// <summary>The latest revision of each session from <paramref name="from"/> to <paramref name="to"/>, both included, oldest first.</summary>
    Task<RegisterWindow> ReadWindowAsync(string authority, string urn, DateOnly from, DateOnly to, CancellationToken cancel = default);

    /// <summary>One revision of a session's register, or the latest for null; null if there is none.</summary>
    Task<SheetRecord?> ReadAsync(
        string authority, string urn, DateOnly date, string session, int? revision = null, CancellationToken cancel = default);

    /// <summary>A school's signals that are stored and not yet delivered, in order.</summary>
    Task<ImmutableArray<SignalRecord>> UndeliveredAsync(string authority, string urn, CancellationToken cancel = default);

    /// <summary>The children of whom a signal last told that the school owes their ground and destination.</summary>
    Task<ImmutableArray<string>> ToldOwingAsync(string authority, string urn, CancellationToken cancel = default);

    /// <summary>Notes that signals were delivered. Safe to repeat; shares commits with other schools.</summary>
    Task MarkDeliveredAsync(string authority, string urn, IReadOnlyList<long> sequences, CancellationToken cancel = default);

    /// <summary>Every school that has had an undelivered signal for at least <paramref name="olderThan"/> by the database's own clock.</summary>
    Task<ImmutableArray<SchoolKey>> SchoolsWithUndeliveredAsync(TimeSpan olderThan, CancellationToken cancel = default);
}

public readonly record struct SchoolKey(string Authority, string Urn);

/// <summary>What one commit stores. <see cref="Sheet"/> is null when only time has passed: registration closed over blanks.</summary>
public sealed record RegisterAppend
{
    public required string Authority { get; init; }
    public required string Urn { get; init; }
    public SheetRecord? Sheet { get; init; }
    public ImmutableArray<SignalRecord> Signals { get; init; } = [];
    /// <summary>When the school must look next though nothing is sent (business clock, UTC): registration closes over blanks, or a hold ends.</summary>
    public DateTimeOffset? NextLookAt { get; init; }
}

/// <summary>What a school's registers now say of one child. <see cref="Sequence"/> grows with every signal of the school.</summary>
public sealed record SignalRecord
{
    public long Sequence { get; init; }
    public string ChildId { get; init; } = "";
    /// <summary>JSON of the grain's own making. SQL reads <c>ofPlaceOnly</c> and <c>place.owes</c>.</summary>
    public string Payload { get; init; } = "{}";
    /// <summary>Business clock, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a school grain starts from.</summary>
public sealed record RegisterWindow
{
    public ImmutableArray<SheetRecord> Sheets { get; init; } = [];
    /// <summary>The greatest signal sequence of the school, 0 if it has none. The next signal is one above.</summary>
    public long LastSequence { get; init; }
}
