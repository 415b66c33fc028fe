using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Schools;

public abstract partial class RegisterSpec
{
    private const string Places = "select data ->> 'urn', data ->> 'on', to_char((data ->> 'answerBy')::timestamptz at time zone 'Europe/London', 'HH24:MI') from cme.event where type = 'PlaceAsked' order by known_at";

    [Fact]
    public async Task A_child_who_is_missing_here_is_asked_after_at_the_other_place_that_expects_the_child_once_a_day()
    {
        await AminaOfBoth();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "N"));
        await Register("PM", "Tue 8 Sep 2026 13:25", ("amina", "N"), ("ben", "N"));
        (await Rows(Places)).ShouldBe([$"{NewSchool} 2026-09-08 10:25"], "nobody else expects Ben");

        await Host.MoveToAsync(At("Wed 9 Sep 2026 09:25"));
        await MarkAmina("Wed 9 Sep 2026", "AM", "N");
        (await Rows(Places)).ShouldBe([$"{NewSchool} 2026-09-08 10:25", $"{NewSchool} 2026-09-09 10:25"]);
    }

    [Fact]
    public async Task A_child_whom_a_provider_misses_is_asked_after_at_the_school_whose_register_says_that_the_child_is_there()
    {
        var amina = await AminaOfBoth();
        await Register("PM", "Tue 8 Sep 2026 13:20", ("amina", "B"), ("ben", "\\"));
        await AtRiverside(amina with { SchoolPupilId = "r7" }, "N");

        (await Rows(Places)).ShouldBe([$"{School} 2026-09-08 14:25"]);
        (await Rows("select urn from cme.episode")).ShouldBe([NewSchool]);
    }

    [Fact]
    public async Task Who_has_left_the_other_place_or_does_not_come_that_day_or_was_missing_on_a_day_that_is_over_is_not_asked_after()
    {
        var amina = await AminaOfBoth(riverside => riverside with { LeavingDate = On("Mon 7 Sep 2026"), Ground = "a", Destination = "Meadow Park School" });
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"));
        (await Rows(Places)).ShouldBeEmpty();

        var mondays = Autumn with { Timetables = [new PartWeek { Name = "mondays", Days = [new PartWeekDay("monday", ["AM"])] }] };
        (await Grain<ISchoolGrain>(Keys.School(Authority, NewSchool)).PutCalendar(mondays)).Outcome.RefusalCode.ShouldBeNull();
        await OnRiverside(amina with { SchoolPupilId = "r7", Particulars = """{"timetable":"mondays"}""" });
        await Register("PM", "Tue 8 Sep 2026 13:25", ("amina", "N"), ("ben", "/"));
        (await Rows(Places)).ShouldBeEmpty("she comes on Mondays");

        await OnRiverside(amina with { SchoolPupilId = "r7" });
        await Host.MoveToAsync(At("Wed 9 Sep 2026 08:00"));
        await MarkAmina("Tue 8 Sep 2026", "PM", "O");
        (await Rows(Places)).ShouldBeEmpty("it is about yesterday");
    }

    [Fact]
    public async Task What_the_other_place_answers_is_in_the_episode_after_a_restart()
    {
        await AminaOfBoth();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"));
        var (question, episode) = ((await Rows("select data ->> 'question' from cme.event where type = 'PlaceAsked'"))[0], (await Rows("select reference from cme.episode"))[0]);
        var answer = new PlaceAnswer { Question = question, Answer = "seen", SeenAt = At("Tue 8 Sep 2026 09:20"), Urn = NewSchool, PerformerName = "Jo", PerformerRole = "dsl", RecordedBy = "dsl-2" };
        (await Grain<IEpisodeGrain>(episode).AnswerPlace(answer)).Events.ShouldBe(["PlaceAnswered"]);

        await Restart();
        (await Grain<IEpisodeGrain>(episode).AnswerPlace(answer)).Events.ShouldBeEmpty("it is known");
        (await Grain<IEpisodeGrain>(episode).AnswerPlace(answer with { Urn = School })).RefusalCode.ShouldBe("unknown-question");
    }

    private async Task<Pupil> AminaOfBoth(Func<Pupil, Pupil>? there = null)
    {
        var amina = PupilOf("amina", 0) with { Upn = "A123456789012" };
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina, PupilOf("ben", 1)] });
        await PublishCalendar(NewSchool);
        var riverside = amina with { SchoolPupilId = "r7" };
        await OnRiverside(there?.Invoke(riverside) ?? riverside);
        return amina;
    }

    private Task<RegisterAnswer> MarkAmina(string day, string session, string code) => MeadowPark.TakeRegister(new RegisterSubmission
    {
        Date = On(day), Session = session, AsOf = Clock.GetUtcNow(), Marks = [new MarkEntry { Pupil = "amina", Code = code }],
    });

    private async Task OnRiverside(Pupil pupil) =>
        (await Grain<ISchoolGrain>(Keys.School(Authority, NewSchool)).ChangeRoll(new RollChange { Full = true, Pupils = [pupil] })).Outcome.RefusalCode.ShouldBeNull();
}
