using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Domain.Registers;

namespace Cme.Domain.Procedures;

/// <summary>What cannot be in a pack: each fault names its place.</summary>
public static partial class PackCheck
{
    public static IEnumerable<PackFault> Faults(ProcedurePack pack) =>
    [
        .. OfPack(pack), .. OfStanding(pack), .. pack.Steps.SelectMany((step, index) => OfStep(step, $"/steps/{index}")),
        .. pack.Steps.SelectMany((step, index) => References(pack, step, $"/steps/{index}")), .. Unreachable(pack), .. Cycles(pack),
        .. pack.Kind == EpisodeKinds.Whereabouts ? [] : pack.Steps.SelectMany((step, index) => WithoutSchool(step, $"/steps/{index}")),
    ];

    private static IEnumerable<PackFault> OfPack(ProcedurePack pack)
    {
        if (!Slug().IsMatch(pack.Id))
        {
            yield return new("/id", "A pack needs an id of lower-case letters, digits and hyphens.");
        }
        if (pack.Version < 1)
        {
            yield return new("/version", "A version is 1 or more.");
        }
        if (!EpisodeKinds.All.Contains(pack.Kind))
        {
            yield return new("/kind", $"'{pack.Kind}' is no kind of record. Use one of: {string.Join(", ", EpisodeKinds.All)}.");
        }
        if (pack.Definition is { } definition && !new[] { definition.Missing, definition.NotMissing, definition.AtRisk }.All(clause => Clause().IsMatch(clause)))
        {
            yield return new("/definition", "A definition names the rule ids of who is missing education and who is at risk.");
        }
        if (pack.Steps.IsEmpty)
        {
            yield return new("/steps", "A pack needs at least one step.");
        }
        foreach (var twice in pack.Steps.GroupBy(step => step.Id).Where(same => same.Count() > 1))
        {
            yield return new("/steps", $"Two steps have the id '{twice.Key}'.");
        }
    }

    private static IEnumerable<PackFault> OfStanding(ProcedurePack pack)
    {
        for (var i = 0; i < pack.Standing.Length; i++)
        {
            var standing = pack.Standing[i];
            if (!Clause().IsMatch(standing.Clause) || string.IsNullOrWhiteSpace(standing.What))
            {
                yield return new($"/standing/{i}", "A standing clause needs its rule id and what it asks.");
            }
            foreach (var id in standing.KeptBy.Where(id => pack.Steps.All(step => step.Id != id)))
            {
                yield return new($"/standing/{i}/keptBy", $"No step of this pack is called '{id}'.");
            }
        }
    }

    private static IEnumerable<PackFault> OfStep(Step step, string at)
    {
        if (!Slug().IsMatch(step.Id))
        {
            yield return new($"{at}/id", "A step needs an id of lower-case letters, digits and hyphens.");
        }
        if (!Clause().IsMatch(step.Clause))
        {
            yield return new($"{at}/clause", $"'{step.Clause}' is no clause. Use a rule id such as NOR-06 or B5, or product.");
        }
        if (string.IsNullOrWhiteSpace(step.What) || string.IsNullOrWhiteSpace(step.Why))
        {
            yield return new(at, $"The step '{step.Id}' must say what is to be done and why.");
        }
        if (!Roles.All.Contains(step.Who))
        {
            yield return new($"{at}/who", $"'{step.Who}' is no role. Use one of: {string.Join(", ", Roles.All)}.");
        }
        foreach (var fault in step.DoneBy.SelectMany((match, index) => OfMatch(match, $"{at}/doneBy/{index}"))
            .Concat(step.NoNeedAfter.SelectMany((match, index) => OfMatch(match, $"{at}/noNeedAfter/{index}")))
            .Concat(step.Starts.SelectMany((start, index) => OfStart(start, $"{at}/starts/{index}"))))
        {
            yield return fault;
        }
        foreach (var index in Enumerable.Range(0, step.Questions.Length).Where(index => step.Questions[index] is var question
            && (!Slug().IsMatch(question.Id) || string.IsNullOrWhiteSpace(question.Text) || step.Questions.Count(other => other.Id == question.Id) > 1)))
        {
            yield return new($"{at}/questions/{index}", "A question needs an id of its own and its text.");
        }
        if (step.DoneBy.IsEmpty && step.Starts.Any(start => start.On is not (StartKind.CodeN or StartKind.OffRoll)))
        {
            yield return new($"{at}/doneBy", $"Nothing completes the step '{step.Id}'.");
        }
    }

    private static IEnumerable<PackFault> OfStart(Start start, string at)
    {
        if (start.On == StartKind.Act != start.Act is not null)
        {
            yield return new($"{at}/act", start.Act is null
                ? "The deadline has no anchor: name the act that starts it." : "Only a start on 'act' names an act.");
        }
        if (start.On == StartKind.Overdue != start.Step is not null)
        {
            yield return new($"{at}/step", start.Step is null
                ? "The deadline has no anchor: name the step whose lateness starts it." : "Only a start on 'overdue' names a step.");
        }
        if (start.On == StartKind.Count ? !CountName.All.Contains(start.Count ?? "") || start.Reaches < 1 : start.Count is not null || start.Reaches != 0)
        {
            yield return new($"{at}/count", start.On == StartKind.Count
                ? $"Name one of the counts ({string.Join(", ", CountName.All)}) and the number of days that it reaches, 1 or more."
                : "Only a start on 'count' names a count.");
        }
        foreach (var (name, deadline) in Deadlines(start))
        {
            if (deadline.Number < 0 || (deadline.Number == 0 && deadline.Unit is not (DeadlineUnit.Minutes or DeadlineUnit.CalendarDays)))
            {
                yield return new($"{at}/{name}", "A deadline is a positive number; only minutes (at once) and calendarDays (the same day) may be 0.");
            }
            if (deadline.Unit is DeadlineUnit.AbsenceDay or DeadlineUnit.AbsenceCalendarDay && start.On != StartKind.Opened)
            {
                yield return new($"{at}/{name}", "absenceDay counts from the first day missing, so only of a start on 'opened'. Use schoolDays or calendarDays.");
            }
        }
        if (start.Recurs && start.On != StartKind.Act)
        {
            yield return new($"{at}/recurs", "Only a start on 'act' recurs: with the act that does the step.");
        }
        if (start.OrOnce is { Done.IsEmpty: true, Passed.IsEmpty: true })
        {
            yield return new($"{at}/orOnce", "Name the steps that must be done, or whose time must have passed.");
        }
        if (start.Flag is { } flag && Flags.Find(flag) is null)
        {
            yield return new($"{at}/flag", $"'{flag}' is no flag of the reference data.");
        }
        foreach (var fault in start.Act is null ? [] : OfMatch(start.Act, $"{at}/act"))
        {
            yield return fault;
        }
        foreach (var fault in start.UnlessBefore is null ? [] : OfMatch(start.UnlessBefore, $"{at}/unlessBefore"))
        {
            yield return fault;
        }
    }

    /// <summary>A record that the authority leads has no school: none of its people, registers, lists or days.</summary>
    private static IEnumerable<PackFault> WithoutSchool(Step step, string at)
    {
        if (!Roles.IsAuthority(step.Who))
        {
            yield return new($"{at}/who", $"'{step.Who}' is at a school, and the authority leads this record.");
        }
        for (var i = 0; i < step.Starts.Length; i++)
        {
            if (step.Starts[i].On is not (StartKind.Opened or StartKind.Act or StartKind.ConfirmationAsked or StartKind.Overdue))
            {
                yield return new($"{at}/starts/{i}/on", "No register or list of a school starts anything in a record that the authority leads.");
            }
            foreach (var (name, _) in Deadlines(step.Starts[i]).Where(named => named.Deadline.Unit is DeadlineUnit.SchoolDays or DeadlineUnit.AbsenceDay))
            {
                yield return new($"{at}/starts/{i}/{name}", "A record that the authority leads has no school days. Use workingDays.");
            }
        }
    }

    private static IEnumerable<(string Name, Deadline Deadline)> Deadlines(Start start) =>
        from named in new (string Name, Deadline? Deadline)[]
        {
            ("due", start.Due), ("flaggedDue", start.FlaggedDue), ("opens", start.Opens), ("countsFrom", start.CountsFrom),
            ("overdueAfter", start.OverdueAfter), ("alsoRead", start.AlsoRead),
        }
        where named.Deadline is not null
        select (named.Name, named.Deadline);

    /// <summary>
    /// A step may wait for others of its own pack, and those for none: what is owed is worked out in two passes, not in a search.
    /// </summary>
    private static IEnumerable<PackFault> References(ProcedurePack pack, Step step, string at)
    {
        for (var i = 0; i < step.Starts.Length; i++)
        {
            foreach (var (id, place) in WaitsFor(step.Starts[i]))
            {
                var named = pack.Steps.FirstOrDefault(other => other.Id == id);
                if (named is null)
                {
                    yield return new($"{at}/starts/{i}/{place}", $"No step of this pack is called '{id}'.");
                }
                else if (named.Starts.Any(start => WaitsFor(start).Any()))
                {
                    yield return new($"{at}/starts/{i}/{place}", $"The step '{id}' waits for other steps itself, so nothing may wait for it.");
                }
            }
        }
    }

    private static IEnumerable<(string Step, string Place)> WaitsFor(Start start) =>
    [
        .. start.Step is { } late ? new[] { (late, "step") } : [],
        .. (start.OrOnce?.Done ?? []).Select(id => (id, "orOnce/done")), .. (start.OrOnce?.Passed ?? []).Select(id => (id, "orOnce/passed")),
    ];

    private static IEnumerable<PackFault> OfMatch(ActionMatch match, string at)
    {
        var known = ActionCatalogue.All.FirstOrDefault(pair => pair.Action == match.Action);
        if (known.Action is null)
        {
            yield return new($"{at}/action", $"'{match.Action}' is no action. Use one of: {string.Join(", ", ActionCatalogue.All.Select(pair => pair.Action))}.");
            yield break;
        }
        foreach (var wrong in match.Outcomes.Where(outcome => !known.Outcomes.Contains(outcome)))
        {
            yield return new($"{at}/outcomes", $"'{wrong}' is no outcome of '{match.Action}'.");
        }
        foreach (var wrong in match.Whom.Where(whom => Parties.Of(match.Action).All(party => party.Id != whom)))
        {
            yield return new($"{at}/whom", $"'{match.Action}' cannot be of '{wrong}'.");
        }
    }

    /// <summary>A step without a start, or whose every start waits for an act that no step of the pack asks for and nobody does unasked.</summary>
    private static IEnumerable<PackFault> Unreachable(ProcedurePack pack) =>
        from step in pack.Steps
        where step.Starts.IsEmpty
        select new PackFault($"/steps/{pack.Steps.IndexOf(step)}/starts", $"The step '{step.Id}' can never be reached: nothing starts it.");

    /// <summary>
    /// A step that is started by exactly what completes it would be owed again each time it is done, for ever; so would steps
    /// that start each other in a ring.
    /// </summary>
    private static IEnumerable<PackFault> Cycles(ProcedurePack pack)
    {
        foreach (var step in pack.Steps)
        {
            var reached = new HashSet<string>();
            var waiting = new Queue<Step>(StartedBy(pack, step));
            while (waiting.TryDequeue(out var next))
            {
                if (next.Id == step.Id)
                {
                    yield return new($"/steps/{pack.Steps.IndexOf(step)}", $"The step '{step.Id}' leads back to itself, whatever comes of it.");
                    break;
                }
                if (reached.Add(next.Id))
                {
                    StartedBy(pack, next).ToList().ForEach(waiting.Enqueue);
                }
            }
        }
    }

    /// <summary>Steps that are started by every way in which this one can be completed, so that finishing it always starts them.</summary>
    private static IEnumerable<Step> StartedBy(ProcedurePack pack, Step done) =>
        from step in pack.Steps
        from start in step.Starts
        where start is { On: StartKind.Act, Act: not null, FirstOnly: false, Recurs: false }
            && done.DoneBy.All(match => Covers(start.Act, match))
        select step;

    private static bool Covers(ActionMatch start, ActionMatch done) =>
        start.Action == done.Action
        && (start.Outcomes.IsEmpty || (!done.Outcomes.IsEmpty && done.Outcomes.All(start.Outcomes.Contains)))
        && (start.Whom.IsEmpty || (!done.Whom.IsEmpty && done.Whom.All(start.Whom.Contains)));

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Slug();

    [GeneratedRegex("^(product|[A-Z]{3}-[0-9]{2}|B[0-9]{1,2})$")]
    private static partial Regex Clause();
}
