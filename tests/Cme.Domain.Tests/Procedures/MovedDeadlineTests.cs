using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.TestSupport.Terms;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>A calendar that is corrected afterwards moves a deadline; what was noticed of the old one says nothing of the new one.</summary>
public sealed class MovedDeadlineTests
{
    private static readonly DateTimeOffset Known = At("Tue 13 Oct 2026 13:25");
    private readonly Ruleset _before = Rules(1, []);
    private readonly Ruleset _after = Rules(2, [new(On("Wed 14 Oct 2026"), "Y4")]);

    [Fact]
    public void Given_a_step_had_climbed_When_a_closed_day_puts_its_deadline_off_Then_it_climbs_on_from_where_it_was()
    {
        // Known too late for Tuesday: its grace ran to Wednesday's end, and it climbed on Thursday and Friday morning.
        var episode = After(Episode.Initial, new Open(
            new Subject("episode-0000000001-0", "999", "900001", "child0000001", "4", []), new("northamptonshire", 1),
            new Absence(Pm("Tue 13 Oct 2026"), _before.School.RegistrationCloses(Pm("Tue 13 Oct 2026")), Known, Pm("Tue 13 Oct 2026"), "N", 1), 1), _before);
        episode = After(episode, new Look(At("Fri 16 Oct 2026 10:00")), _before);

        Owed(episode, "Fri 16 Oct 2026 14:33").Due.ActBy.ShouldBe(At("Thu 15 Oct 2026 15:30"), "Wednesday was no school day after all");
        Owed(episode, "Fri 16 Oct 2026 14:33").Level.ShouldBe(Levels.Head, "the head was told on Friday morning");
        Owed(episode, "Fri 16 Oct 2026 14:33").NextAt.ShouldBe(At("Tue 20 Oct 2026 09:00"), "on Monday nobody hears of it who has not heard");

        episode = After(episode, new Look(At("Mon 19 Oct 2026 09:00")), _after);
        Owed(episode, "Mon 19 Oct 2026 09:00").NextAt.ShouldBe(At("Tue 20 Oct 2026 09:00"), "what was looked at is not to be looked at again");
        episode = After(episode, new Look(At("Tue 20 Oct 2026 09:00")), _after);
        Owed(episode, "Tue 20 Oct 2026 09:00").Level.ShouldBe(Levels.DutyDesk);
    }

    [Fact]
    public void Given_a_closed_day_takes_the_second_days_call_away_Then_there_is_time_again_from_when_that_was_known()
    {
        var story = Stories.Story.Under(Rules(1, [])).Missing(Am("Tue 13 Oct 2026"), At("Tue 13 Oct 2026 08:55"))
            .Did("call", "no-answer", At("Tue 13 Oct 2026 09:40")).Did("call", "no-answer", At("Wed 14 Oct 2026 10:00"))
            .Taking(_after, 2, At("Fri 16 Oct 2026 11:00"));

        var call = story.Owed("second-day-call", At("Fri 16 Oct 2026 11:00"));
        (call.Due.DueAt, call.Due.ActBy, call.State).ShouldBe((At("Thu 15 Oct 2026 15:30"), At("Mon 19 Oct 2026 15:30"), ObligationState.Due));
        story.LookedAt(At("Fri 16 Oct 2026 12:00")).History.OfType<EpisodeEvent.BecameOverdue>().ShouldNotContain(late => late.Step == "second-day-call");
        story.LookedAt(At("Mon 19 Oct 2026 15:30")).History.OfType<EpisodeEvent.BecameOverdue>().ShouldContain(late => late.Step == "second-day-call");
    }

    private Obligation Owed(Episode episode, string at) =>
        Obligations.Of((Episode.Underway)episode, _after, At(at)).Single(one => one.Step.Id == "contact-parent");

    private static Episode After(Episode episode, EpisodeCommand command, Ruleset rules) =>
        ((Decision.Accepted)Decider.Decide(command, episode, rules)).Events
            .Aggregate(episode, (now, happened) => Decider.Evolve(now, happened));

    private static Ruleset Rules(int version, Cme.Domain.Calendars.Closure[] closures) => Stories.Story.RulesOf("northamptonshire") with
    {
        School = Autumn2026.CalendarOf(Autumn2026.Document with { Closures = [.. closures] }, version),
    };
}
