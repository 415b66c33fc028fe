namespace Cme.Simulation.Oracle;

/// <summary>A pupil of a school's list as the oracle knows the pupil.</summary>
internal sealed record Listed(string Id, string YearGroup, DateOnly Entry, DateOnly? Leaving, IReadOnlyList<string> Flags, bool OnList)
{
    public bool IsExpected(DateOnly day) => OnList && WasOnRoll(day);

    public bool WasOnRoll(DateOnly day) => day >= Entry && (Leaving is null || day <= Leaving);
}

/// <summary>
/// What ought to be so at a school: worked out from everything that was sent, in the order in which it was acknowledged. It is told
/// each thing once, at its instant, and works every pupil's run out from all marks again.
/// </summary>
internal sealed class SchoolModel(TermTimes calendar)
{
    private readonly SortedDictionary<Slot, HeldRegister> _registers = [];
    private readonly Dictionary<string, Run> _runs = [];
    private DateTimeOffset _asAt = DateTimeOffset.MinValue;

    public TermTimes Calendar { get; private set; } = calendar;

    public SortedDictionary<string, Listed> Pupils { get; } = new(StringComparer.Ordinal);

    /// <summary>Each pupil's cases, oldest first.</summary>
    public Dictionary<string, List<Case>> Cases { get; } = [];

    public Case? Latest(string pupil) => Cases.GetValueOrDefault(pupil)?[^1];

    public Run RunOf(string pupil) => _runs.GetValueOrDefault(pupil, Run.None);

    public IEnumerable<KeyValuePair<Slot, HeldRegister>> Registers => _registers;

    public HeldRegister RegisterOf(Slot slot) => _registers[slot];

    public bool HasRegister(Slot slot) => _registers.TryGetValue(slot, out var held) && held.IsTaken;

    /// <summary>Lets time pass: where registration has closed meanwhile, blanks are missing from that very instant on.</summary>
    public void PassTime(DateTimeOffset now)
    {
        var closing = _registers.Where(one => TermTimes.Closes(one.Key) is var closes && closes > _asAt && closes <= now
            && one.Value.Marks.Values.Any(mark => mark.Code.Length == 0)).Select(one => TermTimes.Closes(one.Key)).Order().ToList();
        foreach (var closes in closing)
        {
            Look(closes, calendarChanged: false);
        }
        _asAt = now;
    }

    /// <summary>Why the register cannot be taken at all, or null.</summary>
    public string? Refusal(SentRegister sent, DateTimeOffset now) =>
        !Calendar.Terms.Any(term => sent.Slot.Day >= term.From && sent.Slot.Day <= term.To) && OutsideTheYear(sent.Slot.Day) ? "no-calendar"
        : !Calendar.IsSchoolDay(sent.Slot.Day) ? "not-a-school-day"
        : TermTimes.Starts(sent.Slot) > now ? "session-in-future"
        : sent.Correction && !HasRegister(sent.Slot) ? "register-not-taken"
        : null;

    /// <returns>How many marks are rejected.</returns>
    public int Take(SentRegister sent, DateTimeOffset now)
    {
        PassTime(now);
        if (!_registers.TryGetValue(sent.Slot, out var held))
        {
            _registers.Add(sent.Slot, held = new HeldRegister());
        }
        var expected = Pupils.Values.Where(pupil => pupil.IsExpected(sent.Slot.Day)).Select(pupil => pupil.Id).ToList();
        var rejected = held.Take(sent, expected, Pupils.Keys.ToHashSet(), now);
        Look(now, calendarChanged: false);
        return rejected;
    }

    public void Publish(TermTimes calendar, DateTimeOffset now)
    {
        PassTime(now);
        Calendar = calendar;
        Look(now, calendarChanged: true);
        foreach (var episode in Cases.Values.Select(cases => cases[^1]).Where(episode => episode.IsOpen))
        {
            episode.Notice(now);
            episode.Take(calendar, episode.First, now);
            episode.Notice(now);
        }
    }

    public void List(IEnumerable<Listed> pupils, DateTimeOffset now)
    {
        PassTime(now);
        foreach (var pupil in pupils)
        {
            Pupils[pupil.Id] = pupil;
        }
        Look(now, calendarChanged: false);
    }

    /// <summary>Somebody did something about a pupil's open case.</summary>
    /// <returns>The refusal's code, or null.</returns>
    public string? Act(string pupil, string action, string? outcome, DateTimeOffset at, DateTimeOffset now)
    {
        PassTime(now);
        var episode = Latest(pupil)!;
        if (!episode.IsOpen)
        {
            return "closed";
        }
        if (at > now)
        {
            return "at-in-future";
        }
        if (WallClock.DayOf(at) < episode.First.Day)
        {
            return "at-before-first-day";
        }
        episode.Notice(now);
        episode.Acts.Add(new Done(action, outcome, at, now, ++episode.Recorded));
        if ((action, outcome) is ("call", "parent-child-safe"))
        {
            episode.Close("explained-absence", false, now);
        }
        else if (action == "close")
        {
            episode.Close(outcome!, false, now);
        }
        episode.Notice(now);
        return null;
    }

    private bool OutsideTheYear(DateOnly day) => day < Calendar.Terms[0].From || day > Calendar.Terms[^1].To;

    private void Look(DateTimeOffset now, bool calendarChanged)
    {
        _asAt = now > _asAt ? now : _asAt;
        foreach (var pupil in Pupils.Keys)
        {
            var was = RunOf(pupil);
            var marks = MarksOf(pupil, now);
            var since = was.Stands ? was.Missing[0].Slot : Latest(pupil)?.First;
            var run = Run.Of(marks, since);
            _runs[pupil] = run;
            if (!run.IsSame(was) || (calendarChanged && run.Stands))
            {
                Tell(pupil, run, now);
            }
        }
    }

    /// <summary>All marks of a pupil that count by an instant, oldest first.</summary>
    public IReadOnlyList<SlotMark> MarksOf(string pupil, DateTimeOffset now) =>
    [
        .. from register in _registers
        where Calendar.IsSchoolDay(register.Key.Day)
        let mark = register.Value.Marks.GetValueOrDefault(pupil)
        where mark is not null
            && (mark.Code.Length > 0 || (TermTimes.Closes(register.Key) <= now && Pupils[pupil].WasOnRoll(register.Key.Day)))
        select new SlotMark(register.Key, mark),
    ];

    // Whose case an absence is: it goes on in the open one, opens again the one that a code closed, or begins another.
    private void Tell(string pupil, Run run, DateTimeOffset now)
    {
        var latest = Latest(pupil);
        var settled = latest is { IsOpen: false, ByCode: false } ? latest.Through : latest?.Covered;
        var missing = run.Missing.Where(one => settled is null || one.Slot > settled).ToList();
        var newest = run.Newest;
        if (missing.Count > 0 && (latest is { IsOpen: true } || (latest is { ByCode: true } && missing[0].Slot <= latest.Through)))
        {
            latest.Stands(missing, newest, Calendar, now);
        }
        else if (missing.Count > 0)
        {
            Begin(pupil, missing, newest, settled, now);
        }
        else if (latest is { IsOpen: true })
        {
            latest.Accounted(newest, Pupils[pupil] is { OnList: true } listed && !(listed.Leaving < WallClock.DayOf(now)), now);
        }
    }

    private void Begin(string pupil, List<SlotMark> missing, SlotMark? heldBy, Slot? settled, DateTimeOffset now)
    {
        if (!Cases.TryGetValue(pupil, out var cases))
        {
            Cases.Add(pupil, cases = []);
        }
        cases.Add(new Case
        {
            First = missing[0].Slot, Through = missing[^1].Slot, Calendar = Calendar, KnownAt = now, OpenedAt = now,
            Flags = Pupils[pupil].Flags, Covered = settled,
        });
        cases[^1].Begun(heldBy, now);
    }
}
