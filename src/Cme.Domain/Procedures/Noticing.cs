using System.Collections.Immutable;
using Cme.Domain.Episodes;
using static Cme.Domain.Episodes.EpisodeEvent;

namespace Cme.Domain.Procedures;

/// <summary>What time alone has brought and the history does not have yet, as events at the instants that the rules give, each once.</summary>
public static class Noticing
{
    /// <summary>Alerts, what turned overdue or climbed, and who took over from whom, by <paramref name="now"/> (UTC), in order.</summary>
    public static ImmutableArray<EpisodeEvent> Of(Episode.Underway episode, Ruleset rules, DateTimeOffset now) =>
        Of(episode, Obligations.Of(episode, rules, now), rules, now);

    /// <inheritdoc cref="Of(Episode.Underway, Ruleset, DateTimeOffset)"/>
    /// <param name="owed">What <see cref="Obligations"/> derives for that instant.</param>
    public static ImmutableArray<EpisodeEvent> Of(
        Episode.Underway episode, ImmutableArray<Obligation> owed, Ruleset rules, DateTimeOffset now) =>
    [
        .. owed.SelectMany(obligation => Alert(obligation, episode, now).Concat(Overdue(obligation, episode, rules, now)))
            .Concat(HandOver.Of(episode, rules.School, now))
            .OrderBy(happened => happened.HappenedAt),
    ];

    private static IEnumerable<EpisodeEvent> Alert(Obligation obligation, Episode.Underway episode, DateTimeOffset now)
    {
        if (obligation is { IsOpen: true, AlertedAt: { } at }
            && !episode.Known.Alerts.Any(alert => alert.ObligationId == obligation.Id && alert.At >= obligation.Due.AlertAt))
        {
            yield return new AlertRaised(obligation.Id, obligation.Step.Id, obligation.Step.Clause, obligation.Due.AlertsDesk, at, now);
        }
    }

    private static IEnumerable<EpisodeEvent> Overdue(Obligation obligation, Episode.Underway episode, Ruleset rules, DateTimeOffset now)
    {
        if (obligation.State != ObligationState.Overdue)
        {
            yield break;
        }
        var step = obligation.Step;
        var highest = Obligations.NoticedUpTo(episode, obligation.Id, obligation.Due);
        var first = Climbing.LevelWhenOverdue(step);
        if (highest is null)
        {
            yield return new BecameOverdue(obligation.Id, step.Id, step.Clause, first, obligation.Due.ActBy, now);
        }
        foreach (var (level, at) in Climbing.Steps(step, obligation.Due.ActBy, rules.Authority))
        {
            if (at <= now && level > (highest ?? first))
            {
                yield return new Escalated(obligation.Id, step.Id, step.Clause, level, at, now);
            }
        }
    }
}
