using System.Collections.Immutable;
using System.Text.Json;

namespace Cme.Storage.History;

/// <summary>
/// An episode's state, as the grain writes it. The state function (<c>cme.store_states</c>) moves <see cref="Pending"/>,
/// <see cref="Obligations"/> and <see cref="Head"/> into rows in the same transaction and stores the rest; read back, those three are
/// empty.
/// </summary>
public sealed record EpisodeWrite
{
    /// <summary>The folded episode, JSON of the grain's own making; SQL never looks inside.</summary>
    public string Snapshot { get; init; } = "";

    /// <summary>The number of events in the history, those in <see cref="Pending"/> included.</summary>
    public long Version { get; init; }

    /// <summary>The version of the fold that made the snapshot; an older one is refolded from the event rows.</summary>
    public int FoldVersion { get; init; }

    /// <summary>New events, oldest first. Each becomes an event row and an unpublished row, exactly once.</summary>
    public ImmutableArray<StoredEvent> Pending { get; init; } = [];

    /// <summary>Every obligation that now stands. A stored one that is not listed becomes <c>superseded</c>.</summary>
    public ImmutableArray<ObligationRecord> Obligations { get; init; } = [];

    /// <summary>The episode as lists and boards show it. Required in every write; null only when read back.</summary>
    public EpisodeHead? Head { get; init; }
}

/// <summary>One event of an episode's history. Never changed once stored.</summary>
public sealed record StoredEvent
{
    /// <summary>The published name, such as <c>episode-opened</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The version of the shape of <see cref="Data"/>.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>1 for the first event of the episode, then without gaps.</summary>
    public long Version { get; init; }

    /// <summary>When it happened, business clock, UTC.</summary>
    public DateTimeOffset HappenedAt { get; init; }

    /// <summary>When it was known here, business clock, UTC.</summary>
    public DateTimeOffset KnownAt { get; init; }

    /// <summary>Who: a user, a key, or <c>product</c>.</summary>
    public string Actor { get; init; } = "";

    public JsonElement Data { get; init; }
}

/// <summary>Something to be done about an episode, as it was derived by the last write.</summary>
public sealed record ObligationRecord
{
    /// <summary>Stable across re-derivation.</summary>
    public string Id { get; init; } = "";

    public string Step { get; init; } = "";

    /// <summary>The rule that requires it, such as <c>NOR-06</c>, or <c>product</c>.</summary>
    public string Clause { get; init; } = "";

    public string Role { get; init; } = "";

    /// <summary>Whose task it is: a URN or an authority code.</summary>
    public string Org { get; init; } = "";

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset AlertAt { get; init; }

    public DateTimeOffset ActBy { get; init; }

    /// <summary>When it was stamped overdue; null if it has not been.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>0 its owner, 1 DSL, 2 head, 3 duty desk, 4 CME lead.</summary>
    public int Level { get; init; }

    /// <summary><c>open satisfied superseded suppressed</c>.</summary>
    public string State { get; init; } = "open";

    /// <summary>The next instant at which someone must look at it; null when nothing more follows. The auditor proves that none passes.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public int PackVersion { get; init; }

    public int CalendarVersion { get; init; }

    public int EngineVersion { get; init; }
}

/// <summary>
/// The episode as lists and boards show it. Its authority, school, child, kind and <see cref="OpenedAt"/> are fixed by the first
/// write: a child who moves school has another episode, linked to this one.
/// </summary>
public sealed record EpisodeHead
{
    public string Authority { get; init; } = "";

    public string Urn { get; init; } = "";

    public string ChildId { get; init; } = "";

    /// <summary><c>whereabouts cme missing-person home-education</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary><c>open closed</c>.</summary>
    public string Status { get; init; } = "";

    public string Stage { get; init; } = "";

    public DateOnly FirstDayMissing { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Closure { get; init; }

    /// <summary>The highest level that an open obligation has climbed to, 0-4.</summary>
    public int Level { get; init; }

    public int OverdueCount { get; init; }

    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>True puts the episode on the duty desk whatever its level.</summary>
    public bool Flagged { get; init; }

    /// <summary>Whose case it is: a URN or an authority code. The authority's own cases are on its desk.</summary>
    public string? Owner { get; init; }

    public string? ClaimedBy { get; init; }

    public string Pack { get; init; } = "";

    public int PackVersion { get; init; }

    /// <summary>The code of the newest session of the run; empty for a blank.</summary>
    public string LastCode { get; init; } = "";

    /// <summary>The earliest <see cref="ObligationRecord.NextAt"/>, or when the case changes hands if that is sooner.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What is to be done next, in the form in which it is shown.</summary>
    public JsonElement? NextObligation { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
