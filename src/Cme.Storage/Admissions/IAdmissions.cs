using System.Collections.Immutable;

namespace Cme.Storage.Admissions;

/// <summary>Which documents of pupils' admissions were seen (DOR-03).</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IAdmissions
{
    /// <summary>Pupils on a list, those who came last first, with what was seen of each proof.</summary>
    Task<ImmutableArray<AdmittedPupil>> PupilsAsync(AdmissionsAsked asked, CancellationToken cancel = default);

    /// <summary>Adds an entry.</summary>
    /// <returns>False if somebody was quicker: that version is taken.</returns>
    Task<bool> AddAsync(string authority, string urn, string pupil, DocumentEntry entry, CancellationToken cancel = default);
}

/// <summary>Which pupils. A null field does not restrict.</summary>
public sealed record AdmissionsAsked(string Authority, DateOnly Today, int Limit)
{
    public string? Urn { get; init; }
    /// <summary>One pupil by the school's own id.</summary>
    public string? Pupil { get; init; }
    public string? ChildId { get; init; }
    /// <summary>Who came on this day or later.</summary>
    public DateOnly? Since { get; init; }
    /// <summary>Only those of whom fewer proofs than this were seen.</summary>
    public int? SeenFewerThan { get; init; }
}

/// <summary>A pupil whom a school has admitted.</summary>
public sealed record AdmittedPupil
{
    public string Urn { get; init; } = "";
    public string SchoolName { get; init; } = "";
    public string SchoolPupilId { get; init; } = "";
    public string ChildId { get; init; } = "";
    public string Forename { get; init; } = "";
    public string Surname { get; init; } = "";
    public string YearGroup { get; init; } = "";
    public DateOnly EntryDate { get; init; }
    /// <summary>The latest entry of each proof that has one.</summary>
    public ImmutableArray<DocumentEntry> Entries { get; init; } = [];
}

/// <summary>What was seen of one proof.</summary>
public sealed record DocumentEntry
{
    public string Proof { get; init; } = "";
    /// <summary>1 or more.</summary>
    public int Version { get; init; }
    /// <summary>Which document it was; null where nobody says, and always for the status in the United Kingdom.</summary>
    public string? Document { get; init; }
    public DateOnly SeenOn { get; init; }
    public string SeenBy { get; init; } = "";
    /// <summary>The entry before was a mistake: nothing is seen.</summary>
    public bool TakenBack { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public string RecordedBy { get; init; } = "";
}
