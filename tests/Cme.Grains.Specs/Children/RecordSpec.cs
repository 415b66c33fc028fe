using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Grains.Specs.Hosts;
using Cme.Storage.Schools;
using Microsoft.Extensions.DependencyInjection;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Children;

/// <summary>The records of a child that its authority leads: one of each kind open at a time, linked with what led to it.</summary>
public abstract class RecordSpec : GrainSpec
{
    private const string Child = "child0000001";

    private IChildGrain Amina => Grain<IChildGrain>(Keys.Child(Child));

    private ISchools Schools => Host.Services.GetRequiredService<ISchools>();

    [Fact]
    public async Task A_record_is_opened_once_however_often_it_is_asked_for_and_each_kind_by_itself()
    {
        var first = await Open("cme");
        await Host.DeactivateAllAsync();
        var again = await Open("cme");
        var police = await Open("missing-person");

        (first.IsNew, again.IsNew, again.Reference).ShouldBe((true, false, first.Reference));
        police.Reference.ShouldNotBe(first.Reference);
        (await Rows("select kind, urn, owner, status, stage, pack from cme.episode order by kind"))
            .ShouldBe(["cme 999 999 open tracing cme-episode", "missing-person 999 999 open reported missing-person"]);
        (await History(first.Reference)).ShouldBe(["EpisodeOpened"]);
        (await Rows("select count(*) from cme.obligation where episode = $1 and org <> '999'", first.Reference)).ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_record_that_a_fault_kept_from_opening_is_the_one_that_opens_then()
    {
        await using (await Database.BreakingAsync("cme.grain_state", "new.state_name = 'episode'"))
        {
            await Should.ThrowAsync<Exception>(() => Open("cme"));
        }
        (await Rows("select count(*) from cme.episode")).ShouldBe(["0"]);

        (await Open("cme")).IsNew.ShouldBeTrue();
        (await Amina.Episodes()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_led_to_a_record_is_linked_with_it_both_ways_and_so_is_what_comes_later()
    {
        var absence = await AbsentFromSchool();
        var record = await Open("cme", absence);
        var police = await Open("missing-person");
        await Open("cme", police.Reference);

        (await Rows("select data -> 'subject' ->> 'linkedTo' from cme.event where episode = $1 and type = 'EpisodeOpened'", record.Reference)).ShouldBe([absence]);
        (await Linked(absence)).ShouldBe([record.Reference]);
        (await Linked(record.Reference)).ShouldBe([police.Reference]);
        (await Linked(police.Reference)).ShouldBe([record.Reference]);
    }

    [Fact]
    public async Task A_closed_record_gives_way_to_a_new_one_and_is_opened_again_only_while_none_of_its_kind_is()
    {
        var first = await Open("cme");
        (await Act(first.Reference, "close", "duplicate-record")).Outcome.RefusalCode.ShouldBeNull();
        var second = await Open("cme");
        second.IsNew.ShouldBeTrue();

        (await Amina.Reopen(Authority, first.Reference, Deed("reopen", null))).Outcome.RefusalCode.ShouldBe("another-open");
        await Act(second.Reference, "close", "duplicate-record");
        (await Amina.Reopen(Authority, first.Reference, Deed("reopen", null))).Outcome.RefusalCode.ShouldBeNull();
        (await Open("cme")).Reference.ShouldBe(first.Reference, "the one that is open again is the child's record");
        (await Rows("select count(*) from cme.episode where kind = 'cme' and status = 'open'")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_flag_reaches_the_child_s_records_and_a_record_opens_with_the_flags_in_force()
    {
        var first = await Open("cme");
        await Amina.PutFlags(new PutFlags
        {
            Authority = Authority, ChildId = Child, RecordedBy = "key", Flags = [new ChildFlag { Id = "cp_plan", Source = "Meeting", ReviewOn = On("Tue 1 Dec 2026") }],
        });
        var police = await Open("missing-person");

        (await Rows("select flags::text from cme.episode where reference in ($1, $2)", first.Reference, police.Reference)).ShouldBe(["{cp_plan}", "{cp_plan}"]);
    }

    [Fact]
    public async Task A_school_that_marks_the_child_present_is_told_of_to_the_record_and_closes_nothing()
    {
        await PublishCalendar(NewSchool);
        var riverside = Grain<ISchoolGrain>(Keys.School(Authority, NewSchool));
        var roll = await riverside.ChangeRoll(new RollChange { Full = true, Pupils = [new Pupil { SchoolPupilId = "r1", Forename = "Amina", Surname = "Testcase", DateOfBirth = On("Sun 2 Mar 2014"), Sex = "F", YearGroup = "7", EntryDate = On("Tue 8 Sep 2026") }] });
        roll.Children.ShouldHaveSingleItem();
        var child = roll.Children[0].ChildId;
        var record = (await Grain<IChildGrain>(Keys.Child(child)).OpenRecord(Asked("cme") with { ChildId = child })).Reference;

        await riverside.TakeRegister(new RegisterSubmission
        {
            Date = On("Tue 8 Sep 2026"), Session = "AM", AsOf = Clock.GetUtcNow(), Complete = true, Marks = [new MarkEntry { Pupil = "r1", Code = "/" }],
        });

        (await History(record)).ShouldContain("SeenElsewhere");
        (await Rows("select status, stage from cme.episode where reference = $1", record)).ShouldBe(["open to-confirm"]);
        (await Rows("select state from cme.obligation where episode = $1 and step = 'confirm-placed'", record)).ShouldBe(["open"]);
    }

    [Fact]
    public async Task The_authority_s_calendar_moves_the_deadlines_of_its_records_and_says_so()
    {
        var record = await Open("cme");
        (await Rows("select to_char(due_at at time zone 'Europe/London', 'Dy HH24:MI') from cme.obligation where episode = $1 and step = 'reason'", record.Reference)).ShouldBe(["Fri 17:00"]);
        await Schools.PublishAuthorityCalendarAsync(
            Authority, """{"officeStart":"09:00:00","officeEnd":"16:30:00","closedDays":["2026-09-11"]}""", 0, Clock.GetUtcNow());

        var moved = await Grain<IEpisodeGrain>(record.Reference).TakeCalendar(1);

        moved.Select(one => (one.Step, one.From, one.To)).ShouldContain(("reason", At("Fri 11 Sep 2026 17:00"), At("Mon 14 Sep 2026 16:30")));
        (await Grain<IEpisodeGrain>(record.Reference).TakeCalendar(1)).ShouldBeEmpty();
        (await History(record.Reference)).ShouldBe(["EpisodeOpened", "DeadlinesMoved"]);
    }

    [Fact]
    public async Task A_reminder_alone_makes_a_record_overdue_and_carries_it_to_the_lead()
    {
        var record = await Open("missing-person");
        await Host.MoveToAsync(At("Tue 8 Sep 2026 12:30"));

        (await Rows("select level, overdue_count > 0 from cme.episode where reference = $1", record.Reference)).ShouldBe(["4 True"]);
        (await Rows("select distinct type from cme.event where episode = $1 order by type", record.Reference)).ShouldBe(["BecameOverdue", "EpisodeOpened", "Escalated"]);
    }

    private Task<RecordAnswer> Open(string kind, string? linkedTo = null) => Amina.OpenRecord(Asked(kind) with { LinkedTo = linkedTo });

    private static OpenRecord Asked(string kind) =>
        new() { Authority = Authority, ChildId = Child, Kind = kind, Since = On("Mon 7 Sep 2026"), YearGroup = "7", RecordedBy = "officer" };

    private async Task<string> AbsentFromSchool()
    {
        await Amina.Signal(new AbsenceSignal
        {
            Sequence = 1, Authority = Authority, Urn = School, ChildId = Child, YearGroup = "7", KnownAt = Clock.GetUtcNow(), CalendarVersion = 1, Pack = "northamptonshire",
            Run = [new MissedSession { Date = On("Tue 8 Sep 2026"), Session = "AM", Code = "N", RegistrationCloses = At("Tue 8 Sep 2026 09:20"), KnownAt = Clock.GetUtcNow() }],
        });
        return (await Amina.Episodes())[0];
    }

    private Task<ActionAnswer> Act(string reference, string action, string? outcome) => Grain<IEpisodeGrain>(reference).Record(Deed(action, outcome));

    private RecordAction Deed(string action, string? outcome) => new()
    {
        Action = action, Outcome = outcome, At = Clock.GetUtcNow(), PerformerName = "Yusuf Adeyemi", PerformerRole = "tracking-officer", PerformerOrg = Authority, RecordedBy = "key",
    };

    private Task<System.Collections.Immutable.ImmutableArray<string>> Linked(string reference) =>
        Rows("select data -> 'other' ->> 'reference' from cme.event where episode = $1 and type = 'RecordLinked' order by version", reference);
}
