using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>Under every procedure: nobody is sent to a family that must not be contacted, and the DSL and the duty desk are, at once.</summary>
public sealed class DoNotContactLaws
{
    private static readonly DateTimeOffset Start = At("Tue 8 Sep 2026 09:20");

    /// <summary>Steps that can be done by contact with the family and are not stopped, because each can be done without it.</summary>
    private static readonly Dictionary<string, string> WithoutTheFamily = new()
    {
        ["northamptonshire: letter-reply"] = "looks whether an answer came; the call and the visit among its ways are owed by steps of their own, which are stopped",
        ["midlands-school: actions-decided"] = "the DSL decides what is done: the social worker and the police are among the ways",
        ["cheshire-east: other-children"] = "the schools of brothers and sisters, and agencies, are asked and not the family",
    };

    public static TheoryData<string> Packs => [.. PackCatalogue.Shipped.OfSchools];

    [Theory]
    [MemberData(nameof(Packs))]
    public void Every_step_that_contacts_the_family_by_call_letter_message_visit_advice_or_through_others_is_marked_so(string pack) =>
        PackCatalogue.Shipped[pack].Steps
            .Where(step => !step.ContactsFamily && step.DoneBy.Any(FamilyContact.CanBe) && !WithoutTheFamily.ContainsKey($"{pack}: {step.Id}"))
            .Select(step => step.Id).ShouldBeEmpty("mark it contactsFamily, or say here how it is done without the family");

    [Fact]
    public void What_is_let_through_can_be_done_without_the_family()
    {
        foreach (var named in WithoutTheFamily.Keys)
        {
            var step = PackCatalogue.Shipped[named.Split(": ")[0]].Steps.Single(one => one.Id == named.Split(": ")[1]);
            step.DoneBy.ShouldContain(match => !FamilyContact.Acts.Contains(match.Action) && (match.Whom.IsEmpty || match.Whom.Any(whom => !FamilyContact.Told.Contains(whom))), named);
        }
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public void From_the_first_minute_to_the_hundredth_day_no_contact_with_the_family_is_owed_late_or_climbs(string pack)
    {
        var story = Story.Under(pack).Missing(Am("Tue 8 Sep 2026"), Start, Flags.DoNotContactFamily);

        foreach (var (at, action, outcome, whom) in Acts())
        {
            NobodyIsSent(story, at.AddMinutes(-1));
            story.Do(new EpisodeCommand.Record(new Deed(action, outcome, at, null, new Performer("Priya Patel", "dsl", "900001", "key")) { Whom = whom }, at));
            NobodyIsSent(story, at);
        }
        for (var day = 1; day < 100; day++) { NobodyIsSent(story, Start.AddDays(day)); }
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_flag_that_comes_later_stops_what_is_owed_already_and_its_end_gives_time_again(string pack)
    {
        var flagged = At("Thu 10 Sep 2026 11:00");
        var story = Story.Under(pack).Missing(Am("Tue 8 Sep 2026"), Start).LookedAt(flagged);
        story.At(flagged).ShouldContain(owed => owed.Step.ContactsFamily && owed.IsOpen, "something was owed, or this would prove nothing");
        var late = story.At(flagged).Where(owed => owed.OverdueAt is not null).Select(owed => owed.Id).ToHashSet();

        story.Flagged(flagged, Flags.DoNotContactFamily);
        for (var hour = 0; hour < 24 * 20; hour += 5) { NobodyIsSent(story, flagged.AddHours(hour)); }

        var ended = At("Fri 2 Oct 2026 10:00");
        story.Flagged(ended);
        story.At(ended).Where(owed => owed is { Step.ContactsFamily: true, IsOpen: true } && !late.Contains(owed.Id))
            .ShouldAllBe(owed => owed.OverdueAt == null, "nobody could have done it meanwhile");
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public void The_DSL_is_asked_within_a_quarter_of_an_hour_and_the_duty_desk_has_the_child_from_the_start(string pack)
    {
        var story = Story.Under(pack).Missing(Am("Tue 8 Sep 2026"), Start, Flags.DoNotContactFamily);

        var asked = story.Owed("ask-dsl-first", Start);
        (asked.Step.Who, asked.Due.DueAt <= Start.AddMinutes(15)).ShouldBe(("dsl", true));
        story.Episode.ShouldBeOfType<Episode.Underway>().Subject.IsFlagged.ShouldBeTrue("a flagged child is on the duty desk's board");
        story.LookedAt(Start.AddHours(3)).Owed("ask-dsl-first", Start.AddHours(3)).Level.ShouldBe(Levels.CmeLead, "and nobody lets it lie");
    }

    [Theory]
    [InlineData("cme-episode")]
    [InlineData("missing-person")]
    [InlineData("home-education")]
    public void In_a_record_that_the_authority_leads_the_desk_asks_first_too_and_no_contact_with_the_family_is_owed(string pack)
    {
        var story = Story.OfAuthority(pack).Opened(On("Mon 7 Sep 2026"), At("Tue 8 Sep 2026 10:00"), Flags.DoNotContactFamily);
        var asked = story.Owed("ask-dsl-first", At("Tue 8 Sep 2026 10:00"));
        (asked.Step.Who, asked.Due.DueAt).ShouldBe(("duty-desk", At("Tue 8 Sep 2026 10:15")));
        for (var hour = 0; hour < 24 * 20; hour += 5) { NobodyIsSent(story, At("Tue 8 Sep 2026 10:00").AddHours(hour)); }

        story = Story.OfAuthority(pack).Opened(On("Mon 7 Sep 2026"), At("Tue 8 Sep 2026 10:00")).Flagged(At("Wed 9 Sep 2026 10:00"), Flags.DoNotContactFamily);
        story.Owed("ask-dsl-first", At("Wed 9 Sep 2026 10:00"));
        story.DidWith("childrens-services", "agency-update", "decision", At("Wed 9 Sep 2026 10:10")).OwesNo("ask-dsl-first", At("Wed 9 Sep 2026 10:10"));
        Story.OfAuthority(pack).Opened(On("Mon 7 Sep 2026"), At("Tue 8 Sep 2026 10:00")).OwesNo("ask-dsl-first", At("Tue 8 Sep 2026 10:00"));
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public void No_procedure_leaves_such_a_child_with_nothing_owed(string pack)
    {
        var story = Story.Under(pack).Missing(Am("Tue 8 Sep 2026"), Start, Flags.DoNotContactFamily);

        for (var hour = 0; hour < 24 * 10; hour += 3) { story.LookedAt(Start.AddHours(hour)).At(Start.AddHours(hour)).ShouldContain(owed => owed.IsOpen); }
    }

    private static void NobodyIsSent(Story story, DateTimeOffset at)
    {
        story.LookedAt(at);
        foreach (var owed in story.At(at).Where(owed => owed.Step.ContactsFamily))
        {
            (owed.IsOpen, owed.Level).ShouldBe((false, Levels.Owner), $"{owed.Step.Id} at {at}");
            owed.NextAt.ShouldBeNull($"{owed.Step.Id} at {at}: it would become late");
        }
    }

    /// <summary>Everything that anybody can do, one thing an hour, so that whatever a step waits for happens.</summary>
    private static IEnumerable<(DateTimeOffset At, string Action, string? Outcome, string? Whom)> Acts()
    {
        var at = At("Tue 8 Sep 2026 10:00");
        foreach (var pair in ActionCatalogue.All.Where(pair => pair.Action is not (ActionNames.Close or ActionNames.Reopen or ActionNames.Correct)))
        {
            foreach (var outcome in pair.Outcomes.IsEmpty ? [null] : pair.Outcomes.Where(outcome => outcome != ActionCatalogue.ParentChildSafe).Select(outcome => (string?)outcome))
            {
                foreach (var whom in Parties.Of(pair.Action).Select(party => (string?)party.Id).Append(null))
                {
                    yield return (at = at.AddHours(1), pair.Action, outcome, whom);
                }
            }
        }
    }
}
