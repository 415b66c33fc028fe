using Cme.Contracts;
using Cme.Contracts.Schools;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Schools;

public abstract partial class RegisterSpec
{
    [Fact]
    public async Task The_third_episode_of_a_child_within_90_days_is_noted_at_whatever_school_and_not_before()
    {
        var amina = PupilOf("amina", 0) with { Upn = "A123456789012" };
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [amina] });
        await Morning(School, "Tue 8 Sep 2026", "N");
        await Morning(School, "Wed 9 Sep 2026", "/");
        await Morning(School, "Thu 10 Sep 2026", "N");
        await Morning(School, "Fri 11 Sep 2026", "/");
        (await Rows("select count(*) from cme.episode")).ShouldBe(["2"]);
        (await Rows("select count(*) from cme.event where type = 'RepeatNoted'")).ShouldBe(["0"], "two are no pattern");

        await PublishCalendar(NewSchool);
        await Grain<ISchoolGrain>(Keys.School(Authority, NewSchool)).ChangeRoll(new RollChange { Full = true, Pupils = [amina] });
        await Morning(NewSchool, "Mon 14 Sep 2026", "N");

        (await Rows("select e.urn, n.data ->> 'number', array_to_string(e.flags, ',') from cme.event n join cme.episode e on e.reference = n.episode where n.type = 'RepeatNoted'"))
            .ShouldBe([$"{NewSchool} 3 repeat_missing"]);
    }

    private async Task Morning(string urn, string day, string code)
    {
        await Host.MoveToAsync(At($"{day} 09:25"));
        (await Grain<ISchoolGrain>(Keys.School(Authority, urn)).TakeRegister(new RegisterSubmission
        {
            Date = On(day), Session = "AM", AsOf = Clock.GetUtcNow(), Complete = true, Marks = [new MarkEntry { Pupil = "amina", Code = code }],
        })).Outcome.RefusalCode.ShouldBeNull();
    }
}
