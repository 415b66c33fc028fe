using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Domain.Registers.Removals;

namespace Cme.Domain.Episodes;

/// <summary>How a removal stands by what an episode knows: its acts, and the counts that its school told it of.</summary>
public static class RemovalStanding
{
    /// <summary>The acts that a removal may rest on: those about this disappearance, oldest first.</summary>
    public static ImmutableArray<RemovalAct> Acts(Episode.Underway episode) =>
    [
        .. from act in episode.Known.Acts
           where episode.Run.IsFirst || London.DateOf(act.HappenedAt) >= episode.Run.Began.Date
           orderby act.HappenedAt, act.Number
           let who = act.By
           where who is not null
           select new RemovalAct(act.Action, act.Outcome, who.IsOf(episode.Subject.Authority), who.Name, London.DateOf(act.HappenedAt))
           {
               Role = who.Role, Whom = act.Whom, KnownAt = act.KnownAt, HasWords = act.HasWords, InOwnName = IsInOwnName(who, episode.Subject),
           },
    ];

    /// <summary>
    /// When an enquiry that had been recorded was last taken back: whoever had signed for the enquiries signs again. Null if none was; what
    /// was undone at once nobody can have signed for.
    /// </summary>
    public static DateTimeOffset? EnquiryTakenBackAt(Episode.Underway episode) => episode.Known.Withdrawn
        .Where(withdrawn => !withdrawn.AtOnce && RemovalGate.IsEnquiry(withdrawn.Act.Action)).Max(withdrawn => (DateTimeOffset?)withdrawn.KnownAt);

    /// <summary>Whether the procedure asks for four weeks besides (DOR-28).</summary>
    public static bool HoldsFourWeeks(ProcedurePack pack) => pack.Steps.Any(step => step.Clause == "DOR-28");

    /// <summary>What of it happened takes away something that a removal on ground h or i rested on; none while nothing did.</summary>
    /// <remarks>
    /// Only what was done or came in can close the gate again, and time alone never does: so it does not depend on who looked, or when.
    /// </remarks>
    internal static IEnumerable<EpisodeEvent> ClosedAgain(
        Episode before, ImmutableArray<EpisodeEvent> happened, Ruleset rules, DateTimeOffset knownAt)
    {
        if (happened.IsEmpty || before is not Episode.Underway was || !was.Known.Acts.Any(act => act.Action == ActionNames.RollDecision)
            || happened.Aggregate(before, Decider.Evolve) is not Episode.Underway now)
        {
            return [];
        }
        return from ground in RemovalGround.OfMissing
               where UnmetOf(ground, was, rules, knownAt).IsEmpty
               let unmet = UnmetOf(ground, now, rules, knownAt)
               where !unmet.IsEmpty
               select new EpisodeEvent.RemovalGateClosed(ground.Letter, unmet, knownAt, knownAt);
    }

    private static ImmutableArray<string> UnmetOf(RemovalGround ground, Episode.Underway episode, Ruleset rules, DateTimeOffset at) =>
        [.. RemovalGate.Conditions(ground, FactsOf(episode, rules, London.DateOf(at))).Where(one => !one.Met).Select(one => one.Condition)];

    private static RemovalFacts FactsOf(Episode.Underway episode, Ruleset rules, DateOnly today)
    {
        var reached = episode.Absence.Reached;
        var days = reached.ToLookup(count => count.Count, count => count.Days);
        return new RemovalFacts
        {
            Counts = AttendanceCounts.None with { GroundI = days[CountName.GroundI].FirstOrDefault(), GroundH = days[CountName.GroundH].FirstOrDefault() },
            UncodedDays = episode.Absence.Blanks,
            // The count of ground h runs from the expected return of a leave, and from nothing else.
            Leave = days.Contains(CountName.GroundH) ? new LeaveOfAbsence("", episode.Absence.First.Date, episode.Absence.First.Date) : null,
            Acts = Acts(episode), EnquiryTakenBackAt = EnquiryTakenBackAt(episode), IsEpisodeOpen = true, SomebodyIsToConfirm = !episode.Known.Asked.IsEmpty,
            FirstDayMissing = episode.Absence.First.Date, SchoolDaysMissing = rules.School.SchoolDaysBetween(episode.Absence.First.Date, today).Count,
            HoldsFourWeeks = HoldsFourWeeks(rules.Pack), Today = today,
        };
    }

    /// <summary>Nobody signs for the other side: what the authority's system sends in the school's name is no signature of the school.</summary>
    private static bool IsInOwnName(Performer by, Subject subject) =>
        by.RecordedFor is not { } recorder || recorder == (by.IsOf(subject.Authority) ? subject.Authority : subject.Urn);
}
