using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using Cme.Grains.Specs.Hosts;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Schools;

/// <summary>From the register that a school sends to its children's episodes. Registration of the morning closes at 09:20.</summary>
public abstract partial class RegisterSpec : GrainSpec
{
    private static readonly ImmutableArray<string> Everyone = ["amina", "ben", "chidi"];

    /// <summary>The calendar of <see cref="Autumn2026"/>, as the authority sends it.</summary>
    private static SchoolYearCalendar Autumn { get; } = new()
    {
        SchoolYear = Autumn2026.Document.SchoolYear,
        Terms = [.. Autumn2026.Document.Terms.Select(term => new TermDates(term.Start, term.End))],
        Inset = Autumn2026.Document.Inset,
        Am = new(Autumn2026.Document.Am.Start, Autumn2026.Document.Am.RegistrationCloses),
        Pm = new(Autumn2026.Document.Pm.Start, Autumn2026.Document.Pm.RegistrationCloses),
        DayEnds = Autumn2026.Document.DayEnds,
    };

    private ISchoolGrain MeadowPark => Grain<ISchoolGrain>(Keys.School(Authority, School));

    [Fact]
    public async Task N_in_a_register_opens_an_episode_for_that_child_alone()
    {
        var children = await Enrol();
        var answer = await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));

        (answer.Outcome.RefusalCode, answer.Revision, answer.Accepted, answer.Rejected).ShouldBe((null, 1, 3, 0));
        (await Rows("select child_id, status, last_code from cme.episode")).ShouldBe([$"{children["amina"]} open N"]);
        (await Rows("select count(*) from cme.signal where delivered_at is null")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_register_sent_twice_changes_nothing_the_second_time()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        await Host.DeactivateAllAsync();
        var again = await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));

        (again.Revision, again.Accepted, again.Unchanged).ShouldBe((1, 0, 3));
        (await Rows("select type from cme.event")).ShouldBe(["EpisodeOpened"]);
        (await Rows("select count(*) from cme.signal")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_calendar_that_was_stored_while_nobody_was_told_is_told_when_it_is_sent_again()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "N"));
        var closed = Autumn with { Closures = [new ClosureDay(On("Tue 8 Sep 2026"), "Y4")] };
        await using (await Database.BreakingAsync("cme.signal", "true"))
        {
            await Should.ThrowAsync<Exception>(() => MeadowPark.PutCalendar(closed));
        }
        (await Rows("select count(*) from cme.school_calendar")).ShouldBe(["2"]);

        (await MeadowPark.PutCalendar(closed)).Outcome.RefusalCode.ShouldBeNull();

        (await Rows("select status, closure from cme.episode")).ShouldBe(["closed register-corrected", "closed register-corrected"]);
    }

    [Fact]
    public async Task N_sent_while_the_register_is_open_becomes_an_episode_when_registration_closes()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:00", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:23"));

        (await Rows("select status, last_code from cme.episode")).ShouldBe(["open N"]);
    }

    [Fact]
    public async Task A_child_left_blank_is_missing_once_registration_has_closed_though_the_school_s_grain_slept()
    {
        var children = await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:00", ("ben", "/"), ("chidi", "/"));
        (await Rows("select reference from cme.episode")).ShouldBeEmpty();

        await Restart();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:23"));

        (await Rows("select child_id, status from cme.episode")).ShouldBe([$"{children["amina"]} open"]);
    }

    [Fact]
    public async Task A_register_that_comes_late_gives_half_an_hour_before_the_first_call_is_overdue()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 11:00", ("amina", "N"), ("ben", "/"), ("chidi", "/"));

        (await Rows(
            """
            select to_char(due_at at time zone 'Europe/London', 'HH24:MI'), to_char(act_by at time zone 'Europe/London', 'HH24:MI')
              from cme.obligation where step = 'first-call'
            """)).ShouldBe(["09:50 11:30"]);
    }

    [Fact]
    public async Task Present_in_the_afternoon_closes_the_episode_as_returned()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        await Register("PM", "Tue 8 Sep 2026 13:05", ("amina", "\\"), ("ben", "\\"), ("chidi", "\\"));

        (await Rows("select status, closure from cme.episode")).ShouldBe(["closed returned-same-school"]);
    }

    [Fact]
    public async Task A_signal_that_could_not_be_delivered_stays_owed_and_is_delivered_later()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        await Host.MoveToAsync(At("Tue 8 Sep 2026 13:05"));
        await using (await Database.BreakingAsync("cme.grain_state", "new.state_name = 'episode'"))
        {
            var answer = await Register("PM", "Tue 8 Sep 2026 13:05", ("amina", "\\"), ("ben", "\\"), ("chidi", "\\"));

            answer.Outcome.RefusalCode.ShouldBeNull();
            (await Rows("select count(*) from cme.signal where delivered_at is null")).ShouldBe(["1"]);
        }

        await MeadowPark.DeliverSignals();
        (await Rows("select count(*) from cme.signal where delivered_at is null")).ShouldBe(["0"]);
        (await Rows("select status from cme.episode")).ShouldBe(["closed"]);
    }

    [Fact]
    public async Task A_correction_does_not_overtake_a_signal_that_could_not_be_delivered()
    {
        await Enrol();
        await using (await Database.BreakingAsync("cme.grain_state", "new.state_name = 'child'"))
        {
            await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
            (await Rows("select count(*) from cme.signal where delivered_at is null")).ShouldBe(["1"]);
        }
        await Register("AM", "Tue 8 Sep 2026 09:30", ("amina", "/"), ("ben", "/"), ("chidi", "/"));
        await MeadowPark.DeliverSignals();

        (await Rows("select status from cme.episode")).ShouldBe(["closed"]);
        (await Rows("select count(*) from cme.signal where delivered_at is null")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_signal_that_was_delivered_and_could_not_be_noted_as_such_is_noted_later()
    {
        await Enrol();
        await using (await Database.BreakingAsync("cme.signal", "new.delivered_at is not null"))
        {
            await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        }
        await MeadowPark.DeliverSignals();

        (await Rows("select count(*) from cme.signal where delivered_at is null")).ShouldBe(["0"]);
        (await Rows("select type from cme.event")).ShouldBe(["EpisodeOpened"]);
    }

    [Fact]
    public async Task A_register_whose_reminder_cannot_be_set_is_not_taken_and_sent_again_it_is()
    {
        await Enrol();
        await using (await Database.BreakingAsync("cme.reminder", "true"))
        {
            await Should.ThrowAsync<Exception>(() => Register("AM", "Tue 8 Sep 2026 09:00", ("ben", "/"), ("chidi", "/")));
        }
        await Register("AM", "Tue 8 Sep 2026 09:00", ("ben", "/"), ("chidi", "/"));
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:23"));

        (await Rows("select status from cme.episode")).ShouldBe(["open"]);
    }

    [Fact]
    public async Task Nobody_s_sleep_at_the_close_of_registration_puts_off_what_is_due()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:00", ("ben", "/"), ("chidi", "/"));
        await Host.StopAsync();
        Clock.MoveTo(At("Tue 8 Sep 2026 10:25"));
        await Host.StartAsync();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 10:28"));

        (await Rows(
            """
            select type, to_char(happened_at at time zone 'Europe/London', 'HH24:MI') from cme.event
             where type = 'EpisodeOpened' or data ->> 'step' = 'first-call' order by version
            """)).ShouldBe(["EpisodeOpened 09:20", "BecameOverdue 09:50", "Escalated 10:20"]);
    }

    [Fact]
    public async Task The_reminder_of_the_close_of_registration_ends_with_it()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:00", ("ben", "/"), ("chidi", "/"));
        await MeadowPark.ChangeRoll(new RollChange { Pupils = [PupilOf("amina", 0) with { LeavingDate = On("Mon 7 Sep 2026") }] });
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:25"));

        (await Rows("select reference from cme.episode")).ShouldBeEmpty();
        (await Rows("select name from cme.reminder")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_no_longer_has_a_missing_child_closes_nothing_and_the_school_owes_where_the_child_went()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("ben", "/"), ("chidi", "/"));
        var answer = await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [PupilOf("ben", 1), PupilOf("chidi", 2)] });
        await Register("PM", "Tue 8 Sep 2026 13:20", ("ben", "\\"), ("chidi", "\\"));

        answer.NotOnList.ShouldBe(1);
        (await Rows("select status, last_code from cme.episode")).ShouldBe(["open "]);
        (await NotOnList()).ShouldBe(["open 2026-09-09 15:30"]);
    }

    [Theory]
    [InlineData("back on the list", "superseded")]
    [InlineData("ground and destination", "satisfied")]
    public async Task Who_is_not_on_the_list_is_settled_by_the_list_or_by_ground_and_destination_and_the_case_stays(string how, string state)
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("ben", "/"), ("chidi", "/"));
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [PupilOf("ben", 1), PupilOf("chidi", 2)] });
        await Host.MoveToAsync(At("Thu 10 Sep 2026 16:00"));
        (await NotOnList()).ShouldBe(["open 2026-09-09 15:30"], "and it is overdue");

        await Restart();
        var pupil = PupilOf("amina", 0);
        await MeadowPark.ChangeRoll(new RollChange
        {
            Pupils = [how == "back on the list" ? pupil : pupil with { LeavingDate = On("Fri 4 Sep 2026"), Ground = "a", Destination = "Riverside" }],
        });

        (await NotOnList()).ShouldBe([$"{state} 2026-09-09 15:30"]);
        (await Rows("select status from cme.episode")).ShouldBe(["open"], "a leaving date before the first day missing closes no case either");
        (await Rows("select data ->> 'backOnRoll' from cme.event where type = 'PlaceSettled'")).ShouldBe([how == "back on the list" ? "true" : "false"]);
    }

    [Fact]
    public async Task A_leaving_date_without_a_ground_is_owed_from_the_day_after()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("ben", "/"), ("chidi", "/"));
        await MeadowPark.ChangeRoll(new RollChange { Pupils = [PupilOf("amina", 0) with { LeavingDate = On("Fri 11 Sep 2026"), Ground = "a" }] });

        (await NotOnList()).ShouldBe(["open 2026-09-14 15:30"], "Saturday is day 0");
    }

    [Fact]
    public async Task News_of_the_list_that_was_lost_with_the_process_is_told_when_the_school_s_grain_wakes()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("ben", "/"), ("chidi", "/"));
        await using (await Database.BreakingAsync("cme.signal", "new.payload -> 'ofPlaceOnly' = 'true'::jsonb"))
        {
            await Should.ThrowAsync<Exception>(() => MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [PupilOf("ben", 1), PupilOf("chidi", 2)] }));
        }
        (await Rows("select on_list from cme.pupil where school_pupil_id = 'amina'")).ShouldBe(["False"]);
        await Host.DeactivateAllAsync();
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [PupilOf("ben", 1), PupilOf("chidi", 2)] });

        (await NotOnList()).ShouldBe(["open 2026-09-09 15:30"]);
    }

    [Fact]
    public async Task A_child_with_another_pupil_record_on_the_list_is_on_it()
    {
        var amina = PupilOf("amina", 0) with { Upn = "A123456789012" };
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina, PupilOf("ben", 1)] });
        await Register("AM", "Tue 8 Sep 2026 09:25", ("ben", "/"));
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina with { SchoolPupilId = "a2" }, PupilOf("ben", 1)] });

        (await Rows("select count(distinct child_id) from cme.pupil where upn is not null")).ShouldBe(["1"]);
        (await NotOnList()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_episode_that_opens_for_a_pupil_who_is_not_on_the_list_owes_where_the_child_went_from_the_start()
    {
        await Enrol();
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [PupilOf("ben", 1), PupilOf("chidi", 2)] });
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));

        (await NotOnList()).ShouldBe(["open 2026-09-09 15:30"]);
    }

    [Theory]
    [InlineData(250, 5, null, null)]
    [InlineData(250, 6, null, "roll-shrunk")]
    [InlineData(250, 6, 5, "roll-shrunk")]
    [InlineData(250, 6, 7, "roll-shrunk")]
    [InlineData(250, 6, 6, null)]
    [InlineData(350, 7, null, null)]
    [InlineData(350, 8, null, "roll-shrunk")]
    [InlineData(5, 5, null, null)]
    public async Task A_list_may_lose_the_larger_of_five_and_two_per_cent_and_more_only_by_the_exact_number(int pupils, int lost, int? confirmed, string? refused)
    {
        ImmutableArray<Pupil> everybody = [.. Enumerable.Range(1, pupils).Select(n => PupilOf($"p{n}", n % 27))];
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = everybody });

        var answer = await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = everybody[lost..], ConfirmMissing = confirmed });

        (answer.Outcome.RefusalCode, answer.NotOnList).ShouldBe((refused, refused is null ? lost : 0));
        (await Rows("select count(*) from cme.pupil where not on_list")).ShouldBe([$"{(refused is null ? lost : 0)}"]);
    }

    private Task<ImmutableArray<string>> NotOnList() => Rows(
        "select state, to_char(due_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') from cme.obligation where step = 'not-on-list'");

    [Fact]
    public async Task A_day_that_is_closed_afterwards_closes_the_case_that_began_and_ended_on_it_as_corrected()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        await CloseTuesday();

        (await Rows("select status, closure from cme.episode")).ShouldBe(["closed register-corrected"]);
    }

    [Fact]
    public async Task A_day_that_is_closed_afterwards_moves_the_first_day_missing_to_the_next_and_an_opened_one_moves_it_back()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        await Wednesday(("amina", "N"));
        await CloseTuesday();
        (await Rows("select status, first_day_missing::text from cme.episode")).ShouldBe(["open 2026-09-09"]);

        (await MeadowPark.PutCalendar(Autumn)).Outcome.RefusalCode.ShouldBeNull();
        (await Rows("select status, first_day_missing::text from cme.episode")).ShouldBe(["open 2026-09-08"]);
    }

    [Fact]
    public async Task A_correction_days_later_moves_the_first_day_missing_in_either_direction_in_the_same_case()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "/"), ("ben", "/"), ("chidi", "/"));
        await Wednesday(("amina", "N"));
        await Host.MoveToAsync(At("Mon 14 Sep 2026 10:00"));
        (await Correct("N", "Mon 14 Sep 2026 10:00")).ShouldBe("open 2026-09-08");

        await Host.DeactivateAllAsync();
        (await Correct("I", "Mon 14 Sep 2026 11:00")).ShouldBe("open 2026-09-09");
    }

    private async Task CloseTuesday() =>
        (await MeadowPark.PutCalendar(Autumn with { Closures = [new ClosureDay(On("Tue 8 Sep 2026"), "Y4")] })).Outcome.RefusalCode.ShouldBeNull();

    private async Task Wednesday(params (string Pupil, string Code)[] marks)
    {
        await Host.MoveToAsync(At("Wed 9 Sep 2026 09:25"));
        await MeadowPark.TakeRegister(new RegisterSubmission
        {
            Date = On("Wed 9 Sep 2026"), Session = "AM", AsOf = At("Wed 9 Sep 2026 09:25"),
            Marks = [.. marks.Select(mark => new MarkEntry { Pupil = mark.Pupil, Code = mark.Code })],
        });
    }

    /// <summary>Corrects Amina's mark of Tuesday morning, and says how her one case then stands.</summary>
    private async Task<string> Correct(string code, string at)
    {
        var answer = await MeadowPark.TakeRegister(new RegisterSubmission
        {
            Date = On("Tue 8 Sep 2026"), Session = "AM", AsOf = At(at), Correction = true, Marks = [new MarkEntry { Pupil = "amina", Code = code }],
        });
        answer.Outcome.RefusalCode.ShouldBeNull();
        return (await Rows("select status, first_day_missing::text from cme.episode")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_child_who_changes_school_in_mid_case_is_the_same_child_and_the_old_school_s_case_stays()
    {
        var amina = PupilOf("amina", 0) with { Upn = "A123456789012" };
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina, PupilOf("ben", 1)] });
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"));
        await AtRiverside(amina with { SchoolPupilId = "r7", EntryDate = On("Tue 8 Sep 2026") }, "\\");

        (await Rows("select count(distinct child_id) from cme.pupil where upn is not null")).ShouldBe(["1"]);
        (await Rows("select urn, status from cme.episode")).ShouldBe([$"{School} open"], "being seen elsewhere is for a person to weigh");
    }

    [Fact]
    public async Task A_dual_registered_child_who_is_expected_elsewhere_is_missing_only_where_nobody_says_so()
    {
        var amina = PupilOf("amina", 0) with { Upn = "A123456789012" };
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina, PupilOf("ben", 1)] });
        await Register("PM", "Tue 8 Sep 2026 13:20", ("amina", "D"), ("ben", "\\"));
        (await Rows("select reference from cme.episode")).ShouldBeEmpty();

        await AtRiverside(amina with { SchoolPupilId = "r7" }, "N");
        (await Rows("select urn, status from cme.episode")).ShouldBe([$"{NewSchool} open"]);
    }

    /// <summary>Puts a pupil on Riverside's roll and sends its register of Tuesday afternoon with that mark.</summary>
    private async Task AtRiverside(Pupil pupil, string code)
    {
        await PublishCalendar(NewSchool);
        await Host.MoveToAsync(At("Tue 8 Sep 2026 13:25"));
        var riverside = Grain<ISchoolGrain>(Keys.School(Authority, NewSchool));
        (await riverside.ChangeRoll(new RollChange { Full = true, Pupils = [pupil] })).Outcome.RefusalCode.ShouldBeNull();
        (await riverside.TakeRegister(new RegisterSubmission
        {
            Date = On("Tue 8 Sep 2026"), Session = "PM", AsOf = Clock.GetUtcNow(), Complete = true,
            Marks = [new MarkEntry { Pupil = pupil.SchoolPupilId, Code = code }],
        })).Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task A_calendar_published_anew_moves_the_deadlines_of_open_episodes()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        (await MeadowPark.PutCalendar(Autumn with { DayEnds = new TimeOnly(15, 0) })).Outcome.RefusalCode.ShouldBeNull();

        (await Rows(
            """
            select to_char(due_at at time zone 'Europe/London', 'HH24:MI'), calendar_version
              from cme.obligation where step = 'contact-parent' and state = 'open'
            """)).ShouldBe(["15:00 2"]);
    }

    [Fact]
    public async Task A_register_that_looks_wrong_opens_no_episode_until_its_hold_ends_and_the_hold_moves_no_deadline()
    {
        await EnrolAYear(flagged: "p3");
        await Register("AM", "Tue 8 Sep 2026 09:25", Year(missing: 6));
        (await Rows("select flagged from cme.episode")).ShouldBe(["True"], "a flagged child is not held");

        await Restart();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:39"));
        (await Rows("select count(*) from cme.episode")).ShouldBe(["1"]);

        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:43"));
        (await Rows(
            """
            select first_day_missing::text, to_char(due_at at time zone 'Europe/London', 'HH24:MI'), to_char(act_by at time zone 'Europe/London', 'HH24:MI'), count(*)
              from cme.episode join cme.obligation on episode = reference and step = 'first-call' where not flagged group by 1, 2, 3
            """)).ShouldBe(["2026-09-08 09:50 10:10 5"], "whom nobody believed missing until 09:40 can be called by 10:10");
        (await Rows("select to_char(known_at at time zone 'Europe/London', 'HH24:MI'), count(*) from cme.event where type = 'EpisodeOpened' group by 1 order by 1"))
            .ShouldBe(["09:25 1", "09:40 5"]);
    }

    [Fact]
    public async Task A_register_that_looks_wrong_and_is_corrected_within_its_hold_opens_no_episode()
    {
        await EnrolAYear();
        await Register("AM", "Tue 8 Sep 2026 09:25", Year(missing: 20));
        await Register("AM", "Tue 8 Sep 2026 09:32", Year(missing: 0));
        await Host.MoveToAsync(At("Tue 8 Sep 2026 10:30"));

        (await Rows("select reference from cme.episode")).ShouldBeEmpty();
        (await Rows("select sequence from cme.signal")).ShouldBeEmpty();
        (await Rows("select name from cme.reminder")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_hold_of_a_register_ends_on_time_however_long_nobody_was_awake()
    {
        await EnrolAYear();
        await Register("AM", "Tue 8 Sep 2026 09:25", Year(missing: 6));
        await Host.StopAsync();
        Clock.MoveTo(At("Tue 8 Sep 2026 11:00"));
        await Host.StartAsync();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 11:03"));

        (await Rows("select to_char(known_at at time zone 'Europe/London', 'HH24:MI'), count(*) from cme.event where type = 'EpisodeOpened' group by 1"))
            .ShouldBe(["09:40 6"]);
    }

    /// <summary>Puts twenty pupils of year 4 on the roll, p1 to p20.</summary>
    private async Task EnrolAYear(string? flagged = null)
    {
        var pupils = Enumerable.Range(1, 20).Select(n => PupilOf($"p{n}", n) with { Flags = $"p{n}" == flagged ? ["cp_plan"] : [] });
        (await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [.. pupils] })).Rejected.ShouldBe(0);
    }

    private static (string Pupil, string Code)[] Year(int missing) =>
        [.. Enumerable.Range(1, 20).Select(n => ($"p{n}", n <= missing ? "N" : "/"))];

    [Fact]
    public async Task Ten_days_of_irregular_attendance_reach_the_episode_and_a_correction_takes_them_back()
    {
        await Enrol();
        var day = On("Tue 8 Sep 2026");
        for (var n = 0; n < 10; n++, day = Autumn2026.Calendar.NextSchoolDay(day))
        {
            await Mark(day, "AM", "N", new TimeOnly(9, 25));
            await Mark(day, "PM", "N", new TimeOnly(13, 20));
        }
        (await Rows(Reached)).ShouldBe(["irregularDays 10 2026-09-21"]);

        await Mark(On("Tue 8 Sep 2026"), "AM", "/", new TimeOnly(15, 0), London.DateOf(Clock.GetUtcNow()));
        (await Rows(Reached)).ShouldBe(["irregularDays 10 2026-09-21"]);
        await Mark(On("Tue 8 Sep 2026"), "PM", "\\", new TimeOnly(15, 1), London.DateOf(Clock.GetUtcNow()));
        (await Rows(Reached)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DOR13_A_child_on_leave_is_missing_from_the_expected_return_on_and_the_episode_follows_every_change_of_it()
    {
        await Enrol();
        for (var day = On("Tue 8 Sep 2026"); day <= On("Fri 11 Sep 2026"); day = day.AddDays(1))
        {
            await Mark(day, "AM", "N", new TimeOnly(9, 25));
        }
        var granted = await MeadowPark.GrantLeave(Leave("amina", "Tue 8 Sep 2026", "Thu 10 Sep 2026"));
        granted.Outcome.RefusalCode.ShouldBeNull();
        (await Rows(Episode)).ShouldBe(["open 2026-09-10"]);

        (await MeadowPark.ChangeLeave(new LeaveChange { Id = granted.Id, ExpectedReturn = On("Mon 14 Sep 2026") })).Outcome.Version.ShouldBe(2);
        (await Rows(Episode)).ShouldBe(["closed 2026-09-10"]);

        (await MeadowPark.ChangeLeave(new LeaveChange { Id = granted.Id, Cancelled = true })).Outcome.Version.ShouldBe(3);
        (await Rows(Episode)).ShouldBe(["open 2026-09-08"]);
        (await Rows("select version, expected_return::text, cancelled from cme.leave_of_absence order by version"))
            .ShouldBe(["1 2026-09-10 False", "2 2026-09-14 False", "3 2026-09-14 True"]);
    }

    [Fact]
    public async Task Leave_that_was_stored_before_a_crash_is_told_when_the_school_wakes()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("chidi", "/"));
        await Host.StopAsync();
        Clock.MoveTo(At("Tue 8 Sep 2026 10:00"));
        await Rows(
            """
            insert into cme.leave_of_absence values ('999', '900001', 'leave-1', 1, 'amina', '2026-09-08', '2026-09-14', 'Funeral', 'Head', false, $1, 'key-1')
            returning version
            """, Clock.GetUtcNow());
        await Host.StartAsync();
        await MeadowPark.DeliverSignals();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 10:05"));

        (await Rows(Episode)).ShouldBe(["closed 2026-09-08"]);
    }

    [Fact]
    public async Task Leave_of_nobody_and_a_second_leave_on_the_same_days_are_refused()
    {
        await Enrol();
        (await MeadowPark.GrantLeave(Leave("nobody", "Tue 8 Sep 2026", "Thu 10 Sep 2026"))).Outcome.RefusalCode.ShouldBe("unknown-pupil");
        var granted = await MeadowPark.GrantLeave(Leave("amina", "Tue 8 Sep 2026", "Thu 10 Sep 2026"));
        (await MeadowPark.GrantLeave(Leave("amina", "Wed 9 Sep 2026", "Fri 11 Sep 2026"))).Outcome.RefusalCode.ShouldBe("leave-overlaps");
        (await MeadowPark.GrantLeave(Leave("ben", "Wed 9 Sep 2026", "Fri 11 Sep 2026"))).Outcome.RefusalCode.ShouldBeNull();

        (await MeadowPark.ChangeLeave(new LeaveChange { Id = "leave-0" })).Outcome.RefusalCode.ShouldBe("unknown-leave");
        (await MeadowPark.ChangeLeave(new LeaveChange { Id = granted.Id, ExpectedReturn = On("Tue 8 Sep 2026") })).Outcome.RefusalCode
            .ShouldBe("leave-return-not-after-start");
        (await MeadowPark.ChangeLeave(new LeaveChange { Id = granted.Id, Cancelled = true, IfMatch = new() { IsGiven = true, Versions = [7] } }))
            .Outcome.RefusalCode.ShouldBe("precondition-failed");
        await MeadowPark.ChangeLeave(new LeaveChange { Id = granted.Id, Cancelled = true });
        (await MeadowPark.ChangeLeave(new LeaveChange { Id = granted.Id, Cancelled = true })).Outcome.Version.ShouldBe(2, "cancelled already");
        (await MeadowPark.ChangeLeave(new LeaveChange { Id = granted.Id, ExpectedReturn = On("Fri 11 Sep 2026") })).Outcome.RefusalCode.ShouldBe("leave-cancelled");
        (await MeadowPark.GrantLeave(Leave("amina", "Wed 9 Sep 2026", "Fri 11 Sep 2026"))).Outcome.RefusalCode.ShouldBeNull("the other was cancelled");
    }

    private const string Episode = "select status, first_day_missing::text from cme.episode";

    private static LeaveGrant Leave(string pupil, string from, string expectedReturn) => new()
    {
        Pupil = pupil, From = On(from), ExpectedReturn = On(expectedReturn), Reason = "Funeral", AuthorisedBy = "Ruth Hale", RecordedBy = "key-1",
    };

    /// <summary>What the last event that speaks of the run says of the counts.</summary>
    private const string Reached =
        """
        select reached ->> 'count', reached ->> 'days', reached ->> 'on'
          from (select data from cme.event where type in ('EpisodeOpened', 'AbsenceStands') order by version desc limit 1) last,
               jsonb_array_elements(last.data -> 'absence' -> 'reached') reached
        """;

    /// <summary>The school sends Amina's mark of a session, on that day or a later one.</summary>
    private async Task Mark(DateOnly day, string session, string code, TimeOnly time, DateOnly? sentOn = null)
    {
        var at = London.At(sentOn ?? day, time);
        await Host.MoveToAsync(at);
        var answer = await MeadowPark.TakeRegister(new RegisterSubmission
        {
            Date = day, Session = session, AsOf = at, Marks = [new MarkEntry { Pupil = "amina", Code = code }],
        });
        answer.Outcome.RefusalCode.ShouldBeNull();
    }

    /// <summary>Puts Amina, Ben and Chidi on the roll, and says which child each is.</summary>
    private async Task<Dictionary<string, string>> Enrol()
    {
        var answer = await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [.. Everyone.Select(PupilOf)] });
        answer.Rejected.ShouldBe(0);
        return answer.Children.ToDictionary(pupil => pupil.SchoolPupilId, pupil => pupil.ChildId);
    }

    private static Pupil PupilOf(string id, int index) => new()
    {
        Index = index,
        SchoolPupilId = id,
        Forename = id,
        Surname = "Example",
        DateOfBirth = new DateOnly(2017, 10, 1 + index),
        Sex = "F",
        YearGroup = "4",
        EntryDate = new DateOnly(2021, 9, 6),
    };

    /// <summary>The school sends a whole register of Tuesday at an instant. Whoever is not in it is blank.</summary>
    private async Task<RegisterAnswer> Register(string session, string at, params (string Pupil, string Code)[] marks)
    {
        await Host.MoveToAsync(At(at));
        return await MeadowPark.TakeRegister(new RegisterSubmission
        {
            Date = On("Tue 8 Sep 2026"),
            Session = session,
            AsOf = At(at),
            Complete = true,
            Marks = [.. marks.Select(mark => new MarkEntry { Pupil = mark.Pupil, Code = mark.Code })],
        });
    }
}
