using System.Collections.Immutable;

namespace Cme.Storage.Transfers;

/// <summary>What became of the files of pupils whose names came off a roll.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface ITransfers
{
    /// <summary>Pupils whose last day on roll lies in these days, the earliest first, with the latest recorded of their file.</summary>
    Task<ImmutableArray<Leaver>> LeaversAsync(LeaversAsked asked, CancellationToken cancel = default);

    /// <summary>Adds an entry.</summary>
    /// <returns>False if somebody was quicker: that version is taken.</returns>
    Task<bool> AddAsync(string authority, string urn, TransferRecord transfer, CancellationToken cancel = default);
}

/// <summary>Which leavers.</summary>
/// <param name="Urn">Of one school; null for the whole authority.</param>
/// <param name="Pupil">One pupil by the school's own id; null for all.</param>
/// <param name="Owed">True for those of whose file nothing is recorded.</param>
public sealed record LeaversAsked(string Authority, string? Urn, string? Pupil, bool Owed, DateOnly Since, DateOnly Today, int Limit);

/// <summary>A pupil whose name came off a roll.</summary>
public sealed record Leaver
{
    public string Urn { get; init; } = "";
    public string SchoolName { get; init; } = "";
    public string? Pack { get; init; }
    public string SchoolPupilId { get; init; } = "";
    public string ChildId { get; init; } = "";
    public string Forename { get; init; } = "";
    public string Surname { get; init; } = "";
    public string YearGroup { get; init; } = "";
    public DateOnly EntryDate { get; init; }
    /// <summary>The last day on roll.</summary>
    public DateOnly LeftOn { get; init; }
    public string? Ground { get; init; }
    /// <summary>Where the school's list says that the pupil went.</summary>
    public string? Destination { get; init; }
    /// <summary>The open episode about the child at that school.</summary>
    public string? Episode { get; init; }
    /// <summary>The latest that was recorded; null while nothing is.</summary>
    public TransferRecord? Transfer { get; init; }
}

/// <summary>What was done about a file.</summary>
public sealed record TransferRecord
{
    public string SchoolPupilId { get; init; } = "";
    public DateOnly LeftOn { get; init; }
    /// <summary>1 or more.</summary>
    public int Version { get; init; }
    /// <summary><c>new-school</c>, <c>lost-pupils</c> or <c>short-stay</c>.</summary>
    public string Route { get; init; } = "";
    public string? Destination { get; init; }
    public string Reference { get; init; } = "";
    public string DoneBy { get; init; } = "";
    public DateTimeOffset DoneAt { get; init; }
    public string? Note { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public string RecordedBy { get; init; } = "";
}
