using Cme.Contracts;
using Cme.Contracts.Schools;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Schools;

public abstract partial class RegisterSpec
{
    [Fact]
    public async Task A_child_who_is_missing_here_and_present_at_another_school_is_for_the_DSL_to_confirm_and_nothing_closes()
    {
        var amina = PupilOf("amina", 0) with { Upn = "A123456789012" };
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina, PupilOf("ben", 1)] });
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"));
        await AtRiverside(amina with { SchoolPupilId = "r7" }, "\\");

        (await Rows("select urn, status from cme.episode")).ShouldBe([$"{School} open"]);
        (await Rows("select data ->> 'urn' from cme.event where type = 'SeenElsewhere'")).ShouldBe([NewSchool]);
        (await Rows("select role, state, to_char(due_at at time zone 'Europe/London', 'HH24:MI') from cme.obligation where step = 'confirm-seen'"))
            .ShouldBe(["dsl open 14:25"]);
        (await Rows("select count(*) from cme.signal where delivered_at is null")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_child_seen_elsewhere_before_the_absence_here_was_known_is_told_of_when_that_register_is_sent_again()
    {
        var amina = PupilOf("amina", 0) with { Upn = "A123456789012" };
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina, PupilOf("ben", 1)] });
        await AtRiverside(amina with { SchoolPupilId = "r7" }, "\\");
        await Register("AM", "Tue 8 Sep 2026 13:25", ("amina", "N"), ("ben", "/"));
        (await Rows("select type from cme.event where type = 'SeenElsewhere'")).ShouldBeEmpty("nobody was missing then");

        await Host.MoveToAsync(At("Tue 8 Sep 2026 13:30"));
        (await SendRiverside("\\")).Unchanged.ShouldBe(1);
        (await Rows("select data ->> 'urn' from cme.event where type = 'SeenElsewhere'")).ShouldBe([NewSchool]);
    }

    [Fact]
    public async Task A_child_who_is_missing_nowhere_is_told_of_to_nobody_and_an_absence_elsewhere_is_no_sighting()
    {
        var amina = PupilOf("amina", 0) with { Upn = "A123456789012" };
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina, PupilOf("ben", 1)] });
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "/"), ("ben", "N"));
        await AtRiverside(amina with { SchoolPupilId = "r7" }, "\\");
        (await Rows("select type from cme.event where type = 'SeenElsewhere'")).ShouldBeEmpty();

        await Register("PM", "Tue 8 Sep 2026 13:30", ("amina", "N"), ("ben", "N"));
        await SendRiverside("D");
        (await Rows("select type from cme.event where type = 'SeenElsewhere'")).ShouldBeEmpty("nobody there has seen the child either");
    }

    private Task<RegisterAnswer> SendRiverside(string code) =>
        Grain<ISchoolGrain>(Keys.School(Authority, NewSchool)).TakeRegister(new RegisterSubmission
        {
            Date = On("Tue 8 Sep 2026"), Session = "PM", AsOf = Clock.GetUtcNow(), Complete = true,
            Marks = [new MarkEntry { Pupil = "r7", Code = code }],
        });
}
