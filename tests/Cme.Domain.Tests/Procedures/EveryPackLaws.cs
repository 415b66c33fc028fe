using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using FsCheck;
using FsCheck.Fluent;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>What holds under every procedure, whatever people do and do not do.</summary>
public sealed class EveryPackLaws
{
    private static readonly DateTimeOffset Start = At("Tue 8 Sep 2026 08:55");

    /// <summary>From the second week of term over the half term into November, so that the school closes and opens meanwhile.</summary>
    private static readonly int Minutes = (int)(At("Fri 27 Nov 2026 12:00") - Start).TotalMinutes;

    private static readonly Config AFewDozen = Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40);

    private static readonly (string Action, string? Outcome, string? Whom)[] Deeds =
    [
        .. from pair in ActionCatalogue.All
           where ActionCatalogue.IsOf(pair.Action, EpisodeKinds.Whereabouts) && pair.Action is not (ActionNames.Close or ActionNames.Reopen or ActionNames.Correct)
           from outcome in pair.Outcomes.IsEmpty ? new string?[] { null } : [.. pair.Outcomes]
           from whom in Parties.Of(pair.Action).Select(party => (string?)party.Id).Append(null)
           select (pair.Action, outcome, whom),
    ];

    private static readonly string[] Triggers = [.. Flags.All.Select(flag => flag.Id).Where(flag => Flags.IsFlagged([flag]))];

    /// <summary>Something that becomes known so many minutes after the episode opened: an act, a flag, a mark, or that the child is missing still.</summary>
    private sealed record Moment(int At, int Kind, int What);

    private static readonly Gen<Moment> Moments =
        from at in Gen.Choose(1, Minutes)
        from kind in Gen.Frequency((8, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)), (2, Gen.Constant(3)))
        from what in Gen.Choose(0, int.MaxValue - 1)
        select new Moment(at, kind, what);

    private static readonly Arbitrary<(Moment[] Moments, int Trigger, int Raised)> Histories = Arb.From(
        from moments in Gen.ArrayOf(Moments)
        from trigger in Gen.Choose(0, 1_000)
        from raised in Gen.Choose(1, Minutes)
        select (moments, trigger, raised));

    public static TheoryData<string> Packs => [.. PackCatalogue.Shipped.OfSchools];

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_trigger_raised_at_any_point_leaves_something_due_at_once(string pack) =>
        Prop.ForAll(Histories, history =>
        {
            var at = Start.AddMinutes(history.Raised);
            var story = Tell(pack, history.Moments.Where(moment => moment.At < history.Raised));
            var trigger = Triggers[history.Trigger % Triggers.Length];
            if (story.Episode is not Episode.Underway { Subject.Flags: var held } || held.Contains(trigger)) { return true; }
            story.Flagged(at, [.. held, trigger]);
            return story.At(at).Any(owed => owed.IsOpen && owed.Step.Class == StepClass.Referral && owed.Due.DueAt <= at.AddMinutes(15));
        }).Check(AFewDozen);

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_step_is_owed_once_at_a_time_so_that_no_two_obligations_have_one_id(string pack) =>
        Prop.ForAll(Histories, history =>
        {
            var ids = Tell(pack, history.Moments).At(Start.AddMinutes(Minutes)).Select(owed => owed.Id).ToList();
            return ids.Distinct().Count() == ids.Count;
        }).Check(AFewDozen);

    [Fact]
    public void Two_flags_that_ask_for_one_step_owe_it_once_also_where_it_was_done_before_registration_closed() =>
        Story.Under("pan-dorset").Missing(Am("Tue 8 Sep 2026"), Start, "cp_plan", "looked_after").Did("refer-csc", null, At("Tue 8 Sep 2026 09:10"))
            .At(At("Tue 8 Sep 2026 09:30")).Count(owed => owed.Step.Id == "refer-always").ShouldBe(1);

    [Theory]
    [MemberData(nameof(Packs))]
    public void Somebody_is_responsible_at_every_instant_until_the_episode_closes(string pack) =>
        Prop.ForAll(Histories, history =>
        {
            var story = Tell(pack, []);
            var moments = new Queue<Moment>(history.Moments.OrderBy(moment => moment.At));
            for (var minute = 60; minute < Minutes; minute += 700)
            {
                while (moments.TryPeek(out var next) && next.At <= minute) { Happens(story, moments.Dequeue()); }
                story.LookedAt(Start.AddMinutes(minute));
                if (story.Episode is Episode.Underway now && !IsLookedAfter(story, now, Start.AddMinutes(minute))) { return false; }
            }
            return true;
        }).Check(AFewDozen);

    /// <summary>An organisation has it; every step has a role of that school or authority; and a school that is closed has handed it over.</summary>
    private static bool IsLookedAfter(Story story, Episode.Underway now, DateTimeOffset at) =>
        now.Owner is "900001" or "999"
        && (now.Care.WithAuthority || !Autumn.IsHoliday(at))
        && story.At(at).Where(owed => owed.IsOpen).All(owed => Roles.All.Contains(owed.Step.Who));

    private static Story Tell(string pack, IEnumerable<Moment> moments)
    {
        var story = Story.Under(pack).Missing(Am("Tue 8 Sep 2026"), Start);
        foreach (var moment in moments.OrderBy(moment => moment.At)) { Happens(story, moment); }
        return story;
    }

    private static void Happens(Story story, Moment moment)
    {
        var at = Start.AddMinutes(moment.At);
        switch (moment.Kind)
        {
            case 0:
                var (action, outcome, whom) = Deeds[moment.What % Deeds.Length];
                story.Do(new EpisodeCommand.Record(new Deed(action, outcome, at, null, new Performer("Priya Patel", "dsl", "900001", "key")) { Whom = whom }, at));
                break;
            case 1:
                story.Flagged(at, [.. Triggers.Where((_, index) => ((moment.What >> (index % 30)) & 7) == 0)]);
                break;
            case 2:
                story.Held(Am("Tue 8 Sep 2026"), "B", at);
                break;
            default:
                story.LookedAt(at);
                break;
        }
    }

    /// <summary>The days on which the school of the story is closed between terms.</summary>
    private static class Autumn
    {
        public static bool IsHoliday(DateTimeOffset at) =>
            London.DateOf(at) is var day && day >= new DateOnly(2026, 10, 24) && day <= new DateOnly(2026, 11, 1);
    }
}
