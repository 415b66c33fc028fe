using System.Collections.Immutable;

namespace Cme.Storage.Auditor;

/// <summary>What one audit found.</summary>
/// <param name="At">When it looked, system clock.</param>
/// <param name="Woken">How many of the findings were woken. Above zero is an alarm: the auditor must not become the scheduler.</param>
public sealed record AuditReport(DateTimeOffset At, ImmutableArray<AuditFinding> Findings, int Woken)
{
    /// <summary>True when nothing was missed.</summary>
    public bool AllWell => Findings.IsEmpty;

    /// <summary>
    /// Schools of which a register is missing, the longest silent first: their failing and not ours, so that it does not spoil
    /// <see cref="AllWell"/>; counted, so that none is silent unnoticed.
    /// </summary>
    public ImmutableArray<SilentSchool> Silent { get; init; } = [];
}

/// <summary>A school of which a register is missing.</summary>
/// <param name="Since">From when on the first of them was missing, UTC.</param>
public sealed record SilentSchool(string Authority, string Urn, DateTimeOffset Since);

/// <summary>One thing that was missed.</summary>
/// <param name="Subject">The episode's reference, the school's URN, or the authority's code.</param>
/// <param name="Since">From when it was owed.</param>
public sealed record AuditFinding(AuditKind Kind, string Authority, string Subject, DateTimeOffset Since);

public enum AuditKind
{
    /// <summary>An open obligation's instant passed and nobody looked.</summary>
    OverdueUnnoticed,

    /// <summary>Registration closed over blanks, or a hold ended, and the school did not look.</summary>
    SchoolUnnoticed,

    /// <summary>A calendar was published, and a school or an episode still goes by an older one.</summary>
    StaleCalendar,

    /// <summary>Something committed has no number yet.</summary>
    Unpublished,

    /// <summary>A board shows something else than the episode says.</summary>
    StaleBoard,

    /// <summary>A register's signal has not reached its child.</summary>
    Undelivered,

    /// <summary>An event or a reading was changed, or taken out of its chain. Nothing wakes it: people must be told.</summary>
    ChainBroken,
}
