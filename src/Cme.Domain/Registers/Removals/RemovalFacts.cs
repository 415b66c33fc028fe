using System.Collections.Immutable;
using Cme.Domain.Episodes;
using Cme.Domain.Registers.Counts;

namespace Cme.Domain.Registers.Removals;

/// <summary>What is known of a pupil whose name is to come off the roll.</summary>
public sealed record RemovalFacts
{
    public required AttendanceCounts Counts { get; init; }

    /// <summary>School days inside the run of ground i that have a session without a register or a code.</summary>
    public int UncodedDays { get; init; }

    /// <summary>The leave that began last, unless it was cancelled.</summary>
    public LeaveOfAbsence? Leave { get; init; }

    /// <summary>What was done in the pupil's episodes at this school and still stands, oldest first.</summary>
    public ImmutableArray<RemovalAct> Acts { get; init; } = [];

    /// <summary>Every session of the absence and whether its code belongs; none where only the counts are known.</summary>
    public ImmutableArray<AuditedSession> Sessions { get; init; } = [];

    /// <summary>When an enquiry was last taken back, UTC; null if none was.</summary>
    public DateTimeOffset? EnquiryTakenBackAt { get; init; }

    /// <summary>A code came that does not close by itself, and somebody is to confirm it.</summary>
    public bool SomebodyIsToConfirm { get; init; }

    public bool IsEpisodeOpen { get; init; }

    public DateOnly? FirstDayMissing { get; init; }

    /// <summary>School days from the first day missing to today, both included.</summary>
    public int SchoolDaysMissing { get; init; }

    /// <summary>Whether the school's procedure asks for four weeks besides.</summary>
    public bool HoldsFourWeeks { get; init; }

    /// <summary>
    /// An enquiry has found the child in alternative provision: then the four weeks need not pass (DOR-28). A provider's list is no proof of it, for
    /// it may have had the child before.
    /// </summary>
    public RemovalAct? LocatedInProvision => Acts.LastOrDefault(act => act is { Action: "enquiry", Outcome: "located", Whom: Parties.AlternativeProvider });

    /// <summary>Only ground l asks.</summary>
    public DateOnly DateOfBirth { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>What the school gave along with its question, by kind.</summary>
    public ImmutableDictionary<string, string> Evidence { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the school told of that kind, or null.</summary>
    public string? Told(string kind) => Evidence.GetValueOrDefault(kind);
}

/// <summary>Something that was done.</summary>
public sealed record RemovalAct(string Action, string? Outcome, bool ByAuthority, string By, DateOnly On)
{
    /// <summary>The role of whoever did it.</summary>
    public string Role { get; init; } = "";

    /// <summary>Whom it was about; null where nobody said.</summary>
    public string? Whom { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset KnownAt { get; init; }

    /// <summary>Something was written with it.</summary>
    public bool HasWords { get; init; }

    /// <summary>Recorded by the side whose act it is, and not by the other in its name.</summary>
    public bool InOwnName { get; init; } = true;
}
