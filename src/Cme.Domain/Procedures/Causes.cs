using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>Everything that has made a step owed in an episode, in the order in which it did.</summary>
internal static class Causes
{
    /// <param name="owed">What is owed by other steps: of one that another waits for.</param>
    public static IReadOnlyList<Cause> Of(
        Step step, Episode.Underway episode, Ruleset rules, DateTimeOffset now, Func<string, ImmutableArray<Obligation>> owed)
    {
        List<Cause> causes = [];
        foreach (var start in step.Starts)
        {
            causes.AddRange(Of(start, step, episode, rules, now, owed));
        }
        return causes.Count < 2 ? causes : [.. causes.OrderBy(cause => cause.AnchorAt).ThenBy(cause => cause.Number)];
    }

    private static IEnumerable<Cause> Of(
        Start start, Step step, Episode.Underway episode, Ruleset rules, DateTimeOffset now, Func<string, ImmutableArray<Obligation>> owed)
    {
        if ((start.Flag is { } flag && !episode.Subject.Flags.Contains(flag))
            || (start.OtherLanguageOnly && !Languages.MayNotBeEnglish(episode.Subject.FirstLanguage)))
        {
            return [];
        }
        var causes = start.On switch
        {
            StartKind.Opened => [Opening(start, step, episode, rules)],
            StartKind.Act => OfActs(start, episode, rules),
            StartKind.ConfirmationAsked => OfQuestions(start, episode),
            StartKind.FlagRaised => OfFlags(start, episode),
            StartKind.Overdue => OfLateness(start, owed(start.Step!)),
            StartKind.Holiday => OfHolidays(start, episode, rules.School, now),
            StartKind.Count => OfCounts(start, episode),
            StartKind.OffRoll => OfPlaces(start, episode),
            StartKind.CodeN => OfCodeN(start, episode, rules.School),
            StartKind.Removed => OfRemovals(start, episode, lawfulToo: true),
            StartKind.RemovedAllTheSame => OfRemovals(start, episode, lawfulToo: false),
            _ => [],                                                 // Of a pupil whose name was entered, not of an episode.
        };
        if (start.UnlessOpen is { } kind && episode.Known.Linked.Any(linked => linked.Kind == kind && linked.OverAt is null))
        {
            causes = causes.Select(cause => cause with { Void = true });
        }
        return FlaggedAt(start, episode) is { } flaggedAt
            ? causes.Select(cause => cause with { FlaggedAt = flaggedAt, Unflagged = start.Flag is null ? start.Due : null })
            : causes;
    }

    /// <summary>When a flag that came after the opening made the start hold, or made it sooner; null if none did.</summary>
    private static DateTimeOffset? FlaggedAt(Start start, Episode.Underway episode)
    {
        var added = episode.Known.FlagsAdded;
        if (added.IsEmpty)
        {
            return null;
        }
        if (start.Flag is { } own)
        {
            return added.FirstOrDefault(flag => flag.Flag == own)?.KnownAt;
        }
        var flagging = episode.Subject.Flags.Where(flag => Flags.IsFlagged([flag])).ToList();
        return start.FlaggedDue is null || flagging.Count == 0 || flagging.Exists(flag => added.All(one => one.Flag != flag))
            ? null
            : added.Where(one => flagging.Contains(one.Flag)).Min(one => one.KnownAt);
    }

    /// <summary>
    /// From when on acts are about the run: those of the whole episode for its first run, however its first session was corrected
    /// since; those from its first session on for a child who came back and is missing again.
    /// </summary>
    public static DateTimeOffset ActsCountFrom(Run run, Ruleset rules) =>
        run.IsFirst ? DateTimeOffset.MinValue : rules.School.SessionStarts(run.Began);

    private static Cause Opening(Start start, Step step, Episode.Underway episode, Ruleset rules)
    {
        var (absence, first) = (episode.Absence, episode.Absence.First.Date);
        var actsFrom = ActsCountFrom(episode.Run, rules);
        var sooner = episode.Subject.IsFlagged ? start.FlaggedDue : null;
        var deadline = sooner ?? start.Due;
        // What is to be done sooner may be done at once.
        var opens = start.Opens is { } window && sooner is null ? Deadlines.Opens(window, step, absence.Closes, first, rules) ?? absence.Closes : absence.Closes;
        var counts = start switch
        {
            { CountsFrom: { } from } => Deadlines.Opens(from, step, absence.Closes, first, rules) ?? opens,
            { Opens: not null } => opens,
            _ => actsFrom,
        };
        return new Cause(
            start, episode.Run.Number, absence.Closes, absence.KnownAt, Later(actsFrom, counts),
            $"{(episode.Subject.IsLedByAuthority ? "the record was opened" : "registration closed")} {Text(absence.Closes)}")
        {
            OpensAt = opens,
            Deadline = deadline,
            Void = start.UnlessBefore is { } unless && episode.Known.Acts.Any(act =>
                unless.Matches(act) && act.HappenedAt >= actsFrom && act.HappenedAt <= DueAt()),
        };

        DateTimeOffset DueAt() => Deadlines.Of(start, deadline, step, absence.Closes, first, absence.KnownAt, rules).DueAt;
    }

    private static IEnumerable<Cause> OfActs(Start start, Episode.Underway episode, Ruleset rules)
    {
        var acts = episode.Known.Acts.Where(act => start.Act!.Matches(act)).OrderBy(act => act.HappenedAt).ThenBy(act => act.Number);
        return from act in start.FirstOnly ? acts.SkipWhile(act => act.HappenedAt < ActsCountFrom(episode.Run, rules)).Take(1) : acts
               select new Cause(start, act.Number, act.HappenedAt, act.KnownAt, act.HappenedAt, $"{act.Action} {Text(act.HappenedAt)}");
    }

    /// <summary>A code that does not close by itself; or another school's mark, which no mark of this school withdraws.</summary>
    private static IEnumerable<Cause> OfQuestions(Start start, Episode.Underway episode) =>
        episode.Known.Asked.Select(asked => new Cause(
            start, asked.Number, asked.KnownAt, asked.KnownAt, asked.KnownAt, $"a code that does not close by itself, known {Text(asked.KnownAt)}"))
        .Concat(from seen in episode.Known.Elsewhere
                where seen.Number > episode.Run.Number
                select new Cause(start, seen.Number, seen.KnownAt, seen.KnownAt, seen.KnownAt, $"marked present at another school, known {Text(seen.KnownAt)}"))
        .Concat(episode.Known.Placed.Select(placed => new Cause(
            start, placed.Number, placed.KnownAt, placed.KnownAt, placed.KnownAt, $"on the list of a school, known {Text(placed.KnownAt)}")));

    /// <summary>Each such flag by itself: what was done before it was known was done without it.</summary>
    private static IEnumerable<Cause> OfFlags(Start start, Episode.Underway episode) =>
        from raised in episode.Known.FlagsAdded.Where(flag => Flags.IsFlagged([flag.Flag])).DistinctBy(flag => flag.Number)
        select new Cause(start, raised.Number, raised.KnownAt, raised.KnownAt, raised.KnownAt, $"a flag raised {Text(raised.KnownAt)}");

    /// <summary>Another step that was not done in time, or only afterwards.</summary>
    private static IEnumerable<Cause> OfLateness(Start start, ImmutableArray<Obligation> owed) =>
        from late in owed
        let at = late.Due.ActBy
        where late.State is ObligationState.Overdue || (late.State is ObligationState.Satisfied && late.SatisfiedAt > at)
        select new Cause(start, late.Occurrence, at, at, at, $"not done in time: {Lower(late.What)}, {Text(at)}");

    /// <summary>The holidays that the episode was open into and that have been reached: from the last session before each.</summary>
    private static IEnumerable<Cause> OfHolidays(Start start, Episode.Underway episode, SchoolCalendar school, DateTimeOffset now) =>
        from holiday in school.Holidays
        where holiday.To is not { } to || to > episode.OpenedAt
        let at = Later(holiday.LastSession, episode.OpenedAt)
        where at <= now
        select new Cause(start, holiday.LastDay.DayNumber, at, at, at, $"the last session before a holiday began {Text(holiday.LastSession)}")
        {
            Days = holiday.Days,
        };

    /// <summary>
    /// A count that has come to its number. It is of the run and not of the day: a correction that moves the day moves the deadline
    /// and asks for nothing a second time.
    /// </summary>
    private static IEnumerable<Cause> OfCounts(Start start, Episode.Underway episode) =>
        from reached in episode.Absence.Reached
        where reached.Count == start.Count && reached.Days == start.Reaches
        let at = London.At(reached.On, TimeOnly.MinValue)
        select new Cause(
            start, episode.Run.Number, at, reached.KnownAt, at,
            string.Create(CultureInfo.InvariantCulture, $"{start.Reaches} days reached on {reached.On:d MMMM yyyy}"));

    /// <summary>The register completes it: as soon as a session is N no longer, the next oldest one has its own five days.</summary>
    private static IEnumerable<Cause> OfCodeN(Start start, Episode.Underway episode, SchoolCalendar school) =>
        episode.Absence.OldestN is not { } session ? [] :
        [
            new Cause(
                start, (2 * session.Date.DayNumber) + (int)session.Session, school.RegistrationCloses(session), episode.Absence.KnownAt,
                DateTimeOffset.MaxValue, $"code N for {session}"),
        ];

    /// <summary>The school's list completes it; a child who is back on the list was never to be accounted for.</summary>
    private static IEnumerable<Cause> OfPlaces(Start start, Episode.Underway episode) =>
        episode.Known.OffRoll.Select(gone => new Cause(
            start, gone.Number, gone.From, gone.KnownAt, DateTimeOffset.MaxValue, $"the school's list no longer has the child, known {Text(gone.KnownAt)}")
        {
            Void = gone.Withdrawn, SettledAt = gone.SettledAt,
        });

    /// <summary>
    /// A name that came off the roll: counted from the last day on it, or, where it should not have come off, from when that was known. The
    /// school's putting it back settles what it was owed for.
    /// </summary>
    private static IEnumerable<Cause> OfRemovals(Start start, Episode.Underway episode, bool lawfulToo) =>
        from gone in episode.Known.Removals
        where lawfulToo || !gone.Unmet.IsEmpty
        let at = lawfulToo ? London.At(gone.On, TimeOnly.MinValue) : gone.KnownAt
        select new Cause(
            start, gone.Number, at, gone.KnownAt, at, string.Create(CultureInfo.InvariantCulture, $"the name came off the roll on {gone.On:d MMMM yyyy}"))
        {
            SettledAt = gone.PutBackAt,
        };

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static string Lower(string what) => what is [var first, .. var rest] ? char.ToLowerInvariant(first) + rest : "";

    public static string Text(DateTimeOffset at)
    {
        // Of an episode most causes are of one instant, and so are those of a whole morning's episodes.
        if (_lastTold is { } last && last.At == at)
        {
            return last.Text;
        }
        var text = string.Create(CultureInfo.InvariantCulture, $"{London.TimeOf(at):HH:mm} on {London.DateOf(at):d MMMM yyyy}");
        _lastTold = new Told(at, text);
        return text;
    }

    private static volatile Told? _lastTold;

    private sealed record Told(DateTimeOffset At, string Text);
}
