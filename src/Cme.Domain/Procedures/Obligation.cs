using System.Collections.Immutable;

namespace Cme.Domain.Procedures;

/// <summary>Something to be done about an episode: what, by whom, by when, why, and how it stands at the instant asked about.</summary>
/// <param name="Id">Stable across re-derivation: a hash of episode, step and anchor event.</param>
/// <param name="Step">The step of the pack that requires it.</param>
/// <param name="Occurrence">Which of its causes it is of: the anchor event's number, or the day of what a calendar or a register gave.</param>
/// <param name="What">What is to be done, in words.</param>
/// <param name="Anchor">What the deadline is counted from, in words.</param>
/// <param name="OpensAt">When it may be done, UTC. The obligation is <c>pending</c> before it.</param>
/// <param name="Due">When it is due, alerts and turns overdue.</param>
/// <param name="State">How it stands.</param>
/// <param name="Level">0 owner to 4 CME lead (<see cref="Levels"/>).</param>
/// <param name="OverdueAt">When it turned overdue, if it did while it was owed.</param>
/// <param name="AlertedAt">When its earlier reading alerted, if it has one and did while it was owed.</param>
/// <param name="NextAt">The next instant at which it alerts, turns overdue or climbs; null if it does none of these any more.</param>
/// <param name="SatisfiedAt">When it was done, for one that was.</param>
/// <param name="SatisfiedKnownAt">When that was known here.</param>
public sealed record Obligation(
    string Id, Step Step, int Occurrence, string What, string Anchor, DateTimeOffset OpensAt, DueInstants Due, ObligationState State,
    int Level, DateTimeOffset? OverdueAt, DateTimeOffset? AlertedAt, DateTimeOffset? NextAt, DateTimeOffset? SatisfiedAt,
    DateTimeOffset? SatisfiedKnownAt)
{
    /// <summary>True if nobody did it: something else made it needless, such as that the child was seen. Its state is satisfied all the same.</summary>
    public bool IsNeedless { get; init; }

    /// <summary>True while somebody still has to do it.</summary>
    public bool IsOpen => State is ObligationState.Pending or ObligationState.Due or ObligationState.Overdue;
}

/// <summary>The instants of an obligation, UTC.</summary>
/// <param name="DueAt">What the rule gives.</param>
/// <param name="AlertAt">The earlier reading where a rule is vague, else the same; while its owner is open.</param>
/// <param name="ActBy">What turns it overdue: <paramref name="DueAt"/>, or later if the rule says so or the cause was known too late to act.</param>
/// <param name="Readings">The deadline in each unit that it may mean.</param>
/// <param name="BeyondCalendar">Says which calendar ends before the deadline; the instants are then the end of what is published.</param>
public sealed record DueInstants(
    DateTimeOffset DueAt, DateTimeOffset AlertAt, DateTimeOffset ActBy, ImmutableArray<Reading> Readings, string? BeyondCalendar = null)
{
    /// <summary>True if the earlier reading falls while its owner is closed, so that the duty desk is told too.</summary>
    public bool AlertsDesk { get; init; }
}

/// <summary>A deadline read in one unit, and the instant (UTC) that comes of it.</summary>
public sealed record Reading(Deadline Deadline, DateTimeOffset At);

public enum ObligationState
{
    /// <summary>Its window has not opened.</summary>
    Pending,

    /// <summary>It may be done now.</summary>
    Due,

    /// <summary>Its act-by instant has passed with nothing recorded.</summary>
    Overdue,

    /// <summary>Done, or needless since.</summary>
    Satisfied,

    /// <summary>It would contact a family that must not be contacted.</summary>
    Suppressed,

    /// <summary>Owed no more, undone: what it was owed for changed, or the episode closed.</summary>
    Superseded,
}
