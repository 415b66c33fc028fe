using Cme.Domain.Calendars;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Schools;

public abstract partial class RegisterSpec
{
    private const string NextLook = "select to_char(next_look_at at time zone 'Europe/London', 'HH24:MI') from cme.school where next_look_at is not null";

    [Fact]
    public async Task A_school_whose_reminder_was_lost_finds_the_missing_child_when_it_is_told_to_look()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:00", ("ben", "/"), ("chidi", "/"));
        (await Rows(NextLook)).ShouldBe(["09:20"]);

        await Host.StopAsync();
        await Rows("delete from cme.reminder");
        await Host.StartAsync();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:40"));
        (await Rows("select reference from cme.episode")).ShouldBeEmpty("nobody was reminded");

        await MeadowPark.Look();
        (await Rows("select to_char(happened_at at time zone 'Europe/London', 'HH24:MI') from cme.event where type = 'EpisodeOpened'")).ShouldBe(["09:20"]);
        (await Rows(NextLook)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Once_the_close_of_registration_was_noticed_no_row_asks_for_a_look()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:00", ("ben", "/"), ("chidi", "/"));
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:23"));

        (await Rows(NextLook)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_asks_for_a_look_in_vain_is_put_right_by_the_look()
    {
        await Enrol();
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "/"), ("ben", "/"), ("chidi", "/"));
        await Rows("update cme.school set next_look_at = '2026-09-08T09:00:00+01:00' where urn = $1", School);

        await MeadowPark.Look();
        (await Rows(NextLook)).ShouldBeEmpty("or the auditor would wake the school every minute");
    }

    [Fact]
    public async Task A_count_that_began_before_the_registers_in_memory_is_reached_on_its_day_though_the_grain_never_slept()
    {
        await Enrol();
        var day = On("Tue 8 Sep 2026");
        for (var n = 0; n < 33; n++, day = Autumn2026.Calendar.NextSchoolDay(day))
        {
            await Mark(day, "AM", "U", new TimeOnly(9, 25));
        }
        await Mark(day, "AM", "N", new TimeOnly(9, 25));

        (await Rows(Reached)).ShouldBe(["irregularDays 10 2026-09-21"]);
    }
}
