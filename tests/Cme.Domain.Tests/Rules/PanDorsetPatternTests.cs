using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>DOR-49 to DOR-59: repeats, where and with whom children are found, and what they say afterwards. Source: Pan-Dorset, Data on looked after children; Data analysis.</summary>
public sealed class PanDorsetPatternTests
{
    private static Story MissingAgain(ImmutableArray<DateOnly> earlier, params string[] flags) =>
        Story.Under("pan-dorset").MissingAgain(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), earlier, flags);

    [Theory]
    [InlineData("")]
    [InlineData("Mon 7 Sep 2026")]
    [InlineData("Mon 7 Sep 2026, Wed 10 Jun 2026")]   // 90 days before: no longer counted.
    public void DOR51_One_or_two_episodes_in_90_days_are_no_repeat_to_note(string earlier)
    {
        var story = MissingAgain(Days(earlier));

        story.History.OfType<EpisodeEvent.RepeatNoted>().ShouldBeEmpty();
        story.OwesNo("repeat-review", At("Tue 8 Sep 2026 10:00"));
    }

    [Theory]
    [InlineData("Mon 7 Sep 2026, Thu 11 Jun 2026", 3)]
    [InlineData("Mon 7 Sep 2026, Fri 4 Sep 2026, Thu 3 Sep 2026", 4)]
    public void DOR51_The_third_episode_in_90_days_is_noted_and_somebody_is_to_look_for_patterns(string earlier, int number)
    {
        var story = MissingAgain(Days(earlier));

        story.History.OfType<EpisodeEvent.RepeatNoted>().ShouldHaveSingleItem().Number.ShouldBe(number);
        story.Episode.Begun!.Subject.Flags.ShouldBe([RepeatEpisodes.Flag]);
        var review = story.Owed("repeat-review", At("Tue 8 Sep 2026 10:00"));
        (review.Step.Who, review.Step.Clause, review.Due.DueAt).ShouldBe(("tracking-officer", "DOR-51", At("Wed 9 Sep 2026 17:00")));
        story.Did("review", null, At("Wed 9 Sep 2026 11:00")).OwesNo("repeat-review", At("Wed 9 Sep 2026 11:00"));
    }

    [Theory]
    [InlineData("looked_after")]
    [InlineData("care_order")]
    public void DOR51_Of_a_child_in_care_the_second_episode_is_noted(string flag) =>
        MissingAgain([On("Mon 7 Sep 2026")], flag).History.OfType<EpisodeEvent.RepeatNoted>().ShouldHaveSingleItem().Number.ShouldBe(2);

    [Fact]
    public void DOR51_No_change_of_the_child_s_flags_takes_the_note_away()
    {
        var story = MissingAgain([On("Mon 7 Sep 2026"), On("Fri 4 Sep 2026")]).Flagged(At("Wed 9 Sep 2026 09:00"), "send");

        story.Episode.Begun!.Subject.Flags.ShouldBe([RepeatEpisodes.Flag, "send"]);
        story.Flagged(At("Wed 9 Sep 2026 10:00"), "send").History.OfType<EpisodeEvent.FlagsChanged>().Count().ShouldBe(1);
    }

    [Fact]
    public void DOR51_An_episode_that_a_code_closed_on_its_first_day_or_that_was_a_mistake_is_none_of_a_repeat()
    {
        Passing(Begun().Marked(Am("Tue 8 Sep 2026"), "L", At("Tue 8 Sep 2026 09:20"))).ShouldBeTrue();
        Passing(Begun().Did("close", ClosureReasons.Duplicate, At("Tue 8 Sep 2026 09:30"))).ShouldBeTrue();
        Passing(Begun().Marked(Am("Wed 9 Sep 2026"), "/", At("Wed 9 Sep 2026 09:00"))).ShouldBeFalse();
        Passing(Begun().Did("close", ClosureReasons.Returned, At("Tue 8 Sep 2026 09:30"))).ShouldBeFalse("a person looked at it");

        static Story Begun() => Story.Under("pan-dorset").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));

        static bool Passing(Story story) => story.Episode.ShouldBeOfType<Episode.Closed>().IsPassing;
    }

    [Fact]
    public void DOR55_Where_and_with_whom_a_child_was_found_is_recorded_and_closes_nothing()
    {
        var story = Story.Under("pan-dorset").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"))
            .DidWith("older-people", "found", "public-place", At("Tue 8 Sep 2026 20:00"));

        story.LastRefusal.ShouldBeNull();
        story.Episode.ShouldBeOfType<Episode.Underway>();
        story.Did("found", null, At("Tue 8 Sep 2026 20:05")).LastRefusal!.Code.ShouldBe("outcome-not-allowed");
    }

    [Theory]
    [InlineData("safe-and-well-check")]
    [InlineData("return-interview")]
    public void DOR55_A_check_or_an_interview_after_the_return_has_a_theme_or_was_refused(string action)
    {
        ActionCatalogue.OutcomesOf(action).ShouldContain("refused");
        foreach (var theme in (string[])["sexual-exploitation", "criminal-exploitation", "drugs-or-alcohol", "trafficking"])
        {
            ActionCatalogue.Allows(action, theme, EpisodeKinds.Whereabouts).ShouldBeTrue();
        }
    }

    private static ImmutableArray<DateOnly> Days(string days) => [.. days.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(On)];
}
