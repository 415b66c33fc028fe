namespace Cme.Simulation.Oracle;

/// <summary>A mark with its session.</summary>
internal sealed record SlotMark(Slot Slot, HeldMark Mark);

/// <summary>
/// The whereabouts run of one pupil, worked out from all marks at once: the missing sessions since the last one that is known,
/// or, if there are none, the mark that accounts for the child.
/// </summary>
/// <param name="Missing">Oldest first.</param>
/// <param name="Newest">When a run stands: the newest mark if it holds. Otherwise the mark that accounts for the run that was.</param>
internal sealed record Run(IReadOnlyList<SlotMark> Missing, SlotMark? Newest)
{
    public static Run None { get; } = new([], null);

    public bool Stands => Missing.Count > 0;

    /// <param name="marks">All marks of the pupil that count, oldest first.</param>
    /// <param name="since">The first session of the run that stood before; marks before it account for nothing.</param>
    public static Run Of(IReadOnlyList<SlotMark> marks, Slot? since)
    {
        var lastKnown = -1;
        for (var at = 0; at < marks.Count; at++)
        {
            lastKnown = marks[at].Mark.Effect == Effect.Known ? at : lastKnown;
        }
        var after = marks.Skip(lastKnown + 1).SkipWhile(one => one.Mark.Effect != Effect.Missing).ToList();
        var missing = after.Where(one => one.Mark.Effect == Effect.Missing).ToList();
        if (missing.Count > 0)
        {
            return new Run(missing, after.LastOrDefault(one => one.Mark.Effect is Effect.Missing or Effect.Held) is { Mark.Effect: Effect.Held } held ? held : null);
        }
        return new Run([], since is { } first ? Account([.. marks.Where(one => one.Slot >= first)]) : null);
    }

    public bool IsSame(Run other) => Missing.SequenceEqual(other.Missing) && Newest == other.Newest;

    // The first mark after the last missing one that is known; if none is, the first that holds.
    private static SlotMark? Account(List<SlotMark> marks)
    {
        var from = marks.FindLastIndex(one => one.Mark.Effect == Effect.Missing) + 1;
        var rest = marks.Skip(from).ToList();
        return rest.Find(one => one.Mark.Effect == Effect.Known) ?? rest.Find(one => one.Mark.Effect == Effect.Held);
    }
}
