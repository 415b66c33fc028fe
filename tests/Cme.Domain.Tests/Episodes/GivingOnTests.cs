using Cme.Domain.Episodes;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>An episode goes from one officer to a colleague, and the CME lead says that what climbed has been seen.</summary>
public sealed class GivingOnTests
{
    private static readonly DateTimeOffset Now = At("Tue 8 Sep 2026 09:30");
    private static readonly Holder Priya = new("Priya Patel", "900001") { Id = "p1" };
    private static readonly Holder Sam = new("Sam Hill", "900001") { Id = "s1" };
    private static readonly Holder Owen = new("Owen Reid", "999") { Id = "o1" };

    private static Story Amina() => Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));

    private static Story PriyasCase() => Amina().Do(new EpisodeCommand.Claim(Priya, "p1", Now));

    [Fact]
    public void A_colleague_of_the_same_name_is_told_who_has_it()
    {
        var story = PriyasCase().Do(new EpisodeCommand.Claim(Priya with { Id = "p2" }, "p2", Now));

        story.LastRefusal!.Code.ShouldBe("claimed");
        story.Episode.Begun!.Known.Holder!.Id.ShouldBe("p1");
    }

    [Fact]
    public void A_system_that_names_the_officer_who_has_it_brings_no_news() =>
        PriyasCase().Do(new EpisodeCommand.Claim(Priya with { Id = null }, "key", Now)).History.Count.ShouldBe(2);

    [Fact]
    public void To_give_it_to_a_colleague_changes_who_has_it_and_not_whose_case_it_is()
    {
        var story = PriyasCase().Do(new EpisodeCommand.GiveTo(Sam, "Priya Patel", "p1", Now));

        story.Episode.Begun!.Known.Holder.ShouldBe(Sam);
        story.Episode.Begun!.Owner.ShouldBe("900001");
        story.History[^1].Actor.ShouldBe("p1");
        story.Do(new EpisodeCommand.GiveTo(Sam, "Sam Hill", "p1", Now)).History.Count.ShouldBe(3);
    }

    [Fact]
    public void Who_gives_away_what_somebody_else_has_taken_meanwhile_is_told_who() =>
        PriyasCase().Do(new EpisodeCommand.GiveTo(Sam, null, "x", Now)).LastRefusal!.Message.ShouldContain("Priya Patel");

    [Fact]
    public void What_was_given_up_meanwhile_is_given_all_the_same() =>
        Amina().Do(new EpisodeCommand.GiveTo(Sam, "Priya Patel", "p1", Now)).Episode.Begun!.Known.Holder.ShouldBe(Sam);

    [Fact]
    public void A_school_does_not_give_away_what_the_authority_has_but_the_authority_does_what_a_school_has()
    {
        Amina().Do(new EpisodeCommand.Claim(Owen, "o1", Now)).Do(new EpisodeCommand.GiveTo(Sam, "Owen Reid", "p1", Now)).LastRefusal!.Code.ShouldBe("claimed");
        PriyasCase().Do(new EpisodeCommand.GiveTo(Owen, "Priya Patel", "o2", Now)).Episode.Begun!.Known.Holder.ShouldBe(Owen);
    }

    [Fact]
    public void A_closed_episode_is_given_to_nobody() =>
        Amina().Did("close", "duplicate-record", Now).Do(new EpisodeCommand.GiveTo(Sam, null, "p1", Now)).LastRefusal!.Code.ShouldBe("closed");

    [Fact]
    public void What_has_not_climbed_to_the_lead_is_not_acknowledged() =>
        Amina().Do(new EpisodeCommand.Acknowledge("Helen Marchbanks", "h1", Now)).History.ShouldNotContain(happened => happened is EpisodeEvent.Acknowledged);

    [Fact]
    public void The_lead_acknowledges_once_what_climbed_and_again_what_climbs_later()
    {
        var story = Amina().Do(new EpisodeCommand.Look(At("Tue 8 Sep 2026 13:20"))).Do(new EpisodeCommand.Look(At("Tue 8 Sep 2026 13:25")));
        var noon = story.Episode.Begun!.Known;
        noon.AwaitsLead.ShouldBeTrue();

        story.Do(new EpisodeCommand.Acknowledge("Helen Marchbanks", "h1", At("Tue 8 Sep 2026 13:26")))
            .Do(new EpisodeCommand.Acknowledge("Helen Marchbanks", "h1", At("Tue 8 Sep 2026 13:27")));
        story.Episode.Begun!.Known.AwaitsLead.ShouldBeFalse();
        story.Episode.Begun!.Known.Acknowledged.ShouldBe(At("Tue 8 Sep 2026 13:26"));
        story.History.Count(happened => happened is EpisodeEvent.Acknowledged).ShouldBe(1);

        story.Do(new EpisodeCommand.Look(At("Fri 18 Sep 2026 18:00"))).Episode.Begun!.Known.AwaitsLead.ShouldBeTrue();
    }
}
