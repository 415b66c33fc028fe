using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using static Cme.Domain.Episodes.EpisodeEvent;

namespace Cme.Domain.Procedures;

/// <summary>
/// What is to be done about an episode: derived from its history, never stored as truth. Reminders, looks and restarts cannot
/// change what comes out (DESIGN 4, "Deadlines are derived").
/// </summary>
public static class Obligations
{
    /// <summary>Everything owed, done or given up in the episode, as it stands at <paramref name="now"/> (UTC), earliest deadline first.</summary>
    public static ImmutableArray<Obligation> Of(Episode.Underway episode, Ruleset rules, DateTimeOffset now) =>
    [
        .. rules.Pack.Steps.SelectMany(step => OfStep(step, episode, rules, now))
            .OrderBy(obligation => obligation.Due.DueAt).ThenBy(obligation => obligation.Step.Id, StringComparer.Ordinal),
    ];

    /// <summary>Of a closed episode: what was done stays done, what was still owed is given up.</summary>
    public static ImmutableArray<Obligation> Of(Episode.Closed episode, Ruleset rules, DateTimeOffset now) =>
    [
        .. Of(episode.Before, rules, now).Select(obligation => obligation.State is ObligationState.Satisfied
            ? obligation
            : obligation with { State = ObligationState.Superseded, NextAt = null }),
    ];

    /// <summary>Events for what has turned overdue or climbed by <paramref name="now"/> and is not in the history yet, each once.</summary>
    public static ImmutableArray<EpisodeEvent> NewlyOverdue(Episode.Underway episode, Ruleset rules, DateTimeOffset now) =>
    [
        .. from obligation in Of(episode, rules, now)
           where obligation.State == ObligationState.Overdue
           let highest = HighestStamp(episode, obligation)
           from happened in Unnoticed(obligation, highest, rules, now)
           orderby happened.HappenedAt
           select happened,
    ];

    /// <summary>The next instant (UTC) at which something turns overdue or climbs; null if nothing will.</summary>
    public static DateTimeOffset? NextInstant(ImmutableArray<Obligation> obligations) =>
        obligations.Where(obligation => obligation.IsOpen).Min(obligation => obligation.NextAt);

    private static IEnumerable<EpisodeEvent> Unnoticed(Obligation obligation, int? highest, Ruleset rules, DateTimeOffset now)
    {
        var step = obligation.Step;
        var first = Climbing.LevelWhenOverdue(step.Class);
        if (highest is null)
        {
            yield return new BecameOverdue(obligation.Id, step.Id, step.Clause, first, obligation.Due.ActBy, now);
        }
        foreach (var (level, at) in Climbing.Steps(step.Class, obligation.Due.ActBy, rules.Authority))
        {
            if (at <= now && level > (highest ?? first))
            {
                yield return new Escalated(obligation.Id, step.Id, step.Clause, level, at, now);
            }
        }
    }

    /// <summary>
    /// How far it has been noticed. A stamp from before it turned overdue is of a deadline that a correction or another calendar
    /// has since moved: it says nothing of this one.
    /// </summary>
    private static int? HighestStamp(Episode.Underway episode, Obligation obligation) =>
        episode.Known.Stamps.Where(stamp => stamp.ObligationId == obligation.Id && stamp.At >= obligation.Due.ActBy).Max(stamp => (int?)stamp.Level);

    /// <summary>
    /// A step is owed once at a time: of its causes in the order in which they happened, one that comes while the step is
    /// still undone adds nothing; one that comes after it was done begins a new occurrence.
    /// </summary>
    private static IEnumerable<Obligation> OfStep(Step step, Episode.Underway episode, Ruleset rules, DateTimeOffset now)
    {
        DateTimeOffset? freeFrom = DateTimeOffset.MinValue;
        foreach (var cause in CausesOf(step, episode, rules))
        {
            if (cause.Void)
            {
                if (WasNoticed(episode, cause, step))
                {
                    yield return Derive(step, cause, episode, rules, now) with { State = ObligationState.Superseded, NextAt = null };
                }
                continue;
            }
            if (freeFrom is null || cause.At < freeFrom)
            {
                continue;
            }
            var obligation = Derive(step, cause, episode, rules, now);
            freeFrom = obligation.SatisfiedAt;
            yield return obligation;
        }
    }

    /// <summary>A cause that a late report made void leaves a trace only if it was noticed overdue before the report came.</summary>
    private static bool WasNoticed(Episode.Underway episode, Cause cause, Step step)
    {
        var id = IdOf(episode, step, cause);
        return episode.Known.Stamps.Any(stamp => stamp.ObligationId == id);
    }

    private static Obligation Derive(Step step, Cause cause, Episode.Underway episode, Ruleset rules, DateTimeOffset now)
    {
        var due = DueInstantsOf(step, cause, episode, rules);
        var done = episode.Known.Acts
            .Where(act => cause.IsBefore(act) && step.DoneBy.Any(match => match.Matches(act.Action, act.Outcome)))
            .OrderBy(act => act.HappenedAt).FirstOrDefault();
        var state = StateOf(step, cause, due, done, episode, now);
        var climbed = Climbing.Steps(step.Class, due.ActBy, rules.Authority).ToImmutableArray();
        var overdue = state == ObligationState.Overdue;
        return new Obligation(
            IdOf(episode, step, cause), step, cause.Anchor, cause.At, cause.Deadline, due, state,
            overdue ? LevelAt(step, climbed, now) : Levels.Owner,
            overdue ? due.ActBy : null,
            NextOf(state, due, climbed, now),
            done?.HappenedAt);
    }

    /// <summary>
    /// While there was a time in which nobody could be expected to act, what turned overdue before that stays overdue; anything
    /// else is known again when that time is over, with the grace of what is known late.
    /// </summary>
    private static DueInstants DueInstantsOf(Step step, Cause cause, Episode.Underway episode, Ruleset rules)
    {
        var due = Known(cause.KnownAt);
        foreach (var interruption in InterruptionsOf(step, cause, episode).OrderBy(interruption => interruption.To))
        {
            if (due.ActBy > interruption.From && cause.KnownAt < interruption.To)
            {
                due = Known(interruption.To);
            }
        }
        return due;

        DueInstants Known(DateTimeOffset at)
        {
            var byFlag = cause.FlaggedAt > at ? cause.FlaggedAt.Value : at;
            var now = Deadlines.Of(cause.Deadline, step.Class, cause.At, episode.Absence.First.Date, byFlag, rules);
            // A flag that comes later makes a deadline sooner, and never puts one off.
            return cause.Unflagged is { } before
                && Deadlines.Of(before, step.Class, cause.At, episode.Absence.First.Date, at, rules) is { BeyondCalendar: null } usual && usual.ActBy < now.ActBy
                ? now with { ActBy = usual.ActBy } : now;
        }
    }

    /// <summary>
    /// A code had the episode closed; or the step passed for done, by an act that was taken back later; or it would have contacted
    /// a family that was not to be contacted.
    /// </summary>
    private static IEnumerable<Interruption> InterruptionsOf(Step step, Cause cause, Episode.Underway episode) =>
    [
        .. episode.Known.Interruptions,
        .. step.ContactsFamily ? episode.Known.NoContact : [],
        .. from withdrawn in episode.Known.Withdrawn
           where cause.IsBefore(withdrawn.Act) && step.DoneBy.Any(match => match.Matches(withdrawn.Act.Action, withdrawn.Act.Outcome))
           select new Interruption(withdrawn.Act.KnownAt, withdrawn.KnownAt),
    ];

    private static ObligationState StateOf(
        Step step, Cause cause, DueInstants due, Act? done, Episode.Underway episode, DateTimeOffset now) =>
        done is not null ? ObligationState.Satisfied
        : step.ContactsFamily && episode.Subject.DoNotContactFamily ? ObligationState.Suppressed
        : due.BeyondCalendar is not null ? ObligationState.Pending
        : now >= due.ActBy ? ObligationState.Overdue
        : now >= cause.At ? ObligationState.Due
        : ObligationState.Pending;

    private static int LevelAt(Step step, ImmutableArray<(int Level, DateTimeOffset At)> climbed, DateTimeOffset now) =>
        climbed.Where(up => up.At <= now).Select(up => up.Level).DefaultIfEmpty(Climbing.LevelWhenOverdue(step.Class)).Max();

    private static DateTimeOffset? NextOf(
        ObligationState state, DueInstants due, ImmutableArray<(int Level, DateTimeOffset At)> climbed, DateTimeOffset now) => state switch
        {
            ObligationState.Pending or ObligationState.Due => due.BeyondCalendar is null ? due.ActBy : null,
            ObligationState.Overdue => climbed.Where(up => up.At > now).Select(up => (DateTimeOffset?)up.At).Min(),
            _ => null,
        };

    private static IEnumerable<Cause> CausesOf(Step step, Episode.Underway episode, Ruleset rules) =>
        step.Starts.SelectMany(start => CausesOf(start, episode, rules)).OrderBy(cause => cause.At).ThenBy(cause => cause.Number);

    private static IEnumerable<Cause> CausesOf(Start start, Episode.Underway episode, Ruleset rules)
    {
        if (start.Flag is { } flag && !episode.Subject.Flags.Contains(flag))
        {
            return [];
        }
        var deadline = episode.Subject.IsFlagged && start.FlaggedDue is { } sooner ? sooner : start.Due;
        var causes = start.On switch
        {
            StartKind.Opened => [Opening(start, deadline, episode, rules)],
            StartKind.ConfirmationAsked => episode.Known.Asked.Select(asked => new Cause(
                asked.Number, asked.KnownAt, asked.KnownAt, asked.KnownAt, deadline, $"a code that does not close by itself, known {Text(asked.KnownAt)}", false)),
            _ => OfActs(start, deadline, episode, rules),
        };
        return FlaggedAt(start, episode) is { } flaggedAt
            ? causes.Select(cause => cause with { FlaggedAt = flaggedAt, Unflagged = start.Flag is null ? start.Due : null })
            : causes;
    }

    /// <summary>When a flag that came after the opening made the start hold, or made it sooner; null if none did.</summary>
    private static DateTimeOffset? FlaggedAt(Start start, Episode.Underway episode)
    {
        var added = episode.Known.FlagsAdded;
        if (start.Flag is { } own)
        {
            return added.FirstOrDefault(flag => flag.Flag == own)?.KnownAt;
        }
        var flagging = episode.Subject.Flags.Where(flag => Children.Flags.IsFlagged([flag])).ToList();
        return start.FlaggedDue is null || flagging.Count == 0 || flagging.Exists(flag => added.All(one => one.Flag != flag))
            ? null
            : added.Where(one => flagging.Contains(one.Flag)).Min(one => one.KnownAt);
    }

    /// <summary>
    /// From when on acts are about the run: those of the whole episode for its first run, however its first session was corrected
    /// since; those from its first session on for a child who came back and is missing again.
    /// </summary>
    private static DateTimeOffset ActsCountFrom(Run run, Ruleset rules) =>
        run.IsFirst ? DateTimeOffset.MinValue : rules.School.SessionStarts(run.Began);

    private static Cause Opening(Start start, Deadline deadline, Episode.Underway episode, Ruleset rules)
    {
        var absence = episode.Absence;
        var actsFrom = ActsCountFrom(episode.Run, rules);
        var due = deadline.Unit is DeadlineUnit.Minutes or DeadlineUnit.Hours
            ? absence.Closes + (deadline.Unit == DeadlineUnit.Minutes ? TimeSpan.FromMinutes(deadline.Number) : TimeSpan.FromHours(deadline.Number))
            : DateTimeOffset.MaxValue;
        var isVoid = start.UnlessBefore is { } unless
            && episode.Known.Acts.Any(act => unless.Matches(act.Action, act.Outcome) && act.HappenedAt >= actsFrom && act.HappenedAt <= due);
        return new Cause(
            episode.Run.Number, absence.Closes, absence.KnownAt, actsFrom, deadline,
            $"registration closed {Text(absence.Closes)}", isVoid);
    }

    private static IEnumerable<Cause> OfActs(Start start, Deadline deadline, Episode.Underway episode, Ruleset rules)
    {
        var acts = episode.Known.Acts.Where(act => start.Act!.Matches(act.Action, act.Outcome)).OrderBy(act => act.HappenedAt).ThenBy(act => act.Number);
        return from act in start.FirstOnly ? acts.SkipWhile(act => act.HappenedAt < ActsCountFrom(episode.Run, rules)).Take(1) : acts
               select new Cause(
                   act.Number, act.HappenedAt, act.KnownAt, act.HappenedAt, deadline, $"{act.Action} {Text(act.HappenedAt)}", false);
    }

    /// <summary>
    /// Stable across re-derivation: the anchor event's number in the history tells one occurrence of a step from the next.
    /// </summary>
    private static string IdOf(Episode.Underway episode, Step step, Cause cause)
    {
        var seed = Encoding.UTF8.GetBytes($"{episode.Subject.Reference}|{step.Id}|{cause.Number}");
        return $"obl-{Convert.ToHexStringLower(SHA256.HashData(seed).AsSpan(0, 8))}";
    }

    private static string Text(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{London.TimeOf(at):HH:mm} on {London.DateOf(at):d MMMM yyyy}");

    /// <summary>One thing that made a step owed.</summary>
    /// <param name="Number">The event in the history; the opening is 1, or the event that began a later run.</param>
    /// <param name="At">What the deadline is counted from.</param>
    /// <param name="KnownAt">When it was known here.</param>
    /// <param name="SatisfiedFrom">Acts from this instant on complete the step.</param>
    /// <param name="Deadline">The deadline that applies to this child.</param>
    /// <param name="Anchor">The anchor in words.</param>
    /// <param name="Void">True if something done in time took the cause away.</param>
    private sealed record Cause(
        int Number, DateTimeOffset At, DateTimeOffset KnownAt, DateTimeOffset SatisfiedFrom, Deadline Deadline, string Anchor, bool Void)
    {
        /// <summary>When a flag that came later made it so, or made it sooner; null if none did.</summary>
        public DateTimeOffset? FlaggedAt { get; init; }

        /// <summary>The deadline that held before that flag came; null if nothing was owed.</summary>
        public Deadline? Unflagged { get; init; }

        /// <summary>Whether the act can complete the step. Of one minute, the cause is before what was recorded after it.</summary>
        public bool IsBefore(Act act) => act.HappenedAt > SatisfiedFrom || (act.HappenedAt == SatisfiedFrom && act.Number > Number);
    }
}
