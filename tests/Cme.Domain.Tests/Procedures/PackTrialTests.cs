using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>What a changed procedure would have made of a recorded history.</summary>
public sealed class PackTrialTests
{
    private static readonly DateTimeOffset From = At("Mon 7 Sep 2026 00:00"), To = At("Sat 12 Sep 2026 00:00");
    private readonly Story _story = Story.Under(Ring("2")).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"));

    [Fact]
    public void The_same_procedure_moves_nothing() => Try(Ring("2")).ShouldBe((1, "", null, null));

    [Fact]
    public void A_shorter_time_is_earlier_and_a_longer_one_later()
    {
        Try(Ring("1")).ShouldBe((1, "Earlier", At("Tue 8 Sep 2026 11:20"), At("Tue 8 Sep 2026 10:20")));
        Try(Ring("3")).ShouldBe((1, "Later", At("Tue 8 Sep 2026 11:20"), At("Tue 8 Sep 2026 12:20")));
    }

    [Fact]
    public void A_step_that_is_left_out_would_not_fall_due_and_a_new_one_only_then()
    {
        Try(Ring("2", "knock")).ShouldBe((2, "OnlyThen", null, At("Tue 8 Sep 2026 11:20")));
        Trial(Ring("2", "knock", without: true)).Lines.Select(line => (line.Step.Id, line.Outcome))
            .ShouldBe([("ring", TrialOutcome.NotAtAll), ("knock", TrialOutcome.OnlyThen)], ignoreOrder: true);
    }

    [Fact]
    public void What_falls_due_outside_the_days_that_were_asked_about_is_left_out()
    {
        PackTrial.Of(_story.Episode, Ring("2"), Ring("1").Pack, At("Wed 9 Sep 2026 00:00"), To).Deadlines.ShouldBe(0);
        Try(Ring("2000")).Item2.ShouldBe("Later", "It was due in those days, and would not have been.");
    }

    [Fact]
    public void A_closed_episode_would_have_owed_nothing_after_it_closed()
    {
        _story.Did("close", "duplicate-record", At("Tue 8 Sep 2026 10:30"));

        Try(Ring("2")).Item1.ShouldBe(0);
        Try(Ring("1")).ShouldBe((1, "OnlyThen", null, At("Tue 8 Sep 2026 10:20")));
    }

    [Fact]
    public void What_must_not_be_done_falls_due_under_neither() =>
        PackTrial.Of(Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), "do_not_contact_family").Episode,
            Story.RulesOf("northamptonshire"), Ring("1").Pack, From, To).Lines.ShouldNotContain(line => line.Step.ContactsFamily);

    private (int, string, DateTimeOffset?, DateTimeOffset?) Try(Ruleset changed)
    {
        var trial = Trial(changed);
        return trial.Lines.SingleOrDefault() is { } line ? (trial.Deadlines, line.Outcome.ToString(), line.Was, line.Would) : (trial.Deadlines, "", null, null);
    }

    private EpisodeTrial Trial(Ruleset changed) => PackTrial.Of(_story.Episode, Ring("2"), changed.Pack, From, To);

    private static Ruleset Ring(string hours, string? other = null, bool without = false)
    {
        var due = $"'starts':[{{'on':'opened','due':{{'hours':{hours}}}}}]";
        string[] steps = [.. without ? [] : new[] { SmallPack.Step(due) }, .. other is null ? [] : new[] { SmallPack.Step($"'id':'{other}'", due) }];
        return Story.RulesOf("northamptonshire") with { Pack = PackReader.Read("test", SmallPack.Of(steps)) };
    }
}
