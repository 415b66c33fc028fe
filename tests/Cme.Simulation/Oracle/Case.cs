namespace Cme.Simulation.Oracle;

/// <summary>Something that a person did.</summary>
internal sealed record Done(string Action, string? Outcome, DateTimeOffset At, DateTimeOffset KnownAt, int Number)
{
    public bool Is(string action, params ReadOnlySpan<string> outcomes) =>
        Action == action && (outcomes.IsEmpty || (Outcome is not null && outcomes.Contains(Outcome)));
}

/// <summary>A question whether the child was seen, which a code raised that is not enough to close.</summary>
/// <param name="IsKnown">The code says where the child is, and only somebody's word is missing.</param>
internal sealed record Asked(Slot Slot, string Code, DateTimeOffset KnownAt, bool IsKnown);

/// <summary>An episode as it ought to be.</summary>
internal sealed class Case
{
    public required Slot First { get; set; }

    public required TermTimes Calendar { get; set; }

    /// <summary>When the first session missing was known.</summary>
    public required DateTimeOffset KnownAt { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The last session that the registers spoke of.</summary>
    public required Slot Through { get; set; }

    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>The last session of an earlier episode that a person closed: what the registers say of that time is settled.</summary>
    public Slot? Covered { get; init; }

    public bool IsOpen { get; set; } = true;

    public bool ByCode { get; set; }

    public string? Closure { get; set; }

    public DateTimeOffset ClosedAt { get; set; }

    /// <summary>The first session of a later disappearance in the same episode; null in the first.</summary>
    public Slot? BeganAgain { get; set; }

    public List<Done> Acts { get; } = [];

    public List<Asked> Questions { get; } = [];

    public List<(DateTimeOffset From, DateTimeOffset To)> ClosedMeanwhile { get; } = [];

    /// <summary>What had passed for done until another calendar came, by which it is not.</summary>
    public List<(string Occurrence, DateTimeOffset From, DateTimeOffset To)> OwedAgain { get; } = [];

    /// <summary>What somebody was told was late: each step, how far it had climbed and at which instant of its ladder.</summary>
    public List<(string Step, string Occurrence, int Level, DateTimeOffset At)> Told { get; } = [];

    /// <summary>Events so far, so that what happened at one instant keeps its order.</summary>
    public int Recorded { get; set; }

    public bool IsFlagged => Flags.Any(flag => flag is "cp_plan" or "looked_after" or "do_not_contact_family");

    public bool NoFamilyContact => Flags.Contains("do_not_contact_family");

    public bool IsReferred => Acts.Any(act => act.Action is "refer-police" or "refer-csc" or "refer-authority");

    /// <summary>How far an occurrence was told of since it turned overdue; what was told of an earlier deadline does not count.</summary>
    public int? ToldOf(string occurrence, DateTimeOffset actBy) =>
        Told.Where(told => told.Occurrence == occurrence && told.At >= actBy).Max(told => (int?)told.Level);

    /// <summary>Tells of everything that is late by now, each level of each occurrence once.</summary>
    public void Notice(DateTimeOffset now)
    {
        foreach (var owed in IsOpen ? Ladder.At(this, now).Where(owed => owed.Overdue).ToList() : [])
        {
            var told = ToldOf(owed.Occurrence, owed.ActBy) ?? -1;
            Told.AddRange(owed.Climb.Where(up => up.At <= now && up.Level > told).Select(up => (owed.Step, owed.Occurrence, up.Level, up.At)));
        }
    }

    /// <summary>It has begun: if a later mark says where the child is without being enough, somebody is to confirm that.</summary>
    public void Begun(SlotMark? heldBy, DateTimeOffset now)
    {
        if (heldBy is not null)
        {
            Ask(heldBy, now);
        }
        Notice(now);
    }

    /// <summary>Judged by another calendar: whoever relied on something done that does not do any more is given time again from now.</summary>
    public void Take(TermTimes calendar, Slot first, DateTimeOffset now)
    {
        var before = calendar == Calendar || !IsOpen ? [] : Ladder.At(this, now);
        (First, Calendar) = (first, calendar);
        OwedAgain.AddRange(
            from owed in before.Count == 0 ? [] : Ladder.At(this, now)
            where owed.IsOpen
            let done = before.FirstOrDefault(was => was.Occurrence == owed.Occurrence)?.DoneKnownAt
            where done is not null
            select (owed.Occurrence, done.Value, now));
    }

    /// <summary>The registers still have a run: it goes on, or begins elsewhere.</summary>
    public void Stands(IReadOnlyList<SlotMark> missing, SlotMark? heldBy, TermTimes calendar, DateTimeOffset now)
    {
        Notice(now);
        var first = missing[0].Slot;
        KnownAt = first == First ? KnownAt : now;
        if (!IsOpen)
        {
            ClosedMeanwhile.Add((ClosedAt, now));
            (IsOpen, ByCode, Closure) = (true, false, null);
            Questions.Clear();
        }
        else if (first > Through)
        {
            BeganAgain = first;
        }
        Take(calendar, first, now);
        Hear(missing[^1].Slot);
        if (heldBy is null)
        {
            Questions.Clear();
        }
        else
        {
            Ask(heldBy, now);
        }
        Notice(now);
    }

    /// <summary>The registers have no run any more: a code closes if it may, or somebody is to confirm.</summary>
    /// <param name="isListed">Of a pupil who is off the roll, marks that were taken away close nothing: nobody has seen the child.</param>
    public void Accounted(SlotMark? mark, bool isListed, DateTimeOffset now)
    {
        Notice(now);
        if (mark is null && !isListed)
        {
            return;
        }
        if (Questions is [.., { IsKnown: true } asked] && asked.Slot < mark?.Slot)
        {
            return;                                                  // Seen before that: a later mark is no account of this run.
        }
        var known = mark is null || mark.Mark.Effect == Effect.Known;
        var soon = Calendar.SchoolDays(First.Day, WallClock.DayOf(now)) <= 5;
        if (IsFlagged || (mark is not null && (!known || IsReferred || !soon)))
        {
            Ask(mark ?? new SlotMark(First, new HeldMark("", null, default, default)), now);
            return;
        }
        if (mark is not null)
        {
            Hear(mark.Slot);
        }
        Close(mark is null ? "register-corrected" : mark.Mark.IsSeen ? "returned-same-school" : "explained-absence", true, now);
    }

    public void Close(string reason, bool byCode, DateTimeOffset knownAt) =>
        (IsOpen, ByCode, Closure, ClosedAt) = (false, byCode, reason, knownAt);

    private void Ask(SlotMark mark, DateTimeOffset now)
    {
        Hear(mark.Slot);
        if (Questions is not [.., var last] || last.Slot != mark.Slot || last.Code != mark.Mark.Code)
        {
            Questions.Add(new Asked(mark.Slot, mark.Mark.Code, now, mark.Mark.Effect == Effect.Known));
        }
    }

    private void Hear(Slot slot) => Through = slot > Through ? slot : Through;
}
