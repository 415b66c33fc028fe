using Cme.Contracts.Schools;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Schools;

public abstract partial class RegisterSpec
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_whose_leaving_date_took_the_marks_away_and_who_is_marked_present_has_returned(bool slept)
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("ben", "/"), ("chidi", "/"));
        await MeadowPark.ChangeRoll(new RollChange { Pupils = [PupilOf("amina", 0) with { LeavingDate = On("Mon 7 Sep 2026") }] });
        (await Rows("select status, closure from cme.episode")).ShouldBe(["open "], "nobody has seen the child by that");
        if (slept)
        {
            await Host.DeactivateAllAsync();
        }
        await Wednesday(("amina", "/"));

        (await Rows("select status, closure from cme.episode")).ShouldBe(["closed returned-same-school"]);
    }

    [Fact]
    public async Task A_correction_that_opens_an_episode_under_a_later_mark_has_that_mark_confirmed_from_the_start()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "C2"), ("ben", "/"), ("chidi", "/"));
        await Register("PM", "Tue 8 Sep 2026 13:20", ("amina", "E"), ("ben", "\\"), ("chidi", "\\"));
        await Register("AM", "Tue 8 Sep 2026 13:50", ("amina", "N"), ("ben", "/"), ("chidi", "/"));

        (await Rows(
            """
            select step, to_char(due_at at time zone 'Europe/London', 'HH24:MI') from cme.obligation where step = 'confirm-seen' and state = 'open'
            """)).ShouldBe(["confirm-seen 14:50"]);
    }
}
