using Cme.Domain.Episodes;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>One officer has an episode at a time, so that two do not ring the same family.</summary>
public sealed class ClaimTests
{
    private static readonly DateTimeOffset Now = At("Tue 8 Sep 2026 09:30");
    private static readonly Holder Priya = new("Priya Patel", "900001");
    private static readonly Holder Owen = new("Owen Reid", "999");

    private static Story Amina() => Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));

    [Fact]
    public void Whoever_comes_second_is_told_who_has_it()
    {
        var story = Amina().Do(new EpisodeCommand.Claim(Priya, "key", Now)).Do(new EpisodeCommand.Claim(Owen, "key", Now));

        story.LastRefusal!.Code.ShouldBe("claimed");
        story.LastRefusal.Message.ShouldContain("Priya Patel");
        story.Episode.Begun!.Known.Holder.ShouldBe(Priya);
    }

    [Fact]
    public void To_claim_what_one_has_is_no_news() =>
        Amina().Do(new EpisodeCommand.Claim(Priya, "key", Now)).Do(new EpisodeCommand.Claim(Priya, "key", Now)).History.Count.ShouldBe(2);

    [Theory]
    [InlineData("900001", null, true)]
    [InlineData("900001", "Priya Patel", true)]
    [InlineData("900001", "Sam Hill", false)]
    [InlineData("900002", null, false)]
    [InlineData("999", null, true)]
    public void It_is_given_up_by_the_organisation_that_has_it_or_by_the_authority(string org, string? officer, bool given)
    {
        var story = Amina().Do(new EpisodeCommand.Claim(Priya, "key", Now)).Do(new EpisodeCommand.Release(officer, org, "key", Now));

        (story.Episode.Begun!.Known.Holder is null).ShouldBe(given);
        (story.LastRefusal is null).ShouldBe(given);
    }

    [Fact]
    public void What_nobody_has_is_given_up_without_a_word() =>
        Amina().Do(new EpisodeCommand.Release(null, "900001", "key", Now)).History.Count.ShouldBe(1);

    [Fact]
    public void The_authority_gives_it_to_an_officer_whoever_has_it_and_owns_it_from_then_on()
    {
        var story = Amina().Do(new EpisodeCommand.Claim(Priya, "key", Now)).Do(new EpisodeCommand.Assign("Owen Reid", "999", "key", Now));

        story.Episode.Begun!.Known.Holder.ShouldBe(Owen);
        story.Episode.Begun!.Known.Owner.ShouldBe("999");
        story.Do(new EpisodeCommand.Assign("Owen Reid", "999", "key", Now)).History.Count.ShouldBe(3);
    }

    [Fact]
    public void A_closed_episode_is_claimed_by_nobody() =>
        Amina().Did("close", "duplicate-record", Now).Do(new EpisodeCommand.Claim(Owen, "key", Now)).LastRefusal!.Code.ShouldBe("closed");
}
