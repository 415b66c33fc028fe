using System.Collections.Immutable;
using System.Text.Json;
using Cme.Domain.Episodes;
using Cme.Domain.Registers;
using Cme.Domain.Tests.Stories;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.Domain.Episodes.EpisodeEvent;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

// What an episode makes of the counts that the school's signal says were reached.
public class CountsReachedTests
{
    private static readonly CountReached TenDays = new(CountName.Irregular, 10, On("Fri 18 Sep 2026"), At("Fri 18 Sep 2026 09:00"));

    [Fact]
    public void A_count_that_comes_to_its_number_is_news_though_the_run_is_the_same()
    {
        var story = Begun();
        var before = story.History.Count;

        Reached(story, "Fri 18 Sep 2026 09:10", TenDays);

        story.Episode.Begun!.Absence.Reached.ShouldBe([TenDays]);
        story.History.Skip(before).OfType<AbsenceStands>().ShouldHaveSingleItem();
    }

    [Fact]
    public void The_same_count_told_again_is_no_news()
    {
        var story = Reached(Begun(), "Fri 18 Sep 2026 09:10", TenDays);
        var before = story.History.Count;

        Reached(story, "Fri 18 Sep 2026 13:10", TenDays);

        story.History.Skip(before).OfType<AbsenceStands>().ShouldBeEmpty();
    }

    [Fact]
    public void A_count_is_known_since_it_was_first_reached_though_N_became_O()
    {
        var story = Reached(Begun(), "Fri 18 Sep 2026 09:10", TenDays);
        Reached(story, "Mon 21 Sep 2026 08:00", TenDays with { KnownAt = At("Mon 21 Sep 2026 08:00") });

        story.Episode.Begun!.Absence.Reached.ShouldHaveSingleItem().KnownAt.ShouldBe(TenDays.KnownAt);
    }

    [Fact]
    public void A_correction_takes_it_away_again()
    {
        var story = Reached(Begun(), "Fri 18 Sep 2026 09:10", TenDays);

        Reached(story, "Mon 21 Sep 2026 08:00");

        story.Episode.Begun!.Absence.Reached.ShouldBeEmpty();
    }

    [Fact]
    public void A_history_from_before_counts_were_told_has_none()
    {
        var absence = JsonSerializer.Deserialize<Absence>(
            """
            {"First":{"Date":"2026-09-07","Session":0},"Closes":"2026-09-07T08:20:00Z","KnownAt":"2026-09-07T08:20:00Z",
             "Last":{"Date":"2026-09-07","Session":0},"LastCode":"N","CalendarVersion":1}
            """)!;

        absence.Reached.ShouldBeEmpty();
        absence.ShouldBe(absence with { Reached = ImmutableArray<CountReached>.Empty });
        absence.ShouldNotBe(absence with { Reached = [TenDays] });
    }

    private static Story Begun() => Story.Under("northamptonshire")
        .Missing(Am("Mon 7 Sep 2026"), At("Mon 7 Sep 2026 09:10"));

    private static Story Reached(Story story, string known, params ImmutableArray<CountReached> reached) => story.Do(new Stands(
        story.Episode.Begun!.Absence with { KnownAt = At(known), Reached = reached }, null, story.Episode.Begun!.Heard + 1, At(known)));
}
