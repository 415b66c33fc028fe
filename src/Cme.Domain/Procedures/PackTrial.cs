using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>What a changed procedure makes of a deadline that was recorded.</summary>
public enum TrialOutcome
{
    /// <summary>It would have fallen due before it did.</summary>
    Earlier,

    /// <summary>It would have fallen due after it did, or not yet.</summary>
    Later,

    /// <summary>It would not have fallen due at all.</summary>
    NotAtAll,

    /// <summary>Only the changed procedure asks for it.</summary>
    OnlyThen,
}

/// <summary>One deadline that a changed procedure moves.</summary>
/// <param name="Step">Its step, as the procedure that has it says it.</param>
/// <param name="Was">When it was due as recorded, UTC; null if nothing was.</param>
/// <param name="Would">When it would have been due, UTC; null if nothing would.</param>
public sealed record TrialLine(string Episode, Step Step, TrialOutcome Outcome, DateTimeOffset? Was, DateTimeOffset? Would);

/// <summary>What became of one episode under a changed procedure.</summary>
/// <param name="Deadlines">How many deadlines fell into the time that was asked about, under either.</param>
public sealed record EpisodeTrial(int Deadlines, ImmutableArray<TrialLine> Lines);

/// <summary>
/// Replays a recorded history under a changed pack. What was marked and what people did stays as it was; only what follows from it is
/// derived anew, so the answer is what would have been asked of them, and not what they would then have done.
/// </summary>
public static class PackTrial
{
    /// <param name="episode">The history, folded up to <paramref name="to"/>.</param>
    /// <param name="rules">What it was judged by.</param>
    /// <param name="changed">The procedure to try, with the steps beneath it.</param>
    /// <param name="from">The first instant asked about, UTC.</param>
    /// <param name="to">The instant after the last one, UTC. What a closed episode would have owed after it closed is left out.</param>
    public static EpisodeTrial Of(Episode episode, Ruleset rules, ProcedurePack changed, DateTimeOffset from, DateTimeOffset to)
    {
        if (episode.Begun is not { } begun)
        {
            return new(0, []);
        }
        var until = episode is Episode.Closed closed && closed.KnownAt < to ? closed.KnownAt : to;
        var (was, would) = (DueUnder(rules), DueUnder(rules with { Pack = changed }));
        var concerned = was.Keys.Union(would.Keys).Where(key => FellDue(was, key) || FellDue(would, key)).ToList();
        return new(concerned.Count, [.. concerned.Select(Line).OfType<TrialLine>().OrderBy(line => line.Was ?? line.Would)]);

        Dictionary<string, Obligation> DueUnder(Ruleset under) => Obligations.Of(begun, under, until)
            .Where(owed => owed.State is not ObligationState.Suppressed && (episode is Episode.Underway || owed.Due.DueAt < until))
            .ToDictionary(owed => owed.Id);

        bool FellDue(Dictionary<string, Obligation> due, string key) =>
            due.TryGetValue(key, out var owed) && owed.Due.DueAt >= from && owed.Due.DueAt < until;

        TrialLine? Line(string key) => (was.GetValueOrDefault(key), would.GetValueOrDefault(key)) switch
        {
            ({ } only, null) => new(begun.Subject.Reference, only.Step, TrialOutcome.NotAtAll, only.Due.DueAt, null),
            (null, { } only) => new(begun.Subject.Reference, only.Step, TrialOutcome.OnlyThen, null, only.Due.DueAt),
            ({ Due.DueAt: var then }, { } now) when now.Due.DueAt != then => new(
                begun.Subject.Reference, now.Step, now.Due.DueAt < then ? TrialOutcome.Earlier : TrialOutcome.Later, then, now.Due.DueAt),
            _ => null,
        };
    }
}
