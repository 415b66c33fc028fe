using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Tests.Stories;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>A child who is missing here was marked present at another school: a person confirms it, and no mark of that school closes.</summary>
public sealed class SeenElsewhereTests
{
    private const string Riverside = "900002";

    private static Story Missing(params string[] flags) =>
        Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    private static Story Seen(Story story, SessionOf session, string at, string urn = Riverside) => story.Do(new NoteSeenElsewhere(urn, session, "\\", At(at)));

    [Fact]
    public void The_DSL_is_to_confirm_it_within_an_hour_and_the_case_stays_open_with_everything_else_owed()
    {
        var story = Seen(Missing(), Pm("Tue 8 Sep 2026"), "Tue 8 Sep 2026 13:25");

        var confirm = story.Owed("confirm-seen", At("Tue 8 Sep 2026 13:25"));
        (confirm.Due.DueAt, confirm.Step.Who).ShouldBe((At("Tue 8 Sep 2026 14:25"), "dsl"));
        confirm.Anchor.ShouldContain("another school");
        story.Owed("first-call", At("Tue 8 Sep 2026 13:25"));
        story.Episode.ShouldBeOfType<Episode.Underway>();
        story.Did("sighting", "seen", At("Tue 8 Sep 2026 13:40")).OwesNo("confirm-seen", At("Tue 8 Sep 2026 13:40"));
    }

    [Fact]
    public void It_is_asked_once_for_each_school_however_often_that_school_marks_the_child()
    {
        var story = Seen(Seen(Missing(), Pm("Tue 8 Sep 2026"), "Tue 8 Sep 2026 13:25"), Am("Wed 9 Sep 2026"), "Wed 9 Sep 2026 09:00");
        story.History.OfType<EpisodeEvent.SeenElsewhere>().ShouldHaveSingleItem();

        Seen(story, Am("Wed 9 Sep 2026"), "Wed 9 Sep 2026 09:05", "900003").History.OfType<EpisodeEvent.SeenElsewhere>().Count().ShouldBe(2);
    }

    [Fact]
    public void N_again_at_this_school_does_not_withdraw_what_another_school_saw() =>
        Seen(Missing(), Pm("Tue 8 Sep 2026"), "Tue 8 Sep 2026 13:25")
            .StillMissing(Am("Tue 8 Sep 2026"), Am("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 08:55"))
            .Owed("confirm-seen", At("Wed 9 Sep 2026 08:55")).Due.DueAt.ShouldBe(At("Tue 8 Sep 2026 14:25"));

    [Fact]
    public void Seen_there_before_the_child_went_missing_here_is_no_news() =>
        Seen(Missing(), Am("Mon 7 Sep 2026"), "Tue 8 Sep 2026 13:25").History.OfType<EpisodeEvent.SeenElsewhere>().ShouldBeEmpty();

    [Fact]
    public void In_a_second_disappearance_it_is_asked_again()
    {
        var story = Seen(Missing("cp_plan"), Pm("Tue 8 Sep 2026"), "Tue 8 Sep 2026 13:25").Did("sighting", "seen", At("Tue 8 Sep 2026 13:40"))
            .Marked(Am("Wed 9 Sep 2026"), "/", At("Wed 9 Sep 2026 08:55"))
            .StillMissing(Am("Fri 11 Sep 2026"), Am("Fri 11 Sep 2026"), At("Fri 11 Sep 2026 08:55"));
        story.OwesNo("confirm-seen", At("Fri 11 Sep 2026 09:00"));

        Seen(story, Pm("Fri 11 Sep 2026"), "Fri 11 Sep 2026 13:10").Owed("confirm-seen", At("Fri 11 Sep 2026 13:10"))
            .Due.DueAt.ShouldBe(At("Fri 11 Sep 2026 14:10"));
    }

    [Fact]
    public void Once_the_child_was_back_here_what_another_school_saw_before_is_asked_no_longer()
    {
        var story = Seen(Missing("cp_plan"), Pm("Tue 8 Sep 2026"), "Tue 8 Sep 2026 13:25")
            .Marked(Am("Wed 9 Sep 2026"), "/", At("Wed 9 Sep 2026 08:55"))
            .StillMissing(Am("Fri 11 Sep 2026"), Am("Fri 11 Sep 2026"), At("Fri 11 Sep 2026 08:55"));

        story.OwesNo("confirm-seen", At("Fri 11 Sep 2026 09:00"));
    }

    [Fact]
    public void A_closed_case_hears_nothing_of_it() =>
        Seen(Missing().Did("close", "explained-absence", At("Tue 8 Sep 2026 10:00")), Pm("Tue 8 Sep 2026"), "Tue 8 Sep 2026 13:25")
            .History.OfType<EpisodeEvent.SeenElsewhere>().ShouldBeEmpty();
}
