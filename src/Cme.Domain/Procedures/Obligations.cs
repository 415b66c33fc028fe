using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>
/// What is to be done about an episode: derived from its history, never stored as truth. Reminders, looks and restarts cannot
/// change what comes out (DESIGN 4, "Deadlines are derived").
/// </summary>
public static class Obligations
{
    /// <summary>Everything owed, done or given up in the episode, as it stands at <paramref name="now"/> (UTC), earliest deadline first.</summary>
    public static ImmutableArray<Obligation> Of(Episode.Underway episode, Ruleset rules, DateTimeOffset now)
    {
        var first = new List<Obligation>();
        foreach (var step in rules.Pack.Steps)
        {
            if (!step.WaitsForOthers)
            {
                first.AddRange(OfStep(step, episode, rules, now, _ => []));
            }
        }
        var all = new List<Obligation>(first);
        foreach (var step in rules.Pack.Steps)
        {
            if (step.WaitsForOthers)
            {
                all.AddRange(OfStep(step, episode, rules, now, id => [.. first.Where(owed => owed.Step.Id == id)]));
            }
        }
        return [.. all.OrderBy(obligation => obligation.Due.DueAt).ThenBy(obligation => obligation.Step.Id, StringComparer.Ordinal)];
    }

    /// <summary>Of an episode in any state; nothing before it began.</summary>
    public static ImmutableArray<Obligation> Of(Episode episode, Ruleset rules, DateTimeOffset now) => episode switch
    {
        Episode.Underway underway => Of(underway, rules, now),
        Episode.Closed closed => Of(closed, rules, now),
        _ => [],
    };

    /// <summary>Of a closed episode: what was done stays done, what was still owed is given up.</summary>
    public static ImmutableArray<Obligation> Of(Episode.Closed episode, Ruleset rules, DateTimeOffset now) =>
    [
        .. Of(episode.Before, rules, now).Select(obligation => obligation.State is ObligationState.Satisfied
            ? obligation
            : obligation with { State = ObligationState.Superseded, NextAt = null }),
    ];

    /// <summary>
    /// The next instant (UTC) at which something of the open episode alerts, turns overdue or climbs, or it changes hands; null if
    /// nothing will.
    /// </summary>
    public static DateTimeOffset? NextInstant(Episode episode, ImmutableArray<Obligation> owed, Ruleset rules, DateTimeOffset now)
    {
        if (episode is not Episode.Underway)
        {
            return null;
        }
        var next = owed.Where(obligation => obligation.IsOpen).Min(obligation => obligation.NextAt);
        return HandOver.NextInstant(rules, owed, now) is { } handOver && (next is null || handOver < next) ? handOver : next;
    }

    /// <summary>
    /// A step is owed once at a time: of its causes in the order in which they happened, one that comes while the step is
    /// still undone adds nothing; one that comes after it was done begins a new occurrence.
    /// </summary>
    private static IEnumerable<Obligation> OfStep(
        Step step, Episode.Underway episode, Ruleset rules, DateTimeOffset now, Func<string, ImmutableArray<Obligation>> owed)
    {
        DateTimeOffset? freeFrom = DateTimeOffset.MinValue;
        var (causes, ids) = (Causes.Of(step, episode, rules, now, owed), new HashSet<string>());
        foreach (var cause in causes.Where(cause => !cause.Void))
        {
            // Two flags that a child is missing with are one occurrence, also where it was done before the instant it is counted from.
            if (freeFrom is null || cause.AnchorAt < freeFrom || !ids.Add(IdOf(episode, step, cause)))
            {
                continue;
            }
            var obligation = Derive(step, cause, episode, rules, now, owed);
            freeFrom = obligation.SatisfiedAt;
            yield return obligation;
        }
        foreach (var cause in causes.Where(cause => cause.Void && WasNoticed(episode, cause, step) && ids.Add(IdOf(episode, step, cause))))
        {
            yield return Derive(step, cause, episode, rules, now, owed) with { State = ObligationState.Superseded, NextAt = null };
        }
    }

    /// <summary>A cause that a late report made void leaves a trace only if it was noticed overdue before the report came.</summary>
    private static bool WasNoticed(Episode.Underway episode, Cause cause, Step step)
    {
        var id = IdOf(episode, step, cause);
        return episode.Known.Stamps.Any(stamp => stamp.ObligationId == id);
    }

    /// <summary>
    /// How far it has been noticed since it turned overdue; null if it has not. A stamp from before that is of a deadline that a
    /// correction or another calendar has since moved: it says nothing of this one. A later one stands, and nobody who was told
    /// is told less: it goes on climbing from there.
    /// </summary>
    internal static int? NoticedUpTo(Episode.Underway episode, string id, DueInstants due) =>
        episode.Known.Stamps.IsEmpty ? null : episode.Known.Stamps.Where(stamp => stamp.ObligationId == id && stamp.At >= due.ActBy).Max(stamp => (int?)stamp.Level);

    private static Obligation Derive(
        Step step, Cause cause, Episode.Underway episode, Ruleset rules, DateTimeOffset now, Func<string, ImmutableArray<Obligation>> owed)
    {
        var id = IdOf(episode, step, cause);
        var (due, brought) = BroughtForward(DueInstantsOf(step, cause, episode, rules), cause, step, episode, rules, owed);
        var opensAt = brought is { } at && at < cause.OpensAt ? at : cause.OpensAt;
        var done = DoneBy(step, cause, id, episode, rules);
        var state = cause.SettledAt is null ? StateOf(step, opensAt, due, done, episode, now) : ObligationState.Satisfied;
        var alertedAt = AlertedAt(cause, due, done, state, now);
        var noticed = NoticedUpTo(episode, id, due) ?? Levels.Owner;
        var overdue = state == ObligationState.Overdue;
        ImmutableArray<(int Level, DateTimeOffset At)> climbed = overdue ? [.. Climbing.Steps(step, due.ActBy, rules.Authority)] : [];   // Only what is overdue climbs.
        return new Obligation(
            id, step, cause.Number, WhatOf(step, cause), AnchorOf(cause, brought), opensAt, due, state,
            LevelOf(step, state, due, alertedAt, climbed, noticed, now),
            overdue ? due.ActBy : null,
            alertedAt,
            NextOf(state, cause, due, alertedAt, [.. climbed.Where(up => up.Level > noticed)], now),
            done?.HappenedAt ?? cause.SettledAt, done?.KnownAt ?? cause.SettledAt)
        {
            IsNeedless = done is not null && !step.DoneBy.Any(match => match.Matches(done, id)),
        };
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
            var now = At(cause.Deadline, byFlag);
            // A flag that comes later makes a deadline sooner, and never puts one off.
            return cause.Unflagged is { } before && At(before, at) is { BeyondCalendar: null } usual && usual.ActBy < now.ActBy
                ? now with { ActBy = usual.ActBy } : now;
        }

        DueInstants At(Deadline deadline, DateTimeOffset knownAt) =>
            Deadlines.Of(cause.Start, deadline, step, cause.AnchorAt, episode.Absence.First.Date, knownAt, rules) is var due
            && cause.Start.On == StartKind.Holiday ? due with { AlertAt = cause.AnchorAt, AlertsDesk = true } : due;
    }

    /// <summary>
    /// A code had the episode closed; or the step passed for done, by an act that was taken back later or by a calendar that was
    /// published anew; or it would have contacted a family that was not to be contacted.
    /// </summary>
    private static IEnumerable<Interruption> InterruptionsOf(Step step, Cause cause, Episode.Underway episode) =>
        episode.Known is { Interruptions: [], NoContact: [], Withdrawn: [], OwedAgain: [] } ? [] :
    [
        .. episode.Known.Interruptions,
        .. episode.Known.OwedAgain is [] ? [] : OwedAgain(IdOf(episode, step, cause), episode),
        .. step.ContactsFamily ? episode.Known.NoContact : [],
        .. from withdrawn in episode.Known.Withdrawn
           where !withdrawn.AtOnce
           where (cause.IsBefore(withdrawn.Act) && step.DoneBy.Any(match => match.Matches(withdrawn.Act)))
               || step.NoNeedAfter.Any(match => match.Matches(withdrawn.Act))
           select new Interruption(withdrawn.Act.KnownAt, withdrawn.KnownAt),
    ];

    private static IEnumerable<Interruption> OwedAgain(string id, Episode.Underway episode) =>
        episode.Known.OwedAgain.Where(again => again.ObligationId == id).Select(again => again.While);

    /// <summary>
    /// "Once you have completed these checks, or within 10 days, whichever is earlier": when the checks are done and the time of
    /// those who were to answer is over, it falls due then. What that leaves for grace never outlasts the other limb.
    /// </summary>
    /// <returns>The instants, and when the checks were complete if that was the earlier.</returns>
    private static (DueInstants Due, DateTimeOffset? Complete) BroughtForward(
        DueInstants due, Cause cause, Step step, Episode.Underway episode, Ruleset rules, Func<string, ImmutableArray<Obligation>> owed)
    {
        if (cause.Start.OrOnce is not { } once)
        {
            return (due, null);
        }
        var done = once.Done.Select(id => owed(id).LastOrDefault()).ToImmutableArray();
        var passed = once.Passed.Select(id => owed(id).LastOrDefault()).ToImmutableArray();
        if (done.Any(check => check?.SatisfiedAt is null) || passed.Any(wait => wait is null || wait.Due.BeyondCalendar is not null))
        {
            return (due, null);
        }
        var complete = done.Select(check => check!.SatisfiedAt!.Value).Concat(passed.Select(wait => wait!.Due.DueAt)).Max();
        if (complete >= due.DueAt && due.BeyondCalendar is null)
        {
            return (due, null);
        }
        var known = done.Select(check => check!.SatisfiedKnownAt!.Value).Append(cause.KnownAt).Max();
        var sooner = Deadlines.Of(AtOnce, AtOnce.Due, step, complete, episode.Absence.First.Date, known, rules);
        return (due with
        {
            DueAt = complete,
            AlertAt = Earlier(due.AlertAt, complete),
            AlertsDesk = due.AlertsDesk && due.AlertAt < complete,
            ActBy = due.BeyondCalendar is null ? Earlier(due.ActBy, sooner.ActBy) : sooner.ActBy,
            BeyondCalendar = null,
        }, complete);
    }

    private static readonly Start AtOnce = new(StartKind.Act, new Deadline(0, DeadlineUnit.Minutes));

    private static Act? DoneBy(Step step, Cause cause, string id, Episode.Underway episode, Ruleset rules)
    {
        if (episode.Known.Acts.IsEmpty)
        {
            return null;
        }
        var runFrom = Causes.ActsCountFrom(episode.Run, rules);
        return episode.Known.Acts
            .Where(act => (cause.IsBefore(act) && step.DoneBy.Any(match => match.Matches(act, id)))
                || (act.HappenedAt >= runFrom && step.NoNeedAfter.Any(match => match.Matches(act, id))))
            .OrderBy(act => act.HappenedAt).FirstOrDefault();
    }

    private static ObligationState StateOf(
        Step step, DateTimeOffset opensAt, DueInstants due, Act? done, Episode.Underway episode, DateTimeOffset now) =>
        done is not null ? ObligationState.Satisfied
        : step.ContactsFamily && episode.Subject.DoNotContactFamily ? ObligationState.Suppressed
        : due.BeyondCalendar is not null ? ObligationState.Pending
        : now >= due.ActBy ? ObligationState.Overdue
        : now >= opensAt ? ObligationState.Due
        : ObligationState.Pending;

    /// <summary>When the earlier reading alerted: at its instant, or when the cause was known if that was later.</summary>
    private static DateTimeOffset? AlertedAt(Cause cause, DueInstants due, Act? done, ObligationState state, DateTimeOffset now)
    {
        if (due.AlertAt == due.DueAt || state is ObligationState.Suppressed)
        {
            return null;
        }
        var at = AlertOf(cause, due);
        return at <= now && (done is null || done.HappenedAt > at) ? at : null;
    }

    private static DateTimeOffset AlertOf(Cause cause, DueInstants due) => due.AlertAt > cause.KnownAt ? due.AlertAt : cause.KnownAt;

    private static int LevelOf(
        Step step, ObligationState state, DueInstants due, DateTimeOffset? alertedAt, ImmutableArray<(int Level, DateTimeOffset At)> climbed,
        int noticed, DateTimeOffset now)
    {
        if (state is not (ObligationState.Pending or ObligationState.Due or ObligationState.Overdue))
        {
            return Levels.Owner;
        }
        var alerted = alertedAt is not null && due.AlertsDesk ? Levels.DutyDesk : Levels.Owner;
        return state != ObligationState.Overdue ? alerted
            : climbed.Where(up => up.At <= now).Select(up => up.Level).Append(Climbing.LevelWhenOverdue(step)).Append(alerted).Append(noticed).Max();
    }

    private static DateTimeOffset? NextOf(
        ObligationState state, Cause cause, DueInstants due, DateTimeOffset? alertedAt, ImmutableArray<(int Level, DateTimeOffset At)> climbed,
        DateTimeOffset now)
    {
        var alert = due.AlertAt != due.DueAt && alertedAt is null ? AlertOf(cause, due) : (DateTimeOffset?)null;
        return state switch
        {
            ObligationState.Pending or ObligationState.Due when due.BeyondCalendar is not null => null,
            ObligationState.Pending or ObligationState.Due => alert < due.ActBy ? alert : due.ActBy,
            ObligationState.Overdue => climbed.Where(up => up.At > now).Select(up => (DateTimeOffset?)up.At).Min(),
            _ => null,
        };
    }

    private static string WhatOf(Step step, Cause cause) => step.What.Replace(
        "{days}", cause.Days is { } days ? days.ToString(CultureInfo.InvariantCulture) : "an unknown number of", StringComparison.Ordinal);

    private static string AnchorOf(Cause cause, DateTimeOffset? complete) =>
        complete is { } at ? $"all checks complete {Causes.Text(at)}; {cause.Anchor}" : cause.Anchor;

    /// <summary>
    /// Stable across re-derivation: the anchor event's number in the history tells one occurrence of a step from the next.
    /// </summary>
    private static string IdOf(Episode.Underway episode, Step step, Cause cause)
    {
        // The number of what another step owed late says nothing of what this step's other starts are numbered by.
        var late = cause.Start.On == StartKind.Overdue && step.Starts.Length > 1 ? "late " : "";
        var seed = Encoding.UTF8.GetBytes($"{episode.Subject.Reference}|{step.Id}|{late}{cause.Number}");
        return $"obl-{Convert.ToHexStringLower(SHA256.HashData(seed).AsSpan(0, 8))}";
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
