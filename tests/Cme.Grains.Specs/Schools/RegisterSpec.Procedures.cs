using Cme.Contracts.Schools;
using Cme.Storage.Schools;
using Microsoft.Extensions.DependencyInjection;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Schools;

public abstract partial class RegisterSpec
{
    [Fact]
    public async Task A_school_works_by_its_authoritys_procedure_unless_it_has_its_own_and_an_open_episode_keeps_the_one_it_began_under()
    {
        var schools = Host.Services.GetRequiredService<ISchools>();
        await schools.ChoosePackAsync(Authority, "cheshire-east");
        await MeadowPark.ChangeRoll(new RollChange { Full = true, Pupils = [PupilOf("amina", 0), PupilOf("ben", 1), PupilOf("cai", 2)] });
        await Register("AM", "Tue 8 Sep 2026 09:25", ("amina", "N"), ("ben", "/"), ("cai", "/"));

        await schools.ChoosePackAsync(Authority, "midlands-school");
        await Restart();                                             // What was chosen is remembered for a minute.
        await Register("PM", "Tue 8 Sep 2026 13:20", ("amina", "N"), ("ben", "N"), ("cai", "\\"));

        (await Rows("select pack from cme.episode order by opened_at")).ShouldBe(["cheshire-east", "midlands-school"]);

        await MeadowPark.Put(new SchoolDetails { Authority = Authority, Urn = School, Name = "Meadow Park School", Pack = "suffolk-alternative-provider" });
        await Register("PM", "Tue 8 Sep 2026 13:40", ("amina", "N"), ("ben", "N"), ("cai", "N"));
        (await Rows("select pack from cme.episode order by opened_at")).ShouldBe(["cheshire-east", "midlands-school", "suffolk-alternative-provider"]);
    }
}
