namespace Cme.Simulation.Oracle;

/// <summary>Something that is to be done, as the Northamptonshire procedure and the product's own steps require it.</summary>
/// <param name="ActBy">From when on it is overdue.</param>
/// <param name="SatisfiedAt">Null while it is owed.</param>
internal sealed record Owed(string Step, string Who, DateTimeOffset DueAt, DateTimeOffset ActBy, DateTimeOffset? SatisfiedAt, bool Suppressed, int Level, bool Overdue)
{
    /// <summary>Tells one occurrence of the step from another, however its deadline moves.</summary>
    public string Occurrence { get; init; } = "";

    /// <summary>When what completed it was known.</summary>
    public DateTimeOffset? DoneKnownAt { get; init; }

    /// <summary>When it turns overdue and climbs, lowest level first.</summary>
    public IReadOnlyList<(int Level, DateTimeOffset At)> Climb { get; init; } = [];

    public bool IsOpen => SatisfiedAt is null && !Suppressed;

    public override string ToString() =>
        $"{Step} ({Who}) due {WallClock.Text(DueAt)} act by {WallClock.Text(ActBy)} {(Suppressed ? "suppressed" : IsOpen ? Overdue ? $"overdue level {Level}" : "open" : "done")}";
}

/// <summary>
/// What is owed in a case at an instant, typed from FACTS A4 and DESIGN 5 a second time: plain code for each step, where the
/// product has a pack, an interpreter of packs and events for what was noticed.
/// </summary>
internal static class Ladder
{
    private const string AttendanceOfficer = "attendance-officer";
    private const string Dsl = "dsl";
    private const string TrackingOfficer = "tracking-officer";

    private static readonly string[] Unanswered = ["no-answer", "voicemail", "number-dead", "wrong-number"];
    private static readonly string[] Parent = ["parent-child-safe", "parent-child-not-safe", "parent-child-missing"];

    /// <summary>The steps that the oracle knows of; others of a pack are none of its business.</summary>
    public static readonly IReadOnlySet<string> Steps = new HashSet<string>
    {
        "first-call", "contact-parent", "phone-home", "assess-safeguarding", "risk-assessment", "refer-police-or-social-care", "consult-dsl",
        "advise-parent", "parent-reports-back", "second-day-call", "letter", "letter-reply", "visit-risk-assessment", "visit", "report-missing",
        "investigate", "roll-answer", "confirm-seen", "ask-dsl-first",
    };

    private static readonly Step FirstCall = new("first-call", AttendanceOfficer, true, act => act.Is("call"));
    private static readonly Step ContactParent = new("contact-parent", AttendanceOfficer, true, act => act.Is("call", Parent) || act.Is("reply", "contact-made"));
    private static readonly Step PhoneHome = new("phone-home", AttendanceOfficer, true, act => act.Is("call"));
    private static readonly Step Safeguarding = new("assess-safeguarding", Dsl, false, act => act.Is("question-set") || act.Is("vulnerability-assessment") || act.Is("risk-assessment"));
    private static readonly Step RiskAssessment = new("risk-assessment", Dsl, false, act => act.Is("risk-assessment"));
    private static readonly Step Refer = new("refer-police-or-social-care", Dsl, false, act => act.Is("refer-police") || act.Is("refer-csc"));
    private static readonly Step ConsultDsl = new("consult-dsl", Dsl, false, act => act.Is("consult-dsl"));
    private static readonly Step AdviseParent = new("advise-parent", AttendanceOfficer, true, act => act.Is("advise-parent"));
    private static readonly Step ReportsBack = new("parent-reports-back", AttendanceOfficer, true, act => act.Is("reply", "contact-made") || act.Is("call", Parent) || act.Is("sighting", "seen"));
    private static readonly Step SecondCall = new("second-day-call", AttendanceOfficer, true, act => act.Is("call"));
    private static readonly Step Letter = new("letter", AttendanceOfficer, true, act => act.Is("letter", "sent"), IsFound);
    private static readonly Step LetterReply = new("letter-reply", AttendanceOfficer, false, act => act.Is("reply", "contact-made") || act.Is("call", Parent) || act.Is("visit") || act.Is("check"));
    private static readonly Step VisitAssessment = new("visit-risk-assessment", Dsl, false, act => act.Is("risk-assessment"), act => act.Is("reply", "contact-made") || act.Is("sighting", "seen"));
    private static readonly Step Visit = new("visit", AttendanceOfficer, true, act => act.Is("visit"), IsFound);
    private static readonly Step Report = new("report-missing", Dsl, false, act => act.Is("refer-authority"), IsFound);
    private static readonly Step Investigate = new("investigate", TrackingOfficer, false, act => act.Is("enquiry") || act.Is("check"), act => act.Is("roll-decision"));
    private static readonly Step RollAnswer = new("roll-answer", TrackingOfficer, false, act => act.Is("roll-decision"));
    private static readonly Step ConfirmSeen = new("confirm-seen", Dsl, false, act => act.Is("sighting", "seen"));
    private static readonly Step AskDslFirst = new("ask-dsl-first", Dsl, false, act => act.Is("consult-dsl"));

    public static IReadOnlyList<Owed> At(Case episode, DateTimeOffset now)
    {
        var runFrom = episode.BeganAgain is { } again ? TermTimes.Starts(again) : DateTimeOffset.MinValue;
        var opened = new Cause(TermTimes.Closes(episode.First), episode.KnownAt, runFrom, 0, $"run {runFrom:O}");
        var firstDays = new[] { opened }.Select(cause => (cause, DayOfAbsence(episode, 1)));
        List<Owed> owed =
        [
            .. Of(FirstCall, [(opened, Minutes(episode.IsFlagged ? 15 : 30))]),
            .. Of(ContactParent, firstDays), .. Of(PhoneHome, firstDays), .. Of(Safeguarding, firstDays),
            .. Of(RiskAssessment, RiskCauses(episode, opened)),
            .. Of(Refer, After(Referral, act => act.Is("risk-assessment", "risk-of-harm"))),
            .. Of(ConsultDsl, After(Minutes(30), act => act.Is("call", "other-person-reassured", "other-person-not-reassured", "refused", "child-spoke"))),
            .. Of(AdviseParent, After(Minutes(30), act => act.Is("call", "parent-child-not-safe", "parent-child-missing"))),
            .. Of(ReportsBack, After(Minutes(120), act => act.Is("advise-parent"))),
            .. Of(SecondCall, [(From(2), DayOfAbsence(episode, 2))]),
            .. Of(Letter, [(From(1), DayOfAbsence(episode, 3))]),
            .. Of(LetterReply, After(WorkingDays(3), act => act.Is("letter", "sent"))),
            .. Of(VisitAssessment, [(From(3), DayOfAbsence(episode, 5))]),
            .. Of(Visit, [(From(3), DayOfAbsence(episode, 5, overdueAfter: 6))]),
            .. Of(Investigate, After(TenDays(episode), act => act.Is("refer-authority"))),
            .. Of(RollAnswer, After(TenDays(episode), act => act.Is("refer-authority"))),
            .. Of(ConfirmSeen, episode.Questions.Select(asked => (new Cause(asked.KnownAt, asked.KnownAt, asked.KnownAt, 0, $"asked {asked.KnownAt:O}"), Minutes(60)))),
            .. episode.NoFamilyContact ? Of(AskDslFirst, [(opened, Minutes(15))]) : [],
        ];
        return [.. owed, .. Of(Report, [(From(1), ChecksOrTenDays(episode, owed))])];

        IEnumerable<Owed> Of(Step step, IEnumerable<(Cause Cause, Deadline Deadline)> causes) => Chain(episode, step, runFrom, causes, now);

        IEnumerable<(Cause, Deadline)> After(Deadline deadline, Func<Done, bool> started) => Ladder.After(episode, deadline, started);

        // What was done before that day of the absence is not the step of that day.
        Cause From(int day) => opened with { DoneFrom = MidnightOf(episode, day) is { } midnight && midnight > runFrom ? midnight : runFrom };
    }

    // NOR-06: two hours after the first unanswered call, or after registration closed if nobody called in that time; and when the DSL is not reassured.
    private static IEnumerable<(Cause, Deadline)> RiskCauses(Case episode, Cause opened)
    {
        if (!episode.Acts.Any(act => act.Is("call") && act.At >= opened.DoneFrom && act.At <= opened.At.AddHours(2)))
        {
            yield return (opened, Minutes(120));
        }
        if (episode.Acts.Where(act => act.Is("call", Unanswered) && act.At >= opened.DoneFrom).OrderBy(act => act.At).FirstOrDefault() is { } first)
        {
            yield return (Cause.Of(first), Minutes(120));
        }
        foreach (var cause in After(episode, Minutes(30), act => act.Is("consult-dsl", "not-confirmed") || act.Is("visit", "seen-concern")))
        {
            yield return cause;
        }
    }

    private static IEnumerable<(Cause, Deadline)> After(Case episode, Deadline deadline, Func<Done, bool> started) =>
        episode.Acts.Where(started).Select(act => (Cause.Of(act), deadline));

    private static bool IsFound(Done act) => act.Is("visit", "seen-safe", "seen-concern") || act.Is("sighting", "seen") || act.Is("reply", "contact-made");

    // A step is owed once at a time: a cause that comes while it is undone adds nothing, one that comes after it was done begins anew.
    private static IEnumerable<Owed> Chain(
        Case episode, Step step, DateTimeOffset runFrom, IEnumerable<(Cause Cause, Deadline Deadline)> causes, DateTimeOffset now)
    {
        DateTimeOffset? free = DateTimeOffset.MinValue;
        foreach (var (cause, deadline) in causes.OrderBy(one => one.Cause.At))
        {
            if (free is null || cause.At < free)
            {
                continue;
            }
            var done = episode.Acts.Where(act => (step.DoneBy(act) && cause.IsBefore(act)) || (step.NoNeedAfter(act) && act.At >= runFrom)).MinBy(act => act.At);
            free = done?.At;
            yield return Derive(episode, step, cause, deadline, done, now);
        }
    }

    private static Owed Derive(Case episode, Step step, Cause cause, Deadline deadline, Done? done, DateTimeOffset now)
    {
        var suppressed = done is null && step.ContactsFamily && episode.NoFamilyContact;
        var due = deadline.Due(cause.At) ?? new Due(TermTimes.DayEnds(episode.Calendar.Terms[^1].To), null, true);
        var actBy = ActBy(episode, deadline, due, cause, $"{step.Id} {cause.Key}");
        if (due.SoonerBy is { } sooner && sooner < actBy)
        {
            actBy = sooner;
        }
        var isOpen = done is null && !suppressed;
        var overdue = isOpen && !due.IsBeyond && now >= actBy;
        var climb = ClimbOf(step, deadline.Class, actBy);
        var occurrence = $"{step.Id} {cause.Key}";
        // Nobody is told less than was told already, not even when another calendar has put the deadline off.
        var late = overdue ? climb.Where(up => up.At <= now).Select(up => up.Level).Append(episode.ToldOf(occurrence, actBy) ?? 0).Max() : 0;
        var alerted = isOpen && !due.IsBeyond && due.Alert is { ToDesk: true } alert && (alert.At > cause.KnownAt ? alert.At : cause.KnownAt) <= now;
        return new Owed(step.Id, step.Who, due.At, actBy, done?.At, suppressed, alerted ? Math.Max(3, late) : late, overdue)
        {
            Occurrence = occurrence, Climb = climb, DoneKnownAt = done?.KnownAt,
        };
    }

    private static DateTimeOffset ActBy(Case episode, Deadline deadline, Due due, Cause cause, string occurrence)
    {
        var late = due.OverdueFrom ?? due.At;
        if (due.IsBeyond)
        {
            return due.At;
        }
        var actBy = Graced(deadline.Class, late, cause.KnownAt, episode.Calendar);
        var again = episode.OwedAgain.Where(again => again.Occurrence == occurrence).Select(again => (again.From, again.To));
        foreach (var (from, to) in episode.ClosedMeanwhile.Concat(again).Where(idle => cause.KnownAt < idle.To).OrderBy(idle => idle.To))
        {
            actBy = actBy > from ? Graced(deadline.Class, late, to, episode.Calendar) : actBy;
        }
        return actBy;
    }

    /// <summary>Half an hour for what was known late in hours, the end of the next school day in days, none for referrals.</summary>
    private static DateTimeOffset Graced(StepClass stepClass, DateTimeOffset due, DateTimeOffset knownAt, TermTimes calendar)
    {
        var withGrace = stepClass switch
        {
            StepClass.Hours when knownAt > due.AddMinutes(-30) => knownAt.AddMinutes(30),
            StepClass.Days when calendar.SchoolDayBefore(WallClock.DayOf(due)) is not { } before || knownAt > TermTimes.DayEnds(before) =>
                calendar.SchoolDayAfter(WallClock.DayOf(knownAt), 1) is { } next ? TermTimes.DayEnds(next) : due,
            _ => due,
        };
        return withGrace > due ? withGrace : due;
    }

    // What the authority owes climbs within the authority.
    private static List<(int Level, DateTimeOffset At)> ClimbOf(Step step, StepClass stepClass, DateTimeOffset actBy)
    {
        switch (stepClass)
        {
            case StepClass.Hours:
                return [(1, actBy), (2, actBy.AddMinutes(30)), (3, actBy.AddMinutes(60)), (4, actBy.AddMinutes(120))];
            case StepClass.Referral:
                return [(1, actBy), (3, actBy), (4, actBy.AddMinutes(120))];
            default:
                var climb = new List<(int Level, DateTimeOffset At)> { (0, actBy) };
                for (var level = step.Who == TrackingOfficer ? 3 : 1; level <= 4; level++)
                {
                    climb.Add((level, TermTimes.NextWorkingMorning(climb[^1].At)));
                }
                return climb;
        }
    }

    // ----------------------------------------------------------------------------------------------------------- deadlines

    private static Deadline Minutes(int minutes) => new(StepClass.Hours, at => new Due(at.AddMinutes(minutes)));

    private static Deadline Referral => new(StepClass.Referral, at => new Due(at));

    private static Deadline WorkingDays(int days) => new(StepClass.Days, at =>
    {
        var day = WallClock.DayOf(at);
        for (var left = days; left > 0; left -= TermTimes.IsWorkingDay(day) ? 1 : 0)
        {
            day = day.AddDays(1);
        }
        return new Due(WallClock.At(day, 17, 0));
    });

    private static Deadline DayOfAbsence(Case episode, int day, int? overdueAfter = null) => new(StepClass.Days, _ =>
        Day(episode, day) is not { } due || Day(episode, overdueAfter ?? day) is not { } late
            ? null
            : new Due(TermTimes.DayEnds(due)) { OverdueFrom = TermTimes.DayEnds(late) });

    // NOR-16: "usually within 10 days". School days count; the calendar's ten alert, at the officer's last open moment.
    private static Deadline TenDays(Case episode) => new(StepClass.Days, at =>
    {
        var day = WallClock.DayOf(at);
        if (episode.Calendar.SchoolDayAfter(day, 10) is not { } tenth)
        {
            return null;
        }
        var (due, other) = (TermTimes.DayEnds(tenth), day.AddDays(10));
        var earlier = WallClock.At(other, 17, 0) < due ? WallClock.At(other, 17, 0) : due;
        var alertDay = WallClock.DayOf(earlier);
        var open = alertDay;
        while (!TermTimes.IsWorkingDay(open))
        {
            open = open.AddDays(-1);
        }
        return new Due(due, open < alertDay ? (WallClock.At(open, 17, 0), true) : (earlier, false));
    });

    // NOR-13: the checks complete, or ten days, whichever is earlier; of the two readings of ten days the earlier alerts.
    private static Deadline ChecksOrTenDays(Case episode, IReadOnlyList<Owed> owed) => new(StepClass.Days, _ =>
    {
        var tenDays = Day(episode, 10) is { } tenth ? WithAlert(episode, TermTimes.DayEnds(tenth), episode.First.Day.AddDays(9)) : null;
        var checks = new[] { "phone-home", "second-day-call", "letter", "visit" }.Select(step => owed.LastOrDefault(one => one.Step == step)).ToList();
        var wait = owed.LastOrDefault(one => one.Step == "letter-reply");
        if (wait is null || checks.Exists(check => check?.SatisfiedAt is null))
        {
            return tenDays;
        }
        var complete = checks.Select(check => check!.SatisfiedAt!.Value).Append(wait.DueAt).Max();
        if (tenDays is not null && complete >= tenDays.At)
        {
            return tenDays;
        }
        var known = checks.Select(check => check!.DoneKnownAt!.Value).Append(episode.KnownAt).Max();
        var alert = tenDays?.Alert is { } ten && ten.At < complete ? ten : ((DateTimeOffset, bool)?)null;
        return new Due(complete, alert) { OverdueFrom = tenDays?.At ?? DateTimeOffset.MaxValue, SoonerBy = Graced(StepClass.Days, complete, known, episode.Calendar) };
    });

    private static Due WithAlert(Case episode, DateTimeOffset due, DateOnly otherDay)
    {
        var other = WallClock.At(otherDay, 15, 30);
        var earlier = other < due ? other : due;
        var day = WallClock.DayOf(earlier);
        return new Due(due, !episode.Calendar.IsSchoolDay(day) && episode.Calendar.SchoolDayBefore(day) is { } before ? (TermTimes.DayEnds(before), true) : (earlier, false));
    }

    private static DateOnly? Day(Case episode, int day) => episode.Calendar.SchoolDayAfter(episode.First.Day.AddDays(-1), day);

    private static DateTimeOffset? MidnightOf(Case episode, int day) => Day(episode, day) is { } date ? WallClock.At(date, 0, 0) : null;

    private enum StepClass
    {
        Hours,
        Days,
        Referral,
    }

    private sealed record Step(string Id, string Who, bool ContactsFamily, Func<Done, bool> DoneBy, Func<Done, bool> NoNeedAfter)
    {
        public Step(string id, string who, bool contactsFamily, Func<Done, bool> doneBy) : this(id, who, contactsFamily, doneBy, _ => false)
        {
        }
    }

    /// <summary>What made a step owed; acts from <paramref name="DoneFrom"/> on complete it.</summary>
    /// <param name="Key">Tells it from other causes of the step, however the calendar moves it.</param>
    private sealed record Cause(DateTimeOffset At, DateTimeOffset KnownAt, DateTimeOffset DoneFrom, int Number, string Key)
    {
        public static Cause Of(Done act) => new(act.At, act.KnownAt, act.At, act.Number, $"act {act.Number}");

        // Whoever says when to the minute may have done it at any second of that minute: then what was recorded later came later.
        public bool IsBefore(Done act) =>
            act.At > DoneFrom || (act.Number > Number && (act.At == DoneFrom || (act.At.Second == 0 && act.At.Millisecond == 0 && DoneFrom >= act.At && DoneFrom < act.At.AddMinutes(1))));
    }

    /// <param name="Due">From the instant of the cause; null beyond the published calendar.</param>
    private sealed record Deadline(StepClass Class, Func<DateTimeOffset, Due?> Due);

    private sealed record Due(DateTimeOffset At, (DateTimeOffset At, bool ToDesk)? Alert = null, bool IsBeyond = false)
    {
        /// <summary>When it turns overdue, if that is not when it is due.</summary>
        public DateTimeOffset? OverdueFrom { get; init; }

        /// <summary>An earlier instant at which it is overdue all the same.</summary>
        public DateTimeOffset? SoonerBy { get; init; }
    }
}
