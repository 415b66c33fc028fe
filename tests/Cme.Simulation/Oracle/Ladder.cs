namespace Cme.Simulation.Oracle;

/// <summary>Something that is to be done, as the Northamptonshire procedure and the product's own steps require it.</summary>
/// <param name="ActBy">From when on it is overdue.</param>
/// <param name="SatisfiedAt">Null while it is owed.</param>
internal sealed record Owed(string Step, string Who, DateTimeOffset DueAt, DateTimeOffset ActBy, DateTimeOffset? SatisfiedAt, bool Suppressed, int Level, bool Overdue)
{
    /// <summary>Tells one occurrence of the step from another, however its deadline moves.</summary>
    public string Occurrence { get; init; } = "";

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
    private static readonly string[] Unanswered = ["no-answer", "voicemail", "number-dead", "wrong-number"];
    private static readonly string[] Parent = ["parent-child-safe", "parent-child-not-safe", "parent-child-missing"];

    /// <summary>The steps that the oracle knows of; others of a pack are none of its business.</summary>
    public static readonly IReadOnlySet<string> Steps = new HashSet<string>
    {
        "first-call", "contact-parent", "phone-home", "risk-assessment", "refer-police-or-social-care", "consult-dsl", "advise-parent",
        "parent-reports-back", "confirm-seen", "ask-dsl-first",
    };

    public static IEnumerable<Owed> At(Case episode, DateTimeOffset now)
    {
        var closes = TermTimes.Closes(episode.First);
        var firstDay = episode.Calendar.SchoolDayAfter(episode.First.Day.AddDays(-1), 1);
        var opened = new Cause(closes, episode.KnownAt, episode.BeganAgain is { } again ? TermTimes.Starts(again) : DateTimeOffset.MinValue, 0);
        return
        [
            .. Of("first-call", "attendance-officer", true, [(opened, Minutes(episode.IsFlagged ? 15 : 30))], act => act.Is("call")),
            .. firstDay is null ? [] : Of("contact-parent", "attendance-officer", true, [(opened, DayEnds(firstDay.Value))], act => act.Is("call", Parent) || act.Is("reply", "contact-made")),
            .. firstDay is null ? [] : Of("phone-home", "attendance-officer", true, [(opened, DayEnds(firstDay.Value))], act => act.Is("call")),
            .. Of("risk-assessment", "dsl", false, RiskCauses(episode, opened), act => act.Is("risk-assessment")),
            .. Of("refer-police-or-social-care", "dsl", false, After(episode, Referral, act => act.Is("risk-assessment", "risk-of-harm")), act => act.Is("refer-police") || act.Is("refer-csc")),
            .. Of("consult-dsl", "dsl", false, After(episode, Minutes(30), act => act.Is("call", "other-person-reassured", "other-person-not-reassured", "refused", "child-spoke")), act => act.Is("consult-dsl")),
            .. Of("advise-parent", "attendance-officer", true, After(episode, Minutes(30), act => act.Is("call", "parent-child-not-safe", "parent-child-missing")), act => act.Is("advise-parent")),
            .. Of("parent-reports-back", "attendance-officer", true, After(episode, Minutes(120), act => act.Is("advise-parent")), act => act.Is("reply", "contact-made") || act.Is("call", Parent) || act.Is("sighting", "seen")),
            .. Of("confirm-seen", "dsl", false, episode.Questions.Select(asked => (new Cause(asked.KnownAt, asked.KnownAt, asked.KnownAt, 0), Minutes(60))), act => act.Is("sighting", "seen")),
            .. episode.NoFamilyContact ? Of("ask-dsl-first", "dsl", false, [(opened, Minutes(15))], act => act.Is("consult-dsl")) : [],
        ];

        IEnumerable<Owed> Of(string step, string who, bool contactsFamily, IEnumerable<(Cause Cause, Deadline Deadline)> causes, Func<Done, bool> doneBy) =>
            Chain(episode, step, who, contactsFamily && episode.NoFamilyContact, causes, doneBy, now);
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
        foreach (var cause in After(episode, Minutes(30), act => act.Is("consult-dsl", "not-confirmed")))
        {
            yield return cause;
        }
    }

    private static IEnumerable<(Cause, Deadline)> After(Case episode, Deadline deadline, Func<Done, bool> started) =>
        episode.Acts.Where(started).Select(act => (Cause.Of(act), deadline));

    // A step is owed once at a time: a cause that comes while it is undone adds nothing, one that comes after it was done begins anew.
    private static IEnumerable<Owed> Chain(
        Case episode, string step, string who, bool suppressed, IEnumerable<(Cause Cause, Deadline Deadline)> causes, Func<Done, bool> doneBy, DateTimeOffset now)
    {
        DateTimeOffset? free = DateTimeOffset.MinValue;
        foreach (var (cause, deadline) in causes.OrderBy(one => one.Cause.At))
        {
            if (free is null || cause.At < free)
            {
                continue;
            }
            free = episode.Acts.Where(act => doneBy(act) && (act.At > cause.DoneFrom || (act.At == cause.DoneFrom && act.Number > cause.Number)))
                .Select(act => (DateTimeOffset?)act.At).Min();
            var due = deadline.From(cause.At);
            var actBy = ActBy(episode, deadline, due, cause);
            var overdue = free is null && !suppressed && now >= actBy;
            var climb = ClimbOf(deadline.Class, actBy);
            var occurrence = $"{step} {cause.Number} {(cause.Number == 0 ? cause.DoneFrom : default):O}";
            // Nobody is told less than was told already, not even when another calendar has put the deadline off.
            var level = climb.Where(up => up.At <= now).Select(up => up.Level).Append(episode.ToldOf(occurrence, actBy) ?? 0).Max();
            yield return new Owed(step, who, due, actBy, free, suppressed && free is null, overdue ? level : 0, overdue) { Occurrence = occurrence, Climb = climb };
        }
    }

    private static DateTimeOffset ActBy(Case episode, Deadline deadline, DateTimeOffset due, Cause cause)
    {
        var actBy = deadline.Graced(due, cause.KnownAt, episode.Calendar);
        foreach (var (from, to) in episode.ClosedMeanwhile.Where(closed => cause.KnownAt < closed.To))
        {
            actBy = actBy > from ? deadline.Graced(due, to, episode.Calendar) : actBy;
        }
        return actBy;
    }

    private static List<(int Level, DateTimeOffset At)> ClimbOf(StepClass stepClass, DateTimeOffset actBy)
    {
        switch (stepClass)
        {
            case StepClass.Hours:
                return [(1, actBy), (2, actBy.AddMinutes(30)), (3, actBy.AddMinutes(60)), (4, actBy.AddMinutes(120))];
            case StepClass.Referral:
                return [(1, actBy), (3, actBy), (4, actBy.AddMinutes(120))];
            default:
                var climb = new List<(int Level, DateTimeOffset At)> { (0, actBy) };
                while (climb.Count <= 4)
                {
                    climb.Add((climb.Count, TermTimes.NextWorkingMorning(climb[^1].At)));
                }
                return climb;
        }
    }

    private static Deadline Minutes(int minutes) => new(StepClass.Hours, at => at.AddMinutes(minutes));

    private static Deadline Referral => new(StepClass.Referral, at => at);

    private static Deadline DayEnds(DateOnly day) => new(StepClass.Days, _ => TermTimes.DayEnds(day));

    private enum StepClass
    {
        Hours,
        Days,
        Referral,
    }

    /// <summary>What made a step owed; acts from <paramref name="DoneFrom"/> on complete it.</summary>
    private sealed record Cause(DateTimeOffset At, DateTimeOffset KnownAt, DateTimeOffset DoneFrom, int Number)
    {
        public static Cause Of(Done act) => new(act.At, act.KnownAt, act.At, act.Number);
    }

    private sealed record Deadline(StepClass Class, Func<DateTimeOffset, DateTimeOffset> From)
    {
        /// <summary>Half an hour for what was known late in hours, the end of the next school day in days, none for referrals.</summary>
        public DateTimeOffset Graced(DateTimeOffset due, DateTimeOffset knownAt, TermTimes calendar)
        {
            var withGrace = Class switch
            {
                StepClass.Hours when knownAt > due.AddMinutes(-30) => knownAt.AddMinutes(30),
                StepClass.Days when calendar.SchoolDayBefore(WallClock.DayOf(due)) is not { } before || knownAt > TermTimes.DayEnds(before) =>
                    calendar.SchoolDayAfter(WallClock.DayOf(knownAt), 1) is { } next ? TermTimes.DayEnds(next) : due,
                _ => due,
            };
            return withGrace > due ? withGrace : due;
        }
    }
}
