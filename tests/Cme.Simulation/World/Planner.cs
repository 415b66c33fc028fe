using System.Collections.Immutable;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Simulation.Engine;
using Cme.Simulation.Oracle;

namespace Cme.Simulation.World;

/// <summary>
/// Makes up a school year from a seed: children who are present, ill, missing and found; registers that come late, wrong, twice, with
/// blanks and with codes that do not exist, corrected days later in both directions; people who act late or not at all; days closed
/// afterwards; lists sent again; and a machine that fails meanwhile.
/// </summary>
internal sealed class Planner
{
    private static readonly DateOnly YearBegins = new(2026, 9, 1);
    private static readonly DateOnly YearEnds = new(2027, 7, 21);

    /// <summary>The procedure that the oracle has typed a second time.</summary>
    public const string KnownPack = "northamptonshire";

    private static readonly string[] OtherPacks = [.. PackCatalogue.Shipped.OfSchools.Where(id => id is not (KnownPack or "product"))];

    private readonly int _seed;
    private readonly Size _size;
    private readonly string _pack;
    private readonly Chance _chance;
    private readonly DateOnly _from;
    private static readonly (string Action, ImmutableArray<string> Outcomes)[] Recordable =
        [.. ActionCatalogue.All.Where(pair => ActionCatalogue.IsOf(pair.Action, EpisodeKinds.Whereabouts) && pair.Action is not (ActionNames.Close or ActionNames.Reopen or ActionNames.Correct))];

    private readonly List<Happening> _happenings = [];
    private readonly HashSet<long> _instants = [];
    private int _ids;

    private Planner(int seed, Size size, string pack)
    {
        (_seed, _size, _pack, _chance) = (seed, size, pack, Chance.For(seed, 0));
        var latest = YearEnds.DayNumber - YearBegins.DayNumber - size.Days;
        _from = latest <= 0 ? YearBegins : YearBegins.AddDays(_chance.Next(latest));
    }

    /// <summary>The size that a seed has when none is given: small, so that many seeds can be run.</summary>
    public static Size SizeOf(int seed)
    {
        var chance = Chance.For(seed, 9);
        return new Size(chance.Between(5, 16), chance.Between(3, 7), chance.InThousand(200) ? 2 : 1);
    }

    /// <summary>The procedure that a seed has when none is given: one seed in five has another than the oracle knows.</summary>
    public static string PackOf(int seed) => seed % 5 == 3 ? OtherPacks[seed / 5 % OtherPacks.Length] : KnownPack;

    public static Plan For(int seed, Size? size = null, string? pack = null)
    {
        var planner = new Planner(seed, size ?? SizeOf(seed), pack ?? PackOf(seed));
        var schools = planner.Schools();
        for (var school = 0; school < schools.Count; school++)
        {
            planner.Year(school, schools[school]);
        }
        planner.Machine();
        return new Plan(
            seed, planner._size, planner._pack, planner._from, schools, [.. planner._happenings.OrderBy(one => one.At).ThenBy(one => one.Id)], planner.Weather());
    }

    private List<PlannedSchool> Schools() =>
    [
        .. Enumerable.Range(0, _size.Schools).Select(school => new PlannedSchool($"90000{school + 1}", Terms(), [.. Enumerable.Range(0, _size.Pupils).Select(Pupil)])),
    ];

    private static TermTimes Terms() => new()
    {
        Terms =
        [
            (new(2026, 9, 1), new(2026, 10, 23)), (new(2026, 11, 2), new(2026, 12, 18)), (new(2027, 1, 4), new(2027, 2, 12)),
            (new(2027, 2, 22), new(2027, 3, 25)), (new(2027, 4, 12), new(2027, 5, 28)), (new(2027, 6, 7), new(2027, 7, 21)),
        ],
        Closed = [new(2026, 9, 1), new(2026, 9, 2), new(2027, 1, 4), new(2027, 6, 25)],
    };

    private Listed Pupil(int number) => new(
        $"p{number:00}", (1 + (number % 6)).ToString(System.Globalization.CultureInfo.InvariantCulture), new(2023, 9, 1),
        _chance.InThousand(40) ? _from.AddDays(_chance.Next(_size.Days)) : null,
        _chance.Next(100) switch { < 6 => ["cp_plan"], < 9 => ["do_not_contact_family"], < 12 => ["looked_after", "do_not_contact_family"], _ => [] },
        true);

    private void Year(int number, PlannedSchool school)
    {
        var absences = school.Pupils.ToDictionary(pupil => pupil.Id, _ => new Absence());
        for (var day = _from; day < _from.AddDays(_size.Days); day = day.AddDays(1))
        {
            if (!school.Calendar.IsSchoolDay(day))
            {
                Elsewhen(number, day);
                continue;
            }
            foreach (var slot in new[] { new Slot(day, false), new Slot(day, true) })
            {
                Session(number, school, slot, absences);
            }
            DayBesides(number, school, day);
        }
    }

    // ------------------------------------------------------------------------------------------------------- registers

    private void Session(int number, PlannedSchool school, Slot slot, Dictionary<string, Absence> absences)
    {
        var marks = new List<SentMark>();
        foreach (var pupil in school.Pupils)
        {
            if (MarkOf(pupil, slot, absences[pupil.Id]) is { } mark)
            {
                marks.Add(mark);
            }
            Acts(number, pupil, slot, absences[pupil.Id]);
        }
        if (_chance.InThousand(25))
        {
            return;                                                  // A register that is never sent.
        }
        var taken = TermTimes.Starts(slot).AddSeconds(_chance.Between(60, 1500));
        var sent = taken.AddSeconds(_chance.Next(10) switch { 0 => _chance.Between(1800, 9000), 1 => _chance.Between(20_000, 200_000), _ => _chance.Between(1, 300) });
        var complete = !_chance.InThousand(150);
        Send(number, sent, new SentRegister(slot, taken, complete, false, Spoilt(marks)), _chance.InThousand(40) ? 2 : 1);
        Corrections(number, slot, taken, marks);
    }

    private SentMark? MarkOf(Listed pupil, Slot slot, Absence absence)
    {
        if (!absence.IsUnderWay && _chance.InThousand(45))
        {
            absence.Begin(_chance.Next(6) switch { 0 => _chance.Between(10, 30), 1 or 2 => _chance.Between(4, 12), _ => _chance.Between(1, 4) }, _chance.Next(100));
        }
        if (!absence.IsUnderWay)
        {
            return new SentMark(pupil.Id, _chance.Next(40) switch { 0 => "L", 1 => "U", 2 => "V", _ => slot.Pm ? "\\" : "/" }, null);
        }
        absence.Pass();
        var code = absence.Kind switch
        {
            < 20 => "I",
            < 26 => _chance.Pick("B", "D", "C2", "E", "K", "P", "W"),
            < 30 => _chance.Pick("M", "C", "S", "R", "X", "Y2", "Q", "T"),
            _ => _chance.Next(12) switch { 0 => "O", 1 => "G", 2 => null, 3 => "", 4 when absence.Kind > 80 => _chance.Pick("B", "E", "D"), _ => "N" },
        };
        return code is null ? null : new SentMark(pupil.Id, code, Reporter(code));
    }

    private string? Reporter(string code) =>
        code is "I" or "M" or "C" or "G" ? _chance.Pick("known-contact", "known-contact", "known-contact", "staff", "other-contact", "unknown", null!) : null;

    // A mark with a code that nobody knows, a pupil who is listed twice, a pupil of another school.
    private List<SentMark> Spoilt(List<SentMark> marks)
    {
        var sent = marks.ToList();
        if (sent.Count > 0 && _chance.InThousand(60))
        {
            var at = _chance.Next(sent.Count);
            sent[at] = sent[at] with { Code = _chance.Pick("H", "ZZ", "n"), Reporter = null };
        }
        if (sent.Count > 0 && _chance.InThousand(30))
        {
            sent.Add(sent[_chance.Next(sent.Count)] with { Code = "N" });
        }
        if (_chance.InThousand(30))
        {
            sent.Add(new SentMark("nobody", "N", null));
        }
        return sent;
    }

    private void Corrections(int number, Slot slot, DateTimeOffset taken, List<SentMark> marks)
    {
        while (marks.Count > 0 && _chance.InThousand(220))
        {
            var asOf = taken.AddSeconds(_chance.Next(8) switch { 0 => -_chance.Between(1, 600), 1 => 0, _ => _chance.Between(60, 90_000) });
            var later = Later(asOf > taken ? asOf : taken);
            var changed = Enumerable.Range(0, _chance.Between(1, Math.Min(3, marks.Count))).Select(_ => marks[_chance.Next(marks.Count)].Pupil).Distinct()
                .Select(pupil => _chance.Next(12) switch
                {
                    < 4 => new SentMark(pupil, "N", null),
                    < 6 => new SentMark(pupil, slot.Pm ? "\\" : "/", null),
                    6 => new SentMark(pupil, "L", null),
                    7 => new SentMark(pupil, "", null),
                    8 => new SentMark(pupil, _chance.Pick("B", "E", "C2"), null),
                    9 => new SentMark(pupil, "O", null),
                    10 => new SentMark(pupil, "G", Reporter("G")),
                    _ => new SentMark(pupil, "I", Reporter("I")),
                }).ToList();
            Send(number, later, new SentRegister(slot, asOf, false, !_chance.InThousand(200), changed), 1);
        }
    }

    private DateTimeOffset Later(DateTimeOffset from) => from.AddSeconds(_chance.Next(4) switch
    {
        0 => _chance.Between(60, 3600),
        1 => _chance.Between(3600, 30_000),
        2 => _chance.Between(80_000, 180_000),
        _ => _chance.Between(180_000, 800_000),
    });

    private void Send(int school, DateTimeOffset at, SentRegister register, int copies) =>
        Add(at, (id, when) => new RegisterSent(id, when, school, register with { AsOf = register.AsOf < when ? register.AsOf : when }, copies));

    // ------------------------------------------------------------------------------------------------------------ people

    private void Acts(int school, Listed pupil, Slot slot, Absence absence)
    {
        if (!absence.IsUnexplained)
        {
            return;
        }
        for (var more = _chance.Next(4); more > 0; more--)
        {
            var (action, outcome, whom) = _pack == KnownPack || _chance.Next(3) == 0 ? Deed() : AnyDeed();
            var done = TermTimes.Closes(slot).AddSeconds(_chance.Next(6) == 0 ? _chance.Between(-3000, 0) : _chance.Between(60, 16_000));
            var recorded = done.AddSeconds(_chance.Next(6) switch { 0 => _chance.Between(3_000, 200_000), _ => _chance.Between(5, 900) });
            Add(recorded, (id, when) => new ActRecorded(id, when, school, pupil.Id, action, outcome, when - done) { Whom = whom });
        }
    }

    /// <summary>Whatever can be recorded, of whomever it can be about: other procedures ask for more than the oracle knows.</summary>
    private (string, string?, string?) AnyDeed()
    {
        var (action, outcomes) = Recordable[_chance.Next(Recordable.Length)];
        var whom = Parties.Of(action);
        return (action, outcomes.IsEmpty ? null : outcomes[_chance.Next(outcomes.Length)], whom.IsEmpty || _chance.Next(4) == 0 ? null : whom[_chance.Next(whom.Length)].Id);
    }

    private (string, string?, string?) Deed() => Spoken() is var (action, outcome) ? (action, outcome, null) : default;

    private (string, string?) Spoken() => _chance.Next(40) switch
    {
        < 9 => ("call", _chance.Pick("no-answer", "voicemail", "number-dead", "wrong-number")),
        < 12 => ("call", _chance.Pick("other-person-reassured", "other-person-not-reassured", "refused", "child-spoke")),
        < 14 => ("call", _chance.Pick("parent-child-not-safe", "parent-child-missing")),
        14 => ("call", "parent-child-safe"),
        < 18 => ("risk-assessment", _chance.Pick("no-concern", "concern", "risk-of-harm")),
        < 20 => ("consult-dsl", _chance.Pick("confirmed-safe", "not-confirmed")),
        20 => ("advise-parent", null),
        21 => ("reply", "contact-made"),
        22 => ("sighting", "seen"),
        < 26 => ("visit", _chance.Pick("seen-safe", "seen-concern", "no-access", "no-access", "moved", "refused")),
        < 31 => ("letter", "sent"),
        < 33 => (_chance.Pick("refer-police", "refer-csc", "refer-authority", "refer-authority"), null),
        33 => ("close", _chance.Pick("explained-absence", "returned-same-school", "duplicate-record")),
        34 => ("roll-decision", _chance.Pick("keep", "remove")),
        < 38 => (_chance.Pick("question-set", "enquiry", "check", "chase", "message", "vulnerability-assessment"), null),
        _ => ("note", null),
    };

    // --------------------------------------------------------------------------------------------- the school and others

    private void DayBesides(int number, PlannedSchool school, DateOnly day)
    {
        if (_chance.InThousand(30))
        {
            // A day is closed, or held after all, before it or afterwards.
            var other = day.AddDays(_chance.Between(-4, 6));
            var isClosing = school.Calendar.IsSchoolDay(other);
            Add(WallClock.At(day, 10, 0).AddSeconds(_chance.Next(20_000)), (id, when) =>
                new CalendarPublished(id, when, number, isClosing ? [other] : [], isClosing ? [] : [other]));
        }
        if (_chance.InThousand(60))
        {
            Roll(number, school, day);
        }
        Elsewhen(number, day);
    }

    private void Roll(int number, PlannedSchool school, DateOnly day)
    {
        var at = WallClock.At(day, 10, 30).AddSeconds(_chance.Next(20_000));
        var pupil = school.Pupils[_chance.Next(school.Pupils.Count)];
        Add(at, (id, when) => _chance.Next(5) switch
        {
            0 => new RollSent(id, when, number, false, [pupil with { Leaving = day.AddDays(_chance.Between(-3, 3)) }], []),
            1 => new RollSent(id, when, number, false, [pupil with { Leaving = null }], []),
            2 => new RollSent(id, when, number, true, [], [pupil.Id]),
            3 => new RollSent(id, when, number, true, [], [.. school.Pupils.Take(6).Select(one => one.Id)]),
            _ => new RollSent(id, when, number, true, [], []),
        });
    }

    private void Elsewhen(int number, DateOnly day)
    {
        if (number == 0 && _chance.InThousand(250))
        {
            Add(WallClock.At(day, 7, 0).AddSeconds(_chance.Next(60_000)), (id, when) => new EverybodyLooks(id, when));
        }
    }

    // ----------------------------------------------------------------------------------------------------------- machine

    // One seed in four has no faults at all: there the auditor must find nothing.
    private bool IsCalm => _seed % 4 == 0;

    private Weather Weather() => IsCalm ? World.Weather.Calm with { CopyEverything = _seed % 12 == 0 } : new Weather(100, 100, 100, 120, 40, _seed % 9 == 0);

    private void Machine()
    {
        if (IsCalm)
        {
            return;
        }
        for (var at = 0; at < _happenings.Count; at++)
        {
            if (_chance.InThousand(130))
            {
                var fault = _chance.Pick(Fault.Refused, Fault.LandsUnknown, Fault.DiesBefore, Fault.DiesAfter);
                _happenings[at] = _happenings[at] with { Fault = (fault, _chance.Next(4)) };
            }
        }
        for (var day = 0; day < _size.Days; day += _chance.Between(2, 6))
        {
            Add(WallClock.At(_from.AddDays(day), 6, 30).AddSeconds(_chance.Next(60_000)), (id, when) => new ProgramDies(id, when));
        }
    }

    // No two things happen at one instant: which came first would be anybody's guess. Nothing after the end.
    private void Add(DateTimeOffset at, Func<int, DateTimeOffset, Happening> make)
    {
        var begins = WallClock.At(_from, 6, 0);
        at = at < begins ? begins : at;
        while (!_instants.Add(at.UtcTicks))
        {
            at = at.AddSeconds(1);
        }
        if (at < WallClock.At(_from.AddDays(_size.Days), 6, 0))
        {
            _happenings.Add(make(_ids++, at));
        }
    }

    /// <summary>A spell of absence of one pupil.</summary>
    private sealed class Absence
    {
        private int _left;

        /// <summary>0 to 99: what it is about.</summary>
        public int Kind { get; private set; }

        public bool IsUnderWay => _left > 0;

        public bool IsUnexplained => _left > 0 && Kind >= 30;

        public void Begin(int sessions, int kind) => (_left, Kind) = (sessions, kind);

        public void Pass() => _left--;
    }
}
