using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.TestSupport.Terms;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>
/// A correction may make a morning unexplained when a later mark says already that the child is somewhere else. What is to be
/// confirmed then does not wait until somebody sends something again.
/// </summary>
public sealed class OpenedLateTests
{
    private static readonly DateTimeOffset Known = At("Tue 8 Sep 2026 13:49");

    [Theory]
    [InlineData("E", null)]
    [InlineData("I", "unknown")]
    public void An_episode_that_opens_under_a_mark_that_holds_asks_the_DSL_to_confirm_it_at_once(string code, string? reportedBy)
    {
        var episode = Opened(new ExplainingMark(Pm("Tue 8 Sep 2026"), code, reportedBy));

        var asked = episode.Known.Asked.ShouldHaveSingleItem();
        (asked.Session, asked.Code, asked.KnownAt).ShouldBe((Pm("Tue 8 Sep 2026"), code, Known));
        episode.Through.ShouldBe(Pm("Tue 8 Sep 2026"));
    }

    [Fact]
    public void Told_of_the_same_again_it_asks_nothing_twice()
    {
        var mark = new ExplainingMark(Pm("Tue 8 Sep 2026"), "E", null);
        var episode = Opened(mark);
        var again = Decider.Decide(new Stands(episode.Absence, mark, 2, Known.AddMinutes(7)), episode, Rules);

        again.ShouldBeOfType<Decision.Accepted>().Events.ShouldBeEmpty();
    }

    private static Ruleset Rules => Stories.Story.RulesOf("northamptonshire");

    private static Episode.Underway Opened(ExplainingMark heldBy)
    {
        var absence = new Absence(
            Am("Tue 8 Sep 2026"), Autumn2026.Calendar.RegistrationCloses(Am("Tue 8 Sep 2026")), Known, Am("Tue 8 Sep 2026"), "N", 1);
        var open = new Open(
            new Subject("episode-0000000001-0", "999", "900001", "child0000001", "4", []), new(Rules.Pack.Id, Rules.Pack.Version), absence, 1) { HeldBy = heldBy };
        var events = Decider.Decide(open, Episode.Initial, Rules).ShouldBeOfType<Decision.Accepted>().Events;
        return events.Aggregate(Episode.Initial, Decider.Evolve).ShouldBeOfType<Episode.Underway>();
    }
}
