using Cme.Domain.Episodes;
using Cme.Domain.Tests.Stories;
using FsCheck;
using FsCheck.Fluent;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>DESIGN 9.3: what is due does not depend on when, or how often, anyone looked; and every history evolves.</summary>
public sealed class LookingLawTests
{
    private static readonly DateTimeOffset Start = At("Tue 8 Sep 2026 08:55");

    /// <summary>Something that becomes known so many minutes after the episode opened; recorded late by some of them.</summary>
    private sealed record Moment(int AtMinute, int RecordedLateBy, int What);

    private static readonly (string Action, string? Outcome)[] Deeds =
    [
        ("call", "no-answer"), ("call", "other-person-not-reassured"), ("call", "parent-child-missing"), ("call", "parent-child-safe"),
        ("consult-dsl", "not-confirmed"), ("consult-dsl", "confirmed-safe"), ("risk-assessment", "no-concern"),
        ("risk-assessment", "risk-of-harm"), ("refer-police", null), ("advise-parent", null), ("sighting", "seen"), ("note", null),
    ];

    /// <summary>An episode sees a few dozen things and not hundreds: histories of up to forty moments, and as many looks.</summary>
    private static readonly Config AFewDozen = Config.QuickThrowOnFailure.WithEndSize(40);

    private static readonly Gen<Moment> Moments =
        from at in Gen.Choose(5, 1_600)
        from late in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 240)))
        from what in Gen.Choose(0, Deeds.Length + 6)
        select new Moment(at, late, what);

    private static readonly Arbitrary<(Moment[] Moments, int[] Looks, bool Flagged)> Histories = Arb.From(
        from moments in Gen.ArrayOf(Moments)
        from looks in Gen.ArrayOf(Gen.Choose(0, 4_000))
        from flagged in Gen.Elements(false, false, true)
        select (moments, looks, flagged));

    [Fact]
    public void What_is_due_does_not_depend_on_when_or_how_often_anyone_looked() =>
        Prop.ForAll(Histories, history =>
        {
            var end = Start.AddMinutes(5_000);
            var seldom = Tell(history.Moments, [], history.Flagged).LookedAt(end);
            var often = Tell(history.Moments, history.Looks, history.Flagged).LookedAt(end);
            return Noticed(often).SequenceEqual(Noticed(seldom)) && Owed(often, end).SequenceEqual(Owed(seldom, end));
        }).Check(AFewDozen);

    [Fact]
    public void Each_step_up_is_noticed_once_and_in_order() =>
        Prop.ForAll(Histories, history =>
        {
            var stamps = Noticed(Tell(history.Moments, history.Looks, history.Flagged).LookedAt(Start.AddMinutes(5_000))).ToList();
            // A flag that goes and comes again asks anew under the same id: then it climbs once more, and later.
            return stamps.Distinct().Count() == stamps.Count
                && stamps.OrderBy(stamp => stamp.At).ThenBy(stamp => stamp.Level).GroupBy(stamp => stamp.Id)
                    .All(of => of.Zip(of.Skip(1)).All(pair => pair.First.Level < pair.Second.Level || pair.First.At < pair.Second.At));
        }).Check(AFewDozen);

    [Fact]
    public void Every_history_that_Decide_can_produce_evolves_to_the_same_episode_again() =>
        Prop.ForAll(Histories, history =>
        {
            var story = Tell(history.Moments, history.Looks, history.Flagged);
            var again = story.History.Aggregate(Episode.Initial, Decider.Evolve);
            return Owed(story, Start.AddMinutes(5_000)).SequenceEqual(Owed(Retold(again), Start.AddMinutes(5_000)))
                && again.Standing == story.Episode.Standing;

            Story Retold(Episode episode) => Story.Under("northamptonshire").Holding(episode);
        }).Check(AFewDozen);

    private static Story Tell(Moment[] moments, int[] looks, bool flagged)
    {
        var story = Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), Start, flagged ? ["cp_plan"] : []);
        var steps = moments.Select(moment => (Minute: moment.AtMinute + moment.RecordedLateBy, Moment: (Moment?)moment))
            .Concat(looks.Select(minute => (Minute: minute, Moment: (Moment?)null)))
            .OrderBy(step => step.Minute).ThenBy(step => step.Moment is null);
        foreach (var (minute, moment) in steps)
        {
            Happens(story, Start.AddMinutes(minute), moment);
        }
        return story;
    }

    private static void Happens(Story story, DateTimeOffset known, Moment? moment)
    {
        if (moment is null)
        {
            story.LookedAt(known);
        }
        else if (moment.What < Deeds.Length)
        {
            story.Did(Deeds[moment.What].Action, Deeds[moment.What].Outcome, Start.AddMinutes(moment.AtMinute), known);
        }
        else if (moment.What == Deeds.Length)
        {
            story.Marked(Am("Tue 8 Sep 2026"), "I", known, "known-contact");
        }
        else if (moment.What == Deeds.Length + 1)
        {
            story.Held(Pm("Tue 8 Sep 2026"), "I", known, "other-contact");
        }
        else if (moment.What == Deeds.Length + 2)
        {
            story.Flagged(known, "cp_plan");
        }
        else if (moment.What == Deeds.Length + 3)
        {
            story.Flagged(known, "do_not_contact_family");
        }
        else if (moment.What == Deeds.Length + 4)
        {
            story.Flagged(known);
        }
        else if (moment.What == Deeds.Length + 5 && story.Episode is Episode.Underway { Known.Acts: [.., var latest] })
        {
            story.Corrected(latest.Number, "correct", null, Start.AddMinutes(moment.AtMinute), known);
        }
        else
        {
            story.StillMissing(Am("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), known);
        }
    }

    private static IEnumerable<(string Id, int Level, DateTimeOffset At)> Noticed(Story story) => story.History.Select(happened => happened switch
    {
        EpisodeEvent.BecameOverdue e => (e.ObligationId, e.Level, e.HappenedAt),
        EpisodeEvent.Escalated e => (e.ObligationId, e.Level, e.HappenedAt),
        _ => default,
    }).Where(stamp => stamp != default).OrderBy(stamp => stamp);

    private static IEnumerable<(string, string, DateTimeOffset, int)> Owed(Story story, DateTimeOffset at) =>
        story.At(at).Select(owed => (owed.Id, owed.State.ToString(), owed.Due.ActBy, owed.Level)).OrderBy(owed => owed);
}
