using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>One thing that made a step owed.</summary>
/// <param name="Start">The start of the step that it is of.</param>
/// <param name="Number">
/// Tells one occurrence of a step from the next, and is stable across re-derivation: the event in the history (the opening is 1, or
/// the event that began a later run), or the day that a calendar or a register gave.
/// </param>
/// <param name="AnchorAt">What the deadline is counted from, UTC.</param>
/// <param name="KnownAt">When it was known here.</param>
/// <param name="CountsFrom">Acts from this instant on complete the step.</param>
/// <param name="Anchor">The anchor in words.</param>
internal sealed record Cause(Start Start, int Number, DateTimeOffset AnchorAt, DateTimeOffset KnownAt, DateTimeOffset CountsFrom, string Anchor)
{
    /// <summary>When the step may first be done; the anchor unless the pack says later.</summary>
    public DateTimeOffset OpensAt { get; init; } = AnchorAt;

    /// <summary>The deadline that applies to this child.</summary>
    public Deadline Deadline { get; init; } = Start.Due;

    /// <summary>When a flag that came later made it so, or made it sooner; null if none did.</summary>
    public DateTimeOffset? FlaggedAt { get; init; }

    /// <summary>The deadline that held before that flag came; null if nothing was owed.</summary>
    public Deadline? Unflagged { get; init; }

    /// <summary>True if something done in time took the cause away.</summary>
    public bool Void { get; init; }

    /// <summary>When the step was done otherwise than by an act; null if it was not.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The days of the holiday that it is about.</summary>
    public int? Days { get; init; }

    /// <summary>
    /// Whether the act can complete the step. Of one minute, the cause is before what was recorded after it; a run and a holiday begin
    /// with a session, however late that was known, and what was done at that very minute is about them.
    /// </summary>
    public bool IsBefore(Act act) =>
        act.HappenedAt > CountsFrom
        || (act.HappenedAt == CountsFrom && Start.On is (StartKind.Opened or StartKind.Holiday))
        || (act.Number > Number && IsOfMinuteOf(act));

    /// <summary>People say when to the minute, and what the product notes in the middle of one is not after what they did about it at once.</summary>
    private bool IsOfMinuteOf(Act act) =>
        act.HappenedAt == CountsFrom
        || (act.HappenedAt.Ticks % TimeSpan.TicksPerMinute == 0 && act.HappenedAt < CountsFrom && CountsFrom - act.HappenedAt < TimeSpan.FromMinutes(1));
}
