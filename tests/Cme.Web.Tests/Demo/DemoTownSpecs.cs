using System.Text.Json;
using Cme.Domain.Children;
using Cme.Storage.Demo;
using Cme.Web.Demo;
using Cme.Web.Demo.Feed;

namespace Cme.Web.Tests.Demo;

/// <summary>The people of the demo: many enough to be like a council, and nobody real.</summary>
public sealed class DemoTownSpecs
{
    private static readonly DemoPupil[] Pupils = [.. DemoSchoolData.All.SelectMany(school => school.Pupils)];

    [Fact]
    public void Twelve_schools_have_about_four_thousand_pupils()
    {
        DemoSchoolData.All.Select(school => school.Urn).ShouldBe(DemoAuthority.Schools.Select(school => school.Urn));
        DemoSchoolData.All.Count.ShouldBe(12);
        Pupils.Length.ShouldBeInRange(3_900, 4_100);
    }

    [Fact]
    public void Most_pupils_were_there_before_this_September_and_some_of_every_year_are_new()
    {
        var isNew = Pupils.Where(pupil => pupil.EntryDate == new DateOnly(2026, 9, 1)).ToArray();
        isNew.Length.ShouldBeInRange(Pupils.Length / 10, Pupils.Length / 4);
        isNew.Select(pupil => pupil.YearGroup).Distinct().Count().ShouldBe(12);
    }

    [Fact]
    public void Ten_schools_name_whom_to_turn_to_and_two_still_have_to_be_asked()
    {
        var named = DemoSchoolData.All.Where(school => school.Contacts is not null).Select(school => JsonSerializer.Serialize(school.Contacts)).ToArray();
        named.Length.ShouldBe(10);
        named.ShouldAllBe(contacts => contacts.Contains("01632 960", StringComparison.Ordinal), "a number that is given to nobody");
    }

    [Fact]
    public void Every_flag_that_there_is_has_a_child() =>
        Flags.All.Select(flag => flag.Id).Except(Pupils.SelectMany(pupil => pupil.Flags)).ShouldBeEmpty();

    [Fact]
    public void No_two_children_share_a_upn_and_each_is_valid()
    {
        Pupils.Select(pupil => Upn.TryParse(pupil.Upn, out _)).ShouldAllBe(valid => valid);
        Pupils.GroupBy(pupil => pupil.Upn).ShouldAllBe(same => same.Distinct().Count() == 1);
    }

    [Fact]
    public void A_provider_s_pupils_stay_on_the_roll_of_its_commissioner_and_are_marked_there_as_educated_off_site()
    {
        var provider = DemoAuthority.Schools.Single(school => school.Kind == "provider");
        var placed = DemoSchoolData.All.Single(school => school.Urn == provider.Urn).Pupils;
        var commissioner = DemoSchoolData.All.Single(school => school.Urn == provider.Commissioner);

        placed.ShouldNotBeEmpty();
        placed.ShouldBeSubsetOf(commissioner.Pupils);
        var marks = JsonSerializer.SerializeToElement(commissioner.Register(new(new(2026, 9, 8), Cme.Domain.Calendars.Session.Am), ClockOfDemo.Beginning, _ => null))
            .GetProperty("marks").EnumerateArray().ToDictionary(mark => mark.GetProperty("schoolPupilId").GetString()!, mark => mark.GetProperty("code").GetString());
        placed.Select(pupil => marks[pupil.SchoolPupilId]).ShouldAllBe(code => code == "B");
    }

    [Fact]
    public void Schools_differ_in_their_training_days_and_their_times()
    {
        DemoSchoolData.All.Select(school => school.Am).Distinct().Count().ShouldBeGreaterThan(6);
        DemoSchoolData.All.Select(school => JsonSerializer.Serialize(school.Calendar.GetType().GetProperty("inset")!.GetValue(school.Calendar)))
            .Distinct().Count().ShouldBeGreaterThan(6);
    }

    [Fact]
    public void Brothers_and_sisters_share_a_home_and_some_go_to_different_schools() =>
        DemoSchoolData.All.SelectMany(school => school.Pupils.Select(pupil => (school.Urn, pupil.Family)))
            .GroupBy(one => one.Family, ReferenceEqualityComparer.Instance)
            .Count(family => family.Select(one => one.Urn).Distinct().Count() > 1).ShouldBeGreaterThan(50);

    [Fact]
    public void Nobody_can_be_called_or_written_to()
    {
        var rolls = JsonSerializer.Serialize(DemoSchoolData.All.Select(school => school.Roll));
        using var document = JsonDocument.Parse(rolls);
        var pupils = document.RootElement.EnumerateArray().SelectMany(roll => roll.GetProperty("pupils").EnumerateArray()).ToArray();

        pupils.Select(pupil => pupil.GetProperty("address").GetProperty("postcode").GetString()!).ShouldAllBe(postcode => postcode.StartsWith("ZZ"));
        var contacts = pupils.SelectMany(pupil => pupil.GetProperty("contacts").EnumerateArray()).ToArray();
        contacts.SelectMany(contact => contact.GetProperty("phones").EnumerateArray()).ShouldAllBe(phone => phone.GetString()!.StartsWith("07700 900"));
        contacts.Select(contact => contact.GetProperty("email").GetString()!).ShouldAllBe(email => email.EndsWith("@example.org"));
    }

    [Fact]
    public void There_is_one_Amina_and_she_has_no_flag() =>
        Pupils.Where(pupil => pupil.Forename == DemoTown.Amina).ShouldHaveSingleItem().Flags.ShouldBeEmpty();
}
