using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Grains.Specs.Hosts;
using static Cme.Grains.Specs.Episodes.Signals;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Episodes;

/// <summary>Amina is missing on Tuesday morning: from the register's signal to an episode that is stored, climbs, closes and opens again.</summary>
public abstract class EpisodeSpec : GrainSpec
{
    private const string Stamps =
        """
        select type, data ->> 'level', to_char(happened_at at time zone 'Europe/London', 'HH24:MI') from cme.event
         where episode = $1 and data ->> 'step' = $2 order by version
        """;

    private IChildGrain Child => Grain<IChildGrain>(Keys.Child(Amina));

    private DateTimeOffset Now => Clock.GetUtcNow();

    [Fact]
    public async Task N_opens_one_episode_with_its_event_its_obligations_and_one_row_to_be_numbered()
    {
        var episode = await AminaMissing();

        (await History(episode)).ShouldBe(["EpisodeOpened"]);
        (await Rows("select step from cme.obligation where episode = $1 and state = 'open' order by step", episode))
            .ShouldBe(["assess-safeguarding", "contact-parent", "first-call", "letter", "phone-home", "replace-code-n", "report-missing",
                "risk-assessment", "second-day-call", "visit", "visit-risk-assessment"]);
        (await Rows("select episode, version from cme.unpublished")).ShouldBe([$"{episode} 1"]);
        (await Rows("select status, urn, child_id, last_code from cme.episode where reference = $1", episode)).ShouldBe([$"open {School} {Amina} N"]);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        var episode = await AminaMissing();
        await Called("no-answer", "Tue 8 Sep 2026 09:40");
        await Restart();

        (await Child.Episodes()).ShouldBe([episode]);
        (await Grain<IEpisodeGrain>(episode).Standing()).Status.ShouldBe("open");
        (await Owed(episode, "risk-assessment")).DueAt.ShouldBe(At("Tue 8 Sep 2026 11:40"));
    }

    [Fact]
    public async Task A_call_that_nobody_answered_makes_a_risk_assessment_due_two_hours_later()
    {
        var episode = await AminaMissing();
        var answer = await Called("no-answer", "Tue 8 Sep 2026 09:40");

        answer.Outcome.RefusalCode.ShouldBeNull();
        answer.Obligations.ShouldContain(owed => owed.Step == "risk-assessment" && owed.DueAt == At("Tue 8 Sep 2026 11:40"));
        (await Owed(episode, "risk-assessment")).Clause.ShouldBe("NOR-06");
        (await History(episode)).ShouldBe(["EpisodeOpened", "ActionRecorded"]);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_refused_with_what_can_and_stores_nothing()
    {
        var episode = await AminaMissing();
        var answer = await Called("told-off", "Tue 8 Sep 2026 09:40");

        answer.Outcome.RefusalCode.ShouldBe("outcome-not-allowed");
        answer.Outcome.Allowed.ShouldNotBeEmpty();
        (await History(episode)).ShouldBe(["EpisodeOpened"]);
    }

    [Fact]
    public async Task Nothing_done_becomes_overdue_and_climbs_to_the_lead_by_reminders_alone()
    {
        var episode = await AminaMissing();
        await Called("no-answer", "Tue 8 Sep 2026 09:40");
        await Host.MoveToAsync(At("Tue 8 Sep 2026 13:45"));

        (await Rows(Stamps, episode, "risk-assessment")).ShouldBe(["BecameOverdue 1 11:40", "Escalated 2 12:10", "Escalated 3 12:40", "Escalated 4 13:40"]);
        (await Rows("select level, overdue_count from cme.episode where reference = $1", episode)).ShouldBe(["4 1"]);
    }

    [Fact]
    public async Task A_reminder_set_before_a_restart_is_received_after_it()
    {
        var episode = await AminaMissing();
        await Restart();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:55"));

        (await Rows(Stamps, episode, "first-call")).ShouldBe(["BecameOverdue 1 09:50"]);
    }

    [Fact]
    public async Task What_fell_due_while_everything_was_down_is_noticed_within_minutes_of_the_start()
    {
        var episode = await AminaMissing();
        await Host.StopAsync();
        Clock.MoveTo(At("Tue 8 Sep 2026 10:25"));
        await Host.StartAsync();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 10:28"));

        (await Rows(Stamps, episode, "first-call")).ShouldBe(["BecameOverdue 1 09:50", "Escalated 2 10:20"]);
    }

    [Fact]
    public async Task A_closed_episode_keeps_no_reminder()
    {
        await AminaMissing();
        (await Rows("select grain_id from cme.reminder")).ShouldHaveSingleItem();
        await Child.Signal(Explained(2, Am("Tue 8 Sep 2026"), "I", Now));

        (await Rows("select grain_id from cme.reminder")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_correction_to_I_closes_and_corrected_back_the_same_episode_is_open_again()
    {
        var episode = await AminaMissing();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:30"));
        await Child.Signal(Explained(2, Am("Tue 8 Sep 2026"), "I", Now));
        (await Rows("select status, closure from cme.episode where reference = $1", episode)).ShouldBe(["closed explained-absence"]);
        (await Rows("select count(*) from cme.obligation where episode = $1 and state = 'open'", episode)).ShouldBe(["0"]);

        await Host.DeactivateAllAsync();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:40"));
        await Child.Signal(Missing(3, Am("Tue 8 Sep 2026"), Now));

        (await Child.Episodes()).ShouldBe([episode]);
        (await History(episode)).ShouldBe(["EpisodeOpened", "EpisodeClosed", "EpisodeReopened"]);
        (await Rows("select status from cme.episode where reference = $1", episode)).ShouldBe(["open"]);
    }

    [Fact]
    public async Task Signals_delivered_twice_change_nothing()
    {
        var episode = await AminaMissing();
        await Child.Signal(Missing(1, Am("Tue 8 Sep 2026"), Now));
        await Child.Signal(Explained(2, Am("Tue 8 Sep 2026"), "I", Now));
        await Host.DeactivateAllAsync();
        await Child.Signal(Explained(2, Am("Tue 8 Sep 2026"), "I", Now));
        await Child.Signal(Missing(1, Am("Tue 8 Sep 2026"), Now));

        (await Child.Episodes()).ShouldBe([episode]);
        (await History(episode)).ShouldBe(["EpisodeOpened", "EpisodeClosed"]);
        (await Rows("select count(*) from cme.unpublished")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_fault_between_the_child_and_its_episode_opens_one_episode_when_the_signal_comes_again()
    {
        // The school has published no calendar: the child stores the reference, and opening the episode fails.
        var signal = Missing(1, Am("Tue 8 Sep 2026"), Now, NewSchool);
        await Should.ThrowAsync<InvalidOperationException>(() => Child.Signal(signal));
        var reference = (await Child.Episodes()).ShouldHaveSingleItem();
        (await History(reference)).ShouldBeEmpty();

        await Host.DeactivateAllAsync();
        await PublishCalendar(NewSchool);
        await Child.Signal(signal);

        (await Child.Episodes()).ShouldBe([reference]);
        (await History(reference)).ShouldBe(["EpisodeOpened"]);
        (await Rows("select count(*) from cme.episode")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task What_is_overdue_as_soon_as_it_is_owed_is_noticed_with_the_act_that_made_it_so()
    {
        var episode = await AminaMissing();
        await Called("no-answer", "Tue 8 Sep 2026 09:40");
        await Did("risk-assessment", "risk-of-harm", "Tue 8 Sep 2026 09:45");

        (await Rows(Stamps, episode, "refer-police-or-social-care")).ShouldBe(["BecameOverdue 1 09:45", "Escalated 3 09:45"]);
        (await Rows("select level, overdue_count from cme.episode where reference = $1", episode)).ShouldBe(["3 1"]);
    }

    [Fact]
    public async Task A_signal_that_comes_late_finds_its_episode_as_late_as_it_is()
    {
        var signal = Missing(1, Am("Tue 8 Sep 2026"), Now);
        Clock.MoveTo(At("Tue 8 Sep 2026 10:25"));
        await Child.Signal(signal);

        (await Rows(Stamps, (await Child.Episodes())[0], "first-call")).ShouldBe(["BecameOverdue 1 09:50", "Escalated 2 10:20"]);
    }

    [Fact]
    public async Task A_code_from_somebody_unknown_does_not_close_an_episode_that_is_linked_to_an_earlier_one()
    {
        await AminaMissing();
        await Called("parent-child-safe", "Tue 8 Sep 2026 09:40");
        await Host.MoveToAsync(At("Tue 8 Sep 2026 13:05"));
        var morning = Missing(2, Am("Tue 8 Sep 2026"), Now);
        await Child.Signal(morning with { Run = [.. morning.Run, .. Missing(2, Pm("Tue 8 Sep 2026"), Now).Run] });
        var linked = (await Child.Episodes())[0];

        await Child.Signal(morning with
        {
            Sequence = 3, Explained = Explained(3, Pm("Tue 8 Sep 2026"), "I", Now).Explained! with { ReportedBy = "unknown" },
        });

        (await Rows("select status, stage from cme.episode where reference = $1", linked)).ShouldBe(["open to-confirm"]);
    }

    [Fact]
    public async Task What_a_call_would_come_to_can_be_asked_and_nothing_is_recorded()
    {
        var episode = await AminaMissing();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:40"));
        var asked = await Grain<IEpisodeGrain>(episode).Preview(Act("call", "no-answer", "Tue 8 Sep 2026 09:40"));

        asked.Outcome.RefusalCode.ShouldBeNull();
        asked.Closure.ShouldBeNull();
        asked.Before.ShouldContain(owed => owed.Step == "first-call");
        asked.After.ShouldNotContain(owed => owed.Step == "first-call");
        asked.After.ShouldContain(owed => owed.Step == "risk-assessment" && owed.DueAt == At("Tue 8 Sep 2026 11:40"));
        (await History(episode)).ShouldBe(["EpisodeOpened"]);

        var answer = await Called("no-answer", "Tue 8 Sep 2026 09:40");
        answer.Obligations.Select(owed => (owed.Id, owed.DueAt, owed.ActBy)).ShouldBe(asked.After.Select(owed => (owed.Id, owed.DueAt, owed.ActBy)));
    }

    [Fact]
    public async Task What_would_close_the_episode_says_so_before_and_what_would_be_refused_says_why()
    {
        var episode = Grain<IEpisodeGrain>(await AminaMissing());
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:40"));

        var safe = await episode.Preview(Act("call", "parent-child-safe", "Tue 8 Sep 2026 09:40"));
        (safe.Closure, safe.After.Length).ShouldBe(("explained-absence", 0));
        (await episode.Preview(Act("call", "told-off", "Tue 8 Sep 2026 09:40"))).Outcome.RefusalCode.ShouldBe("outcome-not-allowed");
        (await Grain<IEpisodeGrain>("episode-0000000000-0").Preview(Act("call", "no-answer", "Tue 8 Sep 2026 09:40"))).Outcome.RefusalCode.ShouldBe("not-open");
    }

    private async Task<string> AminaMissing()
    {
        await Child.Signal(Missing(1, Am("Tue 8 Sep 2026"), Now));
        return (await Child.Episodes()).ShouldHaveSingleItem();
    }

    /// <summary>Somebody calls Amina's home at an instant, and records it then.</summary>
    private Task<ActionAnswer> Called(string outcome, string at) => Did("call", outcome, at);

    private async Task<ActionAnswer> Did(string action, string outcome, string at)
    {
        await Host.MoveToAsync(At(at));
        return await Grain<IEpisodeGrain>((await Child.Episodes())[0]).Record(Act(action, outcome, at));
    }

    private static RecordAction Act(string action, string outcome, string at) => new()
    {
        Action = action,
        Outcome = outcome,
        At = At(at),
        PerformerName = "Priya Patel",
        PerformerRole = "attendance-officer",
        PerformerOrg = School,
        RecordedBy = "key",
    };

    private async Task<ObligationView> Owed(string episode, string step) =>
        (await Grain<IEpisodeGrain>(episode).Obligations(null)).Where(owed => owed.Step == step && owed.State is ("due" or "pending" or "overdue"))
            .ShouldHaveSingleItem();
}
