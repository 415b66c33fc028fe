using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Cme.Contracts.Boards;

/// <summary>
/// The open rows of one board under the sequencer's numbers: an authority's duty desk, its CME lead's board, or a school's.
/// Key: <see cref="Keys.Desk"/>, <see cref="Keys.Lead"/> or <see cref="Keys.SchoolBoard"/>.
/// </summary>
[Alias("cme.IBoardGrain")]
public interface IBoardGrain : IGrainWithStringKey
{
    /// <summary>
    /// What changed after <paramref name="after"/>: waits up to <paramref name="wait"/> (at most 20 seconds) until something
    /// has. Answers a snapshot when the epoch differs, nothing was known yet, or the gap is older than what is kept.
    /// </summary>
    [AlwaysInterleave, SafeToRepeat, Alias("Since")]
    Task<BoardChanges> Since(string? epoch, long? after, TimeSpan wait);

    /// <summary>Tells the board that the authority's events were published up to <paramref name="number"/>.</summary>
    [SafeToRepeat, Alias("Advance")] Task Advance(string epoch, long number);

    /// <summary>Tells the desk's board that what the public reports has changed. Lost, it is made good by the next look.</summary>
    [SafeToRepeat, Alias("Recount")] Task Recount();
}

/// <summary>A board's rows: all of them, or those that changed after a number.</summary>
[GenerateSerializer, Immutable, Alias("cme.BoardChanges")]
public sealed record BoardChanges
{
    [Id(0)] public string Epoch { get; init; } = "";
    /// <summary>True if <see cref="Rows"/> is everything; false if it builds on <see cref="From"/>.</summary>
    [Id(1)] public bool Snapshot { get; init; }
    [Id(2)] public long From { get; init; }
    [Id(3)] public long To { get; init; }
    [Id(4)] public ImmutableArray<BoardRow> Rows { get; init; } = [];
    /// <summary>References that left the board.</summary>
    [Id(5)] public ImmutableArray<string> Removed { get; init; } = [];
    /// <summary>For the duty desk: how many open episodes each school has that the desk does not list.</summary>
    [Id(6)] public ImmutableArray<SchoolCount> Counts { get; init; } = [];
    /// <summary>For the duty desk: what the public has reported. It changes without a number of its own.</summary>
    [Id(7)] public ConcernCount Concerns { get; init; } = new();
}

/// <summary>How many concerns of the public are open.</summary>
[GenerateSerializer, Immutable, Alias("cme.ConcernCount")]
public sealed record ConcernCount
{
    [Id(0)] public int Open { get; init; }
    /// <summary>Of these, those of which nobody has said how great the risk is.</summary>
    [Id(1)] public int Unscreened { get; init; }
    /// <summary>When any of the authority's last changed; null if it never had one.</summary>
    [Id(2)] public DateTimeOffset? ChangedAt { get; init; }
}

[GenerateSerializer, Immutable, Alias("cme.SchoolCount")]
public sealed record SchoolCount
{
    [Id(0)] public string Urn { get; init; } = "";
    [Id(1)] public string Name { get; init; } = "";
    [Id(2)] public int Open { get; init; }
    [Id(3)] public int Overdue { get; init; }
}

/// <summary>One open episode as a board lists it.</summary>
[GenerateSerializer, Immutable, Alias("cme.BoardRow")]
public sealed record BoardRow
{
    [Id(0)] public string Reference { get; init; } = "";
    [Id(1)] public string Kind { get; init; } = "";
    [Id(2)] public string Status { get; init; } = "";
    [Id(3)] public string Stage { get; init; } = "";
    [Id(4)] public string ChildId { get; init; } = "";
    [Id(5)] public string Forename { get; init; } = "";
    [Id(6)] public string Surname { get; init; } = "";
    [Id(7)] public string YearGroup { get; init; } = "";
    [Id(8)] public string SchoolPupilId { get; init; } = "";
    [Id(9)] public string Urn { get; init; } = "";
    [Id(10)] public string SchoolName { get; init; } = "";
    [Id(11)] public DateOnly FirstDayMissing { get; init; }
    [Id(12)] public DateTimeOffset OpenedAt { get; init; }
    [Id(13)] public DateTimeOffset? ClosedAt { get; init; }
    [Id(14)] public string? Closure { get; init; }
    [Id(15)] public string Pack { get; init; } = "";
    [Id(16)] public int PackVersion { get; init; }
    [Id(17)] public ImmutableArray<string> Flags { get; init; } = [];
    [Id(18)] public long Version { get; init; }
    [Id(19)] public Episodes.ObligationView? NextObligation { get; init; }
    [Id(20)] public int OverdueCount { get; init; }
    [Id(21)] public int Level { get; init; }
    [Id(22)] public string? ClaimedBy { get; init; }
    [Id(23)] public DateTimeOffset UpdatedAt { get; init; }
    /// <summary>The sequencer's number under which the row last changed.</summary>
    [Id(24)] public long Number { get; init; }
    /// <summary>What the registers said last: the code of the newest session of the run, empty for a blank.</summary>
    [Id(25)] public string LastCode { get; init; } = "";
    /// <summary>Whose case it is: a URN or the authority's code.</summary>
    [Id(26)] public string Owner { get; init; } = "";
    /// <summary>Whether the duty desk lists it.</summary>
    [Id(27)] public bool OnDesk { get; init; }
    /// <summary>Which officer has it, where somebody signed in; null for whom a system named.</summary>
    [Id(28)] public string? ClaimedById { get; init; }
    /// <summary>That officer's organisation: a URN or the authority's code.</summary>
    [Id(29)] public string? ClaimedOrg { get; init; }
    /// <summary>Who acknowledged that it has climbed to the CME lead; null if nobody has since it last did.</summary>
    [Id(30)] public string? AcknowledgedBy { get; init; }
    [Id(31)] public DateTimeOffset? AcknowledgedAt { get; init; }
}
