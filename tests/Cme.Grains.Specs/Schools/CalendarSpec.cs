using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using Cme.Grains.Specs.Episodes;
using Cme.Grains.Specs.Hosts;
using Cme.Storage.Schools;
using Cme.TestSupport.Terms;
using Microsoft.Extensions.DependencyInjection;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Schools;

/// <summary>A calendar that is published again reaches every open episode, also when something fails half-way; and a holiday its owner.</summary>
public abstract class CalendarSpec : GrainSpec
{
    private ISchoolGrain MeadowPark => Grain<ISchoolGrain>(Keys.School(Authority, School));

    private ISchools Schools => Host.Services.GetRequiredService<ISchools>();

    [Fact]
    public async Task A_day_that_is_closed_after_all_moves_the_deadlines_of_open_episodes_and_says_which()
    {
        var episode = await AminaMissing();
        var answer = await MeadowPark.PutCalendar(Autumn("Fri 11 Sep 2026"));

        answer.Outcome.RefusalCode.ShouldBeNull();
        answer.Moved.Select(one => one.Reference).Distinct().ShouldBe([episode]);
        answer.Moved.Single(one => one.Step == "visit").ShouldSatisfyAllConditions(
            visit => visit.From.ShouldBe(At("Mon 14 Sep 2026 15:30")), visit => visit.To.ShouldBe(At("Tue 15 Sep 2026 15:30")));
        (await Rows("select distinct calendar_version from cme.obligation where episode = $1 and state = 'open'", episode)).ShouldBe(["2"]);
        (await History(episode)).ShouldBe(["EpisodeOpened", "DeadlinesMoved"]);
        (await MeadowPark.PutCalendar(Autumn("Fri 11 Sep 2026"))).Moved.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_episode_that_could_not_be_told_is_told_when_the_school_is_asked_again()
    {
        var episode = await AminaMissing();
        await using (await Database.BreakingAsync("cme.grain_state", "new.state_name = 'episode'"))
        {
            (await MeadowPark.PutCalendar(Autumn("Fri 11 Sep 2026"))).Moved.ShouldBeEmpty();
        }
        (await Rows("select distinct calendar_version from cme.obligation where episode = $1 and state = 'open'", episode)).ShouldBe(["1"]);

        (await MeadowPark.TakeCalendars()).Moved.ShouldContain(one => one.Step == "visit");
        (await Rows("select distinct calendar_version from cme.obligation where episode = $1 and state = 'open'", episode)).ShouldBe(["2"]);
    }

    [Fact]
    public async Task The_authority_s_calendar_moves_what_counts_its_working_days()
    {
        var episode = await AminaMissing();
        await Host.MoveToAsync(At("Thu 10 Sep 2026 11:00"));
        await Grain<IEpisodeGrain>(episode).Record(new RecordAction
        {
            Action = "letter", Outcome = "sent", At = Clock.GetUtcNow(), PerformerName = "Priya Patel", PerformerRole = "attendance-officer",
            PerformerOrg = School, RecordedBy = "key",
        });
        await Schools.PublishAuthorityCalendarAsync(
            Authority, """{"officeStart":"09:00:00","officeEnd":"16:30:00","closedDays":["2026-09-14"]}""", 0, Clock.GetUtcNow());

        var moved = (await MeadowPark.TakeCalendars()).Moved;
        moved.Select(one => (one.Step, one.From, one.To)).ShouldContain(("letter-reply", At("Tue 15 Sep 2026 17:00"), At("Wed 16 Sep 2026 16:30")));
        (await MeadowPark.TakeCalendars()).Moved.ShouldBeEmpty();
        (await Rows("select distinct calendar_version from cme.obligation where episode = $1 and state = 'open'", episode)).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_bank_holiday_that_the_authority_s_list_adds_moves_school_days_and_working_days_alike()
    {
        var episode = await AminaMissing();
        await Host.MoveToAsync(At("Thu 10 Sep 2026 11:00"));
        await Grain<IEpisodeGrain>(episode).Record(new RecordAction
        {
            Action = "letter", Outcome = "sent", At = Clock.GetUtcNow(), PerformerName = "Priya Patel", PerformerRole = "attendance-officer",
            PerformerOrg = School, RecordedBy = "key",
        });
        await Schools.PublishAuthorityCalendarAsync(
            Authority,
            """{"officeStart":"08:30:00","officeEnd":"17:00:00","closedDays":[],"bankHolidays":[{"date":"2026-09-14","title":"State Funeral"}]}""",
            0, Clock.GetUtcNow());

        var moved = (await MeadowPark.TakeCalendars()).Moved;
        moved.Select(one => (one.Step, one.From, one.To)).ShouldContain(("letter-reply", At("Tue 15 Sep 2026 17:00"), At("Wed 16 Sep 2026 17:00")));
        moved.Select(one => (one.Step, one.From, one.To)).ShouldContain(("visit", At("Mon 14 Sep 2026 15:30"), At("Tue 15 Sep 2026 15:30")));
        (await Rows("select data -> 'moved' @> '[{\"step\":\"visit\"}]' from cme.event where episode = $1 and type = 'DeadlinesMoved'", episode)).ShouldBe(["True"]);
    }

    [Fact]
    public async Task At_the_end_of_term_reminders_alone_raise_the_review_and_hand_the_episode_over_and_back()
    {
        var episode = await AminaMissing();
        await Grain<IEpisodeGrain>(episode).Record(new RecordAction
        {
            Action = "sighting", Outcome = "seen", At = Clock.GetUtcNow(), PerformerName = "Priya Patel", PerformerRole = "dsl",
            PerformerOrg = School, RecordedBy = "key",
        });
        await Host.MoveToAsync(At("Fri 23 Oct 2026 16:00"));
        (await Rows("select owner from cme.episode where reference = $1", episode)).ShouldBe([Authority]);
        (await Rows("select cme.on_desk(status, flagged, 0, owner, authority) from cme.episode where reference = $1", episode)).ShouldBe(["True"]);
        (await Rows("select what.state from cme.obligation what where episode = $1 and step = 'holiday-review'", episode)).ShouldBe(["open"]);

        await Host.MoveToAsync(At("Mon 2 Nov 2026 09:00"));
        (await Rows("select owner from cme.episode where reference = $1", episode)).ShouldBe([School]);
        (await Rows(
            "select type, to_char(happened_at at time zone 'Europe/London', 'DD HH24:MI') from cme.event where episode = $1 and type like 'Handed%' order by version",
            episode)).ShouldBe(["HandedOver 23 15:30", "HandedBack 02 08:50"]);
    }

    private async Task<string> AminaMissing()
    {
        var child = Grain<IChildGrain>(Keys.Child(Signals.Amina));
        await child.Signal(Signals.Missing(1, Am("Tue 8 Sep 2026"), Clock.GetUtcNow()));
        return (await child.Episodes())[0];
    }

    private static SchoolYearCalendar Autumn(string closed) => new()
    {
        SchoolYear = Autumn2026.Document.SchoolYear,
        Terms = [.. Autumn2026.Document.Terms.Select(term => new TermDates(term.Start, term.End))],
        Inset = Autumn2026.Document.Inset,
        Closures = [new ClosureDay(On(closed), "Y4")],
        Am = new(Autumn2026.Document.Am.Start, Autumn2026.Document.Am.RegistrationCloses),
        Pm = new(Autumn2026.Document.Pm.Start, Autumn2026.Document.Pm.RegistrationCloses),
        DayEnds = Autumn2026.Document.DayEnds,
    };
}
