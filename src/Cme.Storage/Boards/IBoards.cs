using System.Collections.Immutable;
using Cme.Storage.Episodes;

namespace Cme.Storage.Boards;

/// <summary>Reads boards under the sequencer's numbers.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IBoards
{
    /// <summary>Every row of the board, with the number that it stands for; one consistent read.</summary>
    Task<BoardRead> SnapshotAsync(BoardScope board, CancellationToken cancel = default);

    /// <summary>
    /// What changed after a number: rows that are on the board, and references that left it. The caller compares the epoch: a
    /// number of another epoch means nothing here.
    /// </summary>
    Task<BoardRead> ChangesAsync(BoardScope board, long after, CancellationToken cancel = default);

    /// <summary>For each school of the authority, its open episodes that the duty desk does not list.</summary>
    Task<ImmutableArray<SchoolOpenCount>> CountsAsync(string authority, CancellationToken cancel = default);

    /// <summary>How many concerns of the public the authority has open.</summary>
    Task<ConcernCounts> ConcernsAsync(string authority, CancellationToken cancel = default);
}

public enum BoardKind
{
    Desk,
    Lead,
    School,
}

/// <summary>One board: the duty desk or the lead's of an authority, or a school's own.</summary>
public readonly record struct BoardScope(BoardKind Kind, string Authority, string? Urn)
{
    public static BoardScope Desk(string authority) => new(BoardKind.Desk, authority, null);

    public static BoardScope Lead(string authority) => new(BoardKind.Lead, authority, null);

    public static BoardScope School(string authority, string urn) => new(BoardKind.School, authority, urn);
}

/// <param name="From">The number that the rows build on; 0 for a snapshot.</param>
/// <param name="To">The authority's last number at the moment of reading.</param>
public sealed record BoardRead(
    string Epoch, bool Snapshot, long From, long To, ImmutableArray<EpisodeRow> Rows, ImmutableArray<string> Removed);

/// <param name="Unscreened">Of the open ones, those of which nobody has said how great the risk is.</param>
/// <param name="ChangedAt">When any of the authority's last changed, system clock; null if it never had one.</param>
public sealed record ConcernCounts(int Open, int Unscreened, DateTimeOffset? ChangedAt);

public sealed record SchoolOpenCount(string Urn, string Name, int Open, int Overdue);
