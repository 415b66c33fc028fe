using System.Collections.Immutable;

namespace Cme.Storage.Episodes;

/// <summary>One episode as lists and boards read it: the stored head, with the names of the pupil and the school.</summary>
public sealed record EpisodeRow
{
    public string Reference { get; init; } = "";
    public string Authority { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Status { get; init; } = "";
    public string Stage { get; init; } = "";
    public string ChildId { get; init; } = "";
    /// <summary>Empty, as are the surname, year group and pupil id, for a child on no roll of the authority.</summary>
    public string Forename { get; init; } = "";
    public string Surname { get; init; } = "";
    public string YearGroup { get; init; } = "";
    public string SchoolPupilId { get; init; } = "";
    public string Urn { get; init; } = "";
    public string SchoolName { get; init; } = "";
    public DateOnly FirstDayMissing { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? Closure { get; init; }
    public string Pack { get; init; } = "";
    public int PackVersion { get; init; }
    public ImmutableArray<string> Flags { get; init; } = [];
    public bool Flagged { get; init; }
    public string? Owner { get; init; }
    public string? ClaimedBy { get; init; }
    public string LastCode { get; init; } = "";
    public int Level { get; init; }
    public int OverdueCount { get; init; }
    public DateTimeOffset? NextAt { get; init; }
    /// <summary>JSON as the grain wrote it into the head, or null.</summary>
    public string? NextObligation { get; init; }
    /// <summary>The number of events in the history.</summary>
    public long Version { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    /// <summary>The sequencer's number under which the row last changed; 0 until it is first published.</summary>
    public long Number { get; init; }
    /// <summary>Which officer has it, where somebody signed in; null for whom a system named.</summary>
    public string? ClaimedById { get; init; }
    public string? ClaimedOrg { get; init; }
    /// <summary>Who acknowledged that it has climbed to the CME lead; null if nobody has since it last did.</summary>
    public string? AcknowledgedBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    /// <summary>Layer 4 is open to the reader who asks (<see cref="Connections.Reader"/>). Only of one episode asked for by its reference.</summary>
    public bool Fourth { get; init; }
    /// <summary>The first day that the child was at another school of the authority and no longer at this one. Only of one episode.</summary>
    public DateOnly? MovedOn { get; init; }
}
